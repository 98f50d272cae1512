import Diagnostics
import Glibc
import Reports

/// The text of a register, read piece by piece: that of many documents is too long for memory.
final class RegisterFile: Sendable {
  private let path: String
  /// Below 0 where there is no file.
  private let descriptor: Int32
  /// How much of the file counts.
  private let written: Int
  /// What a run that was killed has decided to write behind it.
  private let pending: [UInt8]

  var count: Int { written + pending.count }

  /// Tells whether there is a file, be it an empty one.
  var isThere: Bool { descriptor >= 0 }

  /// - Parameter pending: the commit of a run that was killed.
  init(_ archive: Archive, _ pending: Commit?) throws(Diagnostic) {
    path = archive.registerPath
    self.pending = pending?.entries ?? []
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      guard errno == ENOENT else { throw RegisterFile.cannotRead(path) }
      written = 0
      return
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw RegisterFile.cannotRead(path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      let reason = SystemReason(notRegular: status)
      throw Diagnostic(.source(.cannotOpen(path: path, reason: reason)), at: nil)
    }
    let size = Int(status.st_size)
    written = min(size, pending?.registerLength ?? size)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// The bytes from a place on; fewer where the register ends.
  func bytes(from start: Int, count: Int) throws(Diagnostic) -> [UInt8] {
    let end = min(start + count, self.count)
    guard start < end else { return [] }
    var bytes: [UInt8] = []
    while start + bytes.count < min(end, written) {
      let place = start + bytes.count
      var got = 0
      let piece = [UInt8](unsafeUninitializedCapacity: min(end, written) - place) {
        buffer, filled in
        got = pread(descriptor, buffer.baseAddress, buffer.count, place)
        filled = max(0, got)
      }
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { throw RegisterFile.cannotRead(path) }
      if bytes.isEmpty { bytes = piece } else { bytes += piece }
    }
    if end > written { bytes += pending[(max(start, written) - written)..<(end - written)] }
    return bytes
  }

  private static func cannotRead(_ path: String) -> Diagnostic {
    Diagnostic(.source(.cannotOpen(path: path, reason: SystemReason(errno))), at: nil)
  }
}
