import Archives
import Diagnostics
import Reports

/// The folder whose data files the page shows, those of folders in it too.
struct DataFolder: Sendable {
  /// Without links.
  let path: String

  init(_ path: String) { self.path = path }

  /// The folders below it that are looked into, at most.
  private static let depthLimit = 4
  /// The files that are listed, at most.
  static let fileLimit = 5000

  /// All data files, by name; those of a folder before those of the folders in it. Archives, the
  /// documents that were made, and what cannot be read are passed over.
  func files() -> [DataFileName] {
    var walk = FolderWalk(path)
    var files: [DataFileName] = []
    collect(path, [], &walk, &files)
    return files
  }

  private func collect(
    _ folder: String, _ names: [String], _ walk: inout FolderWalk, _ files: inout [DataFileName]
  ) {
    guard names.count <= Self.depthLimit, !Archive.isArchive(folder), !Archive.isBag(folder),
      let entries = try? walk.enter(folder)
    else { return }
    for entry in entries where entry.kind == .file && DataFile.isNamed(entry.name) {
      guard files.count < Self.fileLimit else { return }
      if let name = DataFileName(names + [entry.name], in: path) { files.append(name) }
    }
    for entry in entries where entry.kind == .folder {
      collect("\(folder)/\(entry.name)", names + [entry.name], &walk, &files)
    }
  }

  /// The file of an address. No path is made of what a request says: it is one of those that are there.
  func file(_ id: String) throws(PageFailure) -> DataFileName {
    guard let name = DataFileName(id: id, in: path), Files.isRegular(name.path),
      Files.lies(name.path, in: path)
    else { throw .notFound }
    return name
  }

  /// A name for a new file, of letters, digits and hyphens; nil where none of it is left.
  ///
  /// - Parameters:
  ///   - wish: as somebody types it, or an uploaded file is called.
  ///   - folders: the names of the folders in which it is to lie, each in the one before.
  func newFile(named wish: String, in folders: [String] = []) -> DataFileName? {
    let base = wish.hasSuffix(".rec") ? String(wish.dropLast(4)) : wish
    let plain = PlainName(base).text
    guard !plain.isEmpty else { return nil }
    for number in 1...1000 {
      let name = number == 1 ? plain : "\(plain)-\(number)"
      guard let file = DataFileName(folders + ["\(name).rec"], in: path) else { return nil }
      if !Files.isThere(file.path) { return file }
    }
    return nil
  }
}

/// A data file of the folder: its path, and how an address names it.
struct DataFileName: Hashable, Sendable {
  /// The parts of its path below the folder, without `.rec`, between `~`.
  let id: String
  let path: String
  /// Its path below the folder, as people see it.
  let shown: String

  /// nil for names that an address cannot have.
  init?(_ names: [String], in folder: String) {
    guard let last = names.last, DataFile.isNamed(last), names.allSatisfy(Self.isPlain) else {
      return nil
    }
    id = (names.dropLast() + [String(last.dropLast(4))]).joined(separator: "~")
    shown = names.joined(separator: "/")
    path = "\(folder)/\(shown)"
  }

  /// Reads the name in an address. Files that end in `.REC` are not found by one.
  init?(id: String, in folder: String) {
    let names = id.split(separator: "~", omittingEmptySubsequences: false).map(String.init)
    guard let last = names.last else { return nil }
    self.init(names.dropLast() + ["\(last).rec"], in: folder)
  }

  private static func isPlain(_ name: String) -> Bool {
    !name.isEmpty && !name.hasPrefix(".") && name.utf8.count <= 200
      && !name.unicodeScalars.contains {
        $0 == "/" || $0 == "~" || $0 == "\\" || $0.value < 0x20 || $0.value == 0x7F
      }
  }
}
