import Diagnostics
import Texts

extension Filter {
  static let textFilters: [Filter] = [
    text("upper") { $0.uppercased() },
    text("lower") { $0.lowercased() },
    text("capitalize") { $0.prefix(1).uppercased() + $0.dropFirst().lowercased() },
    Filter("title") { (value, _) throws(Diagnostic) in
      // No longer markup: the names of tags and references have other letters now.
      .text(Text(computed: Array(titleCased(value.printed.string).utf8), from: value.asText))
    },
    Filter("striptags") { (value, _) throws(Diagnostic) in
      // No longer markup: what stood as a reference is a plain character now.
      Value(unreferenced(stripped(value.printed.string)))
    },
    Filter("urlencode") { (value, _) throws(Diagnostic) in try urlEncoded(value) },
    Filter("trim", Signature(["chars"])) { (value, arguments) throws(Diagnostic) in
      let text = value.printed
      let cut = arguments[0] == nil ? nil : try arguments.string(0, "trim", default: "")
      let characters = cut.map { Set($0.unicodeScalars) }
      let result = text.string.trimmed { scalar in
        characters?.contains(scalar) ?? scalar.properties.isWhitespace
      }
      return value.changed(to: Array(result.utf8))
    },
    Filter("replace", Signature(["old", "new", "count"], required: 2), rendering: replaced),
    Filter("format", Signature(takesMore: true), rendering: formatted),
    Filter("indent", Signature(["width", "first", "blank"])) {
      (value, arguments) throws(Diagnostic) in try indented(value, arguments)
    },
    Filter("wordwrap", Signature(["width", "break_long_words", "wrapstring", "break_on_hyphens"])) {
      (value, arguments) throws(Diagnostic) in try wrapped(value, arguments)
    },
    Filter("truncate", Signature(["length", "killwords", "end", "leeway"])) {
      (value, arguments) throws(Diagnostic) in try truncated(value, arguments)
    },
    Filter("wordcount") { (value, _) throws(Diagnostic) in
      .int(value.printed.string.split { $0.isWhitespace }.count)
    },
    Filter("center", Signature(["width"])) { (value, arguments) throws(Diagnostic) in
      let width = try arguments.int(0, "center", default: 80)
      let text = value.printed.string
      let space = max(0, width - text.unicodeScalars.count)
      guard space < 1 << 20 else { throw .template(.badArgument("width", of: "center")) }
      let left = space / 2
      return Value(
        String(repeating: " ", count: left) + text + String(repeating: " ", count: space - left))
    },
  ]

  /// A filter from text to text; what was markup stays markup.
  private static func text(
    _ name: String, _ change: @escaping @Sendable (String) -> String
  ) -> Filter {
    Filter(
      name,
      appending: { (value, bytes) throws(Diagnostic) in
        bytes += change(value.printed.string).utf8
      })
  }

  /// The first letter of every word large, the rest small.
  private static func titleCased(_ text: String) -> String {
    var result = ""
    var isStart = true
    for character in text {
      result += isStart ? character.uppercased() : character.lowercased()
      isStart = character.isWhitespace || "-({[<".contains(character)
    }
    return result
  }

