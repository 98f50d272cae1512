extension ByteBuffer {
  /// The end of a buffer, for many short texts in a row: a copy that no call changes stays in
  /// registers. Good while the buffer is not changed otherwise; what is appended belongs to the
  /// buffer once ``ByteBuffer/end(with:)`` was called.
  public struct Tail: BitwiseCopyable {
    @usableFromInline let start: UnsafeMutablePointer<UInt8>
    /// How many bytes the buffer may have before it is to grow.
    public let room: Int
    @usableFromInline var filled: Int

    /// How many bytes the buffer has with those appended.
    @inlinable public var count: Int { filled }

    /// How many more there is room for.
    @inlinable public var free: Int { room &- filled }

    @inlinable
    init(start: UnsafeMutablePointer<UInt8>, room: Int, filled: Int) {
      (self.start, self.room, self.filled) = (start, room, filled)
    }
  }

  /// nil where the buffer has no memory yet.
  ///
  /// - Parameter limit: how many bytes the buffer may have at most.
  @inlinable @inline(__always)
  public mutating func tail(atMost limit: Int = .max) -> Tail? {
    memory.map { Tail(start: $0, room: min(room, limit), filled: filled) }
  }

  @inlinable @inline(__always)
  public mutating func end(with tail: Tail) {
    precondition(tail.filled <= room)
    filled = tail.filled
  }
}

extension ByteBuffer.Tail {
  /// Whether there is room for so many bytes, and what a number takes beyond them.
  @inlinable @inline(__always)
  func hasRoom(_ count: Int) -> Bool { count &+ Self.spare <= free }

  @usableFromInline static let spare = TextPart.block + ByteBuffer.mostDigits

  /// Appends a part of a text; false, and nothing appended, if there is no room for it and a number
  /// or it is at the end of its text.
  @inlinable @inline(__always)
  public mutating func append(_ part: TextPart, of text: SourceBytes) -> Bool {
    guard hasRoom(part.count), part.isWhole(in: text) else { return false }
    copy(part, of: text)
    filled &+= part.count
    return true
  }

  /// Appends a part of a text and then a whole number of no sign, see ``ByteBuffer``; false, and
  /// nothing appended, if there is no room or the part is at the end of its text.
  @inlinable @inline(__always)
  public mutating func append(
    _ part: TextPart, of text: SourceBytes, magnitude: UInt, groupedBy sign: UInt8
  ) -> Bool {
    guard append(part, of: text) else { return false }
    filled &+= writeDigits(of: magnitude, groupedBy: sign, to: start + filled)
    return true
  }

  /// Appends a part of a text and then an ordinary value, a part of some data; false, and nothing
  /// appended, if that is none, or there is no room, or one is at the end of its text.
  ///
  /// - Parameter wantsLetter: whether the value is to begin with no digit.
  @inlinable @inline(__always)
  public mutating func append(
    _ part: TextPart, of text: SourceBytes, ordinary value: TextPart, of data: SourceBytes,
    wantsLetter: Bool
  ) -> Bool {
    let count = value.count
    guard count > 0, hasRoom(part.count &+ count), part.isWhole(in: text), value.isWhole(in: data)
    else { return false }
    let from = data.start + value.start
    // One branch each, as most texts take none of them.
    let isBegun = isLetter(from[0]) || (!wantsLetter && isDigit(from[0]))
    if !isBegun, !beginsOrdinary(value, of: data) { return false }
    if mayEndInSpace(value, of: data), !endsOrdinary(value, of: data) { return false }
    copy(part, of: text)
    let to = UnsafeMutableRawPointer(start + (filled &+ part.count))
    var signs = SIMD16<UInt8>(repeating: 0)
    var done = 0
    while done &+ TextPart.block < count {
      signs |= Self.copyBlock(from, to, at: done)
      done &+= TextPart.block
    }
    let left = SIMD16<UInt8>(repeating: UInt8(truncatingIfNeeded: count &- done))
    let isOfValue = SIMD16<UInt8>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) .< left
    signs |= Self.copyBlock(from, to, at: done) & unsafeBitCast(isOfValue, to: SIMD16<UInt8>.self)
    let words = unsafeBitCast(signs, to: SIMD2<UInt64>.self)
    guard words[0] | words[1] == 0 else { return false }
    filled &+= part.count &+ count
    return true
  }

  /// Copies whole blocks.
  @inlinable @inline(__always)
  func copy(_ part: TextPart, of text: SourceBytes) {
    let from = UnsafeRawPointer(text.start + part.start)
    let to = UnsafeMutableRawPointer(start + filled)
    var done = 0
    repeat {
      to.copyPiece(SIMD16<UInt8>.self, from, at: done)
      done &+= TextPart.block
    } while done < part.count
  }

  /// Copies a block, and says where it has signs that no ordinary text holds.
  @inlinable @inline(__always)
  static func copyBlock(
    _ from: UnsafePointer<UInt8>, _ to: UnsafeMutableRawPointer, at offset: Int
  ) -> SIMD16<UInt8> {
    let block = UnsafeRawPointer(from).loadUnaligned(
      fromByteOffset: offset, as: SIMD16<UInt8>.self)
    to.storeBytes(of: block, toByteOffset: offset, as: SIMD16<UInt8>.self)
    return unsafeBitCast(ordinarySigns(block), to: SIMD16<UInt8>.self)
  }

  /// Of a text that begins with no ASCII letter.
  @usableFromInline
  func beginsOrdinary(_ value: TextPart, of data: SourceBytes) -> Bool {
    data.start[value.start] >= 0x80 && startsWord(data[value.range].span, 0)
  }

  @usableFromInline
  func endsOrdinary(_ value: TextPart, of data: SourceBytes) -> Bool {
    !endsInSpace(data[value.range].span)
  }

  /// Whether a text ends in a blank or in a character of two or three bytes that begins as other
  /// spaces do: C2, E1 9A, E2 or E3.
  @inlinable @inline(__always)
  func mayEndInSpace(_ value: TextPart, of data: SourceBytes) -> Bool {
    let end = value.start &+ value.count
    guard end >= 4 else { return true }
    let word = UInt32(
      littleEndian: UnsafeRawPointer(data.start).loadUnaligned(
        fromByteOffset: end &- 4, as: UInt32.self))
    let isBlank = word >> 24 == 0x20
    let isSign = word >> 16 & 0xFF == 0xC2
    let isWide = word >> 8 & 0xFE == 0xE2
    let isOgham = word >> 8 & 0xFFFF == 0x9AE1
    return isBlank.one | isSign.one | isWide.one | isOgham.one != 0
  }
}

/// A part of a text, which can be copied in whole blocks where that text goes on far enough.
public struct TextPart: BitwiseCopyable, Sendable {
  @usableFromInline let first: UInt32
  @usableFromInline let end: UInt32

  @inlinable @inline(__always)
  public init(_ range: SourceRange) {
    (first, end) = (UInt32(bitPattern: range.start), UInt32(bitPattern: range.end))
  }

  @inlinable public var start: Int { Int(first) }
  @inlinable public var count: Int { Int(end) &- Int(first) }

  var range: SourceRange { SourceRange(start: Int(first), end: Int(end)) }

  @usableFromInline static let block = 16

  /// Whether the text goes on for a block after it.
  @inlinable @inline(__always)
  func isWhole(in text: SourceBytes) -> Bool {
    first <= end && Int(end) &+ Self.block <= text.count
  }
}

extension SourceBytes {
  /// - Precondition: there are bytes.
  @inlinable var start: UnsafePointer<UInt8> {
    @inline(__always) get { memory.baseAddress.unsafelyUnwrapped }
  }
}
