/// Where a whole number stands in a text as it would be written: one to twelve digits, with no zero
/// before them. So it can be written again without being read.
public struct WrittenNumber: BitwiseCopyable, Sendable {
  @usableFromInline let part: BlockPart

  /// How many digits.
  @inlinable public var count: Int { part.count }

  /// How far from the start of its text it begins at least, and from the end, so that words and
  /// blocks can be read.
  @usableFromInline static let room = 16
  @usableFromInline static let roomBehind = mostCount + BlockPart.block
  @usableFromInline static let mostCount = 12

  /// nil for any other text, and for one near the start or the end of the whole.
  ///
  /// - Parameters:
  ///   - start: where it begins in the whole.
  ///   - count: how many bytes it has.
  ///   - block: the sixteen bytes that begin there.
  ///   - textCount: how many bytes the whole has.
  @inlinable @inline(__always)
  public init?(at start: Int, count: Int, in block: SIMD16<UInt8>, of textCount: Int) {
    guard count >= 1, count <= Self.mostCount, start >= Self.room,
      start <= textCount &- Self.roomBehind
    else {
      return nil
    }
    let others = ~block.isAny(of: UInt8(ascii: "0"), through: UInt8(ascii: "9")).bits
    guard others.trailingZeroBitCount >= count, count == 1 || block[0] != UInt8(ascii: "0") else {
      return nil
    }
    part = BlockPart(start, count: count)
  }

  /// One to eight bytes, the first lowest, behind zero bytes.
  ///
  /// - Precondition: eight bytes before `end`.
  @inlinable @inline(__always)
  static func word(_ count: Int, endingAt end: Int, _ text: RawSpan) -> UInt64 {
    let word = unsafe text.unsafeLoadUnaligned(
      fromUncheckedByteOffset: end &- 8, as: UInt64.self)
    let mask = UInt64.max &<< UInt64(truncatingIfNeeded: 64 &- 8 &* count)
    return UInt64(littleEndian: word) & mask
  }

  /// - Parameter text: the one that it stands in.
  @inlinable @inline(__always)
  public func value(in text: SourceBytes) -> Int {
    let (end, bytes) = (part.start &+ part.count, text.span.bytes)
    precondition(end <= text.count)
    guard part.count <= 8 else { return Self.longNumber(part.count, endingAt: end, bytes) }
    return number(ofDigits: Self.word(part.count, endingAt: end, bytes))
  }

  @usableFromInline @inline(never)
  static func longNumber(_ count: Int, endingAt end: Int, _ text: RawSpan) -> Int {
    let high = number(ofDigits: word(count &- 8, endingAt: end &- 8, text))
    return high &* 100_000_000 &+ number(ofDigits: word(8, endingAt: end, text))
  }
}

/// Eight decimal digits, the first lowest, as a number: pairs, fours and all eight are put together in
/// three steps. Zero bytes before the digits count as zeros.
@inlinable @inline(__always)
public func number(ofDigits digits: UInt64) -> Int {
  let fours = ((digitPairs(digits) &* 6_553_601) >> 16) & 0x0000_FFFF_0000_FFFF
  return Int(truncatingIfNeeded: (fours &* 42_949_672_960_001) >> 32)
}

/// The numbers of the four pairs of eight decimal digits, sixteen bits each, the first lowest.
@inlinable @inline(__always)
func digitPairs(_ digits: UInt64) -> UInt64 {
  (((digits & 0x0F0F_0F0F_0F0F_0F0F) &* 2561) >> 8) & 0x00FF_00FF_00FF_00FF
}

extension ByteBuffer.Tail {
  /// Appends a part of a text and then a number as it stands in some data; false, and nothing
  /// appended, if there is no room.
  ///
  /// - Parameter sign: stands between groups of three digits; 0 for none.
  @inlinable @inline(__always)
  public mutating func append(
    _ part: BlockPart, of text: SourceBytes, _ number: WrittenNumber, of data: SourceBytes,
    groupedBy sign: UInt8
  ) -> Bool {
    guard append(part, of: text) else { return false }
    if sign == 0 {
      copy(number.part, of: data)
      filled &+= number.part.count
    } else {
      appendGroups(number.part, of: data, sign)
    }
    return true
  }

  @inlinable @inline(__always)
  mutating func appendGroups(_ number: BlockPart, of data: SourceBytes, _ sign: UInt8) {
    let end = number.start &+ number.count
    let last = data.word(endingAt: end)
    if number.count <= 6 {
      filled &+= writeGroups(of: last, number.count, by: sign, to: start + filled)
    } else {
      let first = data.word(endingAt: end &- 6)
      filled &+= writeGroups(of: first, number.count &- 6, by: sign, to: start + filled)
      write(groups(of: last, by: sign), to: start + filled)
      filled &+= 8
    }
  }
}

extension SourceBytes {
  /// Eight bytes, the first lowest, that end there.
  ///
  /// - Precondition: they are there.
  @inlinable @inline(__always)
  func word(endingAt end: Int) -> UInt64 {
    UInt64(
      littleEndian: UnsafeRawPointer(start).loadUnaligned(
        fromByteOffset: end &- 8, as: UInt64.self))
  }
}

/// The last six of eight digits with a sign before each three.
@inlinable @inline(__always)
func groups(of digits: UInt64, by sign: UInt8) -> UInt64 {
  let (first, second) = (digits >> 16 & 0xFF_FFFF, digits >> 40)
  return UInt64(sign) &* 0x1_0000_0001 | first << 8 | second << 40
}

/// Writes the last one to six of eight digits with a sign between groups of three; returns how many
/// bytes that are.
@inlinable @inline(__always)
func writeGroups(
  of digits: UInt64, _ count: Int, by sign: UInt8, to start: UnsafeMutablePointer<UInt8>
) -> Int {
  let length = count &+ (count > 3).one
  // The first sign goes, and what stands before the digits.
  write(groups(of: digits, by: sign) &>> UInt64(8 &* (8 &- length)), to: start)
  return length
}

@inlinable @inline(__always)
func write(_ word: UInt64, to start: UnsafeMutablePointer<UInt8>) {
  UnsafeMutableRawPointer(start).storeBytes(of: word.littleEndian, as: UInt64.self)
}
