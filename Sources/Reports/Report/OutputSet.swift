import Diagnostics
import Glibc

/// Files of one folder that belong together: all become the new ones, or all stay the old.
///
/// They are first written whole into a folder beside them, `.baocao-…`, as `0.moi`, `1.moi` and on,
/// with the old ones as `0.cu` and on. The list of their places, `danh-sach`, is the point of no
/// return: before it is there, nothing has changed; from then on they are moved to their places, by
/// the next run if this one is killed. If moving fails, the old ones are put back.
struct OutputSet: ~Copyable {
  private let path: String
  private let folder: String
  private let scratch: String
  private var files: [StagedFile] = []

  /// Writes files into a folder that is there, and finishes what an earlier run left behind in it.
  ///
  /// - Parameters:
  ///   - path: the folder, or the one file, that messages name.
  ///   - keepingNames: write to a file with several names in place, so that all of them are its names
  ///     still; else only the name in the folder gets the new bytes.
  static func write(
    _ files: [OutputFile], in folder: String, for path: String, keepingNames: Bool = false
  ) throws(Diagnostic) {
    let lock = try FolderLock(folder)
    let isHeld = lock.isHeld
    try Interruptions.holding { () throws(Diagnostic) in
      if isHeld { try recover(folder) }
      var set = try OutputSet(in: folder, for: path)
      for file in files { try set.add(file.bytes.span, as: file.path, keepingNames) }
      try set.commit()
    }
    lock.release()
  }

  /// The same for files that are handed over as they are made, of which those are left alone that
  /// are there already with the same bytes.
  ///
  /// - Returns: the number of files that were written.
  static func write(
    in folder: String,
    _ make: (_ write: (OutputFile) throws(Diagnostic) -> Void) throws(Problems) -> Void
  ) throws(Problems) -> Int {
    let lock = try ready(folder)
    var set = try empty(in: folder)
    try make { (file) throws(Diagnostic) in try set.addChanged(file) }
    let count = set.files.count
    if count > 0 {
      do throws(Diagnostic) {
        try Interruptions.holding { () throws(Diagnostic) in try set.commit() }
      } catch {
        throw Problems([error])
      }
    }
    lock.release()
    return count
  }

  /// The lock on a folder in which nothing is left of runs that were killed.
  private static func ready(_ folder: String) throws(Problems) -> FolderLock {
    do throws(Diagnostic) {
      let lock = try FolderLock(folder)
      if lock.isHeld { try recover(folder) }
      return lock
    } catch {
      throw Problems([error])
    }
  }

  private static func empty(in folder: String) throws(Problems) -> OutputSet {
    do throws(Diagnostic) {
      return try OutputSet(in: folder, for: folder)
    } catch {
      throw Problems([error])
    }
  }

  private mutating func addChanged(_ file: OutputFile) throws(Diagnostic) {
    let place = "\(folder)/\(file.path)"
    if Files.isRegular(place), let old = try? Files.read(place), old == file.bytes { return }
    try Files.makeFolder(Files.folder(of: place))
    guard Files.isRelative(file.path), Files.lies(Files.folder(of: place), in: folder) else {
      throw Diagnostic(.source(.output(.outsideFolder(path: place, folder: folder))), at: nil)
    }
    try add(file.bytes.span, as: file.path, false)
  }

  private init(in folder: String, for path: String) throws(Diagnostic) {
    let scratch = TemporaryFile.newPath(in: folder)
    guard mkdir(scratch, 0o700) == 0 else { throw Files.cannotWrite(path) }
    (self.path, self.folder, self.scratch) = (path, folder, scratch)
  }

  deinit { StagedFile.removeAll(in: scratch) }

  /// Writes the new bytes of a file, and keeps the old ones.
  ///
  /// - Parameter target: its path below the folder.
  private mutating func add(
    _ bytes: Span<UInt8>, as target: String, _ keepsNames: Bool
  ) throws(Diagnostic) {
    let shown = "\(folder)/\(target)"
    var status = stat()
    let isThere = lstat(shown, &status) == 0
    if isThere, status.st_mode & S_IFMT != S_IFREG {
      throw Diagnostic(
        .source(.cannotWrite(path: shown, reason: SystemReason(notRegular: status))), at: nil)
    }
    let isOurs = geteuid() == 0 || status.st_uid == geteuid()
    let isInPlace = status.st_nlink > 1 ? keepsNames : !isOurs
    let file = StagedFile(number: files.count, target: target, isInPlace: isThere && isInPlace)
    files.append(file)
    guard file.stage(bytes, in: scratch, old: isThere ? (shown, status) : nil) else {
      throw Files.cannotWrite(shown)
    }
  }

  /// Puts all files into their places.
  ///
  /// - Throws: what was in the way. The old files are then there again, or the message says that they
  ///   are not.
  private func commit() throws(Diagnostic) {
    guard StagedFile.list(files, in: scratch) else { throw Files.cannotWrite(path) }
    for (index, file) in files.enumerated() where !file.move(from: scratch, into: folder) {
      let error = Files.cannotWrite("\(folder)/\(file.target)")
      try undo(files[...index])
      throw error
    }
    StagedFile.unlist(in: scratch)
  }

  private func undo(_ moved: ArraySlice<StagedFile>) throws(Diagnostic) {
    var isUndone = true
    for file in moved.reversed() where !file.restore(from: scratch, into: folder) {
      isUndone = false
    }
    StagedFile.unlist(in: scratch)
    guard isUndone else {
      throw Diagnostic(.source(.output(.mixedOutputs(folder: folder))), at: nil)
    }
  }

  /// Finishes or removes what a killed run left in a folder. Nobody else may be writing to it.
  private static func recover(_ folder: String) throws(Diagnostic) {
    for scratch in Leftovers.paths(in: folder) {
      var status = stat()
      guard lstat(scratch, &status) == 0, status.st_mode & S_IFMT == S_IFDIR,
        status.st_uid == geteuid()
      else { continue }
      let isDone = Interruptions.holding {
        StagedFile.listed(in: scratch, for: folder).allSatisfy { file in
          file.move(from: scratch, into: folder)
        }
      }
      guard isDone else {
        throw Diagnostic(.source(.output(.mixedOutputs(folder: folder))), at: nil)
      }
      StagedFile.unlist(in: scratch)
      StagedFile.removeAll(in: scratch)
    }
    Leftovers.remove(in: folder)
  }

  /// Finishes or removes what a killed run left in a folder, if there is such a folder.
  static func finish(in folder: String) throws(Diagnostic) {
    guard !Leftovers.paths(in: folder).isEmpty else { return }
    let lock = try FolderLock(folder)
    if lock.isHeld { try recover(folder) }
    lock.release()
  }
}

/// A folder that only one program at a time puts a set of files into.
struct FolderLock: ~Copyable {
  private let descriptor: Int32
  /// False where the file system knows no locks.
  let isHeld: Bool

  init(_ folder: String) throws(Diagnostic) {
    let opened = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard opened >= 0 else { throw Files.cannotWrite(folder) }
    for _ in 0..<100 {
      let isLocked = flock(opened, LOCK_EX | LOCK_NB) == 0
      if isLocked || errno != EWOULDBLOCK {
        (descriptor, isHeld) = (opened, isLocked)
        return
      }
      usleep(50_000)
    }
    close(opened)
    throw Diagnostic(.source(.output(.inUse(path: folder))), at: nil)
  }

  deinit { close(descriptor) }

  /// Lets the next one in.
  consuming func release() {}
}
