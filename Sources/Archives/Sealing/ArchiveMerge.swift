import Diagnostics
import Glibc
import Reports

/// The part of a job that an archive holds, as its file `phan.txt` says: `baocao phan 3/8`.
public struct ArchivePart: Sendable, Equatable {
  public let number: Int
  public let count: Int

  static let file = "phan.txt"

  public init(_ number: Int, of count: Int) { (self.number, self.count) = (number, count) }

  /// Reads the file; nil where it says something else.
  init?(_ text: [UInt8]) {
    let words = String(decoding: text, as: UTF8.self).split { " /\n".contains($0) }
    guard words.count == 4, let number = Int(words[2]), let count = Int(words[3]) else {
      return nil
    }
    self.init(number, of: count)
  }

  var text: [UInt8] { Array("baocao phan \(number)/\(count)\n".utf8) }
}

/// The archives that the parts of a job have made, put together into one: the same, byte for byte, as
/// if one process had done all.
public struct ArchiveMerge: Sendable {
  /// The parts in their order.
  private let parts: [Archive]

  /// - Throws: that they are not all parts of one job, each once.
  public init(_ paths: [String]) throws(Problems) {
    var problems: [Diagnostic] = []
    var parts: [(part: ArchivePart, archive: Archive)] = []
    for path in paths {
      let archive = Archive(path)
      guard Archive.isArchive(archive.path),
        let part = (try? Files.read(archive.partPath)).flatMap({ ArchivePart($0) })
      else {
        problems.append(Diagnostic(.archive(.notPart(path: archive.path)), at: nil))
        continue
      }
      parts.append((part, archive))
    }
    parts.sort { $0.part.number < $1.part.number }
    if problems.isEmpty, let count = parts.first?.part.count {
      let numbers = parts.map(\.part.number)
      let missing = (1...max(1, count)).filter { !numbers.contains($0) }
      let isWhole = parts.allSatisfy { $0.part.count == count } && parts.count == count
      if !isWhole || !missing.isEmpty {
        problems.append(
          Diagnostic(.archive(.partsDiffer(count: count, missing: missing)), at: nil))
      }
    }
    try problems.throwIfErrors()
    self.parts = parts.map(\.archive)
  }

  /// The bags of all parts in the order in which they come into the archive.
  ///
  /// - Throws: what is wrong with the registers of the parts.
  public func bags() throws(Problems) -> [Bag] {
    var problems: [Diagnostic] = []
    var bags: [Bag] = []
    for part in parts {
      let verification = try Problems.collecting { () throws(Diagnostic) in
        try Verification(part)
      }
      problems += verification.problems + verification.problemsOfHeads()
      bags += verification.bags.map { Bag(part: verification, place: $0) }
    }
    try problems.throwIfErrors()
    return bags
  }

  /// A bag of a part.
  public struct Bag: Sendable {
    let part: Verification
    let place: String
  }
}

extension ArchiveWriter {
  /// Writes the bag of another archive anew, if it is whole.
  ///
  /// - Returns: nil where this archive has it already.
  /// - Throws: what is wrong with it.
  public func draft(_ bag: ArchiveMerge.Bag) throws(Problems) -> Draft? {
    try bag.part.problems(ofBag: bag.place).throwIfErrors()
    return try Problems.collecting { () throws(Diagnostic) in
      guard let entry = bag.part.entry(ofBag: bag.place), let sum = entry.bagSum else {
        throw Diagnostic(.archive(.register(.notInRegister(path: bag.place))), at: nil)
      }
      let base = Self.withoutRevision(bag.place)
      let fields = entry.fields.filter { !RegisterEntry.ownFields.contains($0.name) }
      return try draft(copying: bag.part.path(ofBag: bag.place), to: base, sum, fields)
    }
  }
}
