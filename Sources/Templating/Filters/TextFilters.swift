import Diagnostics

extension Filter {
  static let textFilters: [Filter] = [
    text("upper") { $0.uppercased() },
    text("lower") { $0.lowercased() },
    text("capitalize") { $0.prefix(1).uppercased() + $0.dropFirst().lowercased() },
    text("title") { titleCased($0) },
    text("striptags") { stripped($0) },
    text("urlencode") { percentEncoded($0) },
    Filter("trim", Signature(["chars"])) { (value, arguments) throws(Diagnostic) in
      let text = value.printed
      let cut = arguments[0] == nil ? nil : try arguments.string(0, "trim", default: "")
      let characters = cut.map { Set($0.unicodeScalars) }
      let result = text.string.trimmed { scalar in
        characters?.contains(scalar) ?? scalar.properties.isWhitespace
      }
      return value.changed(to: Array(result.utf8))
    },
    Filter("replace", Signature(["old", "new", "count"], required: 2)) {
      (value, arguments) throws(Diagnostic) in try replaced(value, arguments)
    },
    Filter("indent", Signature(["width", "first", "blank"])) {
      (value, arguments) throws(Diagnostic) in try indented(value, arguments)
    },
    Filter("wordwrap", Signature(["width", "break_long_words", "wrapstring"])) {
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

  private static func replaced(
    _ value: Value, _ arguments: CallArguments
  ) throws(Diagnostic) -> Value {
    let old = Array(try arguments.text(0, "replace").bytes)
    let new = try arguments.text(1, "replace").bytes
    var left = try arguments.int(2, "replace", default: -1)
    guard !old.isEmpty else { return value }
    var result: [UInt8] = []
    var rest = value.printed.bytes
    while left != 0, let found = rest.firstRange(of: old) {
      result += rest[..<found.lowerBound]
      result += new
      try Limits.check(textSize: result.count)
      rest = rest[found.upperBound...]
      left -= 1
    }
    return value.changed(to: result + rest)
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
    let breaks = arguments.bool(1, default: true)
    let end = try arguments.string(2, "wordwrap", default: "\n")
    let lines = value.printed.string.split(separator: "\n", omittingEmptySubsequences: false)
    let size = value.printed.count
    try Limits.check(textSize: size + (size / width + lines.count) * end.utf8.count)
    let wrapped = lines.map { wrap($0, width, breaks).joined(separator: end) }
    return Value(wrapped.joined(separator: end))
  }

  private static func wrap(_ line: Substring, _ width: Int, _ breaksWords: Bool) -> [String] {
    var lines: [String] = []
    var current = ""
    for word in line.split(separator: " ") {
      var word = word[...]
      if !current.isEmpty, current.count + 1 + word.count <= width {
        current += " " + word
        continue
      }
      if !current.isEmpty { lines.append(current) }
      while breaksWords, word.count > width {
        lines.append(String(word.prefix(width)))
        word = word.dropFirst(width)
      }
      current = String(word)
    }
    return lines + [current]
  }

  private static func truncated(
    _ value: Value, _ arguments: CallArguments
  ) throws(Diagnostic) -> Value {
    let length = try arguments.int(0, "truncate", default: 255)
    let killsWords = arguments.bool(1, default: false)
    let end = try arguments.string(2, "truncate", default: "...")
    let leeway = try arguments.int(3, "truncate", default: 5)
    let text = value.printed.string
    guard text.count > length + leeway else { return value }
    guard length >= end.count else { throw .template(.badArgument("length", of: "truncate")) }
    let head = text.prefix(length - end.count)
    if killsWords { return Value(head + end) }
    let cut = head.lastIndex(of: " ").map { head[..<$0] } ?? head
    return Value(cut + end)
  }
}

extension String {
  fileprivate func trimmed(_ isCut: (Unicode.Scalar) -> Bool) -> String {
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !isCut($0) }),
      let last = scalars.lastIndex(where: { !isCut($0) })
    else { return "" }
    return String(scalars[first...last])
  }
}
