import Diagnostics
import Glibc
import Reports
import Synchronization

/// The files that many bags of an archive hold, each once, named by their sums: `kho/ab/ab12…`.
///
/// A bag has them as further names of the same file. Where that has as many names as the disk allows,
/// 65,000 on ext4, a new file takes its place; where a disk knows one name a file, bags have copies.
final class Store: Sendable {
  struct Object: Sendable {
    let sum: Checksum
    let size: Int
  }

  static let folder = "kho"

  private let archive: String
  private let scratch: String
  /// Those of this run, with the bytes that a copy is made of: they are few.
  private let known = Mutex<[Checksum: [UInt8]]>([:])
  private let drafts = Atomic(0)

  /// - Parameter scratch: a folder of the same disk, where objects are written before they are named.
  init(archive: String, scratch: String) { (self.archive, self.scratch) = (archive, scratch) }

  static func path(of sum: Checksum) -> String {
    let name = sum.string
    return "\(folder)/\(name.prefix(2))/\(name)"
  }

  private func path(of sum: Checksum) -> String { "\(archive)/\(Store.path(of: sum))" }

  /// Puts a file in, if it is not there.
  func add(_ bytes: [UInt8]) throws(Diagnostic) -> Object {
    let object = Object(sum: Checksum(of: bytes), size: bytes.count)
    if known.withLock({ $0[object.sum] != nil }) { return object }
    let path = path(of: object.sum)
    if Files.exists(path) {
      guard try Checksum(of: Files.read(path)) == object.sum else {
        throw Diagnostic(.archive(.changedObject(path: path)), at: nil)
      }
    } else {
      try Files.makeFolder(Files.folder(of: path))
      let draft = "\(scratch)/kho-\(drafts.add(1, ordering: .relaxed).newValue)"
      try SealedFiles.write(bytes, to: draft)
      // Another run may have been quicker: its bytes are the same.
      try SealedFiles.move(draft, to: path)
    }
    known.withLock { $0[object.sum] = bytes }
    return object
  }

  /// Gives a file that was put in a place in a bag.
  func place(_ sum: Checksum, at path: String) throws(Diagnostic) {
    let object = self.path(of: sum)
    if link(object, path) == 0 { return }
    let reason = errno
    guard [EMLINK, EPERM, EOPNOTSUPP, EXDEV, ENOSYS].contains(reason),
      let bytes = known.withLock({ $0[sum] })
    else { throw SealedFiles.cannotWrite(path) }
    try SealedFiles.write(bytes, to: path)
    guard reason == EMLINK else { return }
    // The bags to come share the file of this one.
    let draft = "\(scratch)/kho-\(drafts.add(1, ordering: .relaxed).newValue)"
    guard link(path, draft) == 0 else { throw SealedFiles.cannotWrite(object) }
    try SealedFiles.move(draft, to: object)
  }
}

/// Files that nobody is to write to any more.
enum SealedFiles {
  /// Writes a new file. What it lies in is moved to its place only when all of it is written.
  static func write(_ bytes: [UInt8], to path: String) throws(Diagnostic) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o444)
    guard descriptor >= 0 else { throw cannotWrite(path) }
    let isWritten = Files.writeAll(bytes.span, to: descriptor)
    let code = errno
    guard close(descriptor) == 0, isWritten else {
      errno = code
      throw cannotWrite(path)
    }
  }

  /// Gives a file or folder its name.
  static func move(_ draft: String, to place: String) throws(Diagnostic) {
    guard rename(draft, place) == 0 else { throw cannotWrite(place) }
  }

  static func cannotWrite(_ path: String) -> Diagnostic {
    Diagnostic(.source(.cannotWrite(path: path, reason: SystemReason(errno))), at: nil)
  }
}
