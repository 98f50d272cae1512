import Testing

/// A filter of texts as it is written most simply, over `String` and its characters.
struct TextFilterReference: Sendable, CustomTestStringConvertible {
  /// How a template calls it: `truncate(5)`.
  let call: String
  let result: @Sendable (String) -> String

  var testDescription: String { call }

  init(_ call: String, _ result: @escaping @Sendable (String) -> String) {
    (self.call, self.result) = (call, result)
  }

  static let all: [TextFilterReference] = [
    TextFilterReference("upper") { $0.uppercased() },
    TextFilterReference("lower") { $0.lowercased() },
    TextFilterReference("capitalize") {
      $0.prefix(1).uppercased() + $0.dropFirst().lowercased()
    },
    TextFilterReference("title", titleCased),
    TextFilterReference("viet_hoa_dau") { text in
      let signs = text.unicodeScalars.prefix(4).prefix { "“”\"'‘«([".unicodeScalars.contains($0) }
      let rest = text.unicodeScalars.dropFirst(signs.count)
      return String(String.UnicodeScalarView(signs)) + String(String(rest.prefix(1))).uppercased()
        + String(rest.dropFirst())
    },
    TextFilterReference("viet_thuong_dau") { text in
      String(text.unicodeScalars.prefix(1)).lowercased() + String(text.unicodeScalars.dropFirst())
    },
    TextFilterReference("striptags") { unreferenced(stripped($0)) },
    TextFilterReference("urlencode") { text in
      text.utf8.map { byte in
        let character = Character(Unicode.Scalar(byte))
        let isWordSign = character.isLetter || character.isNumber || "-._~/".contains(character)
        let isPlain = character.isASCII && isWordSign
        let hex = String(byte, radix: 16, uppercase: true)
        return isPlain ? String(character) : "%" + (hex.count == 1 ? "0" : "") + hex
      }.joined()
    },
    TextFilterReference("trim") { trimmed($0) { $0.properties.isWhitespace } },
    TextFilterReference("trim(' aế🙂')") { text in
      trimmed(text) { " aế🙂".unicodeScalars.contains($0) }
    },
    TextFilterReference("replace('a', 'ế')") { replaced($0, "a", "ế", .max) },
    TextFilterReference("replace('nhân', '', 2)") { replaced($0, "nhân", "", 2) },
    TextFilterReference("replace(' ', '  ')") { replaced($0, " ", "  ", .max) },
    TextFilterReference("replace('', '-')") { interspersed($0, "-") },
    TextFilterReference("indent") { indented($0, "    ", first: false, blank: false) },
    TextFilterReference("indent(2, true)") { indented($0, "  ", first: true, blank: false) },
    TextFilterReference("indent('> ', blank=true)") {
      indented($0, "> ", first: false, blank: true)
    },
    TextFilterReference("wordwrap(10)") {
      wrapped($0, Wrapping(width: 10, breaksLongWords: true, breaksOnHyphens: true), "\n")
    },
    TextFilterReference("wordwrap(3, false, '|')") {
      wrapped($0, Wrapping(width: 3, breaksLongWords: false, breaksOnHyphens: true), "|")
    },
    TextFilterReference("wordwrap(1, true, '|', false)") {
      wrapped($0, Wrapping(width: 1, breaksLongWords: true, breaksOnHyphens: false), "|")
    },
    TextFilterReference("truncate(9)") { truncated($0, 9, false, "...", 5) },
    TextFilterReference("truncate(20, true, '…', 0)") { truncated($0, 20, true, "…", 0) },
    TextFilterReference("truncate(12, leeway=-3)") { truncated($0, 12, false, "...", -3) },
    TextFilterReference("wordcount") { String($0.split { $0.isWhitespace }.count) },
    TextFilterReference("length") { String($0.unicodeScalars.count) },
    TextFilterReference("center(30)") { text in
      let space = max(0, 30 - text.unicodeScalars.count)
      return String(repeating: " ", count: space / 2) + text
        + String(repeating: " ", count: space - space / 2)
    },
    TextFilterReference("reverse") { text in
      var scalars = String.UnicodeScalarView()
      scalars.append(contentsOf: text.unicodeScalars.reversed())
      return String(scalars)
    },
    TextFilterReference("tojson", json),
    TextFilterReference("pprint", quoted),
  ]

  private static func titleCased(_ text: String) -> String {
    var result = ""
    var isStart = true
    for character in text {
      result += isStart ? character.uppercased() : character.lowercased()
      isStart = character.isWhitespace || "-({[<".contains(character)
    }
    return result
  }

  private static func stripped(_ text: String) -> String {
    var result: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.first {
      if rest.starts(with: "<!--".utf8), let end = rest.firstRange(of: "-->".utf8) {
        rest = rest[end.upperBound...]
      } else if byte == UInt8(ascii: "<"), let end = rest.firstIndex(of: UInt8(ascii: ">")) {
        rest = rest[(end + 1)...]
      } else {
        result.append(byte)
        rest = rest.dropFirst()
      }
    }
    return String(decoding: result, as: UTF8.self).split { $0.isWhitespace }
      .joined(separator: " ")
  }

