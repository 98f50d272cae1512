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
    var lines = LineIndex()
    problems = diagnostics.map { Problem($0, in: language, &lines) }
  }

  /// The sheet as JSON, with sorted keys and a line feed at the end. Characters that are not seen are
  /// written by their numbers.
  var json: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    let text = String(decoding: (try? encoder.encode(self)) ?? Data(), as: UTF8.self)
    let plain = text.unicodeScalars.map {
      $0.value > 0x7E && $0.isInvisible ? $0.inJSON : String($0)
    }
    return Array(plain.joined().utf8) + [UInt8(ascii: "\n")]
  }
}

extension ProblemSheet.Problem {
  fileprivate init(
    _ diagnostic: Diagnostic, in language: Language, _ lines: inout LineIndex
  ) {
    code = diagnostic.kind.code
    severity = diagnostic.severity == .error ? "error" : "warning"
    message = diagnostic.sentence(in: language)
    let hint = diagnostic.hint(in: language)
    self.hint = hint.isEmpty ? nil : hint
    place = diagnostic.place.flatMap { ProblemSheet.Place($0, &lines) }
    notes = diagnostic.notes.map {
      ProblemSheet.Note(
        message: $0.kind.message(in: language),
        place: $0.place.flatMap { ProblemSheet.Place($0, &lines) })
    }
  }
}

extension ProblemSheet.Place {
  /// Finds the place of a text; nil where it stands in no file.
  fileprivate init?(_ text: Text, _ lines: inout LineIndex) {
    let text = text.place
    guard !text.source.name.isEmpty else { return nil }
    let start = lines.position(at: Int(text.range.start), in: text.source)
    let end = lines.position(at: Int(text.range.end), in: text.source)
    file = text.source.name
    (line, column) = (start.line, start.column)
    (endLine, endColumn) = (end.line, end.column)
  }
}

extension Unicode.Scalar {
  /// `\u202e`, of two units where it needs them.
  fileprivate var inJSON: String {
    String(self).utf16.map { unit in
      let digits = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }.joined()
  }
}
