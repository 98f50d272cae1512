import Texts

/// The places of an expression at which a byte is matched, each with those that may come after it
/// (Glushkov's construction): a set of places is a word of 64 bits.
struct AutomatonPositions: Sendable {
  /// The bytes that each place matches.
  fileprivate(set) var bytes: [AnyByteSet] = []
  /// The places that may follow one.
  fileprivate(set) var follow: [UInt64] = []
  /// The places that may come first: at the start of the text, and anywhere in it.
  fileprivate(set) var first: UInt64 = 0
  fileprivate(set) var firstAnywhere: UInt64 = 0
  /// The places after which the text may end, and those after which it may go on as it likes.
  fileprivate(set) var lastAtEnd: UInt64 = 0
  fileprivate(set) var lastAnywhere: UInt64 = 0
  /// Tells whether the empty text matches.
  fileprivate(set) var acceptsNothing = false

  /// The places that each byte matches.
  var masks: [UInt64] {
    var masks = [UInt64](repeating: 0, count: 256)
    for (place, set) in bytes.enumerated() {
      set.forEach { masks[Int($0)] |= 1 << UInt64(place) }
    }
    return masks
  }
}

extension AnyByteSet {
  /// The other bytes but NUL, which no text holds.
  var inverted: AnyByteSet {
    var others = AnyByteSet()
    for byte in UInt8(1)...255 where !contains(byte) { others.insert(byte) }
    return others
  }
}

/// Parses POSIX extended expressions of a plain form: literals, `.`, brackets, groups, `|`, `*`,
/// `+`, `?`, counts, `^` at the start and `$` at the end of an alternative that is in no group.
///
/// Everything else (`\b`, `a**`, `()`, `[[.x.]]`, …), and what has more than 64 places, gives nil:
/// how the C library takes those is for it to say.
struct AutomatonParser {
  private let pattern: [UInt8]
  private var offset = 0
  private var positions = AutomatonPositions()

  /// A part of the expression: whether it matches nothing at all, and its outer places.
  private struct Part {
    var isOptional: Bool
    var first: UInt64
    var last: UInt64

    static let empty = Part(isOptional: true, first: 0, last: 0)
  }

  /// Parses a pattern; nil for what is not of the plain form.
  static func positions(_ pattern: [UInt8]) -> AutomatonPositions? {
    var parser = AutomatonParser(pattern: pattern)
    repeat {
      guard parser.takeAlternative() else { return nil }
    } while parser.take(UInt8(ascii: "|"))
    return parser.offset == pattern.count ? parser.positions : nil
  }

  private init(pattern: [UInt8]) {
    self.pattern = pattern
  }

