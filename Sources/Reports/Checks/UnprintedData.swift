import Diagnostics
import Records
import Templating
import Texts

/// What the documents of a data file wrote of it.
public final class PrintedData {
  let trace: RenderTrace

  public init(of file: CheckedFile) { trace = RenderTrace(of: file.database.source) }

  /// The ranges that were written, in the order of the file.
  fileprivate var ranges: [SourceRange] { trace.ranges.sorted { $0.start < $1.start } }
}

extension CheckedFile {
  /// Names the records, and the fields of the others, that no document of the file prints.
  ///
  /// - Parameter printed: what all of them wrote.
  public func unprinted(_ printed: PrintedData) -> [Diagnostic] {
    var fields = PrintedFields(printed.ranges, printed.trace.numbers, merged, database)
    var found = UnprintedFields()
    forEachRecord(&fields) { record, fields in fields.look(at: record, &found) }
    if found.hasFields {
      forEachRecord(&fields) { record, fields in fields.note(record, &found) }
    }
    var silencing = silencing
    return silencing.filter(found.problems)
  }
}

extension CheckedFile {
  /// Calls `look` with each record of a type that the schema has.
  private func forEachRecord(
    _ fields: inout PrintedFields, _ look: (Record, inout PrintedFields) -> Void
  ) {
    for set in database.recordSets {
      guard let name = set.type, let type = merged.schema.types.first(where: { $0.name == name })
      else { continue }
      fields.begin(type)
      for record in set.records { look(record, &fields) }
    }
  }
}

/// The fields that were written.
private struct PrintedFields {
  private let ranges: [SourceRange]
  private let numbers: Set<String>
  /// The fields that a document is not made to print: codes, and those that a schema names.
  private let exempt: Set<String>
  /// See ``MergedSchema/declaredFields``.
  private let known: Set<String>
  private var type: RecordType?
  /// For the records of the type by their shapes, the rule of each field that a document is made to
  /// print.
  private var rules: [Int: [FieldRule?]] = [:]

  init(
    _ ranges: [SourceRange], _ numbers: Set<String>, _ merged: MergedSchema, _ database: Database
  ) {
    (self.ranges, self.numbers) = (ranges, numbers)
    let checks = merged.declared.declarations
    exempt = Set(
      checks.filter { check in
        switch check.relation {
        case .code, .unprinted: true
        // A text tells of these in its own words.
        case .agrees:
          database.records(ofType: check.type.string).contains {
            $0.field(check.operands[0].field.string)?.value.isEmpty == false
          }
        default: false
        }
      }.flatMap { check in check.operands.map { "\($0.owner(check.type)) \($0.field.string)" } })
    known = merged.declaredFields
  }

  /// Begins with the records of another type.
  mutating func begin(_ type: RecordType) {
    if self.type?.name != type.name { rules = [:] }
    self.type = type
  }

  /// Finds what of a record was not written.
  mutating func look(at record: Record, _ found: inout UnprintedFields) {
    guard let type else { return }
    var unprinted: [(field: Field, rule: FieldRule)] = []
    var isPrinted = false
    forEachPrintable(of: record) { field, rule, isWritten in
      if isWritten { isPrinted = true } else { unprinted.append((field, rule)) }
    }
    guard !unprinted.isEmpty else { return }
    let isOne = type.name.isSpelled(Schema.matterType) || type.name.isSpelled(Schema.documentType)
    if !isPrinted, !isOne { return found.add(record, of: type.name.string) }
    // What the schema demands is there for its own sake.
    for (field, rule) in unprinted where !rule.isMandatory {
      found.add(field, rule.named, of: type.name.string)
    }
  }

  /// Takes note of what was written, for fields of which some were not.
  mutating func note(_ record: Record, _ found: inout UnprintedFields) {
    guard let type else { return }
    forEachPrintable(of: record) { field, rule, isWritten in
      if isWritten { found.note(field, rule, of: type) }
    }
  }

  private mutating func forEachPrintable(
    of record: Record, _ visit: (Field, FieldRule, Bool) -> Void
  ) {
    let fields = record.fields
    for (field, rule) in zip(fields, rules(of: record)) {
      guard let rule, !field.value.isEmpty else { continue }
      visit(field, rule, wrote(field, rule))
    }
  }

  private mutating func rules(of record: Record) -> [FieldRule?] {
    if let known = rules[record.shape] { return known }
    guard let type else { return [] }
    let found = record.fields.map { field -> FieldRule? in
      guard let rule = type.rule(for: field.name), isPrintable(rule, of: type) else { return nil }
      return rule
    }
    rules[record.shape] = found
    return found
  }

  private func isPrintable(_ rule: FieldRule, of type: RecordType) -> Bool {
    let name = "\(type.name.string) \(rule.name.string)"
    guard known.contains(name), !exempt.contains(name), !rule.isKey, !rule.isSingular,
      rule.name.string != Silencing.field
    else { return false }
    switch rule.type {
    case .enumeration, .record: return false
    default: return true
    }
  }

  private func wrote(_ field: Field, _ rule: FieldRule) -> Bool {
    if rule.isNumber, numbers.contains(rule.name.string) { return true }
    let value = field.value.range
    let first = ranges.sortedIndex(after: { $0.start < value.start })
    return first < ranges.count && ranges[first].start < value.end
  }
}

extension CheckDeclaration.Operand {
  /// The type of the record that has the field.
  fileprivate func owner(_ own: Text) -> String {
    if case .all(let type) = from { type.string } else { own.string }
  }
}

extension FieldRule {
  fileprivate var isNumber: Bool { valueType == .so || valueType == .soNguyen }
}

/// The records and fields that no document prints, each kind of them told of once.
private struct UnprintedFields {
  private var records: [(type: String, places: [Text])] = []
  private var fields: [(type: String, field: NamedField, places: [Text])] = []
  /// The values that are printed, by type and field: one that stands in several records is printed
  /// once.
  private var printed: [String: Set<Text>] = [:]

  var hasFields: Bool { !fields.isEmpty }

  mutating func note(_ field: Field, _ rule: FieldRule, of type: RecordType) {
    let isWanted = fields.contains {
      rule.name.isSpelled($0.field.name) && type.name.isSpelled($0.type)
    }
    guard isWanted else { return }
    printed["\(type.name.string) \(rule.name.string)", default: []].insert(field.value)
  }

  mutating func add(_ record: Record, of type: String) {
    if let index = records.firstIndex(where: { $0.type == type }) {
      records[index].places.append(record.place)
    } else {
      records.append((type, [record.place]))
    }
  }

  mutating func add(_ field: Field, _ name: NamedField, of type: String) {
    if let index = fields.firstIndex(where: { $0.type == type && $0.field.name == name.name }) {
      fields[index].places.append(field.value)
    } else {
      fields.append((type, name, [field.value]))
    }
  }

  var problems: [Diagnostic] {
    records.map { type, places in
      problem(.unprintedRecords(type, count: places.count), places)
    }
      + fields.compactMap { type, field, all in
        let known = printed["\(type) \(field.name)"] ?? []
        let places = all.filter { !known.contains($0) }
        return places.isEmpty
          ? nil : problem(.unprintedField(field, count: places.count), places)
      }
  }

  private func problem(_ problem: CheckProblem, _ places: [Text]) -> Diagnostic {
    var notes = places.dropFirst().prefix(3).map { Diagnostic.Note(.alsoHere, at: $0) }
    if places.count > 4 { notes.append(Diagnostic.Note(.furtherPlaces(places.count - 4), at: nil)) }
    return Diagnostic(.check(problem), at: places[0], notes: notes)
  }
}
