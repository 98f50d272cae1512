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
          declaration.phrases.contains(where: { $0.text == word }),
          !Self.ends(record.text(at: offset).words)
        else { continue }
        let field = data.named(other.field, ofType: declaration.type)
        problems.append(declaration.broken(.leadsNowhere(word.string, field), at: word))
      }
    }
    return problems
  }

  /// Tells whether the last word leads to nothing more: `những năm tiếp theo`, `biểu mẫu kèm theo`.
  private static func ends(_ words: [Text]) -> Bool {
    guard words.count > 1, words[words.count - 1].isSpelled("theo") else { return false }
    return adverbial.contains(words[words.count - 2].inSmallLetters)
  }

  private static let adverbial: Set<String> = [
    "tiếp", "kèm", "noi", "làm", "tin", "gương", "đi", "mang", "dõi", "nghe", "phỏng", "đuổi",
    "chạy",
  ]
}
