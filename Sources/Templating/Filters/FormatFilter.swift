import Diagnostics
import Texts

extension Filter {
  /// `'%s: %.2f' | format(a, b)`: the directives of Python that numbers and texts need.
  static func formatted(
    _ value: Value, _ arguments: CallArguments, _ renderer: inout Renderer
  ) throws(Diagnostic) -> Value {
    guard let pattern = value.asText else {
      throw .template(.wrongOperand("format", value.kind, wanted: .text))
    }
    let isMarkup = value.isMarkup(for: renderer.code.escape)
    try renderer.countSteps(pattern.count / 16)
    return try renderer.capture(isEscaped: isMarkup) {
      (renderer: inout Renderer) throws(Diagnostic) in
      var writer = FormatWriter(arguments, isMarkup: isMarkup)
      try value.forEachPiece { (text, kind) throws(Diagnostic) in
        do throws(Diagnostic) {
          try writer.write(text, kind, &renderer)
        } catch {
          throw error.pointing(to: writer.directive, of: value)
        }
      }
      try writer.finish()
    }
  }
}

extension Diagnostic {
  /// The problem of a directive at its place in the pattern, if it is a text whose places are known.
  fileprivate func pointing(to directive: Range<Int>, of pattern: Value) -> Diagnostic {
    guard case .text(let text) = pattern else { return self }
    switch kind {
    case .template(.badArgument), .template(.missingArgument): break
    default: return self
    }
    let start = Int(text.range.start)
    let range = SourceRange(
      start: start + directive.lowerBound, end: start + directive.upperBound)
    return Diagnostic(kind, at: Text(source: text.source, range: range), notes: notes)
  }
}

/// Writes a pattern with the arguments in the places of its directives.
private struct FormatWriter: ~Copyable {
  private let arguments: CallArguments
  private let names: Shape
  /// Tells whether what it writes is markup, in which arguments are data.
  private let isMarkup: Bool
  /// The text that the last directive showed.
  private var shown = ByteBuffer()
  /// The next argument without a name.
  private var next = 0
  /// The place of the last directive in the piece of the pattern.
  private(set) var directive = 0..<0

  init(_ arguments: CallArguments, isMarkup: Bool) {
    (self.arguments, self.isMarkup) = (arguments, isMarkup)
    names = Shape(arguments.keywords.map(\.key))
  }

  mutating func write(
    _ pattern: Span<UInt8>, _ kind: Markup.Piece.Kind, _ renderer: inout Renderer
  ) throws(Diagnostic) {
    let raw = pattern.bytes
    var start = 0
    while true {
      let percent = raw.first(UInt8(ascii: "%"), in: start..<pattern.count)
      try renderer.write(piece: pattern.extracting(start..<percent), kind)
      guard percent < pattern.count else { break }
      start = percent + 1
      defer { directive = percent..<start }
      if start < pattern.count, pattern[start] == UInt8(ascii: "%") {
        try renderer.write(piece: pattern.extracting(start..<start + 1), kind)
        start += 1
        continue
      }
      let directive = try Directive(pattern, at: &start)
      try write(try argument(for: directive, pattern), as: directive, &renderer)
      try Limits.check(textSize: renderer.output.count)
    }
  }

  /// Refuses arguments that no directive shows.
  func finish() throws(Diagnostic) {
    guard next == arguments.rest.count else {
      throw .template(.tooManyArguments("format", limit: next))
    }
  }

  private mutating func argument(
    for directive: Directive, _ pattern: Span<UInt8>
  ) throws(Diagnostic) -> Value {
    if let range = directive.name {
      let name = pattern.extracting(range).string
      guard let slot = names.slot(of: Key(name)) else {
        throw .template(.missingArgument(name, of: "format"))
      }
      return arguments.keywords[slot].value
    }
    guard next < arguments.rest.count else {
      throw .template(.missingArgument("…", of: "format"))
    }
    next += 1
    return arguments.rest[next - 1]
  }

