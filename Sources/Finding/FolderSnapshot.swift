import Diagnostics
import Dispatch
import Glibc
import Reports
import Synchronization

/// The data files of a folder as they were when the index learned of them.
///
/// It is one value of the index, laid out as it lies in memory: to see that nothing changed in a hundred
/// thousand files takes a call of `stat` for each, and nothing else.
struct FolderSnapshot: Sendable {
  /// What tells one state of a file or folder from another.
  struct Stamp: BitwiseCopyable, Hashable, Sendable {
    var size: Int64
    var modified: Int64
    /// When the name, the owner or the like last changed.
    var changed: Int64
    var inode: UInt64

    /// The stamp of no file: what has it is looked at again.
    static let unknown = Stamp(size: -1, modified: 0, changed: 0, inode: 0)

    init(size: Int64, modified: Int64, changed: Int64, inode: UInt64) {
      (self.size, self.modified, self.changed, self.inode) = (size, modified, changed, inode)
    }

    init(_ status: stat) {
      self.init(
        size: Int64(status.st_size), modified: Stamp.nanoseconds(status.st_mtim),
        changed: Stamp.nanoseconds(status.st_ctim), inode: UInt64(status.st_ino))
    }

    /// The time of the clock by which disks stamp files.
    static var now: Int64 {
      var now = timespec()
      clock_gettime(CLOCK_REALTIME, &now)
      return nanoseconds(now)
    }

    static func nanoseconds(_ time: timespec) -> Int64 {
      Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }

    var bytes: [UInt8] {
      [UInt64(bitPattern: size), UInt64(bitPattern: modified), UInt64(bitPattern: changed), inode]
        .withUnsafeBytes { Array($0) }
    }

    /// The stamp; unknown where a further change might leave it as it is, as clocks of disks go slowly.
    func known(at moment: Int64) -> Stamp {
      max(modified, changed) > moment - 2_000_000_000 ? .unknown : self
    }
  }

  struct Folder: BitwiseCopyable, Sendable {
    var stamp: Stamp
    /// Where its path begins in ``names``.
    var name: Int32
    var parent: Int32
    var firstFile: Int32
    var endOfFiles: Int32
    var place: Place
  }

  /// What a folder is. In an archive only bags are looked into.
  enum Place: Int32, BitwiseCopyable, Sendable {
    case plain, archive, bags, bagsOfFile

    /// Tells whether a folder that was this is still, where the folder around it says so much.
    func may(be given: Place) -> Bool { given == self || given == .plain && self == .archive }
  }

  struct File: BitwiseCopyable, Sendable {
    var stamp: Stamp
    /// The number of its first row in the index; they have one number after the other.
    var firstRow: Int64
    /// -1 where the file is still to be read.
    var rows: Int32
    var name: Int32
    /// The length of the path of the bag that it lies in; 0 for a file outside of bags.
    var bag: Int32
    /// 1 for a file that could not be read.
    var isUnread: Int32
  }

  var folders: [Folder] = []
  var files: [File] = []
  /// The paths below the searched folder, each with a NUL behind it.
  var names: [UInt8] = []
  /// The number that the next row gets.
  var nextRow: Int64 = 1

  init() {}

  func path(at start: Int32) -> [UInt8] {
    Array(names[Int(start)...].prefix { $0 != 0 })
  }

  func path(of file: File) -> String { String(decoding: path(at: file.name), as: UTF8.self) }

  // MARK: Whether it still holds

  /// Tells whether all files and folders are as they were, and no file is still to be read.
  func isCurrent(_ root: Int32) -> Bool {
    guard !folders.isEmpty else { return false }
    let folders = folders.span
    for index in folders.indices
    where Self.stamp(names, folders[index].name, in: root) != folders[index].stamp {
      return false
    }
    let share = 2048
    let chunks = (files.count + share - 1) / share
    let isSame = Atomic(true)
    DispatchQueue.concurrentPerform(iterations: chunks) { chunk in
      guard isSame.load(ordering: .relaxed) else { return }
      let files = files.span
      for index in chunk * share..<min(files.count, (chunk + 1) * share)
      where Self.stamp(names, files[index].name, in: root) != files[index].stamp {
        return isSame.store(false, ordering: .relaxed)
      }
    }
    return isSame.load(ordering: .relaxed)
  }

