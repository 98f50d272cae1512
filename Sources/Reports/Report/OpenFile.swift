import Diagnostics
import Glibc

/// A regular file that is open. Whatever else has the name is refused before a byte is read.
struct OpenFile: ~Copyable {
  let path: String
  let descriptor: Int32
  let status: stat

  /// - Parameter access: `O_RDONLY` or `O_RDWR`.
  init(_ path: String, _ access: Int32) throws(Diagnostic) {
    // A pipe that nobody writes to would otherwise be waited for.
    let opened = open(path, access | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard opened >= 0 else {
      let isRefused = access != O_RDONLY && [EACCES, EPERM, EROFS, ETXTBSY].contains(errno)
      throw isRefused ? Files.cannotWrite(path) : Files.cannotOpen(path)
    }
    var found = stat()
    let isKnown = fstat(opened, &found) == 0
    guard isKnown, found.st_mode & S_IFMT == S_IFREG else {
      let reason = isKnown ? SystemReason(notRegular: found) : SystemReason(errno)
      close(opened)
      throw Diagnostic(.source(.cannotOpen(path: path, reason: reason)), at: nil)
    }
    (self.path, descriptor, status) = (path, opened, found)
  }

  deinit { close(descriptor) }

  /// Closes the file.
  consuming func release() {}

  /// All that stands in the file.
  ///
  /// - Throws: that it is larger than a limit.
  func bytes(atMost limit: Int = Files.sizeLimit) throws(Diagnostic) -> [UInt8] {
    guard status.st_size <= limit else {
      throw Diagnostic(.source(.tooLarge(path: path, limit: limit)), at: nil)
    }
    return try Files.readAll(descriptor, expecting: Int(status.st_size), path, atMost: limit)
  }

  /// Tells whether a path, with its links followed, still leads to this file.
  func isNamed(by path: String) -> Bool {
    var now = stat()
    return stat(path, &now) == 0 && now.st_ino == status.st_ino && now.st_dev == status.st_dev
  }

  /// Tells whether this file lies in a folder or below it.
  func lies(in folder: String) -> Bool {
    guard let real = Files.resolved(path), Files.isBelow(real, folder) else { return false }
    return isNamed(by: real)
  }
}
