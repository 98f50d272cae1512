import Diagnostics
import Texts

/// Checks texts that a document puts beside the value of another field, so that they must not begin
/// or end with it themselves: `lượt công dân` behind `214 lượt`.
struct RepetitionChecks {
  private let declaration: ResolvedDeclaration

  init(_ declaration: ResolvedDeclaration) { self.declaration = declaration }

  func problems(_ data: CheckedData) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let (text, other) = (declaration.operands[0], declaration.operands[1])
    for record in data.records.records(ofType: declaration.type) {
      guard let value = record.text(of: text.column), !value.isEmpty,
        let beside = record.text(of: other.column), !beside.isEmpty,
        let place = repetition(of: beside, in: value)
      else { continue }
      let (field, named) = (
        data.named(text.field, ofType: declaration.type),
        data.named(other.field, ofType: declaration.type)
      )
      let problem = CheckProblem.repeats(field, place.string, beside: named)
      problems.append(declaration.broken(problem, at: place, comparedWith: [beside]))
    }
    return problems
  }

  private func repetition(of beside: Text, in value: Text) -> Text? {
    let phrase = Phrase(beside)
    let bytes = value.bytes
    if let length = phrase.length(atStartOf: bytes) {
      return value.part(bytes.startIndex..<bytes.startIndex + length)
    }
    guard bytes.count > beside.count else { return nil }
    let start = bytes.endIndex - beside.count
    let isWordStart = bytes[start - 1] == 0x20 || bytes[start - 1] == UInt8(ascii: "(")
    return isWordStart && phrase.length(atStartOf: bytes[start...]) == beside.count
      ? value.part(start..<bytes.endIndex) : nil
  }
}