  /// The stamp of what has a path below the searched folder; nil where nothing has it.
  fileprivate static func stamp(_ names: [UInt8], _ start: Int32, in root: Int32) -> Stamp? {
    status(names, start, in: root).map { Stamp($0) }
  }

  fileprivate static func status(_ names: [UInt8], _ start: Int32, in root: Int32) -> stat? {
    var status = stat()
    let code = names.withUnsafeBytes { bytes -> Int32 in
      guard let base = bytes.baseAddress else { return -1 }
      let path = (base + Int(start)).assumingMemoryBound(to: CChar.self)
      return fstatat(root, path, &status, AT_SYMLINK_NOFOLLOW)
    }
    return code == 0 ? status : nil
  }

  /// The stamp of the head of an archive's register, which is written when the bags lie in their places;
  /// nil where the folder is none, or where the head was changed just now.
  static func registerStamp(_ root: Int32) -> Stamp? {
    guard let bags = status(Array("goi\0".utf8), 0, in: root), bags.st_mode & S_IFMT == S_IFDIR,
      let register = status(Array("dau-so.txt\0".utf8), 0, in: root),
      register.st_mode & S_IFMT == S_IFREG
    else { return nil }
    let stamp = Stamp(register).known(at: Stamp.now)
    return stamp == .unknown ? nil : stamp
  }

  // MARK: As a value of the index

  private static let form: Int64 = 1

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    let counts = [
      Self.form, Int64(folders.count), Int64(files.count), Int64(names.count), nextRow,
    ]
    counts.withUnsafeBytes { bytes += $0 }
    folders.withUnsafeBytes { bytes += $0 }
    files.withUnsafeBytes { bytes += $0 }
    return bytes + names
  }

  /// - Returns: nil for bytes that are no snapshot.
  init?(_ bytes: [UInt8]) {
    let head = 5 * MemoryLayout<Int64>.size
    guard bytes.count >= head else { return nil }
    let isRead = bytes.withUnsafeBytes { memory -> Bool in
      func count(_ index: Int) -> Int {
        Int(memory.loadUnaligned(fromByteOffset: index * 8, as: Int64.self))
      }
      let limit = bytes.count
      guard count(0) == Self.form, (0...limit).contains(count(1)), (0...limit).contains(count(2)),
        (0...limit).contains(count(3))
      else { return false }
      let folderBytes = count(1) * MemoryLayout<Folder>.stride
      let fileBytes = count(2) * MemoryLayout<File>.stride
      guard head + folderBytes + fileBytes + count(3) == limit else { return false }
      nextRow = Int64(count(4))
      folders = Self.array(memory[head..<head + folderBytes], count(1))
      files = Self.array(memory[head + folderBytes..<head + folderBytes + fileBytes], count(2))
      names = Array(memory[(head + folderBytes + fileBytes)...])
      return true
    }
    guard isRead, isSound else { return nil }
  }

  private static func array<Element: BitwiseCopyable>(
    _ memory: Slice<UnsafeRawBufferPointer>, _ count: Int
  ) -> [Element] {
    [Element](unsafeUninitializedCapacity: count) { buffer, filled in
      UnsafeMutableRawBufferPointer(buffer).copyMemory(
        from: UnsafeRawBufferPointer(rebasing: memory))
      filled = count
    }
  }

  /// Tells whether all places in it lead somewhere.
  private var isSound: Bool {
    guard names.last ?? 0 == 0 else { return false }
    func isName(_ start: Int32) -> Bool { start >= 0 && Int(start) < names.count }
    return nextRow > 0
      && folders.enumerated().allSatisfy { index, folder in
        isName(folder.name) && folder.parent < Int32(index) && folder.firstFile >= 0
          && folder.firstFile <= folder.endOfFiles && Int(folder.endOfFiles) <= files.count
          && Place(rawValue: folder.place.rawValue) != nil
      } && files.allSatisfy { isName($0.name) && $0.bag >= 0 && $0.firstRow > 0 }
  }
}

