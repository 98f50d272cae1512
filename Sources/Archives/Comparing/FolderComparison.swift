import Diagnostics
import Reports

/// What became of a file of one folder in another.
public struct ComparedFile: Sendable {
  /// Its path in the old folder; in the new one where it is only there.
  public let path: String
  public let outcome: Outcome

  public init(path: String, outcome: Outcome) { (self.path, self.outcome) = (path, outcome) }

  public enum Outcome: Sendable {
    case alike(Likeness)
    /// It is no data file and no document, and its bytes are others.
    case otherBytes
    case removed, added
    case unread([Diagnostic])
  }
}

extension Comparison {
  /// Compares the files of two folders that have one path. Of a bag (RFC 8493) it is the payload that
  /// is compared: its manifests and what it says of itself follow from that.
  public static func files(
    of old: String, _ new: String
  ) throws(Diagnostic) -> [ComparedFile] {
    var outcomes: [ComparedFile] = []
    let (ours, theirs) = (try FolderFiles(old), try FolderFiles(new))
    for folder in [ours, theirs] where folder.paths.isEmpty {
      throw Diagnostic(.comparing(.nothing(folder: folder.root)), at: nil)
    }
    let renamed = ours.renamed(in: theirs)
    for path in ours.paths {
      let other = theirs.known.contains(path) ? path : renamed[path]
      guard let other else {
        outcomes.append(ComparedFile(path: path, outcome: .removed))
        continue
      }
      outcomes.append(
        ComparedFile(path: path, outcome: outcome(of: path, in: ours, other, in: theirs)))
    }
    let taken = Set(renamed.values)
    for path in theirs.paths where !ours.known.contains(path) && !taken.contains(path) {
      outcomes.append(ComparedFile(path: path, outcome: .added))
    }
    return outcomes
  }

  private static func outcome(
    of path: String, in ours: FolderFiles, _ other: String, in theirs: FolderFiles
  ) -> ComparedFile.Outcome {
    do throws(Problems) {
      let (old, new) = try Problems.collecting { () throws(Diagnostic) in
        (try ours.read(path), try theirs.read(other))
      }
      if old == new { return .alike(.sameBytes) }
      return try outcome(of: old, new, named: path)
    } catch {
      return .unread(error.diagnostics)
    }
  }

  private static func outcome(
    of old: [UInt8], _ new: [UInt8], named path: String
  ) throws(Problems) -> ComparedFile.Outcome {
    if DataFile.isNamed(path) { return .alike(try likeness(ofData: old, new, named: path, path)) }
    guard let format = Format(ofDocument: path) else { return .otherBytes }
    let found = try Problems.collecting { () throws(Diagnostic) in
      try likeness(of: old, new, as: format, named: path)
    }
    guard let found else { throw Problems([Diagnostic(.comparing(.noPageTexts), at: nil)]) }
    return .alike(found)
  }

  /// Compares two data files by their bytes.
  public static func likeness(
    ofData old: [UInt8], _ new: [UInt8], named name: String, _ newName: String
  ) throws(Problems) -> Likeness {
    if old == new { return .sameBytes }
    let ours = try DataFile.read(name: name, bytes: old).whole()
    let theirs = try DataFile.read(name: newName, bytes: new).whole()
    let found = differences(of: ours, theirs)
    return found.isEmpty ? .sameContent : .different(found)
  }
}

extension Format {
  /// The form of a document by the name of its file; nil for another file.
  public init?(ofDocument path: String) {
    let name = Files.name(of: path).lowercased()
    let found = Format.allCases.first {
      name.hasSuffix("." + $0.fileExtension) && name.utf8.first != 0x2E
    }
    guard let format = found ?? (name.hasSuffix(".htm") ? .html : nil) else { return nil }
    self = format
  }
}

/// The files in a folder and below it, by their paths in it; of a bag those of its payload.
private struct FolderFiles {
  let root: String
  private(set) var paths: [String] = []
  private(set) var known: Set<String> = []
  /// Links that lead out of the folder.
  private var outside: Set<String> = []

  init(_ folder: String) throws(Diagnostic) {
    let base = folder.utf8.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    let isBag = Files.isRegular("\(base)/bagit.txt") && Files.isFolder("\(base)/data")
    root = isBag ? "\(base)/data" : base
    var walk = FolderWalk(root)
    try collect("", &walk)
    known = Set(paths)
  }

  private mutating func collect(_ folder: String, _ walk: inout FolderWalk) throws(Diagnostic) {
    for entry in try walk.enter(folder.isEmpty ? root : "\(root)/\(folder)") {
      let path = folder.isEmpty ? entry.name : "\(folder)/\(entry.name)"
      switch entry.kind {
      case .folder: try collect(path, &walk)
      case .file: paths.append(path)
      case .linkOut:
        paths.append(path)
        outside.insert(path)
      }
    }
  }

  func read(_ path: String) throws(Diagnostic) -> [UInt8] {
    guard !outside.contains(path) else {
      throw Diagnostic(.source(.output(.outsideFolder(path: path, folder: root))), at: nil)
    }
    return try Files.read("\(root)/\(path)")
  }

  /// The files of another name that stand for those that only this folder has: where it and the other
  /// each have one of a kind in a folder, as a bag has one data file.
  func renamed(in other: FolderFiles) -> [String: String] {
    let ours = Dictionary(grouping: paths.filter { !other.known.contains($0) }, by: kind)
    let theirs = Dictionary(grouping: other.paths.filter { !known.contains($0) }, by: kind)
    var renamed: [String: String] = [:]
    for (kind, paths) in ours {
      guard paths.count == 1, let others = theirs[kind], others.count == 1 else { continue }
      renamed[paths[0]] = others[0]
    }
    return renamed
  }

  private func kind(of path: String) -> String {
    let name = Files.name(of: path)
    let end = name.split(separator: ".").last.map(String.init) ?? ""
    return Files.folder(of: path) + "/." + end
  }
}
