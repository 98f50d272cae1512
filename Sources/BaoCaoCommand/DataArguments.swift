import ArgumentParser
import Diagnostics
import Reports

/// The data files that a command is given; a folder stands for the data files in it and below it.
/// A folder below it with a `tong-hop.rec` holds figures to add up, no documents, and is passed over.
struct DataArguments: ParsableArguments {
  @Argument(help: "Tệp dữ liệu .rec, hoặc thư mục có các tệp đó.")
  var data: [String]

  /// The paths of the files, those of a folder by name.
  func files() throws(Problems) -> [String] { try DataArguments.files(of: data) }

  static func files(of data: [String]) throws(Problems) -> [String] {
    var files: [String] = []
    var problems: [Diagnostic] = []
    for path in data {
      do throws(Diagnostic) {
        files += try DataArguments.files(at: path, [".rec"])
      } catch {
        problems.append(error)
      }
    }
    try problems.throwIfErrors()
    return files
  }

  static func files(at path: String, _ extensions: [String]) throws(Diagnostic) -> [String] {
    guard Files.isFolder(path) else { return [path] }
    let base = path.hasSuffix("/") ? String(path.dropLast()) : path
    var files: [String] = []
    var folders: [String] = []
    for name in try Files.names(in: base) {
      let full = base == "." ? name : "\(base)/\(name)"
      if Files.isFolder(full), !Files.exists("\(full)/tong-hop.rec") { folders.append(full) }
      if extensions.contains(where: { name.hasSuffix($0) }) { files.append(full) }
    }
    for folder in folders {
      files += (try? DataArguments.files(at: folder, extensions)) ?? []
    }
    guard !files.isEmpty else { throw Diagnostic(.report(.noDataFiles(folder: path)), at: nil) }
    return files
  }
}