  private mutating func write(
    _ argument: Value, as directive: Directive, _ renderer: inout Renderer
  ) throws(Diagnostic) {
    if isMarkup, directive.isWhole, argument.isMarkup(for: renderer.code.escape) {
      return try renderer.write(pieces: argument)
    }
    shown.removeAll()
    try directive.append(argument, to: &shown)
    var padded = ByteBuffer()
    directive.append(padded: shown.span, to: &padded)
    try renderer.write(piece: padded.span, isMarkup && !argument.isPureMarkup ? .data : .markup)
  }
}

/// `%(name)-08.2f`: how one argument is shown.
private struct Directive {
  /// The place of the name in the pattern.
  private(set) var name: Range<Int>?
  private var isLeft = false
  private var hasPlus = false
  private var hasSpace = false
  private var hasZeros = false
  private var hasPrefix = false
  private var width = 0
  private var precision: Int?
  private var conversion = UInt8(ascii: "s")

  /// Tells whether a text is shown as it is: `%s`.
  var isWhole: Bool { width == 0 && precision == nil && conversion == UInt8(ascii: "s") }

  private var isNumber: Bool {
    switch conversion {
    case UInt8(ascii: "s"), UInt8(ascii: "c"): false
    default: true
    }
  }

  /// Appends an argument, not padded yet.
  func append(_ value: Value, to output: inout ByteBuffer) throws(Diagnostic) {
    switch conversion {
    case UInt8(ascii: "s"):
      value.printed.withBytes { text in
        let end = precision.flatMap { text.offset(after: $0, from: 0) } ?? text.count
        output.append(0..<end, of: text)
      }
    case UInt8(ascii: "c"): output.append(contentsOf: String(try character(value)).utf8)
    case UInt8(ascii: "d"), UInt8(ascii: "i"), UInt8(ascii: "u"):
      append(try whole(value, isDecimal: true), radix: 10, to: &output)
    case UInt8(ascii: "x"), UInt8(ascii: "X"):
      append(try whole(value, isDecimal: false), radix: 16, to: &output)
    case UInt8(ascii: "o"): append(try whole(value, isDecimal: false), radix: 8, to: &output)
    case UInt8(ascii: "f"), UInt8(ascii: "F"): try append(fixed: value, to: &output)
    default: throw .template(.badArgument(sign, of: "format"))
    }
  }

  /// The directive in messages: `%d`.
  private var sign: String { "%" + String(Character(Unicode.Scalar(conversion))) }

  /// - Parameter isDecimal: whether `3.0` counts as 3.
  private func whole(_ value: Value, isDecimal: Bool) throws(Diagnostic) -> Int128 {
    guard let number = value.asDecimal, number.isWhole, isDecimal || value.isInteger else {
      throw .template(.wrongOperand(sign, value.kind, wanted: .whole), of: value)
    }
    return number.coefficient
  }

  /// The character of `%c`: a text of one, or that of a number in Unicode.
  private func character(_ value: Value) throws(Diagnostic) -> Character {
    if let text = value.asText?.string, text.unicodeScalars.count == 1, let only = text.first {
      return only
    }
    guard value.isInteger, let number = value.asInt.flatMap(UInt32.init(exactly:)),
      let scalar = Unicode.Scalar(number)
    else { throw .template(.badArgument(sign, of: "format"), of: value) }
    return Character(scalar)
  }

  private func append(fixed value: Value, to output: inout ByteBuffer) throws(Diagnostic) {
    let number = try value.number("%f")
    append(signOf: number.isNegative, to: &output)
    let magnitude = number.isNegative ? number.negated : number
    guard magnitude.appendFixed(precision ?? 6, to: &output) else {
      throw .template(.badArgument(sign, of: "format"))
    }
  }

