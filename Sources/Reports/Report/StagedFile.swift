import Glibc
import Texts

/// A file of an ``OutputSet``: its new and its old bytes in the set's own folder, and its place.
struct StagedFile {
  let number: Int
  /// The path below the folder of the set.
  let target: String
  /// Tells that the file is not replaced but written to, as it has several names or another owner.
  let isInPlace: Bool

  private static let listName = "danh-sach"
  private static let draftName = "nhap"

  private func new(in scratch: String) -> String { "\(scratch)/\(number).moi" }
  private func old(in scratch: String) -> String { "\(scratch)/\(number).cu" }

  /// Writes the new bytes and keeps the old. With false, `errno` says what was in the way.
  func stage(
    _ bytes: Span<UInt8>, in scratch: String, old: (path: String, status: stat)?
  ) -> Bool {
    let descriptor = open(
      new(in: scratch), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else { return false }
    let isWritten = Files.writeAll(bytes, to: descriptor)
    if let old {
      fchown(descriptor, old.status.st_uid, old.status.st_gid)
      fchmod(descriptor, old.status.st_mode & 0o7777)
    }
    guard close(descriptor) == 0, isWritten else { return false }
    guard let old else { return true }
    let kept = self.old(in: scratch)
    // Where files can have but one name, the old bytes are copied.
    return !isInPlace && link(old.path, kept) == 0 || StagedFile.copy(old.path, over: kept)
  }

  /// Puts the new file into its place; true where it is there already.
  func move(from scratch: String, into folder: String) -> Bool {
    put(new(in: scratch), into: folder)
  }

  /// Puts the old file back, or removes the new one where there was none.
  func restore(from scratch: String, into folder: String) -> Bool {
    let kept = old(in: scratch)
    guard Files.exists(kept) else { return unlink("\(folder)/\(target)") == 0 || errno == ENOENT }
    return put(kept, into: folder)
  }

  private func put(_ file: String, into folder: String) -> Bool {
    var status = stat()
    guard lstat(file, &status) == 0 else { return errno == ENOENT }
    guard status.st_mode & S_IFMT == S_IFREG else { return false }
    let place = "\(folder)/\(target)"
    return isInPlace ? StagedFile.copy(file, over: place) : rename(file, place) == 0
  }

  /// Writes the bytes of a file over those of another, which stays the file it is.
  private static func copy(_ file: String, over place: String) -> Bool {
    guard let bytes = try? Files.read(file) else { return false }
    let descriptor = open(place, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
    guard descriptor >= 0 else { return false }
    let isWritten =
      Files.writeAll(bytes.span, to: descriptor) && ftruncate(descriptor, bytes.count) == 0
    return close(descriptor) == 0 && isWritten
  }
}

/// The list in a set's own folder.
extension StagedFile {
  /// Writes the list; it is there whole or not at all.
  static func list(_ files: [StagedFile], in scratch: String) -> Bool {
    var text = ByteBuffer()
    for file in files {
      text.append(literal: file.isInPlace ? "= " : "> ")
      text.append(contentsOf: file.target.utf8)
      text.append(literal: "\n")
    }
    let draft = "\(scratch)/\(draftName)"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { return false }
    let isWritten = Files.writeAll(text.span, to: descriptor)
    guard close(descriptor) == 0, isWritten else { return false }
    return rename(draft, "\(scratch)/\(listName)") == 0
  }

  static func unlist(in scratch: String) { unlink("\(scratch)/\(listName)") }

  /// The files of a list that was left behind, but for those that would leave the folder.
  static func listed(in scratch: String, for folder: String) -> [StagedFile] {
    guard let bytes = try? Files.read("\(scratch)/\(listName)") else { return [] }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    return lines.enumerated().compactMap { number, line in
      let target = String(line.dropFirst(2))
      let place = Files.folder(of: "\(folder)/\(target)")
      guard Files.isRelative(target), Files.lies(place, in: folder) else { return nil }
      return StagedFile(number: number, target: target, isInPlace: line.hasPrefix("="))
    }
  }

  /// Removes a set's own folder with all that a set puts into it, and nothing else.
  static func removeAll(in scratch: String) {
    Interruptions.holding {
      for name in (try? Files.names(in: scratch)) ?? []
      where name == draftName || name.hasSuffix(".moi") || name.hasSuffix(".cu") {
        unlink("\(scratch)/\(name)")
      }
      rmdir(scratch)
    }
  }
}