extension FolderSnapshot {
  /// Adds a path and returns where it begins.
  fileprivate mutating func add(path: [UInt8]) -> Int32 {
    let start = Int32(truncatingIfNeeded: names.count)
    names += path
    names.append(0)
    return start
  }
}

/// Looks for the data files of a folder again, where it is not as an old snapshot has it.
struct FolderListing {
  /// The files as they are now; those that are new or changed have no rows.
  private(set) var snapshot = FolderSnapshot()
  /// The rows of what is gone or changed.
  private(set) var goneRows: [Range<Int64>] = []
  private let old: FolderSnapshot
  private let root: Int32
  private let moment: Int64
  private var isKept: [Bool]
  private var children: [[Int]]
  private var oldFolders: [[UInt8]: Int] = [:]

  /// - Parameter root: the searched folder, open.
  init(_ root: Int32, since old: FolderSnapshot) {
    (self.root, self.old) = (root, old)
    moment = FolderSnapshot.Stamp.now
    isKept = old.files.map { _ in false }
    children = old.folders.map { _ in [] }
    for (index, folder) in old.folders.enumerated() {
      oldFolders[old.path(at: folder.name)] = index
      if folder.parent >= 0 { children[Int(folder.parent)].append(index) }
    }
    snapshot.nextRow = old.nextRow
    visit([UInt8(ascii: ".")], below: -1, .plain)
    for (index, file) in old.files.enumerated() where !isKept[index] && file.rows > 0 {
      goneRows.append(file.firstRow..<file.firstRow + Int64(file.rows))
    }
  }

  private mutating func visit(_ path: [UInt8], below parent: Int, _ place: FolderSnapshot.Place) {
    let name = snapshot.add(path: path)
    guard let status = FolderSnapshot.status(snapshot.names, name, in: root) else { return }
    let stamp = FolderSnapshot.Stamp(status)
    let number = snapshot.folders.count
    let first = Int32(truncatingIfNeeded: snapshot.files.count)
    snapshot.folders.append(
      FolderSnapshot.Folder(
        stamp: stamp.known(at: moment), name: name, parent: Int32(truncatingIfNeeded: parent),
        firstFile: first, endOfFiles: first, place: place))
    let before = oldFolders[path].map { (old.folders[$0], $0) }
    if let (folder, index) = before, folder.stamp == stamp, folder.place.may(be: place) {
      snapshot.folders[number].place = folder.place
      for file in folder.firstFile..<folder.endOfFiles { add(again: Int(file)) }
      snapshot.folders[number].endOfFiles = Int32(truncatingIfNeeded: snapshot.files.count)
      for child in children[index] {
        visit(old.path(at: old.folders[child].name), below: number, old.folders[child].place)
      }
      return
    }
    list(path, number, place, before?.0)
  }

  /// Lists a folder that is new or has other names in it.
  private mutating func list(
    _ path: [UInt8], _ number: Int, _ given: FolderSnapshot.Place, _ before: FolderSnapshot.Folder?
  ) {
    let entries = Self.entries(of: path, in: root)
    let known = before.map { folder in
      Dictionary(
        (folder.firstFile..<folder.endOfFiles).map {
          (old.path(at: old.files[Int($0)].name), Int($0))
        }
      ) { first, _ in first }
    }
    var place = given
    if place == .plain, Self.isArchive(entries) { place = .archive }
    snapshot.folders[number].place = place
    var folders: [([UInt8], FolderSnapshot.Place)] = []
    for entry in entries {
      let inner = path == [UInt8(ascii: ".")] ? entry.name : path + [UInt8(ascii: "/")] + entry.name
      switch (place, entry.isFolder) {
      case (.plain, true): folders.append((inner, .plain))
      case (.plain, false):
        if Self.isDataFile(entry.name) { add(inner, bag: 0, known?[inner]) }
      case (.archive, true) where entry.name == Self.bags: folders.append((inner, .bags))
      case (.bags, true): folders.append((inner, .bagsOfFile))
      case (.bagsOfFile, true): add(bag: inner, known)
      default: break
      }
    }
    snapshot.folders[number].endOfFiles = Int32(truncatingIfNeeded: snapshot.files.count)
    for (folder, place) in folders { visit(folder, below: number, place) }
  }

  // MARK: Files

