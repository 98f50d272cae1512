import Diagnostics
import Glibc
import Synchronization

/// Writing one file: it is there whole, or as it was before.
extension Files {
  /// What the names of all begin with that lies beside files only while they are written.
  public static var temporaryPrefix: String { TemporaryFile.prefix }

  /// Writes beside the file and renames.
  ///
  /// A link stays a link, and its target is written. A file that is there keeps its permissions and
  /// its owner; where it has several names, or its owner is another, it is written in place, and a
  /// run that is ended in between is finished by the next one. A terminal, or a pipe that is read, is
  /// written to directly.
  ///
  /// - Parameter isNew: write only where no file is, also if another program makes it meanwhile.
  public static func write(
    _ bytes: Span<UInt8>, to path: String, isNew: Bool = false
  ) throws(Diagnostic) {
    if isNew { return try create(path, bytes, isNew: true) }
    var status = stat()
    guard lstat(path, &status) == 0 else {
      guard errno == ENOENT else { throw cannotWrite(path) }
      return try create(path, bytes, isNew: false)
    }
    // A link that leads nowhere is no place for a file.
    if status.st_mode & S_IFMT == S_IFLNK, stat(path, &status) != 0 { throw cannotWrite(path) }
    switch status.st_mode & S_IFMT {
    case S_IFREG:
      guard let target = resolved(path) else { throw cannotWrite(path) }
      try replace(target, as: path, bytes, status)
    case S_IFDIR: throw Diagnostic(.source(.cannotWrite(path: path, reason: .isFolder)), at: nil)
    default: try writeThrough(bytes, to: path)
    }
  }

  /// Gives a file a name that no file has.
  ///
  /// - Parameter path: the new name in messages.
  /// - Throws: also that there is a file of that name now.
  public static func rename(
    _ place: String, toNew target: String, as path: String
  ) throws(Diagnostic) {
    if link(place, target) == 0 {
      unlink(place)
      return
    }
    let code = errno
    if code == EEXIST || isThere(target) {
      throw Diagnostic(.form(.fileExists(path: path)), at: nil)
    }
    // Some disks know one name a file.
    guard [EPERM, EOPNOTSUPP, EMLINK, ENOSYS].contains(code) else {
      throw Diagnostic(.source(.cannotWrite(path: path, reason: SystemReason(code))), at: nil)
    }
    guard Glibc.rename(place, target) == 0 else { throw cannotWrite(path) }
  }

  /// - Throws: that a file is there which nobody may write, as its permissions say. Renaming another
  ///   over it would not ask.
  public static func check(isWritable path: String) throws(Diagnostic) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return }
    try check(isWritable: status, path)
  }

  static func check(isWritable status: stat, _ path: String) throws(Diagnostic) {
    guard status.st_mode & 0o222 == 0 else { return }
    throw Diagnostic(.source(.cannotWrite(path: path, reason: .readOnly)), at: nil)
  }

  private static func create(
    _ path: String, _ bytes: Span<UInt8>, isNew: Bool
  ) throws(Diagnostic) {
    guard !isMisread(path) else {
      throw Diagnostic(.source(.cannotWrite(path: path, reason: .nameNotUTF8)), at: nil)
    }
    try stage(path, as: path, inPlaceOf: nil, isNew: isNew) { (file) throws(Diagnostic) in
      try file.write(bytes)
    }
  }

  private static func replace(
    _ target: String, as path: String, _ bytes: Span<UInt8>, _ status: stat
  ) throws(Diagnostic) {
    guard canRename(over: status) else {
      let copy = bytes.withUnsafeBufferPointer { Array($0) }
      let file = OutputFile(path: name(of: target), bytes: copy)
      return try OutputSet.write([file], in: folder(of: target), for: path, keepingNames: true)
    }
    try stage(target, as: path, inPlaceOf: status, isNew: false) { (file) throws(Diagnostic) in
      try file.write(bytes)
    }
  }

  /// Tells whether another file may take the place of one: it has one name, and its owner is this user.
  static func canRename(over status: stat) -> Bool {
    status.st_nlink == 1 && (geteuid() == 0 || status.st_uid == geteuid())
  }

  /// Writes beside a file and renames; a run that is ended in between leaves what was there.
  ///
  /// - Parameters:
  ///   - path: the file as messages name it.
  ///   - status: of the file that is there, whose permissions and owner stay; nil for none.
  ///   - fill: writes what the file is to hold.
  static func stage(
    _ target: String, as path: String, inPlaceOf status: stat?, isNew: Bool,
    _ fill: (inout TemporaryFile) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    try Interruptions.holding { () throws(Diagnostic) in
      let folder = folder(of: target)
      Leftovers.remove(in: folder)
      var file = try TemporaryFile(in: folder, for: path, mode: status == nil ? 0o644 : 0o600)
      try fill(&file)
      if let status { file.take(status) }
      if isNew { try file.move(toNew: target) } else { try file.move(to: target) }
    }
  }

  private static func writeThrough(_ bytes: Span<UInt8>, to path: String) throws(Diagnostic) {
    // A pipe that nobody reads would otherwise be waited for.
    let descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw cannotWrite(path) }
    let isWritten = writeAll(bytes, to: descriptor)
    let code = errno
    guard close(descriptor) == 0, isWritten else {
      throw Diagnostic(.source(.cannotWrite(path: path, reason: SystemReason(code))), at: nil)
    }
  }
}

