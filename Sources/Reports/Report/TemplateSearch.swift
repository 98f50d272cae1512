import Diagnostics
import Glibc
import Templating

/// Looks for the folder of templates, and reads it.
public enum TemplateSearch {
  /// The templates of a folder, or of the one that is found.
  public static func collection(
    _ folder: String?, undefined: UndefinedPolicy
  ) throws(Problems) -> TemplateCollection {
    guard let path = folder ?? found else {
      throw Problems([Diagnostic(.report(.noTemplateFolder), at: nil)])
    }
    guard Files.isFolder(path) else {
      let reason: SystemReason = Files.exists(path) ? .notFolder : .notFound
      throw Problems([Diagnostic(.source(.cannotOpen(path: path, reason: reason)), at: nil)])
    }
    let collection = try TemplateCollection(TemplateFolder(path), undefined: undefined)
    // It lives as long as the program: nobody waits at the end for it to be taken apart.
    _ = Unmanaged.passRetained(collection)
    return collection
  }

  /// The folder that is read where none is named; nil where there is none.
  public static var found: String? { fromEnvironment ?? aboveThisFolder ?? besideProgram }

  private static var fromEnvironment: String? {
    getenv("BAOCAO_TEMPLATES").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  private static var aboveThisFolder: String? {
    var prefix = ""
    while let folder = Files.resolved(prefix.isEmpty ? "." : prefix) {
      let path = prefix + "Templates"
      if Files.isFolder(path) { return path }
      if folder == "/" { return nil }
      prefix += "../"
    }
    return nil
  }

  private static var besideProgram: String? {
    guard let program = Files.resolved("/proc/self/exe") else { return nil }
    let path = Files.folder(of: Files.folder(of: program)) + "/share/baocao/Templates"
    return Files.isFolder(path) ? path : nil
  }
}
