import Diagnostics
import Texts

/// Checks texts that end with a word that leads on to another field of the record, such as «theo» to
/// the documents that are cited: without that field the sentence has no end.
struct LeadingOnChecks {
  private let declaration: ResolvedDeclaration

  init(_ declaration: ResolvedDeclaration) {
    self.declaration = declaration
  }

  func problems(_ data: CheckedData) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let (text, other) = (declaration.operands[0], declaration.operands[1])
    for record in data.records.records(ofType: declaration.type)
    where record.offsets(of: other.column).isEmpty {
      for offset in record.offsets(of: text.column) {
        guard declaration.phrases.contains(where: { $0.mayEnd(record.bytes(at: offset).span) }),
          let word = record.text(at: offset).words.last,
          declaration.phrases.contains(where: { $0.text == word })
        else { continue }
        let field = data.named(other.field, ofType: declaration.type)
        problems.append(declaration.broken(.leadsNowhere(word.string, field), at: word))
      }
    }
    return problems
  }
}