/// A new file beside the one whose place it takes, under a name that nobody foresees. It is locked as
/// long as it is written, so that another run knows it from one that was left behind.
struct TemporaryFile: ~Copyable {
  /// The name of all that lies beside files only while they are written.
  static let prefix = ".baocao-"

  /// The path that messages name.
  private let path: String
  private let place: String
  private let descriptor: Int32
  private var isMoved = false

  init(in folder: String, for path: String, mode: mode_t) throws(Diagnostic) {
    for _ in 0..<64 {
      let place = TemporaryFile.newPath(in: folder)
      let opened = open(place, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
      guard opened >= 0 || errno == EEXIST else { throw Files.cannotWrite(path) }
      if opened < 0 { continue }
      flock(opened, LOCK_EX | LOCK_NB)
      var status = stat()
      // Another run may have removed it before it was locked.
      if fstat(opened, &status) == 0, status.st_nlink == 1 {
        (self.path, self.place, descriptor) = (path, place, opened)
        return
      }
      close(opened)
    }
    errno = EEXIST
    throw Files.cannotWrite(path)
  }

  deinit {
    close(descriptor)
    if !isMoved { unlink(place) }
  }

  static func newPath(in folder: String) -> String {
    "\(folder == "/" ? "" : folder)/\(prefix)\(String(UInt64.random(in: 0...UInt64.max), radix: 36))"
  }

  func write(_ bytes: Span<UInt8>) throws(Diagnostic) {
    guard Files.writeAll(bytes, to: descriptor) else { throw Files.cannotWrite(path) }
  }

  /// Takes the owner, the group and the permissions of a file.
  func take(_ status: stat) {
    fchown(descriptor, status.st_uid, status.st_gid)
    fchmod(descriptor, status.st_mode & 0o7777)
  }

  mutating func move(to target: String) throws(Diagnostic) {
    guard Glibc.rename(place, target) == 0 else { throw Files.cannotWrite(path) }
    isMoved = true
  }

  /// Takes a name that no file has.
  ///
  /// - Throws: also that there is a file of that name now.
  mutating func move(toNew target: String) throws(Diagnostic) {
    try Files.rename(place, toNew: target, as: path)
    isMoved = true
  }
}

/// What runs that were killed left beside the files they were writing.
enum Leftovers {
  /// The folder that was last looked through: many files may be written to one.
  private static let last = Mutex("")

  /// Removes files that no run holds any more.
  static func remove(in folder: String) {
    let isDone = last.withLock { last in
      defer { last = folder }
      return last == folder
    }
    if isDone { return }
    for path in paths(in: folder) {
      let descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
      guard descriptor >= 0 else { continue }
      defer { close(descriptor) }
      var status = stat()
      if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
        status.st_nlink == 1, status.st_uid == geteuid(),
        flock(descriptor, LOCK_EX | LOCK_NB) == 0
      {
        unlink(path)
      }
    }
  }

  /// The paths of what bears our name.
  static func paths(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var paths: [String] = []
    while let entry = readdir(stream) {
      let path: String? = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        guard bytes.starts(with: TemporaryFile.prefix.utf8) else { return nil }
        return "\(folder)/\(String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self))"
      }
      if let path { paths.append(path) }
    }
    return paths
  }
}
