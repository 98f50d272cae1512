import Diagnostics
import Glibc
import Reports

/// The archives that the parts of a job have made, put together into one: the same, byte for byte, as
/// if one process had done all.
public struct ArchiveMerge: Sendable {
  /// `baocao phan 3/8`
  static let partFile = "phan.txt"

  static func partText(_ number: Int, of count: Int) -> [UInt8] {
    Array("baocao phan \(number)/\(count)\n".utf8)
  }

  /// The parts in their order.
  private let parts: [Archive]

  /// - Throws: that they are not all parts of one job, each once.
  public init(_ paths: [String]) throws(Problems) {
    var problems: [Diagnostic] = []
    var parts: [(number: Int, count: Int, archive: Archive)] = []
    for path in paths {
      let archive = Archive(path)
      let file = "\(archive.path)/\(Self.partFile)"
      guard Archive.isArchive(archive.path), let text = try? Files.read(file),
        let words = Optional(String(decoding: text, as: UTF8.self).split { " /\n".contains($0) }),
        words.count == 4, let number = Int(words[2]), let count = Int(words[3])
      else {
        problems.append(Diagnostic(.archive(.notPart(path: archive.path)), at: nil))
        continue
      }
      parts.append((number, count, archive))
    }
    parts.sort { $0.number < $1.number }
    if problems.isEmpty, let count = parts.first?.count {
      let missing = (1...max(1, count)).filter { number in
        !parts.contains { $0.number == number }
      }
      let isWhole = parts.allSatisfy { $0.count == count } && parts.count == count
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

  /// `goi/a/so-ket.2` is a revision of `goi/a/so-ket`.
  private static func withoutRevision(_ place: String) -> String {
    let folder = Files.folder(of: place)
    let name = Files.name(of: place).prefix { $0 != "." }
    return "\(folder)/\(name)"
  }
}
