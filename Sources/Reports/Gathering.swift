import Diagnostics
import Records
import Templating

/// Collects the variables of a document from the records of its data file.
struct Gathering {
  private let file: DataFile
  private let schema: Schema
  /// What the data file itself demands of its documents.
  private let own: [Descriptor]
  /// The matter's fields and the lists, the same for every document of the file.
  private let shared: [(Key, Value)]
  private let matterPlace: Text?

  init(_ file: DataFile, _ schema: Schema, own: [Descriptor], _ days: ReportingDays) {
    self.file = file
    self.schema = schema
    self.own = own.filter { $0.type.string == Schema.documentType }
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
    shared = variables
    matterPlace = place
  }

  /// One document's head checked against its own kind, and its variables.
  func report(
    _ record: Record, _ kind: DocumentKind, _ templates: TemplateCollection,
    _ problems: inout [Diagnostic]
  ) -> Report? {
    guard let type = headType(kind, &problems) else { return nil }
    problems += type.check(record, among: schema.types)
    var values = type.values
    let head = values.map(record)
    guard let profile = profile(of: head, templates, &problems) else { return nil }
    let variables = ValueMap(
      shared + [
        (Key("van_ban"), .map(head)), (Key("mau"), .map(kind.record)),
        (Key("the_thuc"), .map(profile.record)),
      ], place: matterPlace)
    return Report(name: kind.name, kind: kind, profile: profile, variables: variables)
  }

  private func headType(_ kind: DocumentKind, _ problems: inout [Diagnostic]) -> RecordType? {
    if own.isEmpty, let known = kind.headType { return known }
    let demands = own + kind.descriptors.filter { $0.type.string == Schema.documentType }
    return RecordType(merging: demands, into: &problems)
  }

  /// The layout profile that a document names; the schema's own complaint of a wrong name stands
  /// before one of ours.
  private func profile(
    of head: ValueMap, _ templates: TemplateCollection, _ problems: inout [Diagnostic]
  ) -> LayoutProfile? {
    guard let name = head["the_thuc"]?.asText, !name.isEmpty else { return nil }
    guard let profile = templates.profiles.first(where: { $0.name == name.string }) else {
      let isReported = problems.contains { $0.place?.range == name.range }
      let suggestion = nearest(to: name.string, among: templates.profiles.map(\.name))
      let problem = ReportProblem.unknownProfile(name.string, suggestion: suggestion)
      if !isReported { problems.append(Diagnostic(.report(problem), at: name)) }
      return nil
    }
    let date = head["ngay_ban_hanh"]?.asText ?? head["ngay_dang"]?.asText
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
    problems(of: record, among: types).preferring(typedProblems(of: record))
  }
}
