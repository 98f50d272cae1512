import Diagnostics
import Glibc
import Reports
import Texts

/// The folder that a site lies in.
///
/// Beside the pages it has the book of addresses, and a hidden list of all files that the program wrote:
/// what is on the list and no longer made is removed, and nothing else ever is.
public struct SiteFolder: Sendable {
  let path: String
  static let list = ".cac-tep"

  /// What became of a site.
  public struct Outcome: Sendable {
    public let files: Int
    public let written: Int
    public let removed: Int
  }

  /// The files of one work, or its problems.
  public typealias Made = Result<[OutputFile], Problems>

  /// Runs a work for each number below a count, each thread with what the last argument makes for it.
  public typealias InParallel = (Int, @Sendable () -> (Int) -> Made) -> [Made]

  public init(_ path: String) {
    self.path = path.utf8.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// - Throws: that pages of others lie in it.
  public func check() throws(Problems) {
    guard Files.isThere("\(path)/index.html"), !Files.isRegular("\(path)/\(Self.list)"),
      !Files.isRegular("\(path)/\(AddressBook.file)")
    else { return }
    throw Problems([Diagnostic(.site(.foreignSite(folder: path)), at: nil)])
  }

  /// Writes what has changed, all or nothing, and removes what is no longer made.
  ///
  /// - Parameter step: called when some works are done, with their number.
  public func write(
    _ pages: SitePages, _ inParallel: InParallel, step: (Int) -> Void
  ) throws(Problems) -> Outcome {
    try check()
    var made = pages.kept
    let old = listed
    let written = try Files.writeChanged(in: path) {
      (write: (OutputFile) throws(Diagnostic) -> Void) throws(Problems) in
      try forEachFile(of: pages, inParallel, step: step) { (file) throws(Problems) in
        guard made.insert(file.path).inserted else { return }
        try Problems.collecting { () throws(Diagnostic) in try write(file) }
      }
      // Until they are removed, the list has those too that are no longer made.
      let all = SiteFolder.listFile(made.union(old))
      try Problems.collecting { () throws(Diagnostic) in try write(all) }
    }
    // The list is no file of the site.
    let pagesWritten = made.isSubset(of: old) ? written : written - 1
    let gone = old.subtracting(made)
    guard !gone.isEmpty else {
      return Outcome(files: made.count, written: pagesWritten, removed: 0)
    }
    for name in gone.sorted() { remove(name) }
    let rest = SiteFolder.listFile(made)
    _ = try Files.writeChanged(in: path) {
      (write: (OutputFile) throws(Diagnostic) -> Void) throws(Problems) in
      try Problems.collecting { () throws(Diagnostic) in try write(rest) }
    }
    return Outcome(files: made.count, written: pagesWritten, removed: gone.count)
  }

  /// Hands over all files in their order; not more of them are in memory than some works make.
  func forEachFile(
    of pages: SitePages, _ inParallel: InParallel, step: (Int) -> Void,
    _ use: (OutputFile) throws(Problems) -> Void
  ) throws(Problems) {
    for start in stride(from: 0, to: pages.count, by: SiteFolder.worksAtOnce) {
      let count = min(SiteFolder.worksAtOnce, pages.count - start)
      let results = inParallel(count) {
        let memory = DocumentMemory()
        return { number in
          do throws(Problems) {
            return .success(try pages.files(at: start + number, memory))
          } catch {
            return .failure(error)
          }
        }
      }
      for result in results {
        for file in try result.get() { try use(file) }
      }
      step(count)
    }
  }

  private static let worksAtOnce = 256

  /// The files that an earlier run wrote.
  var listed: Set<String> {
    guard let bytes = try? Files.read("\(path)/\(Self.list)") else { return [] }
    let names = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    return Set(names.filter { Files.isRelative($0) && $0 != Self.list })
  }

  private static func listFile(_ names: Set<String>) -> OutputFile {
    let text = names.sorted().map { $0 + "\n" }.joined()
    return OutputFile(path: list, bytes: Array(text.utf8))
  }

  /// Removes a file, and the folders that are empty without it.
  private func remove(_ name: String) {
    guard Files.lies(Files.folder(of: "\(path)/\(name)"), in: path) else { return }
    unlink("\(path)/\(name)")
    var folder = Files.folder(of: name)
    while folder != ".", rmdir("\(path)/\(folder)") == 0 { folder = Files.folder(of: folder) }
  }
}