  /// Adds a file that the folder had before and still has.
  private mutating func add(again index: Int) {
    let file = old.files[index]
    add(old.path(at: file.name), bag: file.bag, index)
  }

  private mutating func add(bag: [UInt8], _ known: [[UInt8]: Int]?) {
    let inner = bag + Array("/data/du-lieu".utf8)
    let file = bag.split(separator: UInt8(ascii: "/")).dropLast().last.map(Array.init) ?? []
    let usual = file + Array(".rec".utf8)
    let names = Self.entries(of: inner, in: root).filter { !$0.isFolder }.map(\.name)
    guard let name = names.first(where: { $0 == usual }) ?? names.first(where: Self.isDataFile)
    else { return }
    let path = inner + [UInt8(ascii: "/")] + name
    add(path, bag: Int32(truncatingIfNeeded: bag.count), known?[path])
  }

  /// - Parameter index: of the file in the old snapshot.
  private mutating func add(_ path: [UInt8], bag: Int32, _ index: Int?) {
    let name = snapshot.add(path: path)
    guard let status = FolderSnapshot.status(snapshot.names, name, in: root),
      status.st_mode & S_IFMT == S_IFREG
    else { return }
    let stamp = FolderSnapshot.Stamp(status)
    var file = FolderSnapshot.File(
      stamp: stamp.known(at: moment), firstRow: 1, rows: -1, name: name, bag: bag, isUnread: 0)
    if let index, old.files[index].stamp == stamp {
      isKept[index] = true
      (file.firstRow, file.rows) = (old.files[index].firstRow, old.files[index].rows)
      file.isUnread = old.files[index].isUnread
    }
    snapshot.files.append(file)
  }

  // MARK: Folders

  private struct Entry {
    let name: [UInt8]
    let isFolder: Bool
  }

  private static let bags = Array("goi".utf8)

  private static func isArchive(_ entries: [Entry]) -> Bool {
    entries.contains { !$0.isFolder && $0.name == Array("so-dang-ky.rec".utf8) }
      && entries.contains { $0.isFolder && $0.name == bags }
  }

  private static func isDataFile(_ name: [UInt8]) -> Bool {
    DataFile.isNamed(String(decoding: name, as: UTF8.self))
  }

  /// The files and folders in a folder by name, without hidden names and links.
  private static func entries(of path: [UInt8], in root: Int32) -> [Entry] {
    let descriptor = (path + [0]).withUnsafeBytes { bytes in
      bytes.baseAddress.map {
        openat(
          root, $0.assumingMemoryBound(to: CChar.self),
          O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      } ?? -1
    }
    guard descriptor >= 0 else { return [] }
    guard let stream = fdopendir(descriptor) else {
      close(descriptor)
      return []
    }
    defer { closedir(stream) }
    var entries: [Entry] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      guard name.first != UInt8(ascii: ".") else { continue }
      var type = Int32(entry.pointee.d_type)
      if type == Int32(DT_UNKNOWN) { type = Self.type(of: name, in: descriptor) }
      if type == Int32(DT_DIR) || type == Int32(DT_REG) {
        entries.append(Entry(name: name, isFolder: type == Int32(DT_DIR)))
      }
    }
    return entries.sorted { $0.name.lexicographicallyPrecedes($1.name) }
  }

  /// What some disks do not tell with the name.
  private static func type(of name: [UInt8], in folder: Int32) -> Int32 {
    guard let status = FolderSnapshot.status(name + [0], 0, in: folder) else { return 0 }
    return switch status.st_mode & S_IFMT {
    case S_IFDIR: Int32(DT_DIR)
    case S_IFREG: Int32(DT_REG)
    default: 0
    }
  }
}

extension FolderSnapshot {
  /// Says what the rows of a file are.
  mutating func set(rows: Int, unread: Bool, of index: Int) {
    files[index].firstRow = nextRow
    files[index].rows = Int32(truncatingIfNeeded: rows)
    files[index].isUnread = unread ? 1 : 0
    nextRow += Int64(rows)
  }

  /// Puts off the reading of the files that have not been read.
  mutating func postponeReading() {
    for index in files.indices where files[index].rows < 0 {
      files[index].stamp = .unknown
      files[index].rows = 0
    }
  }
}
