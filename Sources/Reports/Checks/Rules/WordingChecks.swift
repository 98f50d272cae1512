import Diagnostics
import Texts
import Records
import Vietnamese

/// Checks texts that a template puts words or signs around, so that they must not have these
/// themselves; and words that go with some values of another field only.
struct WordingChecks {
  private let declaration: ResolvedDeclaration
  private var phrases: [Phrase] { declaration.phrases }

  init(_ declaration: ResolvedDeclaration) {
    self.declaration = declaration
  }

  func problems(_ data: inout CheckedData) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let operands = declaration.operands
    let isBelonging = declaration.relation == .belonging
    for record in data.records.records(ofType: declaration.type) {
      for operand in isBelonging ? operands.dropLast() : operands[...] {
        for offset in record.offsets(of: operand.column) {
          guard mayFail(record.bytes(at: offset)), declaration.isAbout(record) else { continue }
          let value = record.text(at: offset)
          switch declaration.relation {
          case .noBeginning: checkBeginning(of: value, operand.field, data, &problems)
          case .noEnding: checkEnding(of: value, operand.field, data, &problems)
          default:
            guard let other = operands.last, let found = record.text(of: other.column) else {
              continue
            }
            checkBelonging(value, to: found, other.field, data, &problems)
          }
        }
      }
    }
    return problems
  }

  /// Whether a phrase may stand where it must not, told by the bytes of a value.
  private func mayFail(_ value: SourceBytes) -> Bool {
    switch declaration.relation {
    case .noBeginning: !value.isEmpty && phrases[0].mayBegin(value.span)
    case .noEnding: !value.isEmpty && phrases.contains { $0.endsLike(value.span) }
    default: !value.isEmpty && phrases[0].mayBe(in: value.span)
    }
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

  private func named(_ field: Text, _ data: CheckedData) -> NamedField {
    data.named(field, ofType: declaration.type)
  }

  // MARK: - The three relations

  private func checkBeginning(
    of value: Text, _ field: Text, _ data: CheckedData, _ problems: inout [Diagnostic]
  ) {
    let bytes = value.bytes
    guard let length = phrases[0].length(atStartOf: bytes) else { return }
    let end = bytes.startIndex + length
    let rest = bytes[end...].drop { $0 == 0x20 || separators.contains($0) }
    report(
      .begins(
        named(field, data), with: value.part(to: end).string,
        rest: String(decoding: rest, as: UTF8.self)),
      at: value.part(to: end), &problems)
  }

  private func checkEnding(
    of value: Text, _ field: Text, _ data: CheckedData, _ problems: inout [Diagnostic]
  ) {
    let bytes = value.bytes
    for sign in phrases where bytes.count > sign.text.count && bytes.ends(with: sign.text) {
      let place = Text(
        source: value.source,
        range: SourceRange(start: bytes.endIndex - sign.text.count, end: bytes.endIndex))
      return report(.ends(named(field, data), with: place.string), at: place, &problems)
    }
  }

  private func checkBelonging(
    _ value: Text, to found: Text, _ other: Text, _ data: CheckedData,
    _ problems: inout [Diagnostic]
  ) {
    let values = phrases.dropFirst().map(\.text)
    guard !values.contains(found), let place = phrases[0].place(in: value) else { return }
    report(
      .doesNotBelong(
        place.string, field: named(other, data), values: values.map(\.string),
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
