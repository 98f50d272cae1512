import ArgumentParser
import Diagnostics
import Reports

/// The data files that a command is given; a folder stands for the data files in it and below it.
/// A folder below it with a `tong-hop.rec` holds figures to add up, no documents, and is passed over.
struct DataArguments: ParsableArguments {
  @Argument(
    help: .text(
      "Tệp dữ liệu .rec, hoặc thư mục có các tệp đó.",
      "Data files (.rec), or a folder that has them.",
      value: ("tệp", "file")))
  var data: [String]

  /// The paths of the files, those of a folder by name.
  ///
  /// - Parameter problems: gets what keeps some files of a folder from being read; the others can be.
  func files(into problems: inout [Diagnostic]) throws(Problems) -> [String] {
    try DataArguments.files(of: data, into: &problems)
  }

  static func files(
    of data: [String], into problems: inout [Diagnostic]
  ) throws(Problems) -> [String] {
    var files: [String] = []
    var refused: [Diagnostic] = []
    for path in data {
      do throws(Diagnostic) {
        files += try DataArguments.files(at: path, into: &problems)
      } catch {
        refused.append(error)
      }
    }
    try refused.throwIfErrors()
    return files
  }

  private static func files(
    at path: String, into problems: inout [Diagnostic]
  ) throws(Diagnostic) -> [String] {
    guard Files.isFolder(path) else { return [path] }
    let base = path.utf8.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    var walk = FolderWalk(base)
    let known = problems.count
    let files = try DataArguments.files(in: base, &walk, into: &problems)
    guard !files.isEmpty || problems.count > known else {
      throw Diagnostic(.report(.noDataFiles(folder: path)), at: nil)
    }
    return files
  }

  /// Tells whether a folder has a plan of `collect` that says what is added up; an empty file of that
  /// name is none.
  private static func holdsPlan(_ folder: String) -> Bool {
    let path = "\(folder)/tong-hop.rec"
    guard Files.isRegular(path) else { return false }
    // What cannot be read may be a plan.
    guard let plan = try? DataFile.read(path: path) else { return true }
    return plan.isPlan
  }

  /// The files of a folder, and then those of the folders in it.
  private static func files(
    in folder: String, _ walk: inout FolderWalk, into problems: inout [Diagnostic]
  ) throws(Diagnostic) -> [String] {
    var files: [String] = []
    var folders: [String] = []
    for entry in try walk.enter(folder) {
      let path = folder == "." ? entry.name : "\(folder)/\(entry.name)"
      switch entry.kind {
      case .folder: if !holdsPlan(path) { folders.append(path) }
      case .file: if DataFile.isNamed(path) { files.append(path) }
      case .linkOut where DataFile.isNamed(path):
        problems.append(
          Diagnostic(.source(.output(.outsideFolder(path: path, folder: folder))), at: nil))
      case .linkOut where Files.isFolder(path):
        problems.append(Diagnostic(.source(.output(.folderPassedOver(path: path))), at: nil))
      case .linkOut: break
      }
    }
    for folder in folders {
      do throws(Diagnostic) {
        files += try DataArguments.files(in: folder, &walk, into: &problems)
      } catch {
        problems.append(error)
      }
    }
    return files
  }
}
