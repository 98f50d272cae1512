import Diagnostics
import Records
import Texts
import Vietnamese

/// Checks that the texts of a data file speak of each of its annexes: by its code, by the kind of what
/// is enclosed, or by a word for all annexes.
struct AnnexChecks {
  private let declaration: ResolvedDeclaration

  init(_ declaration: ResolvedDeclaration) {
    self.declaration = declaration
  }

  func problems(_ data: CheckedData) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    var texts: [[UInt8]]?
    for annex in data.records.records(ofType: declaration.type) {
      guard let code = annex.text(of: declaration.operands[0].column), !code.isEmpty else {
        continue
      }
      let known = texts ?? self.texts(data)
      texts = known
      let kind = annex.text(of: declaration.operands[1].column)
      let words = (kind.map { [$0] } ?? declaration.phrases.map(\.text)).map {
        lowercased($0.bytes)
      }
      let wanted = words + [Array("[[\(code.string)]]".utf8)]
      let isMentioned = known.contains { text in
        wanted.contains { text.span.first(of: $0.span, from: 0) != nil }
      }
      if isMentioned { continue }
      problems.append(declaration.broken(.annexNotMentioned(code.string), at: code))
    }
    return problems
  }

  /// The values of all other records, in small letters.
  private func texts(_ data: CheckedData) -> [[UInt8]] {
    let own = data.schema.types[declaration.type].name
    return data.records.database.recordSets.filter { $0.type != own }.flatMap { set in
      set.records.flatMap { record in record.fields.map { lowercased($0.value.bytes) } }
    }
  }
}
