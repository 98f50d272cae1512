import Diagnostics
import Texts
import Records
import Vietnamese

/// A data file in its canonical form.
public struct FormattedFile: Sendable {
  public let bytes: [UInt8]
  /// The changes that were made.
  public let changes: [FormatChange]
  /// The oddities of the file that the reader accepts and that rewriting does not correct.
  public let warnings: [Diagnostic]
}

/// Rewriting of data files in their canonical form (`baocao format`).
///
/// Values and the order of fields stay as they are; a label, `Người chủ trì`, becomes the name of its
/// field, `chu_tri`.
public struct Formatting {
  private let templates: TemplateCollection?
  /// The labels and types of the record types used so far, by record type and kinds.
  private var types: [String: LabelledType] = [:]

  /// Creates a formatter.
  ///
  /// - Parameter templates: the schemas that tell the field of a label; nil to use only the
  ///   descriptors in the file itself.
  public init(_ templates: TemplateCollection?) {
    self.templates = templates
  }

  /// Rewrites a data file.
  ///
  /// - Throws: lines that are no rec, labels of no field or of several, and values that can be read in
  ///   two ways; such a file is left as it is.
  public mutating func format(
    name: String, bytes: [UInt8]
  ) throws(Problems) -> FormattedFile {
    let source = try Problems.collecting { () throws(Diagnostic) in
      try Source.reading(name: name, bytes: bytes).source
    }
    var problems: [Diagnostic] = []
    let database = Database.read(source, into: &problems)
    problems = problems.knowingIndentedFields
    guard problems.allSatisfy({ $0.severity == .warning }) else { throw Problems(problems) }
    let warnings = problems
    let names = try fieldNames(database, &problems)
    problems += database.swallowedBullets
    guard problems.count == warnings.count else {
      throw Problems(Array(problems.dropFirst(warnings.count)).inOrder(from: source))
    }
    let rename = { (field: Field, _: RecordSet) in names[field.name.range.start] }
    return FormattedFile(
      bytes: database.written(renaming: rename),
      changes: source.changes(from: bytes) + database.changes(renaming: rename),
      warnings: warnings)
  }

  /// The labels in a file that fit several fields, as problems.
  mutating func ambiguousLabels(of database: Database) throws(Problems) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    _ = try fieldNames(database, &problems)
    return problems.filter { problem in
      if case .form(.ambiguousLabel) = problem.kind { true } else { false }
    }
  }

  /// The names of the fields whose labels the file uses, by the offset of the label; adds problems
  /// of labels and of values that can be read in two ways.
  private mutating func fieldNames(
    _ database: Database, _ problems: inout [Diagnostic]
  ) throws(Problems) -> [Int32: Text] {
    var names: [Int32: Text] = [:]
    let kinds = try documentKinds(of: database)
    for set in database.recordSets {
      let own = set.ownDescriptor
      if let record = set.descriptorRecord { addNames(of: record, nil, &names, &problems) }
      guard let typeName = set.type?.string ?? (templates == nil ? "" : nil) else {
        for record in set.records { addNames(of: record, nil, &names, &problems) }
        continue
      }
      for record in set.records {
        let type = try type(typeName, own, of: record, kinds)
        addNames(of: record, type, &names, &problems)
      }
    }
    return names
  }

  private func addNames(
    of record: Record, _ type: LabelledType?, _ names: inout [Int32: Text],
    _ problems: inout [Diagnostic]
  ) {
    for field in record.fields {
      if field.isCanonicalName {
        if let problem = type?.ambiguity(of: field) { problems.append(problem) }
        continue
      }
      let found = type?.names(ofLabel: field.name) ?? []
      if found.count == 1 {
        names[field.name.range.start] = found[0]
        if let problem = type?.ambiguity(of: field) { problems.append(problem) }
        continue
      }
      let unseen = field.name.unseenCharacters(orBlank: false)
      problems += unseen
      if !unseen.isEmpty { continue }
      let label = field.name.string
      let problem: FormProblem =
        found.isEmpty
        ? .unknownLabel(label, suggestion: type?.nearestLabel(to: label))
        : .ambiguousLabel(label, names: found.map(\.string))
      problems.append(Diagnostic(.form(problem), at: field.name))
    }
  }
}

// MARK: - The schema of a record

extension Formatting {
  /// The kinds of the file's documents, or all kinds where it names none.
  private mutating func documentKinds(of database: Database) throws(Problems) -> [DocumentKind] {
    guard let templates else { return [] }
    var kinds: [DocumentKind] = []
    for set in database.recordSets where set.type?.string == Schema.documentType {
      for record in set.records {
        guard let name = try kindName(of: record), !kinds.contains(where: { $0.name == name }),
          let kind = try templates.kind(named: name)
        else { continue }
        kinds.append(kind)
      }
    }
    return kinds.isEmpty ? try templates.allKinds() : kinds
  }

