import Diagnostics
import Texts
import Glibc

/// Reading files, and where they may lie. What writes them is in `FileWriting.swift`.
public enum Files {
  /// No text of an office is larger.
  public static let sizeLimit = 64 << 20

  /// The bytes of a regular file.
  public static func read(_ path: String) throws(Diagnostic) -> [UInt8] {
    try OpenFile(path, O_RDONLY).bytes()
  }

  /// The bytes of a file that the program keeps for itself, which may be larger than a text.
  public static func read(_ path: String, atMost limit: Int) throws(Diagnostic) -> [UInt8] {
    try OpenFile(path, O_RDONLY).bytes(atMost: limit)
  }

  /// The bytes of a file that has to lie in a folder or below it; nil where links or `..` lead out.
  public static func read(_ path: String, inside folder: String) throws(Diagnostic) -> [UInt8]? {
    let file = try OpenFile(path, O_RDONLY)
    return file.lies(in: folder) ? try file.bytes() : nil
  }

  static func readAll(
    _ descriptor: Int32, expecting size: Int, _ path: String, atMost limit: Int = sizeLimit
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
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw cannotOpen(path) }
      if count == 0 { return bytes }
      if start == 0 { bytes = chunk } else { bytes += chunk }
      guard bytes.count <= limit else {
        throw Diagnostic(.source(.tooLarge(path: path, limit: limit)), at: nil)
      }
      // Mostly all is read, and one more call must say so.
      room = bytes.count == size ? 1 << 6 : max(1 << 12, size + 1 - bytes.count)
    }
  }

  /// Makes a folder and those above it.
  public static func makeFolder(_ path: String) throws(Diagnostic) {
    guard !isMisread(path) else {
      throw Diagnostic(.source(.cannotWrite(path: path, reason: .nameNotUTF8)), at: nil)
    }
    if mkdir(path, 0o755) == 0 || errno == EEXIST && isFolder(path) { return }
    if errno == EEXIST { errno = ENOTDIR }
    let parent = folder(of: path)
    guard errno == ENOENT, parent != path, parent != "." else { throw cannotWrite(path) }
    try makeFolder(parent)
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw cannotWrite(path) }
  }

  public static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return path.withCString { stat($0, &status) } == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Tells whether a path, with its links followed, leads to a file that can be read to its end.
  public static func isRegular(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Tells whether a name is taken, be it by a link that leads nowhere.
  public static func isThere(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
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

  /// Tells whether a path lies in a folder, with the links of both followed.
  public static func lies(_ path: String, in folder: String) -> Bool {
    guard let path = resolved(path) else { return false }
    return isBelow(path, folder)
  }

  /// The same for a path without links.
  static func isBelow(_ path: String, _ folder: String) -> Bool {
    guard let folder = resolved(folder) else { return false }
    return path == folder || path.hasPrefix(folder == "/" ? "/" : folder + "/")
  }

  /// Tells whether a path stays below the folder that it is put behind, by its letters alone.
  public static func isRelative(_ path: String) -> Bool {
    !path.isEmpty && !path.hasPrefix("/") && !path.utf8.contains(0)
      && !path.split(separator: "/").contains("..")
  }

  /// Tells whether two paths lead to one file.
  public static func isSame(_ path: String, _ other: String) -> Bool {
    guard let file = resolved(path) else { return false }
    var (one, two) = (stat(), stat())
    return stat(file, &one) == 0 && stat(other, &two) == 0
      && (one.st_ino, one.st_dev) == (two.st_ino, two.st_dev)
  }

  /// - Throws: that a result would take the place of what it is made of.
  public static func check(output: String?, isNoneOf inputs: [String]) throws(Diagnostic) {
    guard let output, inputs.contains(where: { isSame(output, $0) }) else { return }
    throw Diagnostic(.source(.output(.outputIsInput(path: output))), at: nil)
  }

  /// - Throws: that a result would take the place of a file in a folder that is read from.
  public static func check(output: String, isNotIn folder: String) throws(Diagnostic) {
    guard lies(output, in: folder) else { return }
    throw Diagnostic(.source(.output(.outputIsInput(path: output))), at: nil)
  }

  /// A path below a folder as it is stored there: some systems take letters and their marks apart.
  public static func stored(_ path: String, in folder: String) -> String {
    if exists("\(folder)/\(path)") { return path }
    var found = ""
    for part in path.split(separator: "/") {
      // Texts are equal however their marks are stored.
      let names = (try? names(in: found.isEmpty ? folder : "\(folder)/\(found)")) ?? []
      guard let name = names.first(where: { $0 == part }) else { return path }
      found += found.isEmpty ? name : "/" + name
    }
    return found
  }

  public static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(decoding: path.utf8[..<slash], as: UTF8.self)
  }

  /// The last part of a path.
  public static func name(of path: String) -> String {
    String(path.split(separator: "/").last ?? "")
  }

  static func cannotOpen(_ path: String) -> Diagnostic {
    Diagnostic(.source(.cannotOpen(path: path, reason: reason(for: path))), at: nil)
  }

  static func cannotWrite(_ path: String) -> Diagnostic {
    Diagnostic(.source(.cannotWrite(path: path, reason: reason(for: path))), at: nil)
  }

  /// What `errno` says. A name that is no UTF-8 has been read with U+FFFD, and then is of no file.
  private static func reason(for path: String) -> SystemReason {
    let code = errno
    return code == ENOENT && isMisread(path) ? .nameNotUTF8 : SystemReason(code)
  }

  /// Tells whether a path was given in bytes that are no UTF-8: another name would be written to.
  static func isMisread(_ path: String) -> Bool { path.unicodeScalars.contains("\u{FFFD}") }

  /// Tells whether documents lie in a folder.
  public static func holdsDocuments(_ folder: String) -> Bool {
    let names = (try? names(in: folder)) ?? []
    return names.contains { name in
      Format.allCases.contains { name.hasSuffix(".\($0.fileExtension)") }
        && isRegular("\(folder)/\(name)")
    }
  }
}

extension SystemReason {
  /// The reason why what a status is of is no file to read or write.
  public init(notRegular status: stat) {
    switch status.st_mode & S_IFMT {
    case S_IFDIR: self = .isFolder
    case S_IFLNK: self = .isLink
    default: self = .notRegular
    }
  }

  public init(_ code: Int32) {
    self = SystemReason.known.first { $0.code == code }?.reason ?? .other
  }

  private static let known: [(code: Int32, reason: SystemReason)] = [
    (ENOENT, .notFound), (EACCES, .notAllowed), (EPERM, .notAllowed), (EISDIR, .isFolder),
    (ENOTDIR, .notFolder), (ENOSPC, .noSpace), (EDQUOT, .noSpace), (EEXIST, .exists),
    (ENOTEMPTY, .exists), (ELOOP, .linkLoop), (ENAMETOOLONG, .nameTooLong),
    (EROFS, .readOnlyDisk), (EBADF, .notOpen), (EPIPE, .noReader), (ECONNRESET, .noReader),
    (EMFILE, .tooManyOpen), (ENFILE, .tooManyOpen), (EIO, .diskFault), (ETXTBSY, .busy),
    (EBUSY, .busy), (EFBIG, .tooLarge), (EOVERFLOW, .tooLarge), (ENXIO, .noDevice),
    (ENODEV, .noDevice), (ENOMEM, .noMemory), (EXDEV, .otherDisk), (EINVAL, .wrongName),
    (EILSEQ, .wrongName), (ESTALE, .notFound),
    (EADDRINUSE, .addressInUse), (EADDRNOTAVAIL, .noSuchAddress),
  ]
}
