import Diagnostics
import Glibc
import Reports
import Synchronization

/// What a data file is now, by its bytes and their sum.
struct FileState: Sendable {
  let bytes: [UInt8]
  let sum: ContentSum

  init(_ bytes: [UInt8]) { (self.bytes, sum) = (bytes, ContentSum(of: bytes)) }
}

/// Reads and changes data files so that nothing is lost: one change of a file after the other, each
/// state kept before the file is, and the file written beside and renamed.
struct FileKeeper: Sendable {
  private let store: Store

  /// The bytes of a file; reports of a district have a tenth of them.
  static let sizeLimit = 512 << 10

  init(_ store: Store) { self.store = store }

  /// What a file is now. A state that came to be outside the page is kept as a version.
  ///
  /// - Throws: also that it is larger than what a page can show and check in a moment.
  func state(of file: DataFileName) throws -> FileState {
    let state = FileState(try DataFile.readBytes(file.path))
    guard state.bytes.count <= Self.sizeLimit else { throw PageFailure.fileTooLarge }
    try noticeChange(of: file, to: state)
    return state
  }

  private func noticeChange(of file: DataFileName, to state: FileState) throws {
    guard try store.lastSum(of: file.id) != state.sum else { return }
    try store.keep(state.bytes, of: file.id, by: "", .changedOutside)
  }

  /// Changes a file.
  ///
  /// - Parameter change: makes the new bytes of the old; nil where there is nothing to change.
  /// - Returns: what the file is then.
  func change(
    _ file: DataFileName, by person: Person, _ act: Version.Act = .edited,
    _ change: (FileState) throws -> [UInt8]?
  ) throws -> FileState {
    var result = FileState([])
    var refusal: PageFailure?
    try DataFile.rewrite(file.path) { (old) throws(Problems) in
      do {
        let state = FileState(old)
        try noticeChange(of: file, to: state)
        result = state
        guard let new = try change(state), new != old else { return nil }
        guard new.count <= Self.sizeLimit else { throw PageFailure.fileTooLarge }
        try store.keep(new, of: file.id, by: person.name, act)
        result = FileState(new)
        return new
      } catch let problems as Problems {
        throw problems
      } catch let problem as Diagnostic {
        throw Problems([problem])
      } catch let failure as PageFailure {
        refusal = failure
        return nil
      } catch {
        // The database failed: the file stays as it was.
        throw Problems([
          Diagnostic(.source(.cannotWrite(path: file.shown, reason: .other)), at: nil)
        ])
      }
    }
    if let refusal { throw refusal }
    return result
  }

  /// Makes a file that was not there.
  func make(
    _ file: DataFileName, _ bytes: [UInt8], by person: Person, _ act: Version.Act
  ) throws {
    guard bytes.count <= Self.sizeLimit else { throw PageFailure.fileTooLarge }
    try Files.write(bytes.span, to: file.path, isNew: true)
    try store.keep(bytes, of: file.id, by: person.name, act)
  }

  /// Takes a file out of the folder. Its content stays among the versions.
  func remove(_ file: DataFileName, by person: Person) throws {
    _ = try change(file, by: person) { state in
      try store.keep(state.bytes, of: file.id, by: person.name, .deleted)
      guard unlink(file.path) == 0 else {
        let reason = SystemReason(errno)
        throw Diagnostic(.source(.cannotWrite(path: file.shown, reason: reason)), at: nil)
      }
      return nil
    }
  }

  /// Gives a file another name, with its versions.
  func rename(_ file: DataFileName, to new: DataFileName, by person: Person) throws {
    _ = try change(file, by: person) { state in
      try Files.rename(file.path, toNew: new.path, as: new.shown)
      try store.rename(file.id, to: new.id)
      try store.keep(state.bytes, of: new.id, by: person.name, .renamed)
      return nil
    }
  }
}
