import Texts

/// How a part of a text was read.
public enum Reading: Hashable, Sendable {
  /// It was UTF-8, and right.
  case asIs
  case encoding(TextEncoding)
  /// UTF-8 whose letters come from an encoding that was taken for Windows-1252 before.
  case misread(TextEncoding)
}

extension Reading {
  /// The readings that a word may have, in the order in which they win where nothing tells them
  /// apart.
  static let all: [Reading] =
    [.asIs] + TextEncoding.ofBytes.map { .encoding($0) }
    + [TextEncoding.tcvn3, .vni, .viscii, .vps, .windows1258].map { .misread($0) }
    + [.encoding(.viqr)]

  /// The encoding of its bytes; nil where they are text already.
  var encoding: TextEncoding? {
    switch self {
    case .asIs: nil
    case .encoding(let encoding), .misread(let encoding): encoding
    }
  }

  var isMisread: Bool {
    if case .misread = self { true } else { false }
  }
}

/// Back from characters to the bytes that Windows-1252 or ISO 8859-1 made them of.
enum Misreading {
  private static let signs: [UInt32: UInt8] = {
    var signs: [UInt32: UInt8] = [:]
    for byte in UInt8(0x80)...0x9F {
      let scalar = ByteTable.windows1252.scalars[Int(byte)]
      if scalar != ByteTable.none { signs[scalar] = byte }
    }
    return signs
  }()

  /// Windows-1258 reads some bytes otherwise. Only the first byte of a letter in UTF-8 is looked for
  /// there: C3.
  private static let breveCapital: UInt32 = 0x102

  @inline(__always)
  static func byte(of scalar: UInt32) -> UInt8? {
    if scalar < 0x100 { return UInt8(truncatingIfNeeded: scalar) }
    return scalar < 0x150 || scalar > 0x2122 || scalar > 0x192 && scalar < 0x2C6
      ? nil : signs[scalar]
  }

  @inline(__always)
  static func utf8Byte(of scalar: UInt32) -> UInt8? {
    scalar == breveCapital ? 0xC3 : byte(of: scalar)
  }

  /// Appends the bytes of a word of UTF-8; false where one of its characters comes from none.
  static func append(bytesOf word: Span<UInt8>, to bytes: inout ByteBuffer) -> Bool {
    var index = 0
    while index < word.count {
      let scalar = word.nextScalar(at: index)
      guard let byte = byte(of: scalar.value) else { return false }
      bytes.append(byte)
      index = scalar.end
    }
    return true
  }
}

// MARK: UTF-8 as Windows-1252

/// Letters of which each byte of UTF-8 was taken for a letter: `Ä‘á»“ng` for `đồng`.
enum DoubleUTF8 {
  /// A line of well-formed UTF-8 with such letters put right; nil where it has none. What went wrong
  /// twice or three times is put right as often.
  static func mended(_ line: Span<UInt8>) -> [UInt8]? {
    guard mayHold(line), var mended = mendedOnce(line) else { return nil }
    for _ in 0..<3 {
      guard mayHold(mended.span), let again = mendedOnce(mended.span) else { break }
      mended = again
    }
    return mended
  }

  /// Looks for a character that may have been a first byte, and behind it one that may have been a
  /// second one: both are beyond ASCII.
  private static func mayHold(_ line: Span<UInt8>) -> Bool {
    var index = 0
    while index &+ 3 < line.count {
      let byte = line[index]
      if byte == 0xC3 || byte == 0xC4 && line[index &+ 1] == 0x82, line[index &+ 2] >= 0xC2 {
        switch line[index &+ 1] {
        case 0x82...0x86, 0xA1, 0xA2: return true
        default: break
        }
      }
      index &+= 1
    }
    return false
  }

