import CDisk
import Diagnostics
import Glibc
import Reports
import Texts

/// A folder of sealed documents:
///
///     DOC-TOI.txt            how to check it without this program
///     so-dang-ky.rec         the register of what was sealed
///     dau-so.txt             the head of the register, to be signed
///     kho/                   what many bags hold
///     goi/FILE/DOCUMENT/     a bag for each document
///
/// What begins with `.dang-` is being written, or was left by a run that was killed. It has not the name of
/// temporary files, which any run removes.
public struct Archive: Sendable {
  /// The path as the user gave it.
  public let path: String

  public init(_ path: String) {
    self.path = path.utf8.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  static let bags = "goi"
  static let register = "so-dang-ky.rec"
  static let head = "dau-so.txt"
  static let readMe = "DOC-TOI.txt"
  /// What a run has decided to do and may not have finished: see ``Commit``.
  static let journal = ".dang-ghi-so"
  static let scratchPrefix = ".dang-niem-"

  /// The register, which changes with every document that is sealed.
  public var registerPath: String { "\(path)/\(Archive.register)" }
  var headPath: String { "\(path)/\(Archive.head)" }
  var journalPath: String { "\(path)/\(Archive.journal)" }
  var partPath: String { "\(path)/\(ArchivePart.file)" }

  /// Tells whether a folder is an archive, be it one that has nothing in it yet.
  public static func isArchive(_ path: String) -> Bool {
    Files.isRegular("\(path)/\(register)") || Files.isRegular("\(path)/\(journal)")
  }

  /// Tells whether a folder is a bag.
  public static func isBag(_ path: String) -> Bool {
    Files.isRegular("\(path)/\(BagPath.declaration)")
  }

  /// Makes the folder where it is not there, and finishes what a killed run has left in it.
  ///
  /// - Parameter part: the part of a job that it is to hold; nil where it holds all.
  /// - Throws: that it holds other things.
  func open(as part: ArchivePart?) throws(Diagnostic) {
    try Files.makeFolder(path)
    let lock = try ArchiveLock(path)
    if !Archive.isArchive(path) {
      guard try Files.names(in: path).isEmpty else {
        throw Diagnostic(.archive(.notArchive(path: path)), at: nil)
      }
      try ReadMe.write(to: "\(path)/\(Archive.readMe)")
      if let part { try Files.write(part.text.span, to: partPath) }
      try Files.write([UInt8]().span, to: registerPath)
    }
    let found = Files.exists(partPath) ? try Files.read(partPath) : nil
    guard found == part?.text else {
      throw Diagnostic(.archive(.otherPart(path: path)), at: nil)
    }
    try Commit.finish(self)
    ScratchFolder.removeLeftovers(in: path)
    lock.release()
  }
}

/// A folder of an archive that belongs to one run as long as it is held.
struct ArchiveLock: ~Copyable {
  private let descriptor: Int32

  /// Waits until nobody else holds it.
  init(_ folder: String) throws(Diagnostic) {
    descriptor = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SealedFiles.cannotWrite(folder) }
    while flock(descriptor, LOCK_EX) != 0 {
      if errno == EINTR { continue }
      // A disk without locks: then nobody else may write to the archive.
      return
    }
  }

  /// nil where somebody else holds it.
  init?(ifFree folder: String) {
    descriptor = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      close(descriptor)
      return nil
    }
  }

  deinit { close(descriptor) }

  /// Lets the next one in.
  consuming func release() {}

  /// Has the disk write down all that was written to it.
  func synchronize() { syncfs(descriptor) }
}

/// The folder of a run in an archive, or beside packets, where these are written before they come to their
/// places.
final class ScratchFolder: Sendable {
  let path: String
  private let descriptor: Int32

  init(in archive: String) throws(Diagnostic) {
    let name = String(UInt64.random(in: 0...UInt64.max), radix: 36)
    path = "\(archive)/\(Archive.scratchPrefix)\(name)"
    guard mkdir(path, 0o755) == 0 else { throw SealedFiles.cannotWrite(path) }
    descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SealedFiles.cannotWrite(path) }
    _ = flock(descriptor, LOCK_EX | LOCK_NB)
  }

  /// Removes the folders in which runs that were killed wrote.
  static func removeLeftovers(in parent: String) {
    for (name, _) in SealedFiles.entries(in: parent) where name.hasPrefix(Archive.scratchPrefix) {
      let folder = "\(parent)/\(name)"
      guard let lock = ArchiveLock(ifFree: folder) else { continue }
      SealedFiles.removeTree(folder)
      lock.release()
    }
  }

  /// Removes the folder.
  func remove() { SealedFiles.removeTree(path) }

  deinit { close(descriptor) }
}

extension SealedFiles {
  /// All names in a folder, hidden ones too, with the types that the directory knows.
  static func entries(in folder: String) -> [(name: String, type: UInt8)] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var entries: [(String, UInt8)] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { entries.append((name, entry.pointee.d_type)) }
    }
    return entries
  }

  /// Tells whether a path is a link.
  static func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// Removes a folder with all that lies in it; links are not followed.
  static func removeTree(_ folder: String) {
    for (name, type) in entries(in: folder) {
      let path = "\(folder)/\(name)"
      if Int32(type) == DT_DIR || unlink(path) != 0 { removeTree(path) }
    }
    rmdir(folder)
  }
}
