import Diagnostics
import Texts

/// The parts of a container, found by name and read one at a time.
///
/// A container is refused as a whole where its directory is damaged, or names a part that leads out
/// of it, that is there twice, or that is locked.
public struct ZipReader: ~Copyable {
  private let handle: UnzipHandle
  /// By their names in small letters: to office programs `A.xml` and `a.xml` are one.
  private let entries: [String: UnzipHandle.Entry]
  private let limits: ZipLimits
  /// The file's name, for messages.
  public let file: String
  /// The unpacked size of all that was opened.
  private var opened = 0

  /// - Throws: that it is no container, or is refused.
  public init(_ bytes: Span<UInt8>, file: String, limits: ZipLimits) throws(Diagnostic) {
    guard let handle = UnzipHandle(bytes) else { throw container(.notAContainer, file) }
    let found: [UnzipHandle.Entry]
    do throws(UnzipHandle.Failure) {
      found = try handle.entries(atMost: limits.entries)
    } catch {
      let isDamaged = error == .damaged
      throw container(isDamaged ? .notAContainer : .tooManyParts(limit: limits.entries), file)
    }
    entries = try checked(found, file)
    self.handle = handle
    (self.file, self.limits) = (file, limits)
  }

  public borrowing func has(_ part: String) -> Bool { entries[part.lowercased()] != nil }

  /// The parts in a folder, in small letters, by name.
  public borrowing func parts(in folder: String) -> [String] {
    entries.keys.filter { $0.hasPrefix(folder + "/") }.sorted()
  }

  /// The contents of a part.
  ///
  /// - Throws: that it is not there, is damaged, or goes over a limit.
  public mutating func read(_ part: String) throws(Diagnostic) -> [UInt8] {
    var bytes: [UInt8] = []
    try read(part) { piece in
      bytes.append(piece)
      return true
    }
    return bytes
  }

  /// Hands the contents of a part on in pieces, so that no more than a piece is in memory.
  ///
  /// - Parameter take: false ends the reading.
  public mutating func read(
    _ part: String, _ take: (Span<UInt8>) -> Bool
  ) throws(Diagnostic) {
    guard let entry = entries[part.lowercased()] else { throw flaw(.missing, of: part) }
    try check(entry, part)
    guard handle.read(entry, take) else { throw flaw(.damaged, of: part) }
  }

  private mutating func check(_ entry: UnzipHandle.Entry, _ part: String) throws(Diagnostic) {
    guard [0, 8].contains(entry.method) else {
      throw flaw(.unknownMethod(entry.method), of: part)
    }
    guard entry.size <= limits.entrySize else {
      throw flaw(.tooLarge(limit: limits.entrySize), of: part)
    }
    let size = Int(entry.size)
    if size > ZipLimits.harmlessSize, size / limits.ratio > Int(clamping: entry.packedSize) {
      throw flaw(.tooDense(limit: limits.ratio), of: part)
    }
    opened += size
    guard opened <= limits.totalSize else {
      throw container(.tooLarge(limit: limits.totalSize), file)
    }
  }

  func flaw(_ flaw: OfficeProblem.PartFlaw, of part: String) -> Diagnostic {
    Diagnostic(.office(.part(flaw, part: part, file: file)), at: nil)
  }
}

private func container(_ flaw: OfficeProblem.ContainerFlaw, _ file: String) -> Diagnostic {
  Diagnostic(.office(.container(flaw, file: file)), at: nil)
}

/// - Throws: that an entry is none that an office program writes.
private func checked(
  _ found: [UnzipHandle.Entry], _ file: String
) throws(Diagnostic) -> [String: UnzipHandle.Entry] {
  var entries: [String: UnzipHandle.Entry] = [:]
  entries.reserveCapacity(found.count)
  for entry in found {
    let name = String(decoding: entry.name, as: UTF8.self)
    func refusal(_ flaw: OfficeProblem.PartFlaw) -> Diagnostic {
      Diagnostic(.office(.part(flaw, part: name, file: file)), at: nil)
    }
    if entry.isEncrypted { throw container(.locked, file) }
    guard leadsInside(entry.name) else { throw refusal(.badName) }
    guard entries.updateValue(entry, forKey: name.lowercased()) == nil else {
      throw refusal(.repeatedName)
    }
  }
  return entries
}

/// Tells whether a name is a path below the container, of characters that are seen.
private func leadsInside(_ name: [UInt8]) -> Bool {
  guard let first = name.first, first != UInt8(ascii: "/") else { return false }
  guard name.allSatisfy({ $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") }) else {
    return false
  }
  if name.count > 1, name[1] == UInt8(ascii: ":") { return false }
  return !name.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).contains {
    $0.elementsEqual("..".utf8) || $0.elementsEqual(".".utf8)
  }
}
