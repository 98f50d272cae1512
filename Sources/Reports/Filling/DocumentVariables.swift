import Diagnostics
import Texts
import Records
import Synchronization
import Templating

/// Collects the variables of the documents of a data file from its records; only when a document
/// is made, for a check needs none of them.
final class Gathering: Sendable {
  private let file: DataFile
  private let templates: TemplateFolder
  private let rules: [ReportingRules]
  private let merged: MergedSchema
  private let isBorrowed: Bool
  /// The matter's fields and the lists, the same for every document of the file.
  private let shared = Mutex<Shared?>(nil)

  private struct Shared {
    /// Whose descriptors are those of the file itself.
    let merged: MergedSchema
    let variables: [(Key, Value)]
    let place: Text?
  }

  /// - Parameter schema: of the file, or one borrowed from a file that demands the same.
  init(_ file: DataFile, _ schema: FileSchema, _ templates: TemplateCollection) {
    (self.file, merged, isBorrowed) = (file, schema.merged, schema.isBorrowed)
    (self.templates, rules) = (templates.folder, templates.reportingRules)
  }

  func variables(of record: Record, _ kind: DocumentKind, _ profile: LayoutProfile) -> ValueMap {
    let shared = self.shared.withLock { shared in
      let gathered = shared ?? gatherShared()
      shared = gathered
      return gathered
    }
    var ignored: [Diagnostic] = []
    let type = shared.merged.headType(kind, into: &ignored)
    var values = type?.values
    let head = values?.map(record) ?? ValueMap([])
    return ValueMap(
      shared.variables + [
        (Key("van_ban"), .map(head)), (Key("mau"), .map(kind.record)),
        (Key("the_thuc"), .map(profile.record)),
      ], place: shared.place)
  }

  private func gatherShared() -> Shared {
    var ignored: [Diagnostic] = []
    let merged =
      isBorrowed
      ? MergedSchema(merged.kinds, file.ownDescriptors(templates, into: &ignored)) : merged
    let schema = merged.schema
    let days = ReportingDays(schema.matter(in: file.database), among: rules, into: &ignored)
    let sets = Dictionary(grouping: file.database.recordSets) { $0.type?.string ?? "" }
    var variables: [(Key, Value)] = []
    var place: Text?
    for type in schema.types where type.name.string != Schema.documentType {
      let records = sets[type.name.string]?.flatMap(\.records) ?? []
      var values = type.values
      if type.name.string == Schema.matterType {
        let matter = records.first.map { values.map($0) } ?? ValueMap([])
        variables += days.completing(zip(matter.shape.keys, matter.values).map { ($0, $1) })
        place = records.first?.place
      } else {
        variables.append((Key(type.name), .list(records.map { .map(values.map($0)) })))
      }
    }
    return Shared(merged: merged, variables: variables, place: place)
  }
}

extension MergedSchema {
  /// What is demanded of the head of a document; nil where nothing is.
  func headType(_ kind: DocumentKind, into problems: inout [Diagnostic]) -> RecordType? {
    let own = own.filter { $0.type.string == Schema.documentType }
    if own.isEmpty, let known = kind.headType { return known }
    let demands = own + kind.descriptors.filter { $0.type.string == Schema.documentType }
    return RecordType(merging: demands, into: &problems)
  }
}

/// The fields of a document's head that say how it is laid out.
struct LayoutFields {
  /// `the_thuc`
  let profile: Text?
  /// `ngay_ban_hanh`, or else `ngay_dang`.
  let date: Text?

  /// Of a head that has ``names`` as its columns.
  init(_ head: TypedRecord) {
    func value(_ column: Int) -> Text? {
      let offsets = head.offsets(of: column)
      return offsets.count == 1 ? offsets.first.map { head.text(at: $0) } : nil
    }
    (profile, date) = (value(0), value(1) ?? value(2))
  }

  static let names = ["the_thuc", "ngay_ban_hanh", "ngay_dang"]

  /// The profile that a document names; the schema's own complaint of a wrong name stands before
  /// one of ours.
  func layoutProfile(
    _ templates: TemplateCollection, _ problems: inout [Diagnostic]
  ) -> LayoutProfile? {
    guard let name = profile, !name.isEmpty else { return nil }
    guard let index = templates.profiles.firstIndex(where: { name.isSpelled($0.name) }) else {
      let wanted = name.string
      let isReported = problems.contains { $0.place?.range == name.range }
      let suggestion = nearest(to: wanted, among: templates.profiles.map(\.name))
      let problem = ReportProblem.unknownProfile(wanted, suggestion: suggestion)
      if !isReported { problems.append(Diagnostic(.report(problem), at: name)) }
      return nil
    }
    let profile = templates.profiles[index]
    if let warning = date.flatMap({ profile.check(date: $0) }) { problems.append(warning) }
    return profile
  }
}

extension DataFile {
  private static let pictureExtensions = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg"]

  /// The picture files of the `anh` records; each must lie beside the data file and be described.
  func pictures(_ problems: inout [Diagnostic]) -> [String] {
    var paths: [String] = []
    for record in database.records(ofType: "anh") {
      guard let path = record.field("tap_tin")?.value else { continue }
      let full = "\(folder)/\(path.string)"
      if !Files.exists(full) {
        problems.append(Diagnostic(.report(.missingPicture(path.string)), at: path))
      } else if path.string.hasPrefix("/") || !Files.lies(full, in: folder) {
        problems.append(Diagnostic(.report(.pictureOutside(path.string)), at: path))
      } else if !DataFile.pictureExtensions.contains(where: { path.string.hasSuffix($0) }) {
        problems.append(Diagnostic(.report(.notAPicture(path.string)), at: path))
      } else if record.field("mo_ta") == nil {
        problems.append(Diagnostic(.report(.pictureWithoutDescription), at: record.place))
      } else {
        paths.append(path.string)
      }
    }
    return paths
  }
}

extension RecordType {
  /// Records of this type as maps, typed as the schema says.
  var values: RecordValues {
    RecordValues(
      optional: optionalKeys, canonicalName: { rule(for: $0)?.name ?? $0 },
      columnType: { valueType(of: $0.text)?.columnType ?? .text })
  }

  /// Everything wrong with one record.
  func check(_ record: Record, among types: [RecordType]) -> [Diagnostic] {
    problems(of: record, among: types).suggestingValues.preferring(typedProblems(of: record))
  }
}
