import Diagnostics
import Glibc
import Texts

/// Making one file of another piece by piece, so that a large one takes no more memory.
extension Files {
  /// Makes the next piece of the output of one of the input.
  ///
  /// Its parameters are the bytes, whether nothing follows them, and what the output is appended to.
  /// It returns how many bytes it has used: the others are given again, with more behind them.
  public typealias PieceWork = (Span<UInt8>, Bool, inout ByteBuffer) throws(Diagnostic) -> Int

  /// Reads a file and writes what is made of it, as ``write(_:to:isNew:)`` does: whole or not at all.
  ///
  /// - Parameters:
  ///   - input: a path, or `-` for standard input.
  ///   - pieceSize: how many bytes are read at once.
  ///   - isNew: write only where no file is.
  public static func stream(
    _ input: String, to output: String, isNew: Bool, pieceSize: Int, _ work: PieceWork
  ) throws(Diagnostic) {
    guard let target = StreamTarget(output, isNew: isNew) else {
      let made = try made(of: input, pieceSize: pieceSize, work)
      return try write(made.span, to: output, isNew: isNew)
    }
    try stage(target.path, as: output, inPlaceOf: target.status, isNew: isNew) {
      (file) throws(Diagnostic) in
      try pieces(of: input, pieceSize, work) { (made) throws(Diagnostic) in try file.write(made) }
    }
  }

  /// All that is made of a file.
  public static func made(
    of input: String, pieceSize: Int, _ work: PieceWork
  ) throws(Diagnostic) -> [UInt8] {
    var all: [UInt8] = []
    try pieces(of: input, pieceSize, work) { (made) throws(Diagnostic) in all.append(made) }
    return all
  }

  private static func pieces(
    of input: String, _ pieceSize: Int, _ work: PieceWork,
    _ use: (Span<UInt8>) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    if input == "-" { return try pieces(from: 0, input, pieceSize, work, use) }
    let file = try OpenFile(input, O_RDONLY)
    try pieces(from: file.descriptor, input, pieceSize, work, use)
    file.release()
  }

  private static func pieces(
    from descriptor: Int32, _ path: String, _ pieceSize: Int, _ work: PieceWork,
    _ use: (Span<UInt8>) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    var buffer = [UInt8](repeating: 0, count: pieceSize)
    var filled = 0
    var made = ByteBuffer()
    var isLast = false
    while !isLast {
      while !isLast, filled < buffer.count {
        let room = buffer.count - filled
        let count = buffer.withUnsafeMutableBytes { bytes in
          Glibc.read(descriptor, bytes.baseAddress.map { $0 + filled }, room)
        }
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { throw cannotOpen(path) }
        isLast = count == 0
        filled += count
      }
      let used = try work(buffer.span.extracting(0..<filled), isLast, &made)
      try use(made.span)
      made.removeAll()
      // What is left goes to the front; where nothing was used, the piece was too small.
      buffer.withUnsafeMutableBufferPointer { bytes in
        for index in used..<filled { bytes[index - used] = bytes[index] }
      }
      filled -= used
      if used == 0, !isLast { buffer += [UInt8](repeating: 0, count: buffer.count) }
    }
  }
}

/// The place of a file that can be written beside and renamed.
private struct StreamTarget {
  let path: String
  /// Of the file whose place it takes; nil for a new one.
  let status: stat?

  /// nil for what is written otherwise: what is no regular file, has several names or another owner.
  init?(_ output: String, isNew: Bool) {
    guard !Files.isMisread(output) else { return nil }
    var status = stat()
    if isNew || lstat(output, &status) != 0 {
      guard isNew || errno == ENOENT else { return nil }
      (path, self.status) = (output, nil)
      return
    }
    guard stat(output, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      Files.canRename(over: status), let target = Files.resolved(output)
    else { return nil }
    (path, self.status) = (target, status)
  }
}
