import Diagnostics
import Foundation
import Markdown

/// A small generator with a fixed seed (SplitMix64).
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

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
  var output: [UInt8] = []
  var escaper = MarkdownEscaper()
  let pieces = template.components(separatedBy: "{{}}")
  for (index, piece) in pieces.enumerated() {
    output.append(contentsOf: piece.utf8)
    if index == pieces.count - 1 { break }
    let value = Array(values[min(index, values.count - 1)].utf8)
    try escaper.append(value.span, to: &output)
  }
  try escaper.finish(&output)
  return String(decoding: output, as: UTF8.self)
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
