import Diagnostics
import Glibc

/// Changing a file that is there. From the reading to the writing nobody else may change it: of two
/// programs the second waits, and then reads what the first one wrote.
extension DataFile {
  /// The tries for a file that another program holds, and the pause between two, in microseconds.
  private static let tries = (count: 100, pause: UInt32(50_000))

  /// Reads a data file and writes it anew, as ``Files/write(_:to:)`` does.
  ///
  /// - Parameter change: makes the new bytes of the old; nil where there is nothing to change.
  /// - Throws: also that the file may not be written, or is held for too long.
  public static func rewrite(
    _ path: String, _ change: ([UInt8]) throws(Problems) -> [UInt8]?
  ) throws(Problems) {
    try Problems.collecting { () throws(Diagnostic) in try checkName(path) }
    let file: OpenFile
    do throws(Problems) {
      file = try opened(path)
    } catch {
      // Where nothing is to change, it need not be writable.
      guard let old = try? Files.read(path), try change(old) == nil else { throw error }
      return
    }
    let old = try bytes(of: file)
    if let new = try change(old) {
      try Problems.collecting { () throws(Diagnostic) in try Files.write(new.span, to: path) }
    }
    file.release()
  }

  private static func opened(_ path: String) throws(Problems) -> OpenFile {
    do throws(Diagnostic) {
      return try locked(path)
    } catch {
      throw Problems([error])
    }
  }

  private static func bytes(of file: borrowing OpenFile) throws(Problems) -> [UInt8] {
    do throws(Diagnostic) {
      return try file.bytes()
    } catch {
      throw Problems([error])
    }
  }

  private static func locked(_ path: String) throws(Diagnostic) -> OpenFile {
    for _ in 0..<tries.count {
      let file = try OpenFile(path, O_RDWR)
      try Files.check(isWritable: file.status, path)
      let isFree = flock(file.descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK
      // Who held it may have put another file in its place.
      if isFree, file.isNamed(by: path) { return file }
      if !isFree { usleep(tries.pause) }
    }
    throw Diagnostic(.source(.output(.inUse(path: path))), at: nil)
  }
}
