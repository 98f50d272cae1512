import Texts
import Foundation
import Markdown

func html(_ markdown: String) -> String {
  let document = Document(parsing: Array(markdown.utf8).span)
  var output: [UInt8] = []
  document.appendHTML(to: &output)
  return String(decoding: output, as: UTF8.self)
}

func plainText(_ markdown: String) -> String {
  let document = Document(parsing: Array(markdown.utf8).span)
  var output: [UInt8] = []
  document.appendPlainText(to: &output)
  return String(decoding: output, as: UTF8.self)
}

/// Fills a template whose values stand as `{{}}`, one after the other; the last one repeats.
func fill(_ template: String, _ values: String...) throws -> String {
  let pieces = template.components(separatedBy: "{{}}")
  let filled = (0..<pieces.count - 1).map { Piece.value(values[min($0, values.count - 1)]) }
  var all: [Piece] = []
  for (index, piece) in pieces.enumerated() {
    all.append(.template(piece))
    if index < filled.count { all.append(filled[index]) }
  }
  var escaper = MarkdownEscaper()
  return try fill(all, with: &escaper)
}

enum Piece {
  case template(String)
  case value(String)
  case number(Int)
}

/// Appends the pieces one after the other, as the template language does.
///
/// - Parameter number: of the template's text between two values, the same for the same text.
func fill(
  _ pieces: [Piece], with escaper: inout MarkdownEscaper, number: (String) -> Int = { _ in -1 }
) throws -> String {
  var output = ByteBuffer()
  var passage = ""
  escaper.beginText()
  for piece in pieces {
    switch piece {
    case .template(let text):
      output.append(contentsOf: text.utf8)
      passage += text
      continue
    case .value(let value):
      let bytes = Array(value.utf8)
      try escaper.append(bytes.span, after: number(passage), to: &output)
    case .number(let value):
      try escaper.append(number: value, after: number(passage), to: &output)
    }
    passage = ""
  }
  try escaper.finish(&output)
  return output.string
}

/// The cases of a file beside the tests, see the head of each file.
///
/// A case begins with a line `==== its name`; its sections are parted by lines `....`.
func cases(_ file: String) throws -> [(name: String, sections: [String])] {
  let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  let path = folder.appendingPathComponent("cases/\(file)")
  let text = try String(contentsOf: path, encoding: .utf8)
  return text.components(separatedBy: "\n==== ").dropFirst().map { block in
    let lines = block.components(separatedBy: "\n")
    let body = lines.dropFirst().joined(separator: "\n")
    return (lines[0], "\n\(body)".components(separatedBy: "\n....").map(trimmedSection))
  }
}

private func trimmedSection(_ text: String) -> String {
  text.trimmingCharacters(in: .newlines)
}
