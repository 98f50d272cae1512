import Diagnostics
import Records
import Reports
import Texts
import Vietnamese

/// A sealed document that is to be handed over: one file of its bag, and what its build record says.
public struct PacketDocument: Sendable {
  /// The place of its bag, below the archive.
  let place: String
  /// The sum that stands for the bag.
  let bagSum: Checksum
  /// The bag as messages name it.
  let shown: String
  /// The fields of the record `mo_ta`.
  let values: [String: DescribedValue]
  /// The day of sealing, else that of issue.
  let day: CalendarDate?
  /// The file: where it lies, its name, size and sum.
  let path: String
  let name: String
  let size: Int
  let sum: Checksum
  let type: PacketProfile.FileType
  /// What is told of it and stops nothing.
  public let warnings: [Diagnostic]

  /// Checks the bag and reads it.
  ///
  /// - Throws: what is wrong with the bag; that it has no file that may be handed over.
  public init(
    _ place: String, in verification: Verification, _ profile: PacketProfile
  ) throws(Problems) {
    try verification.problems(ofBag: place).throwIfErrors()
    let bag = verification.path(ofBag: place)
    let shown = "\(verification.archive.path)/\(place)"
    (self.place, self.shown) = (place, shown)
    let (text, list) = try Problems.collecting { () throws(Diagnostic) in
      (
        try Files.read("\(bag)/\(BagPath.buildRecord)"),
        try Files.read("\(bag)/\(BagPath.manifest)")
      )
    }
    guard let build = BuildRecord(reading: text),
      let bagSum = verification.entry(ofBag: place)?.bagSum
    else {
      let problem = BagProblem.oddRecord(path: "\(shown)/\(BagPath.buildRecord)")
      throw Problems([Diagnostic(.archive(.bag(problem)), at: nil)])
    }
    self.bagSum = bagSum
    // As strictly as data files are read: what no XML can hold is refused.
    let source = try Problems.collecting { () throws(Diagnostic) in
      try Source.reading(name: "\(shown)/\(BagPath.buildRecord)", bytes: text).source
    }
    var ignored: [Diagnostic] = []
    let database = Database.read(source, into: &ignored)
    let said = database.records(ofType: BuildRecord.descriptionType).first
    values = Dictionary(
      said?.fields.map { ($0.name.string, DescribedValue($0.value.string)) } ?? [],
      uniquingKeysWith: { one, _ in one })
    let days = [
      database.records(ofType: BuildRecord.type).first?.field(BuildRecord.dayField)?.value,
      said?.field("issuedDate")?.value,
    ]
    day = days.compactMap(\.self).lazy.compactMap { try? CalendarDate($0) }.first
    let entries = Manifest(reading: list).entries
    guard let (entry, type) = Self.file(of: build.document, entries, profile.fileTypes) else {
      let problem = HandOverProblem.noForm(
        bag: shown, forms: profile.fileTypes.map(\.suffix))
      throw Problems([Diagnostic(.archive(.handOver(problem)), at: nil)])
    }
    (path, sum, self.type) = ("\(bag)/\(entry.path)", entry.sum, type)
    name = Files.name(of: entry.path)
    size = SealedTree("\(bag)/\(BagPath.outputs.dropLast())").files[name]?.size ?? 0
    warnings =
      type.isArchived && !build.making.isArchived
      ? [Diagnostic(.archive(.handOver(.notForArchives(bag: shown))), at: nil)] : []
  }

  /// The document in the form that is taken first of those it was sealed in.
  private static func file(
    of document: String, _ entries: [Manifest.Entry], _ types: [PacketProfile.FileType]
  ) -> (Manifest.Entry, PacketProfile.FileType)? {
    for type in types {
      let path = "\(BagPath.outputs)\(document).\(type.suffix)"
      if let entry = entries.first(where: { $0.path == path }) { return (entry, type) }
    }
    return nil
  }

  /// The order in a hồ sơ: by day of issue, then by number, then by place.
  static func precedes(_ one: PacketDocument, _ other: PacketDocument) -> Bool {
    func text(_ document: PacketDocument, _ field: String) -> String {
      document.values[field]?.text ?? ""
    }
    let days = (text(one, "issuedDate"), text(other, "issuedDate"))
    if days.0 != days.1 { return days.0 < days.1 }
    let numbers = (Int(text(one, "codeNumber")) ?? 0, Int(text(other, "codeNumber")) ?? 0)
    if numbers.0 != numbers.1 { return numbers.0 < numbers.1 }
    return one.place.utf8.lexicographicallyPrecedes(other.place.utf8)
  }
}