  private func append(_ int: Int128, radix: UInt128, to output: inout ByteBuffer) {
    append(signOf: int < 0, to: &output)
    let isLarge = conversion == UInt8(ascii: "X")
    if hasPrefix, radix != 10 {
      output.append(UInt8(ascii: "0"))
      output.append(radix == 8 ? UInt8(ascii: "o") : conversion)
    }
    var digits = 1
    var unit: UInt128 = 1
    while int.magnitude / unit >= radix {
      unit *= radix
      digits += 1
    }
    output.append(UInt8(ascii: "0"), times: (precision ?? 0) - digits)
    let firstLetter = isLarge ? UInt8(ascii: "A") : UInt8(ascii: "a")
    while unit > 0 {
      let digit = UInt8(truncatingIfNeeded: int.magnitude / unit % radix)
      output.append(digit < 10 ? digit + UInt8(ascii: "0") : digit - 10 + firstLetter)
      unit /= radix
    }
  }

  private func append(signOf isNegative: Bool, to output: inout ByteBuffer) {
    if isNegative {
      output.append(UInt8(ascii: "-"))
    } else if hasPlus {
      output.append(UInt8(ascii: "+"))
    } else if hasSpace {
      output.append(UInt8(ascii: " "))
    }
  }

  func append(padded text: Span<UInt8>, to output: inout ByteBuffer) {
    let space = width - text.scalarCount
    let hasZeros = hasZeros && isNumber && !isLeft
    var start = 0
    if hasZeros {
      while start < text.count, text[start].isSign { start += 1 }
      if hasPrefix, conversion | 0x20 == UInt8(ascii: "x") || conversion == UInt8(ascii: "o") {
        start += 2
      }
      output.append(0..<start, of: text)
    }
    if !isLeft { output.append(UInt8(ascii: hasZeros ? "0" : " "), times: space) }
    output.append(start..<text.count, of: text)
    if isLeft { output.append(UInt8(ascii: " "), times: space) }
  }
}

extension Directive {
  /// Reads a directive.
  ///
  /// - Parameter offset: behind the `%`, and then behind the directive.
  init(_ pattern: Span<UInt8>, at offset: inout Int) throws(Diagnostic) {
    if offset < pattern.count, pattern[offset] == UInt8(ascii: "(") {
      let end = pattern.bytes.first(UInt8(ascii: ")"), in: offset..<pattern.count)
      if end < pattern.count {
        name = offset + 1..<end
        offset = end + 1
      }
    }
    while offset < pattern.count, takeFlag(pattern[offset]) { offset += 1 }
    width = try Directive.number(pattern, at: &offset) ?? 0
    if offset < pattern.count, pattern[offset] == UInt8(ascii: ".") {
      offset += 1
      precision = try Directive.number(pattern, at: &offset) ?? 0
    }
    guard offset < pattern.count else { throw .template(.badArgument("%", of: "format")) }
    conversion = pattern[offset]
    offset += 1
  }

  private mutating func takeFlag(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "-"): isLeft = true
    case UInt8(ascii: "+"): hasPlus = true
    case UInt8(ascii: " "): hasSpace = true
    case UInt8(ascii: "0"): hasZeros = true
    case UInt8(ascii: "#"): hasPrefix = true
    default: return false
    }
    return true
  }

  private static func number(
    _ pattern: Span<UInt8>, at offset: inout Int
  ) throws(Diagnostic) -> Int? {
    let start = offset
    var number = 0
    while offset < pattern.count, isDigit(pattern[offset]) {
      if number < 1 << 16 { number = number * 10 + Int(pattern[offset] - UInt8(ascii: "0")) }
      offset += 1
    }
    if offset == start { return nil }
    guard number < 1 << 16 else {
      let digits = pattern.extracting(start..<offset).string
      throw .template(.badArgument("%" + digits, of: "format"))
    }
    return number
  }
}

extension Span<UInt8> {
  func isSame(as other: Span<UInt8>) -> Bool {
    count == other.count && hasSameBytes(as: other)
  }

  var string: String {
    withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }
}

extension UInt8 {
  fileprivate var isSign: Bool {
    self == UInt8(ascii: "+") || self == UInt8(ascii: "-") || self == UInt8(ascii: " ")
  }
}