  private static func mendedOnce(_ line: Span<UInt8>) -> [UInt8]? {
    var found: [(range: Range<Int>, meant: UInt32)] = []
    var isSure = false
    var index = 0
    var isQuoted = false
    while index < line.count {
      let scalar = line.nextScalar(at: index)
      if scalar.value == 0xAB { isQuoted = true }
      if scalar.value == 0xBB { isQuoted = false }
      guard scalar.value >= 0xC2, let letter = letter(line, at: index, isQuoted: isQuoted) else {
        index = scalar.end
        continue
      }
      found.append((index..<letter.end, letter.meant))
      if letter.isSure { isSure = true }
      index = letter.end
    }
    guard isSure else { return nil }
    return replacing(found, in: line)
  }

  private static func replacing(
    _ found: [(range: Range<Int>, meant: UInt32)], in line: Span<UInt8>
  ) -> [UInt8] {
    var mended = ByteBuffer()
    var copied = 0
    for (range, meant) in found {
      mended.append(copied..<range.lowerBound, of: line)
      mended.append(scalar: meant)
      copied = range.upperBound
    }
    mended.append(copied..<line.count, of: line)
    var composed = ByteBuffer()
    composed.append(composing: mended.span)
    return composed.bytes
  }

  /// The letter or sign whose bytes begin at an offset.
  ///
  /// It is not sure where the last of them may be a quote or a dash behind a letter of its own:
  /// `“UBND XÃ”`.
  private static func letter(
    _ line: Span<UInt8>, at start: Int, isQuoted: Bool
  ) -> (meant: UInt32, end: Int, isSure: Bool)? {
    let first = line.nextScalar(at: start)
    guard let lead = Misreading.utf8Byte(of: first.value) else { return nil }
    let length =
      switch lead {
      case 0xC2...0xC6, 0xCB: 2
      case 0xE1, 0xE2: 3
      default: 0
      }
    guard length > 0 else { return nil }
    var meant = UInt32(lead) & (length == 2 ? 0x1F : 0xF)
    var (end, last, lastScalar) = (first.end, UInt8(0), UInt32(0))
    for _ in 1..<length {
      guard end < line.count else { return nil }
      let scalar = line.nextScalar(at: end)
      // A no-break space that has become a space.
      let isSpace = lead == 0xC3 && scalar.value == 0x20
      guard let byte = isSpace ? 0xA0 : Misreading.byte(of: scalar.value), byte & 0xC0 == 0x80
      else { return nil }
      meant = meant << 6 | UInt32(byte & 0x3F)
      (end, last, lastScalar) = (scalar.end, byte, scalar.value)
    }
    guard isMeant(meant) else { return nil }
    let isPunctuation = last == 0x85 || 0x91...0x97 ~= last || last == 0xAB || last == 0xBB
    let mayStandAlone =
      lead == 0xC3 && (isPunctuation || lastScalar == 0x20)
      || lead == 0xC2 && !(0xA1...0xA9 ~= last)
      || lead == 0xC4 && isPunctuation && first.value == 0x102
      || lead == 0xE1 && isQuoted && isPunctuation
    let isPart = meant < 0xA0 || 0x152...0x17E ~= meant && meant != 0x168 && meant != 0x169
    return (meant, end, !mayStandAlone && !isPart && lead != 0xCB)
  }

  /// Tells whether a Vietnamese text has a character: letters, and the signs of office programs.
  private static func isMeant(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xA0...0xBF, 0x2010...0x2027, 0x2030...0x203A, 0x20AB, 0x20AC, 0x2122, 0x2190...0x21FF,
      0x2200...0x22FF, 0x25A0...0x27BF:
      true
    // What went wrong twice, and letters of other languages.
    case 0x80...0x9F, 0xC0...0xFF, 0x152...0x153, 0x160...0x161, 0x178, 0x17D...0x17E, 0x192, 0x2C6,
      0x2DC:
      true
    case 0x300, 0x301, 0x303, 0x309, 0x323: true
    default: scalar > 0xFF && scalar < 0x1F00 && Letters.letter(scalar).isLetter
    }
  }
}
