import Diagnostics
import Texts

extension [Diagnostic] {
  /// Of indented lines within a record, those that are fields all the same need nothing but their
  /// blanks removed.
  public var knowingIndentedFields: [Diagnostic] {
    map { problem in
      guard case .records(.indentedLine) = problem.kind, let place = problem.place,
        place.trimmed.isField
      else { return problem }
      return Diagnostic(.records(.indentedField), at: place, notes: problem.notes)
    }
  }
}

extension Text {
  /// A name or a label, and a colon.
  fileprivate var isField: Bool {
    let line = OddLine(bytes)
    guard line.colon < bytes.endIndex else { return false }
    let name = Text(
      source: source, range: SourceRange(start: bytes.startIndex, end: line.colon))
    return name.isFieldName || line.label(at: bytes.startIndex) != nil
  }
}
