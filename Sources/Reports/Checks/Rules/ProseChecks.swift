import Diagnostics
import Markdown
import Records
import Texts

/// Checks texts that a template reads as Markdown: marks of emphasis that stay open show as
/// asterisks, and a text that the filter `markdown` refuses is refused before a document is made.
struct ProseChecks {
  private let declaration: ResolvedDeclaration

  init(_ declaration: ResolvedDeclaration) {
    self.declaration = declaration
  }

  func problems(_ data: borrowing CheckedData) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    declaration.forEachValue(in: data) { value, _ in check(value, &problems) }
    return problems
  }

  private func check(_ value: Text, _ problems: inout [Diagnostic]) {
    let check = ProseCheck(value.bytes)
    if let refusal = check.refusal {
      return problems.append(Diagnostic(.markdown(refusal), at: value))
    }
    for mark in check.openMarks {
      let place = value.part(mark)
      problems.append(declaration.broken(.openEmphasis(place.string), at: place))
    }
  }
}
