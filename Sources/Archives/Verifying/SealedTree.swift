import Diagnostics
import Glibc
import Reports
import Synchronization

/// What a file is known by that many bags hold.
struct FileIdentity: Hashable {
  private let device: dev_t
  private let file: ino_t

  /// nil for a file that has one or two names, which is hardly worth remembering.
  init?(sharedFile status: stat) {
    guard status.st_nlink > 2 else { return nil }
    (device, file) = (status.st_dev, status.st_ino)
  }
}

/// The sums of files, each file read once however many names it has.
final class FileSums: Sendable {
  private let known = Mutex<[FileIdentity: Checksum]>([:])

  /// The sum of a regular file; nil where it cannot be read. Links are not followed.
  func sum(of path: String) -> Checksum? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    let identity = FileIdentity(sharedFile: status)
    if let known = knownSum(of: identity) { return known }
    guard let sum = FileSums.sum(ofOpen: descriptor) else { return nil }
    if let identity { known.withLock { $0[identity] = sum } }
    return sum
  }

  /// The sum of a file that has been read by another of its names.
  func knownSum(of identity: FileIdentity?) -> Checksum? {
    identity.flatMap { identity in known.withLock { $0[identity] } }
  }

  private static func sum(ofOpen descriptor: Int32) -> Checksum? {
    var hash = Hash()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { return hash.finish() }
      hash.add(buffer.span.extracting(0..<count))
    }
  }
}

/// All that lies in a folder, hidden names too: nothing in a bag is passed over.
struct SealedTree {
  struct File {
    let size: Int
    /// nil for a file that not many bags hold.
    let identity: FileIdentity?
  }

  /// The regular files by their paths below the folder.
  private(set) var files: [String: File] = [:]
  /// Links, pipes and whatever else is no file, and folders with nothing in them.
  private(set) var odd: [String] = []

  init(_ folder: String) { collect(folder, "") }

  private mutating func collect(_ folder: String, _ prefix: String) {
    var isEmpty = true
    for (name, type) in SealedFiles.entries(in: folder) {
      isEmpty = false
      let path = "\(folder)/\(name)"
      if Int32(type) == DT_DIR {
        collect(path, "\(prefix)\(name)/")
        continue
      }
      var status = stat()
      guard lstat(path, &status) == 0 else {
        odd.append(prefix + name)
        continue
      }
      switch status.st_mode & S_IFMT {
      case S_IFREG:
        files[prefix + name] = File(
          size: Int(status.st_size), identity: FileIdentity(sharedFile: status))
      case S_IFDIR: collect(path, "\(prefix)\(name)/")
      default: odd.append(prefix + name)
      }
    }
    if isEmpty, !prefix.isEmpty { odd.append(String(prefix.dropLast())) }
  }
}
