import Diagnostics
import Glibc

/// A way through a folder and those below it that ends: links that lead out of it are not followed,
/// and no folder is entered twice.
public struct FolderWalk {
  /// The folder, with its links followed.
  private let root: String
  private var entered: Set<Identity> = []

  private struct Identity: Hashable {
    let device: dev_t
    let file: ino_t
  }

  public struct Entry {
    public let name: String
    public let kind: Kind
  }

  public enum Kind {
    case file, folder
    /// A link that leads out of the folder.
    case linkOut
  }

  public init(_ folder: String) { root = Files.resolved(folder) ?? folder }

  /// What stands in a folder but for hidden names, by name; nothing where it was entered before.
  public mutating func enter(_ folder: String) throws(Diagnostic) -> [Entry] {
    var status = stat()
    guard stat(folder, &status) == 0 else { throw Files.cannotOpen(folder) }
    let identity = Identity(device: status.st_dev, file: status.st_ino)
    guard entered.insert(identity).inserted else { return [] }
    return try Files.names(in: folder).map { Entry(name: $0, kind: kind(of: "\(folder)/\($0)")) }
  }

  private func kind(of path: String) -> Kind {
    var status = stat()
    guard lstat(path, &status) == 0 else { return .file }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return .folder
    case S_IFLNK:
      // One that leads nowhere is told of when it is read.
      guard let target = Files.resolved(path) else { return .file }
      return !Files.isBelow(target, root) ? .linkOut : Files.isFolder(path) ? .folder : .file
    default: return .file
    }
  }
}
