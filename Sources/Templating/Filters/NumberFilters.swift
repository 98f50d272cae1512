import Diagnostics
import Texts

extension Filter {
  static let numberFilters: [Filter] = [
    Filter("abs") { (value, _) throws(Diagnostic) in
      if value.isInteger, let int = value.asInt, int != .min { return .int(abs(int)) }
      let decimal = try value.number("abs")
      return .decimal(decimal.isNegative ? decimal.negated : decimal)
    },
    Filter("int", Signature(["default", "base"])) { (value, arguments) throws(Diagnostic) in
      if case .int = value { return value }
      if let text = value.asText, arguments[1] != nil {
        return try integer(text, base: try arguments.int(1, "int", default: 10))
          ?? arguments[0] ?? .int(0)
      }
      if let number = try value.readNumber() { return Value(whole: number.truncated) }
      return arguments[0] ?? .int(0)
    },
    Filter("float", Signature(["default"])) { (value, arguments) throws(Diagnostic) in
      try value.readNumber().map { .decimal($0) } ?? arguments[0] ?? .decimal(Decimal(0))
    },
    Filter("filesizeformat", Signature(["binary"]), body: fileSize),
    Filter("round", Signature(["precision", "method"])) {
      (value, arguments) throws(Diagnostic) in try rounded(value, arguments)
    },
  ]

  /// Digits of another base, which may say it: `ff` or `0xff`.
  private static func integer(_ text: Text, base: Int) throws(Diagnostic) -> Value? {
    guard (2...36).contains(base) else { throw .template(.badArgument("base", of: "int")) }
    let number = try text.withBytes { (text) throws(Diagnostic) in
      try IntegerReading(base: base).integer(text.extracting(text.trimmedASCII))
    }
    return number.map { Value(whole: $0) }
  }

  /// `1.5 kB`: the size in the largest unit below it, with one digit after the point.
  private static func fileSize(
    _ value: Value, _ arguments: CallArguments
  ) throws(Diagnostic) -> Value {
    let isBinary = arguments.bool(0, default: false)
    let read = value.asText == nil ? nil : try value.readNumber()
    let bytes = if let read { read } else { try value.number("filesizeformat") }
    let base = Decimal(isBinary ? 1024 : 1000)
    if bytes == Decimal(1) { return Value("1 Byte") }
    var output = ByteBuffer()
    guard bytes >= base else {
      bytes.truncated.append(to: &output)
      output.append(literal: " Bytes")
      return Value(computed: output.bytes)
    }
    let (size, unit) = try largestUnit(of: bytes, base)
    _ = size.appendFixed(1, to: &output)
    output.append(UInt8(ascii: " "))
    output.append(isBinary ? unit & 0xDF : unit)
    output.append(literal: isBinary ? "iB" : "B")
    return Value(computed: output.bytes)
  }

  /// The size in the largest unit of which it has one, and the letter of that.
  private static func largestUnit(
    of bytes: Decimal, _ base: Decimal
  ) throws(Diagnostic) -> (size: Decimal, unit: UInt8) {
    let letters: InlineArray<8, UInt8> = [
      UInt8(ascii: "k"), UInt8(ascii: "M"), UInt8(ascii: "G"), UInt8(ascii: "T"),
      UInt8(ascii: "P"), UInt8(ascii: "E"), UInt8(ascii: "Z"), UInt8(ascii: "Y"),
    ]
    var size = bytes
    var index = 0
    while index < letters.count, size >= base {
      guard let next = size.divided(by: base) else { throw .template(.numberTooLarge) }
      size = next
      index += 1
    }
    return (size, letters[max(index - 1, 0)])
  }

  private static func rounded(
    _ value: Value, _ arguments: CallArguments
  ) throws(Diagnostic) -> Value {
    let number = try value.number("round")
    let digits = try arguments.int(0, "round", default: 0)
    let rounding = try rounding(arguments)
    guard let result = number.rounded(to: max(-38, digits), rounding) else {
      throw .template(.numberTooLarge)
    }
    return value.isInteger && result.isWhole ? Value(whole: result) : .decimal(result)
  }

  private static func rounding(
    _ arguments: CallArguments
  ) throws(Diagnostic) -> Decimal.Rounding {
    guard arguments[1] != nil else { return .halfUp }
    let method = try arguments.text(1, "round")
    if method.isSpelled("common") { return .halfUp }
    if method.isSpelled("ceil") { return .ceiling }
    if method.isSpelled("floor") { return .floor }
    throw .template(.badArgument(method.string, of: "round"))
  }
}

/// The reading of a text in a base by `int`.
private struct IntegerReading {
  let base: Int

  /// Returns nil for anything but digits, perhaps with `-` or with a prefix such as `0x` before
  /// them.
  func integer(_ text: Span<UInt8>) throws(Diagnostic) -> Decimal? {
    var offset = 0
    let isNegative = !text.isEmpty && text[0] == UInt8(ascii: "-")
    if isNegative { offset = 1 }
    if hasPrefix(text, at: offset) { offset += 2 }
    if offset == text.count { return nil }
    var (number, isTooLarge): (Int128, Bool) = (0, false)
    while offset < text.count {
      guard let digit = digit(text, at: &offset), digit < base else { return nil }
      let (product, overflow) = number.multipliedReportingOverflow(by: Int128(base))
      let sum = product.addingReportingOverflow(Int128(digit))
      isTooLarge = isTooLarge || overflow || sum.overflow
      number = sum.partialValue
    }
    if isTooLarge { throw .template(.numberTooLarge) }
    return Decimal(isNegative ? -number : number, scale: 0)
  }

  private func hasPrefix(_ text: Span<UInt8>, at offset: Int) -> Bool {
    guard offset + 2 <= text.count, text[offset] == UInt8(ascii: "0") else { return false }
    switch (base, text[offset + 1] | 0x20) {
    case (2, UInt8(ascii: "b")), (8, UInt8(ascii: "o")), (16, UInt8(ascii: "x")): return true
    default: return false
    }
  }

  private func digit(_ text: Span<UInt8>, at offset: inout Int) -> Int? {
    let byte = text[offset]
    offset += 1
    if isDigit(byte) { return Int(byte - UInt8(ascii: "0")) }
    if isLetter(byte) { return Int((byte | 0x20) - UInt8(ascii: "a")) + 10 }
    // The sign for kelvins is a large K to Unicode.
    guard byte == 0xE2, offset + 2 <= text.count, text[offset] == 0x84, text[offset + 1] == 0xAA
    else { return nil }
    offset += 2
    return 20
  }
}

extension Value {
  func number(_ filter: String) throws(Diagnostic) -> Decimal {
    guard let decimal = asDecimal else {
      throw .template(.wrongOperand(filter, kind, wanted: .number), of: self)
    }
    return decimal
  }

  /// A number, or the one that a text writes; nil for any other value.
  fileprivate func readNumber() throws(Diagnostic) -> Decimal? {
    guard let text = asText else { return asDecimal }
    return try text.withBytes { (text) throws(Diagnostic) in
      let written = text.extracting(text.trimmedASCII)
      if let number = Decimal(written) { return number }
      if Decimal.isWritten(in: written) { throw .template(.numberTooLarge, of: self) }
      return nil
    }
  }
}

extension Span<UInt8> {
  /// The text without the white space of ASCII at both ends.
  fileprivate var trimmedASCII: Range<Int> {
    var (start, end) = (0, count)
    while start < end, self[start].isWhiteSpace { start += 1 }
    while start < end, self[end - 1].isWhiteSpace { end -= 1 }
    return start..<end
  }
}