  private static func unreferenced(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "&") {
      result += rest[..<start]
      rest = rest[start...]
      guard let end = rest.prefix(12).firstIndex(of: ";"),
        let character = character(rest[rest.index(after: start)..<end])
      else {
        result += "&"
        rest = rest.dropFirst()
        continue
      }
      result.unicodeScalars.append(character)
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }

  private static func character(_ reference: Substring) -> Unicode.Scalar? {
    let names: [Substring: Unicode.Scalar] = [
      "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}",
    ]
    guard reference.first == "#" else { return names[reference] }
    let digits = reference.dropFirst()
    let isHex = digits.first == "x" || digits.first == "X"
    let number = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return number.flatMap { Unicode.Scalar($0) }
  }

  private static func trimmed(_ text: String, _ isCut: (Unicode.Scalar) -> Bool) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !isCut($0) }),
      let last = scalars.lastIndex(where: { !isCut($0) })
    else { return "" }
    return String(scalars[first...last])
  }

  private static func replaced(_ text: String, _ old: String, _ new: String, _ count: Int) -> String
  {
    var left = count
    var result: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while left > 0, let found = rest.firstRange(of: Array(old.utf8)) {
      result += rest[..<found.lowerBound] + new.utf8
      rest = rest[found.upperBound...]
      left -= 1
    }
    return String(decoding: result + rest, as: UTF8.self)
  }

  private static func interspersed(_ text: String, _ new: String) -> String {
    text.unicodeScalars.map { new + String($0) }.joined() + new
  }

  private static func indented(
    _ text: String, _ indent: String, first: Bool, blank: Bool
  ) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { index, line in
      (index == 0 ? first : blank || !line.isEmpty) ? indent + line : String(line)
    }.joined(separator: "\n")
  }

  private static func wrapped(_ text: String, _ wrapping: Wrapping, _ end: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { wrapping.lines(of: $0).joined(separator: end) }.joined(separator: end)
  }

  private static func truncated(
    _ text: String, _ length: Int, _ killsWords: Bool, _ end: String, _ leeway: Int
  ) -> String {
    guard text.count > length + leeway else { return text }
    let head = text.prefix(length - end.count)
    if killsWords { return head + end }
    return (head.lastIndex(of: " ").map { head[..<$0] } ?? head) + end
  }

  private static func json(_ text: String) -> String {
    let signs: [Unicode.Scalar: String] = [
      "\"": "\\\"", "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "<": "\\u003c",
      ">": "\\u003e", "&": "\\u0026", "'": "\\u0027",
    ]
    return "\"" + text.unicodeScalars.map { signs[$0] ?? String($0) }.joined() + "\""
  }

  private static func quoted(_ text: String) -> String {
    let quote: Unicode.Scalar =
      text.unicodeScalars.contains("'") && !text.unicodeScalars.contains("\"") ? "\"" : "'"
    var signs: [Unicode.Scalar: String] = ["\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\"]
    signs[quote] = "\\\(quote)"
    return "\(quote)" + text.unicodeScalars.map { signs[$0] ?? String($0) }.joined() + "\(quote)"
  }
}

/// How `wordwrap` cuts a line into lines.
private struct Wrapping {
  let width: Int
  let breaksLongWords: Bool
  let breaksOnHyphens: Bool

  func lines(of line: Substring) -> [String] {
    var lines: [String] = []
    var current = ""
    func finish() {
      let end = current.lastIndex { !$0.isWhitespace }
      if let end { lines.append(String(current[...end])) }
    }
    for chunk in chunks(of: line) {
      let isSpace = chunk.first?.isWhitespace ?? true
      if isSpace, current.isEmpty, !lines.isEmpty { continue }
      if current.count + chunk.count <= width {
        current += chunk
        continue
      }
      finish()
      var word = isSpace ? "" : chunk
      while breaksLongWords, word.count > width {
        lines.append(String(word.prefix(width)))
        word = word.dropFirst(width)
      }
      current = String(word)
    }
    finish()
    return lines.isEmpty ? [""] : lines
  }

  /// Words, parts of words up to a hyphen, and the white space between them.
  private func chunks(of line: Substring) -> [Substring] {
    var chunks: [Substring] = []
    var start = line.startIndex
    for index in line.indices.dropFirst() {
      let (before, after) = (line[line.index(before: index)], line[index])
      let isHyphen =
        breaksOnHyphens && before == "-" && after.isLetter
        && line[start..<index].dropLast().last?.isLetter ?? false
      if before.isWhitespace != after.isWhitespace || isHyphen {
        chunks.append(line[start..<index])
        start = index
      }
    }
    return start < line.endIndex ? chunks + [line[start...]] : chunks
  }
}