  private var next: UInt8? { offset < pattern.count ? pattern[offset] : nil }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    offset += 1
    return true
  }

  /// An alternative that is in no group.
  private mutating func takeAlternative() -> Bool {
    let isAtStart = take(UInt8(ascii: "^"))
    guard let part = sequence() else { return false }
    let isAtEnd = take(UInt8(ascii: "$"))
    guard next == nil || next == UInt8(ascii: "|") else { return false }
    if part.isOptional {
      // It matches everywhere, which no schema means.
      guard isAtStart, isAtEnd else { return false }
      positions.acceptsNothing = true
    }
    positions.first |= part.first
    if !isAtStart { positions.firstAnywhere |= part.first }
    if isAtEnd { positions.lastAtEnd |= part.last } else { positions.lastAnywhere |= part.last }
    return true
  }

  /// Parts one after the other, at least one.
  private mutating func sequence() -> Part? {
    guard var whole = repeated() else { return nil }
    while let byte = next, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")"),
      byte != UInt8(ascii: "$")
    {
      guard let part = repeated() else { return nil }
      whole = join(whole, part)
    }
    return whole
  }

  private mutating func join(_ left: Part, _ right: Part) -> Part {
    link(left.last, to: right.first)
    return Part(
      isOptional: left.isOptional && right.isOptional,
      first: left.isOptional ? left.first | right.first : left.first,
      last: right.isOptional ? left.last | right.last : right.last)
  }

  private mutating func link(_ last: UInt64, to first: UInt64) {
    var places = last
    while places != 0 {
      positions.follow[places.trailingZeroBitCount] |= first
      places &= places - 1
    }
  }

  /// A part and the sign of repetition after it.
  private mutating func repeated() -> Part? {
    let start = offset
    guard var part = atom() else { return nil }
    switch next {
    case UInt8(ascii: "*")?, UInt8(ascii: "+")?:
      link(part.last, to: part.first)
      if next == UInt8(ascii: "*") { part.isOptional = true }
      offset += 1
    case UInt8(ascii: "?")?:
      part.isOptional = true
      offset += 1
    case UInt8(ascii: "{")?:
      guard let counted = counted(part, from: start) else { return nil }
      part = counted
    default: break
    }
    let signs = "*+?{".utf8
    return next.map(signs.contains) ?? false ? nil : part
  }

  /// `{2}`, `{1,2}`, `{2,}`: the part is parsed again for every further time.
  private mutating func counted(_ part: Part, from start: Int) -> Part? {
    offset += 1
    guard let least = number(), least > 0 else { return nil }
    var most: Int? = least
    if take(UInt8(ascii: ",")) { most = next == UInt8(ascii: "}") ? nil : number() ?? 0 }
    guard take(UInt8(ascii: "}")), most ?? least >= least else { return nil }
    let end = offset
    var whole = part
    var last = part
    for time in 1..<max(most ?? least, 2) where time < most ?? least {
      offset = start
      guard var again = atom() else { return nil }
      last = again
      again.isOptional = again.isOptional || time >= least
      whole = join(whole, again)
    }
    if most == nil { link(last.last, to: last.first) }
    offset = end
    return whole
  }

  private mutating func number() -> Int? {
    var value: Int?
    while let byte = next, byte.isDigit, value ?? 0 < 100 {
      value = (value ?? 0) * 10 + Int(byte - UInt8(ascii: "0"))
      offset += 1
    }
    return value
  }

  private mutating func atom() -> Part? {
    guard let byte = next else { return nil }
    offset += 1
    switch byte {
    case UInt8(ascii: "("): return group()
    case UInt8(ascii: "["): return bracket().flatMap { place($0) }
    case UInt8(ascii: "."): return place(AnyByteSet().inverted)
    case UInt8(ascii: "\\"):
      guard let sign = next, ".[]()*+?{}|^$\\/-".utf8.contains(sign) else { return nil }
      offset += 1
      return literal(sign)
    case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"), UInt8(ascii: "{"),
      UInt8(ascii: "|"), UInt8(ascii: ")"), UInt8(ascii: "^"), UInt8(ascii: "$"), 0:
      return nil
    default: return literal(byte)
    }
  }

  private mutating func literal(_ byte: UInt8) -> Part? {
    var set = AnyByteSet()
    set.insert(byte)
    return place(set)
  }

  private mutating func place(_ bytes: AnyByteSet) -> Part? {
    let index = positions.bytes.count
    guard index < 64 else { return nil }
    positions.bytes.append(bytes)
    positions.follow.append(0)
    return Part(isOptional: false, first: 1 << UInt64(index), last: 1 << UInt64(index))
  }

  private mutating func group() -> Part? {
    guard var whole = sequence() else { return nil }
    while take(UInt8(ascii: "|")) {
      guard let other = sequence() else { return nil }
      whole = Part(
        isOptional: whole.isOptional || other.isOptional, first: whole.first | other.first,
        last: whole.last | other.last)
    }
    return take(UInt8(ascii: ")")) ? whole : nil
  }

  /// `[0-9.]`, `[^ ]`, `[[:space:]]`; letters beyond ASCII in brackets are left to the C library.
  private mutating func bracket() -> AnyByteSet? {
    var set = AnyByteSet()
    let isInverted = take(UInt8(ascii: "^"))
    var isFirst = true
    while let byte = next, isFirst || byte != UInt8(ascii: "]") {
      offset += 1
      // Between others a hyphen is an error, or the end of a range.
      if byte == UInt8(ascii: "-"), !isFirst, next != UInt8(ascii: "]") { return nil }
      isFirst = false
      if byte == UInt8(ascii: "["), let sign = next, ".=:".utf8.contains(sign) {
        guard addClass(to: &set) else { return nil }
      } else {
        guard byte < 0x80, byte > 0, addRange(from: byte, to: &set) else { return nil }
      }
    }
    guard take(UInt8(ascii: "]")) else { return nil }
    return isInverted ? set.inverted : set
  }

  /// A byte, or the range that it begins.
  private mutating func addRange(from byte: UInt8, to set: inout AnyByteSet) -> Bool {
    guard next == UInt8(ascii: "-"), offset + 1 < pattern.count,
      pattern[offset + 1] != UInt8(ascii: "]")
    else {
      set.insert(byte)
      return true
    }
    let end = pattern[offset + 1]
    guard end >= byte, end < 0x80, end != UInt8(ascii: "["), byte != UInt8(ascii: "-") else {
      return false
    }
    for byte in byte...end { set.insert(byte) }
    offset += 2
    return true
  }

  /// `[:digit:]` and the like inside brackets.
  private mutating func addClass(to set: inout AnyByteSet) -> Bool {
    let rest = pattern[offset...]
    for (name, ranges) in Self.classes where rest.starts(with: name.utf8) {
      for range in ranges { for byte in range { set.insert(byte) } }
      offset += name.utf8.count
      return true
    }
    return false
  }

  private static let classes: [(name: String, ranges: [ClosedRange<UInt8>])] = [
    (":digit:]", [0x30...0x39]), (":alpha:]", [0x41...0x5A, 0x61...0x7A]),
    (":alnum:]", [0x30...0x39, 0x41...0x5A, 0x61...0x7A]), (":upper:]", [0x41...0x5A]),
    (":lower:]", [0x61...0x7A]), (":space:]", [0x09...0x0D, 0x20...0x20]),
    (":blank:]", [0x09...0x09, 0x20...0x20]),
  ]
}
