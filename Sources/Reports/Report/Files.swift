import Diagnostics
import Texts
import Glibc

/// Reading and writing files without ever leaving half of one behind.
public enum Files {
  /// No text of an office is larger.
  public static let sizeLimit = 64 << 20

  /// The bytes of a file.
  public static func read(_ path: String) throws(Diagnostic) -> [UInt8] {
    let descriptor = path.withCString { open($0, O_RDONLY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw cannotOpen(path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw cannotOpen(path) }
    if status.st_mode & S_IFMT == S_IFDIR {
      errno = EISDIR
      throw cannotOpen(path)
    }
    guard status.st_size <= sizeLimit else {
      throw Diagnostic(.source(.tooLarge(path: path, limit: sizeLimit)), at: nil)
    }
    return try readAll(descriptor, expecting: Int(status.st_size), path)
  }

  /// All of standard input.
  public static func readStandardInput() throws(Diagnostic) -> [UInt8] {
    try readAll(0, expecting: 1 << 16, "-")
  }

  private static func readAll(
    _ descriptor: Int32, expecting size: Int, _ path: String
  ) throws(Diagnostic) -> [UInt8] {
    var bytes: [UInt8] = []
    var room = size + 1
    while true {
      let start = bytes.count
      var count = 0
      let chunk = [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
        count = Glibc.read(descriptor, buffer.baseAddress, room)
        filled = max(0, count)
      }
      guard count >= 0 else { throw cannotOpen(path) }
      if count == 0 { return bytes }
      if start == 0 { bytes = chunk } else { bytes += chunk }
      guard bytes.count <= sizeLimit else {
        throw Diagnostic(.source(.tooLarge(path: path, limit: sizeLimit)), at: nil)
      }
      // Mostly all is read, and one more call must say so.
      room = bytes.count == size ? 1 << 6 : max(1 << 12, size + 1 - bytes.count)
    }
  }

  /// Writes beside the file and renames: the file is there whole, or as it was before.
  ///
  /// A link stays a link, and its target is written; a file that is there keeps its permissions.
  /// A terminal, a pipe or a device is written to directly.
  public static func write(_ bytes: Span<UInt8>, to path: String) throws(Diagnostic) {
    var status = stat()
    guard path.withCString({ lstat($0, &status) }) == 0 else {
      return try replace(path, with: bytes, mode: 0o644)
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: try replace(path, with: bytes, mode: status.st_mode & 0o777)
    case S_IFLNK:
      guard let target = resolved(path) else { throw cannotWrite(path) }
      try write(bytes, to: target)
    case S_IFDIR:
      errno = EISDIR
      throw cannotWrite(path)
    default: try writeThrough(bytes, to: path)
    }
  }

  private static func replace(
    _ path: String, with bytes: Span<UInt8>, mode: mode_t
  ) throws(Diagnostic) {
    let temporary = temporaryName(for: path)
    let descriptor = temporary.withCString {
      open($0, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    }
    guard descriptor >= 0 else { throw cannotWrite(path) }
    let isWritten = writeAll(bytes, to: descriptor)
    let isClosed = close(descriptor) == 0
    let isRenamed = { temporary.withCString { old in path.withCString { rename(old, $0) } } == 0 }
    guard isWritten, isClosed, isRenamed() else {
      let error = cannotWrite(path)
      unlink(temporary)
      throw error
    }
  }

  /// `PATH.PROCESS.tmp`, without the printing of any number that a string can do.
  private static func temporaryName(for path: String) -> String {
    var name = ByteBuffer()
    name.append(Array(path.utf8).span)
    name.append(literal: ".")
    name.append(number: Int(getpid()))
    name.append(literal: ".tmp")
    return name.string
  }

  private static func writeThrough(_ bytes: Span<UInt8>, to path: String) throws(Diagnostic) {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw cannotWrite(path) }
    let isWritten = writeAll(bytes, to: descriptor)
    guard close(descriptor) == 0, isWritten else { throw cannotWrite(path) }
  }

  public static func writeStandardOutput(_ bytes: Span<UInt8>) throws(Diagnostic) {
    guard writeAll(bytes, to: 1) else { throw cannotWrite("-") }
  }

  public static func writeStandardError(_ text: String) {
    _ = writeAll(text.utf8.span, to: 2)
  }

  private static func writeAll(_ bytes: Span<UInt8>, to descriptor: Int32) -> Bool {
    var written = 0
    while written < bytes.count {
      let count = bytes.extracting(droppingFirst: written).withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      written += count
    }
    return true
  }

  /// Makes a folder and those above it.
  public static func makeFolder(_ path: String) throws(Diagnostic) {
    if mkdir(path, 0o755) == 0 || errno == EEXIST && isFolder(path) { return }
    let parent = folder(of: path)
    guard errno == ENOENT, parent != path, parent != "." else { throw cannotWrite(path) }
    try makeFolder(parent)
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw cannotWrite(path) }
  }

  public static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return path.withCString { stat($0, &status) } == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// The names in a folder but for hidden ones, sorted by their bytes.
  public static func names(in folder: String) throws(Diagnostic) -> [String] {
    guard let stream = opendir(folder) else { throw cannotOpen(folder) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
  }

  /// The path with all links followed; nil where there is nothing.
  public static func resolved(_ path: String) -> String? {
    guard let found = realpath(path, nil) else { return nil }
    defer { free(found) }
    return String(cString: found)
  }

  /// Tells whether a path, with its links followed, lies in a folder.
  public static func lies(_ path: String, in folder: String) -> Bool {
    guard let path = resolved(path), let folder = resolved(folder) else { return false }
    return path == folder || path.hasPrefix(folder == "/" ? "/" : folder + "/")
  }

  public static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(decoding: path.utf8[..<slash], as: UTF8.self)
  }

  /// The last part of a path.
  public static func name(of path: String) -> String {
    String(path.split(separator: "/").last ?? "")
  }

  private static func cannotOpen(_ path: String) -> Diagnostic {
    Diagnostic(.source(.cannotOpen(path: path, reason: SystemReason(errno))), at: nil)
  }

  private static func cannotWrite(_ path: String) -> Diagnostic {
    Diagnostic(.source(.cannotWrite(path: path, reason: SystemReason(errno))), at: nil)
  }
}

extension SystemReason {
  fileprivate init(_ code: Int32) {
    switch code {
    case ENOENT: self = .notFound
    case EACCES, EPERM, EROFS: self = .notAllowed
    case EISDIR: self = .isFolder
    case ENOTDIR: self = .notFolder
    case ENOSPC: self = .noSpace
    default: self = .other(code)
    }
  }
}
