import Diagnostics
import Records
import Templating
import Texts

/// What the documents of a data file wrote of it, for a check that wants no more of them.
public final class PrintedData {
  let trace: RenderTrace
  private let texts: ReadTexts

  /// - Parameter texts: of the file, whose words may be held against those of the documents.
  public init(of file: CheckedFile, _ texts: ReadTexts) {
    trace = RenderTrace(of: file.database.source)
    self.texts = texts
  }

  /// Tells whether the words of every document must be read as it sets them.
  var needsTexts: Bool { texts.uses.hasShort }

  /// The same of one document.
  ///
  /// - Parameter page: the document, with the Markdown of its body.
  func needsText(of page: [UInt8]) -> Bool { texts.uses.mayBeWrong(in: page) }

  /// Tells whether the value of a field was written. A number has no place: one of that name was.
  fileprivate func wrote(_ value: Text, of field: PrintableField) -> Bool {
    field.isNumber && trace.numbers.contains(field.rule.name) || trace.wrote(value)
  }
}

extension CheckedFile {
  /// Names the records, and the fields of the others, that no document of the file prints.
  ///
  /// - Parameter printed: what all of them wrote.
  public func unprinted(_ printed: PrintedData) -> [Diagnostic] {
    var found = UnprintedFields(companions: merged.companions)
    let retold = merged.fieldsToldInOtherWords(in: database)
    func forEach(_ look: (PrintedRecord) -> Void) {
      // A set whose type is only near to one of the schema is told of as that.
      for run in records.runs.indices where !records.misspeltSets.contains(records.runs[run].set) {
        let type = merged.schema.types[records.runs[run].type].name
        for record in records.records(ofRun: run) {
          look(PrintedRecord(record: record, type: type, printed: printed, retold: retold))
        }
      }
    }
    forEach { found.add($0) }
    if found.hasFields { forEach { found.note($0) } }
    var silencing = silencing
    return silencing.filter(found.problems)
  }
}

/// The fields that a document is made to print: those that the schemas of kinds declare, without
/// keys, codes, words to choose from, and what a schema names as never printed.
struct PrintableFields: Sendable {
  /// Their names, for each type of the schema.
  private let names: [[Text]]

  init(of merged: MergedSchema) {
    let types = merged.schema.types
    var names = [[Text]](repeating: [], count: types.count)
    for descriptor in MergedSchema.parts(merged.kinds).flatMap(\.descriptors) {
      guard let type = types.firstIndex(where: { $0.name == descriptor.type }) else { continue }
      for block in descriptor.blocks { names[type].append(block.name) }
    }
    for check in merged.declared.declarations
    where check.relation == .code || check.relation == .unprinted {
      for operand in check.operands {
        let owner = if case .all(let type) = operand.from { type } else { check.type }
        guard let type = types.firstIndex(where: { $0.name == owner }) else { continue }
        names[type].removeAll { $0 == operand.field }
      }
    }
    self.names = names
  }

  /// - Parameter type: the index of the type of the records.
  func contains(_ rule: FieldRule, ofType type: Int) -> Bool {
    guard !rule.isKey, !rule.isSingular, !rule.name.isSpelled(Silencing.field) else { return false }
    switch rule.type {
    case .enumeration, .record: return false
    default: return names[type].contains(rule.name)
    }
  }
}

/// A field that a document is made to print, at its place among those of its record.
struct PrintableField: Sendable {
  let offset: Int
  let rule: FieldRule
  let isNumber: Bool

  init(_ offset: Int, _ rule: FieldRule) {
    (self.offset, self.rule) = (offset, rule)
    isNumber = rule.valueType == .so || rule.valueType == .soNguyen
  }
}

extension MergedSchema {
  /// By field, as `type field`, the one without which it is not printed.
  fileprivate var companions: [String: NamedField] {
    declared.declarations.filter { $0.relation == .printedWith }.reduce(into: [:]) { known, check in
      let type = schema.type(named: check.type.string)
      known[check.fieldNames[0]] = type?.rule(for: check.operands[1].field)?.named
    }
  }

  /// The fields that a text of the file tells of in its own words, each as `type field`.
  fileprivate func fieldsToldInOtherWords(in database: Database) -> Set<String> {
    let told = declared.declarations.filter { check in
      check.relation == .agrees
        && database.records(ofType: check.type.string).contains {
          $0.field(check.operands[0].field.string)?.value.isEmpty == false
        }
    }
    return Set(told.flatMap(\.fieldNames))
  }
}