  /// The value of the field `mau` in a document record, also where it has its label in place of the
  /// name.
  private mutating func kindName(of record: Record) throws(Problems) -> String? {
    if let name = record.field("mau")?.value.string { return name }
    let labelled = record.fields.filter { !$0.isCanonicalName }
    guard !labelled.isEmpty, let templates else { return nil }
    let type = try type(Schema.documentType, [], among: try templates.allKinds())
    return labelled.first { type?.names(ofLabel: $0.name).map(\.string) == ["mau"] }?.value.string
  }

  /// The type of a record; for a document, by the schema of its own kind alone.
  private mutating func type(
    _ name: String, _ own: [Descriptor], of record: Record, _ kinds: [DocumentKind]
  ) throws(Problems) -> LabelledType? {
    guard name == Schema.documentType, let kind = try kindName(of: record) else {
      return try type(name, own, among: kinds)
    }
    let sameKind = kinds.filter { $0.name == kind }
    return try type(name, own, among: sameKind.isEmpty ? kinds : sameKind)
  }

  private mutating func type(
    _ name: String, _ own: [Descriptor], among kinds: [DocumentKind]
  ) throws(Problems) -> LabelledType? {
    let key = ([name] + kinds.map(\.name)).joined(separator: " ")
    if own.isEmpty, let known = types[key] { return known }
    let descriptors = own + kinds.flatMap { $0.descriptors.filter { $0.type.string == name } }
    guard let type = LabelledType(descriptors) else { return nil }
    if own.isEmpty { types[key] = type }
    return type
  }
}

extension RecordSet {
  /// The descriptor of the record set if it says more than the type, else none.
  fileprivate var ownDescriptor: [Descriptor] {
    var problems: [Diagnostic] = []
    guard let record = descriptorRecord, record.fields.count > 1 else { return [] }
    return [Descriptor(self, into: &problems)].compactMap { $0 }
  }
}

/// A record type with the names of its fields by label.
private struct LabelledType {
  private let type: RecordType
  private var namesByLabel: [String: [Text]] = [:]

  init?(_ descriptors: [Descriptor]) {
    var problems: [Diagnostic] = []
    guard let type = RecordType(merging: descriptors, into: &problems) else { return nil }
    self.type = type
    for remark in descriptors.flatMap(\.remarks) where remark.name.string == "nhan" {
      if let (name, label) = remark.value.nameAndRest { add(label, of: name) }
    }
    for block in descriptors.flatMap(\.blocks) {
      if let label = block.label { add(label.string, of: block.name) }
    }
  }

  private mutating func add(_ label: String, of name: Text) {
    let key = label.lowercased()
    if namesByLabel[key]?.contains(name) ?? false { return }
    namesByLabel[key, default: []].append(name)
  }

  func names(ofLabel label: Text) -> [Text] { namesByLabel[label.string.lowercased()] ?? [] }

  /// The field whose label is nearest to a text that is no label.
  func nearestLabel(to label: String) -> NamedField? {
    let labels = namesByLabel.keys.sorted()
    let plain = nearest(to: withoutMarks(label.lowercased()), among: labels.map(withoutMarks))
    let near = labels.first { withoutMarks($0) == plain }
    return near.flatMap { namesByLabel[$0]?.first }.flatMap { type.rule(for: $0)?.named }
  }

  /// The problem of a value that can be read in two ways, such as `1,400`; nil for other values.
  func ambiguity(of field: Field) -> Diagnostic? {
    guard let valueType = type.valueType(of: field.name), !field.value.isEmpty else { return nil }
    do throws(Diagnostic) {
      try valueType.check(field.value)
      return nil
    } catch {
      switch error.kind {
      case .value(.ambiguousNumber), .value(.periodOfWhichEnd): return error
      default: return nil
      }
    }
  }
}

extension Text {
  /// The field and its label in a remark `nhan: FIELD LABEL`: the first word, and the rest.
  fileprivate var nameAndRest: (name: Text, rest: String)? {
    let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    guard let end = bytes.firstIndex(where: isSpace), end > bytes.startIndex else { return nil }
    let rest = bytes[end...].drop(while: isSpace)
    let last = rest.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? rest.startIndex
    let name = Text(source: source, range: SourceRange(start: bytes.startIndex, end: end))
    return (name, String(decoding: rest[..<last], as: UTF8.self))
  }
}
