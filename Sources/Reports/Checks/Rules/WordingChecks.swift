import Diagnostics
import Texts
import Records
import Vietnamese

/// Checks texts that a template puts words or signs around, so that they must not have these
/// themselves, or must begin with words that go on; and words that go with some values of another
/// field only.
struct WordingChecks {
  private let declaration: ResolvedDeclaration
  private let phrases: [Phrase]

  init(_ declaration: ResolvedDeclaration) {
    (self.declaration, phrases) = (declaration, declaration.phrases)
  }

  func problems(_ data: inout CheckedData) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let (operands, relation) = (declaration.operands, declaration.relation)
    let count = operands.count - (relation == .belonging ? 1 : 0)
    for record in data.records.records(ofType: declaration.type) {
      for index in 0..<count {
        for offset in record.offsets(of: operands[index].column) {
          guard mayFail(record.bytes(at: offset), relation), declaration.isAbout(record) else {
            continue
          }
          let value = record.text(at: offset)
          switch relation {
          case .beginning: checkName(value, operands[index].field, data, &problems)
          case .noBeginning: checkBeginning(of: value, operands[index].field, data, &problems)
          case .noEnding: checkEnding(of: value, operands[index].field, data, &problems)
          case .requiredEnding:
            checkRequiredEnding(of: value, operands[index].field, data, &problems)
          default:
            guard let other = operands.last, let found = record.text(of: other.column),
              !found.isBlank
            else { continue }
            checkBelonging(value, to: found, other.field, data, &problems)
          }
        }
      }
    }
    return problems
  }

  /// Tells whether a phrase may stand where it must not, told by the bytes of a value.
  private func mayFail(
    _ value: SourceBytes, _ relation: CheckDeclaration.Relation
  ) -> Bool {
    guard !value.isEmpty else { return false }
    switch relation {
    case .beginning: return true
    case .noBeginning: return phrases[0].mayBegin(value.span)
    case .noEnding:
      for index in phrases.indices where phrases[index].mayEnd(value.span) { return true }
      return false
    case .requiredEnding: return !phrases.contains { $0.mayEnd(value.span) }
    default: return phrases[0].mayBe(in: value.span)
    }
  }

  private func named(_ field: Text, _ data: CheckedData) -> NamedField {
    data.named(field, ofType: declaration.type)
  }

  // MARK: - The relations

  private func checkName(
    _ value: Text, _ field: Text, _ data: CheckedData, _ problems: inout [Diagnostic]
  ) {
    if phrases.contains(where: { $0.length(atStartOf: value.bytes) != nil }) { return }
    let problem = CheckProblem.beginsOtherwise(
      named(field, data), known: phrases.map(\.text.string))
    problems.append(declaration.broken(problem, at: value))
  }

  private func checkBeginning(
    of value: Text, _ field: Text, _ data: CheckedData, _ problems: inout [Diagnostic]
  ) {
    let bytes = value.bytes
    let others = declaration.otherPhrases
    // Of several beginnings the longest is told of.
    guard let length = phrases[0].length(atStartOf: bytes),
      !others.contains(where: { $0.length(atStartOf: bytes) ?? 0 > length })
    else { return }
    let end = bytes.startIndex + length
    var rest = bytes[end...].withoutLeadingSigns
    while let more = ([phrases[0]] + others).compactMap({ $0.length(atStartOf: rest) }).max() {
      rest = rest.dropFirst(more).withoutLeadingSigns
    }
    let problem = CheckProblem.begins(
      named(field, data), with: value.part(to: end).string,
      rest: String(decoding: rest, as: UTF8.self))
    problems.append(declaration.broken(problem, at: value.part(to: end)))
  }

  private func checkRequiredEnding(
    of value: Text, _ field: Text, _ data: CheckedData, _ problems: inout [Diagnostic]
  ) {
    guard let last = value.words.last else { return }
    let problem = CheckProblem.lacksEnding(
      named(field, data), signs: phrases.map(\.text.string), last: last.string)
    problems.append(declaration.broken(problem, at: last))
  }

  private func checkEnding(
    of value: Text, _ field: Text, _ data: CheckedData, _ problems: inout [Diagnostic]
  ) {
    let bytes = value.bytes
    for sign in phrases where bytes.count > sign.text.count && bytes.ends(with: sign.text) {
      let place = Text(
        source: value.source,
        range: SourceRange(start: bytes.endIndex - sign.text.count, end: bytes.endIndex))
      let problem = CheckProblem.ends(named(field, data), with: place.string)
      return problems.append(declaration.broken(problem, at: place))
    }
  }

  private func checkBelonging(
    _ value: Text, to found: Text, _ other: Text, _ data: CheckedData,
    _ problems: inout [Diagnostic]
  ) {
    let values = phrases.dropFirst().map(\.text)
    guard !values.contains(found), let place = phrases[0].place(in: value) else { return }
    let problem = CheckProblem.doesNotBelong(
      place.string, field: named(other, data), values: values.map(\.string), found: found.string)
    problems.append(declaration.broken(problem, at: place, comparedWith: [found]))
  }
}

extension [Diagnostic] {
  /// Tells once of a value that goes with none of the words around it: the value is wrong, and it
  /// is told of at the first of the words.
  var withoutRepeatedDoubts: [Diagnostic] {
    var first: [SourceRange: Int32] = [:]
    for (value, place) in compactMap(\.doubt) {
      first[value] = Swift.min(first[value] ?? place, place)
    }
    return filter { $0.doubt.map { first[$0.value] == $0.place } ?? true }
  }
}

extension [Diagnostic] {
  /// Leaves out the capital or small letter of a beginning that is to go.
  var withoutInitialsThatGo: [Diagnostic] {
    var beginnings: Set<Int32> = []
    for case (.check(.begins), let place?) in map({ ($0.kind, $0.place) }) {
      beginnings.insert(place.range.start)
    }
    guard !beginnings.isEmpty else { return self }
    return filter { problem in
      switch problem.kind {
      case .check(.form(.capitalInSentence)), .check(.form(.smallAtStart)):
        !(problem.place.map { beginnings.contains($0.range.start) } ?? false)
      default: true
      }
    }
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

/// The signs between a number or word that is to go and what stays: `07-BC/BCĐ`, `Kính gửi: …`.
private let separators = Array("-/:,.;".utf8)

extension ArraySlice<UInt8> {
  fileprivate var withoutLeadingSigns: ArraySlice<UInt8> {
    drop { $0 == 0x20 || separators.contains($0) }
  }

  fileprivate func ends(with sign: Text) -> Bool { suffix(sign.count).elementsEqual(sign.bytes) }
}

extension Text {
  /// The part up to an offset in the source.
  fileprivate func part(to end: Int) -> Text {
    Text(source: source, range: SourceRange(start: range.bounds.lowerBound, end: end))
  }
}