  /// Without tags and comments, white space runs as one space.
  private static func stripped(_ text: String) -> String {
    var result: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.first {
      let isComment = rest.starts(with: "<!--".utf8)
      if isComment, let end = rest.firstRange(of: "-->".utf8) {
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

  /// All bytes but unreserved ones and `/` as `%XX`.
  private static func percentEncoded(_ text: String) -> String {
    let hex = Array("0123456789ABCDEF".utf8)
    var result: [UInt8] = []
    for byte in text.utf8 {
      let isPlain = byte < 0x80 && (byte.isNamePart || "-.~/".utf8.contains(byte))
      result += isPlain ? [byte] : [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func urlEncoded(_ value: Value) throws(Diagnostic) -> Value {
    let pairs: ItemList
    switch value {
    case .map: pairs = ItemList(try value.pairs("urlencode"))
    case .items(let items): pairs = items
    default: return value.changed(to: Array(percentEncoded(value.printed.string).utf8))
    }
    var parts: [String] = []
    for pair in pairs {
      guard case .items(let items) = pair, items.count == 2 else {
        throw .template(.wrongOperand("urlencode", pair.kind, wanted: .list), of: pair)
      }
      let encoded = items.map { item in
        percentEncoded(item.printed.string).replacing("/", with: "%2F")
      }
      parts.append(encoded.joined(separator: "="))
    }
    return Value(parts.joined(separator: "&"))
  }

  /// `&lt;`, `&#39;` and their like as the characters they stand for.
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

  private static func replaced(
    _ value: Value, _ arguments: CallArguments, _ renderer: inout Renderer
  ) throws(Diagnostic) -> Value {
    var value = value
    let (old, new) = (arguments[0] ?? .none, arguments[1] ?? .none)
    if !value.isMarkup, old.isMarkup || new.isMarkup, renderer.template.escape != nil {
      value = try renderer.concatenated(value, .markup(Text("")))
    }
    return try replaced(value, Array(old.printed.bytes), new, arguments, &renderer)
  }

  private static func replaced(
    _ value: Value, _ old: [UInt8], _ new: Value, _ arguments: CallArguments,
    _ renderer: inout Renderer
  ) throws(Diagnostic) -> Value {
    let new = try renderer.part(new, of: value)
    let left = try arguments.int(2, "replace", default: -1)
    let bytes = Array(value.printed.bytes)
    let result =
      old.isEmpty
      ? try interspersed(String(decoding: bytes, as: UTF8.self), new, left)
      : try replaced(bytes, old, new, left)
    try renderer.countSteps(result.count / 16)
    return value.changed(to: result)
  }

  private static func replaced(
    _ bytes: [UInt8], _ old: [UInt8], _ new: [UInt8], _ count: Int
  ) throws(Diagnostic) -> [UInt8] {
    var left = count
    var result: [UInt8] = []
    var rest = bytes[...]
    while left != 0, let found = rest.firstRange(of: old) {
      result += rest[..<found.lowerBound]
      result += new
      try Limits.check(textSize: result.count)
      rest = rest[found.upperBound...]
      left -= 1
    }
    return result + rest
  }

  /// Before each character and at the end, as Python replaces the empty text.
  private static func interspersed(
    _ text: String, _ new: [UInt8], _ count: Int
  ) throws(Diagnostic) -> [UInt8] {
    try Limits.check(textSize: text.utf8.count * (1 + new.count))
    var left = count
    var result: [UInt8] = []
    for scalar in text.unicodeScalars {
      if left != 0 { result += new }
      left -= 1
      result += String(scalar).utf8
    }
    return left != 0 ? result + new : result
  }

  private static func indented(
    _ value: Value, _ arguments: CallArguments
  ) throws(Diagnostic) -> Value {
    let width: String
    if let text = arguments[0]?.asText {
      width = text.string
    } else {
      let count = try arguments.int(0, "indent", default: 4)
      guard count < 1 << 16 else { throw .template(.badArgument("width", of: "indent")) }
      width = String(repeating: " ", count: max(0, count))
    }
    let (first, blank) = (arguments.bool(1, default: false), arguments.bool(2, default: false))
    let lines = value.printed.string.split(separator: "\n", omittingEmptySubsequences: false)
    try Limits.check(textSize: value.printed.count + lines.count * width.utf8.count)
    let result = lines.enumerated().map { index, line in
      (index == 0 ? first : blank || !line.isEmpty) ? width + line : String(line)
    }
    return value.changed(to: Array(result.joined(separator: "\n").utf8))
  }

  private static func wrapped(
    _ value: Value, _ arguments: CallArguments
  ) throws(Diagnostic) -> Value {
    let width = max(1, try arguments.int(0, "wordwrap", default: 79))
    let wrapping = Wrapping(
      width: width,
      breaksLongWords: arguments.bool(1, default: true),
      breaksOnHyphens: arguments.bool(3, default: true))
    let end = try arguments.string(2, "wordwrap", default: "\n")
    let lines = value.printed.string.split(separator: "\n", omittingEmptySubsequences: false)
    let size = value.printed.count
    try Limits.check(textSize: size + (2 * size / width + lines.count) * end.utf8.count)
    return Value(lines.map { wrapping.lines(of: $0).joined(separator: end) }.joined(separator: end))
  }

  private static func truncated(
    _ value: Value, _ arguments: CallArguments
  ) throws(Diagnostic) -> Value {
    let length = try arguments.int(0, "truncate", default: 255)
    let killsWords = arguments.bool(1, default: false)
    let end = try arguments.string(2, "truncate", default: "...")
    let leeway = try arguments.int(3, "truncate", default: 5)
    guard let text = value.asText?.string else {
      throw .template(.wrongOperand("truncate", value.kind, wanted: .text), of: value)
    }
    guard text.count > length + leeway else { return value }
    guard length >= end.count else { throw .template(.badArgument("length", of: "truncate")) }
    let head = text.prefix(length - end.count)
    if killsWords { return Value(head + end) }
    let cut = head.lastIndex(of: " ").map { head[..<$0] } ?? head
    return Value(cut + end)
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
      let text = current.trimmedAtEnd
      if !text.isEmpty { lines.append(text) }
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

extension Renderer {
  /// What is put into a text by a filter: escaped where the text is markup and it is not.
  func part(_ value: Value, of text: Value) throws(Diagnostic) -> [UInt8] {
    guard text.isMarkup, !value.isMarkup, let escape = template.escape else {
      return Array(value.printed.bytes)
    }
    var output = OutputBuffer(memory)
    try output.append(escaped: value.printed, escape, environment)
    try output.finish()
    return output.bytes
  }
}

extension String {
  fileprivate var trimmedAtEnd: String {
    guard let last = lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(self[...last])
  }

  fileprivate func trimmed(_ isCut: (Unicode.Scalar) -> Bool) -> String {
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !isCut($0) }),
      let last = scalars.lastIndex(where: { !isCut($0) })
    else { return "" }
    return String(scalars[first...last])
  }
}
