import Diagnostics
import Glibc
import Reports
import Synchronization

/// The sums of files, each file read once however many names it has.
final class FileSums: Sendable {
  private struct Identity: Hashable {
    let device: dev_t
    let file: ino_t
  }

  private let known = Mutex<[Identity: Checksum]>([:])

  /// The sum of a regular file; nil where it cannot be read. Links are not followed.
  func sum(of path: String) -> Checksum? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    let identity = Identity(device: status.st_dev, file: status.st_ino)
    let isShared = status.st_nlink > 1
    if isShared, let known = known.withLock({ $0[identity] }) { return known }
    guard let sum = FileSums.sum(ofOpen: descriptor) else { return nil }
    if isShared { known.withLock { $0[identity] = sum } }
    return sum
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
  /// The paths of regular files below the folder, and their sizes.
  private(set) var files: [String: Int] = [:]
  /// Links, pipes and whatever else is no file, and folders with nothing in them.
  private(set) var odd: [String] = []

  init(_ folder: String) { collect(folder, "") }

  private mutating func collect(_ folder: String, _ prefix: String) {
    var isEmpty = true
    for (name, _) in SealedFiles.entries(in: folder) where name != "." && name != ".." {
      isEmpty = false
      let path = "\(folder)/\(name)"
      var status = stat()
      guard lstat(path, &status) == 0 else {
        odd.append(prefix + name)
        continue
      }
      switch status.st_mode & S_IFMT {
      case S_IFREG: files[prefix + name] = Int(status.st_size)
      case S_IFDIR: collect(path, "\(prefix)\(name)/")
      default: odd.append(prefix + name)
      }
    }
    if isEmpty, !prefix.isEmpty { odd.append(String(prefix.dropLast())) }
  }
}
