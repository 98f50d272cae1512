import Diagnostics
import Texts
import Records
import Vietnamese

/// Texts that a template puts words or signs around, so that they must not have these themselves;
/// and words that go with some values of another field only.
struct WordingChecks {
  private let declaration: CheckDeclaration
  private var type: String { declaration.type.string }
  private var phrases: [Phrase] { declaration.phrases }

  init(_ declaration: CheckDeclaration) {
    self.declaration = declaration
  }

  func problems(_ records: inout CheckedRecords) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let isBelonging = declaration.relation == .belonging
    let fields = declaration.operands.map(\.field)
    for record in records.records(of: type) where isOfKind(record) {
      for field in isBelonging ? fields.dropLast() : fields[...] {
        for value in records.values(field, in: record, of: type) where !value.isEmpty {
          switch declaration.relation {
          case .noBeginning: checkBeginning(of: value, field, records, &problems)
          case .noEnding: checkEnding(of: value, field, records, &problems)
          default:
            guard let other = fields.last,
              let found = records.value(other, in: record, of: type)
            else { continue }
            checkBelonging(value, to: found, other, records, &problems)
          }
        }
      }
    }
    return problems
  }

  /// A declaration in the schema of one kind speaks of the heads of that kind alone.
  private func isOfKind(_ record: Record) -> Bool {
    guard let kind = declaration.kind, type == Schema.documentType else { return true }
    return record.field(Schema.kindField)?.value.string == kind
  }

  private func report(
    _ problem: CheckProblem, at place: Text, beside other: Text? = nil,
    _ problems: inout [Diagnostic]
  ) {
    let notes = other.map { [Diagnostic.Note(.comparedWith, at: $0)] } ?? []
    problems.append(
      Diagnostic(
        .check(problem), at: place,
        notes: notes + [Diagnostic.Note(.ruledHere, at: declaration.place)]))
  }

  private func named(_ field: Text, _ records: CheckedRecords) -> NamedField {
    records.type(type)?.rule(for: field)?.named ?? NamedField(field.string, label: nil)
  }

  // MARK: - The three relations

  private func checkBeginning(
    of value: Text, _ field: Text, _ records: CheckedRecords, _ problems: inout [Diagnostic]
  ) {
    let bytes = value.bytes
    guard let length = phrases[0].length(atStartOf: bytes) else { return }
    let end = bytes.startIndex + length
    let rest = bytes[end...].drop { $0 == 0x20 || separators.contains($0) }
    report(
      .begins(
        named(field, records), with: value.part(to: end).string,
        rest: String(decoding: rest, as: UTF8.self)),
      at: value.part(to: end), &problems)
  }

  private func checkEnding(
    of value: Text, _ field: Text, _ records: CheckedRecords, _ problems: inout [Diagnostic]
  ) {
    let bytes = value.bytes
    for sign in phrases where bytes.count > sign.text.count && bytes.ends(with: sign.text) {
      let place = Text(
        source: value.source,
        range: SourceRange(start: bytes.endIndex - sign.text.count, end: bytes.endIndex))
      return report(.ends(named(field, records), with: place.string), at: place, &problems)
    }
  }

  private func checkBelonging(
    _ value: Text, to found: Text, _ other: Text, _ records: CheckedRecords,
    _ problems: inout [Diagnostic]
  ) {
    let values = phrases.dropFirst().map(\.text)
    guard !values.contains(found), let place = phrases[0].place(in: value) else { return }
    report(
      .doesNotBelong(
        place.string, field: named(other, records), values: values.map(\.string),
        found: found.string),
      at: place, beside: found, &problems)
  }
}

extension [Diagnostic] {
  /// Where one value goes with none of the words around it, the value is wrong: it is told of once,
  /// at the first of the words.
  var withoutRepeatedDoubts: [Diagnostic] {
    var first: [SourceRange: Int32] = [:]
    for (value, place) in compactMap(\.doubt) {
      first[value] = Swift.min(first[value] ?? place, place)
    }
    return filter { $0.doubt.map { first[$0.value] == $0.place } ?? true }
  }
}

extension Diagnostic {
  /// The value that words do not go with, and where these stand.
  fileprivate var doubt: (value: SourceRange, place: Int32)? {
    guard case .check(.doesNotBelong) = kind, let value = notes.first?.place, let place else {
      return nil
    }
    return (value.range, place.range.start)
  }
}

/// Between a number or word that is to go and what stays: `07-BC/BCĐ`, `Kính gửi: …`.
private let separators = Array("-/:,.".utf8)

extension ArraySlice<UInt8> {
  fileprivate func ends(with sign: Text) -> Bool { suffix(sign.count).elementsEqual(sign.bytes) }
}

extension Text {
  /// Up to an offset in the source.
  fileprivate func part(to end: Int) -> Text {
    Text(source: source, range: SourceRange(start: range.bounds.lowerBound, end: end))
  }
}
