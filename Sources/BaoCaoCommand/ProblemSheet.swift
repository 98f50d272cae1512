import Diagnostics
import Texts
import FoundationEssentials

/// All problems of a run as other programs read them: an editor, a web page.
struct ProblemSheet: Encodable {
  let errors: Int
  let warnings: Int
  let problems: [Problem]

  struct Problem: Encodable {
    let code: String
    /// `error` or `warning`.
    let severity: String
    let message: String
    /// The text to type instead.
    let hint: String?
    let place: Place?
    let notes: [Note]
  }

  struct Note: Encodable {
    let message: String
    let place: Place?
  }

  /// Lines and columns count from 1, columns in Unicode scalars; the end is the first place that
  /// no longer belongs to it.
  struct Place: Encodable {
    let file: String
    let line: Int
    let column: Int
    let endLine: Int
    let endColumn: Int
  }

  init(_ diagnostics: [Diagnostic], in language: Language) {
    errors = diagnostics.count { $0.severity == .error }
    warnings = diagnostics.count - errors
    problems = diagnostics.map { Problem($0, in: language) }
  }

  /// The sheet as JSON, with sorted keys and a line feed at the end.
  var json: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return Array((try? encoder.encode(self)) ?? Data()) + [UInt8(ascii: "\n")]
  }
}

extension ProblemSheet.Problem {
  fileprivate init(_ diagnostic: Diagnostic, in language: Language) {
    code = diagnostic.kind.code
    severity = diagnostic.severity == .error ? "error" : "warning"
    message = diagnostic.sentence(in: language)
    let hint = diagnostic.hint(in: language)
    self.hint = hint.isEmpty ? nil : hint
    place = diagnostic.place.flatMap { ProblemSheet.Place($0) }
    notes = diagnostic.notes.map {
      ProblemSheet.Note(
        message: $0.kind.message(in: language), place: $0.place.flatMap { ProblemSheet.Place($0) })
    }
  }
}

extension ProblemSheet.Place {
  /// Finds the place of a text; nil where it stands in no file.
  fileprivate init?(_ text: Text) {
    let text = text.place
    guard !text.source.name.isEmpty else { return nil }
    let start = text.source.position(at: Int(text.range.start))
    let end = text.source.position(at: Int(text.range.end))
    file = text.source.name
    (line, column) = (start.line, start.column)
    (endLine, endColumn) = (end.line, end.column)
  }
}