extension CheckDeclaration {
  /// The fields that it is about, each as `type field`.
  fileprivate var fieldNames: [String] {
    operands.map { operand in
      let owner = if case .all(let type) = operand.from { type.string } else { type.string }
      return "\(owner) \(operand.field.string)"
    }
  }
}

/// A record of which documents may have written something.
private struct PrintedRecord {
  let record: TypedRecord
  let type: Text
  let printed: PrintedData
  /// See ``MergedSchema/fieldsToldInOtherWords(in:)``.
  let retold: Set<String>

  /// Visits each value that a document is made to print, with whether one was.
  func forEachValue(_ visit: (Text, FieldRule, Bool) -> Void) {
    let fields = record.shape.printable
    for index in fields.indices where !record.bytes(at: fields[index].offset).isEmpty {
      if !retold.isEmpty, retold.contains("\(type.string) \(fields[index].rule.name.string)") {
        continue
      }
      let value = record.text(at: fields[index].offset)
      visit(value, fields[index].rule, printed.wrote(value, of: fields[index]))
    }
  }
}

/// The records and fields that no document prints, each kind of them told of once.
private struct UnprintedFields {
  private var records: [(type: String, places: [Text])] = []
  private var fields: [Unprinted] = []
  /// See ``MergedSchema/companions``.
  private let companions: [String: NamedField]
  /// The values that are printed, by type and field: one that stands in several records is printed
  /// once.
  private var printed: [String: Set<Text>] = [:]

  private struct Unprinted {
    let type: String
    let field: NamedField
    /// The field that is missing beside it.
    let companion: NamedField?
    var places: [Text]
  }

  init(companions: [String: NamedField]) { self.companions = companions }

  var hasFields: Bool { !fields.isEmpty }

  /// Adds what of a record was not written.
  mutating func add(_ record: PrintedRecord) {
    var unprinted: [(value: Text, rule: FieldRule)] = []
    var isPrinted = false
    record.forEachValue { value, rule, isWritten in
      if isWritten { isPrinted = true } else { unprinted.append((value, rule)) }
    }
    guard !unprinted.isEmpty else { return }
    let isOne =
      record.type.isSpelled(Schema.matterType) || record.type.isSpelled(Schema.documentType)
    if !isPrinted, !isOne { return add(record.record.record, of: record.type.string) }
    // What the schema demands is there for its own sake.
    for (value, rule) in unprinted where !rule.isMandatory {
      let companion = companions["\(record.type.string) \(rule.name.string)"].flatMap {
        record.record.record.field($0.name)?.value.isEmpty ?? true ? $0 : nil
      }
      add(value, rule.named, of: record.type.string, without: companion)
    }
  }

  /// Takes note of what was written, for fields of which some were not.
  mutating func note(_ record: PrintedRecord) {
    let wanted = fields.filter { record.type.isSpelled($0.type) }
    guard !wanted.isEmpty else { return }
    record.forEachValue { value, rule, isWritten in
      guard isWritten, wanted.contains(where: { rule.name.isSpelled($0.field.name) }) else {
        return
      }
      printed["\(record.type.string) \(rule.name.string)", default: []].insert(value)
    }
  }

  private mutating func add(_ record: Record, of type: String) {
    if let index = records.firstIndex(where: { $0.type == type }) {
      records[index].places.append(record.place)
    } else {
      records.append((type, [record.place]))
    }
  }

  private mutating func add(
    _ value: Text, _ name: NamedField, of type: String, without companion: NamedField?
  ) {
    let index = fields.firstIndex {
      $0.type == type && $0.field.name == name.name && $0.companion == companion
    }
    if let index {
      fields[index].places.append(value)
    } else {
      fields.append(Unprinted(type: type, field: name, companion: companion, places: [value]))
    }
  }

  var problems: [Diagnostic] {
    records.map { type, places in
      problem(.unprintedRecords(type, count: places.count), places)
    }
      + fields.compactMap { unprinted in
        let (field, companion) = (unprinted.field, unprinted.companion)
        let known = printed["\(unprinted.type) \(field.name)"] ?? []
        let places = unprinted.places.filter { !known.contains($0) }
        return places.isEmpty
          ? nil
          : problem(.unprintedField(field, count: places.count, without: companion), places)
      }
  }

  private func problem(_ problem: CheckProblem, _ places: [Text]) -> Diagnostic {
    var notes = places.dropFirst().prefix(3).map { Diagnostic.Note(.alsoHere, at: $0) }
    if places.count > 4 { notes.append(Diagnostic.Note(.furtherPlaces(places.count - 4), at: nil)) }
    return Diagnostic(.check(problem), at: places[0], notes: notes)
  }
}
