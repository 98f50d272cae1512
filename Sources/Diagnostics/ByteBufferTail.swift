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

    /// Room that is enough for a number.
    public static let mostDigits = 32

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

  @usableFromInline static let spare = 2 * mostDigits

  /// Appends a part of a text; false, and nothing appended, if there is no room for it and a number
  /// or it is at the end of its text.
  @inlinable @inline(__always)
  public mutating func append(_ part: TextPart, of text: SourceBytes) -> Bool {
    guard hasRoom(part.count), part.isWhole(in: text) else { return false }
    copy(part, of: text)
    filled &+= part.count
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
    if isDigit(from[0]) {
      if wantsLetter { return false }
    } else if !isLetter(from[0]) {
      guard beginsOrdinary(value, of: data) else { return false }
    }
    let last = from[count &- 1]
    if last == UInt8(ascii: " ") { return false }
    if last >= 0x80, !endsOrdinary(value, of: data) { return false }
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

  @usableFromInline
  func beginsOrdinary(_ value: TextPart, of data: SourceBytes) -> Bool {
    startsWord(data[value.range].span, 0)
  }

  @usableFromInline
  func endsOrdinary(_ value: TextPart, of data: SourceBytes) -> Bool {
    !endsInSpace(data[value.range].span)
  }

  /// What was appended from an index on.
  @inlinable @inline(__always)
  public func bytes(from index: Int) -> SourceBytes {
    precondition(index >= 0 && index <= filled)
    return SourceBytes(
      memory: UnsafeBufferPointer(start: UnsafePointer(start + index), count: filled &- index))
  }

  /// Appends a whole number in decimal digits.
  ///
  /// - Precondition: there is room for ``mostDigits``.
  @inlinable @inline(__always)
  public mutating func append(number: Int) {
    precondition(free >= Self.mostDigits)
    if number < 0 { append(sign: UInt8(ascii: "-")) }
    append(magnitude: number.magnitude)
  }

  /// - Precondition: there is room.
  @inlinable @inline(__always)
  mutating func append(sign: UInt8) {
    precondition(free > 0)
    start[filled] = sign
    filled &+= 1
  }

  @inlinable @inline(__always)
  mutating func append(magnitude: UInt) {
    if magnitude < 100_000_000 {
      append(short: magnitude)
    } else {
      self = appending(long: magnitude)
    }
  }

  /// Not `mutating`, so that a tail that lies in registers can stay there.
  @usableFromInline
  func appending(long magnitude: UInt) -> Self {
    var tail = self
    let (high, low) = magnitude.quotientAndRemainder(dividingBy: 100_000_000)
    tail.append(magnitude: high)
    tail.append(eightDigits: EightDigits(low).text, count: 8)
    return tail
  }

  /// Appends a whole number of no sign in decimal digits, with a sign between groups of three.
  ///
  /// - Precondition: there is room for ``mostDigits``.
  @inlinable @inline(__always)
  public mutating func append(magnitude: UInt, groupedBy sign: UInt8) {
    precondition(free >= Self.mostDigits)
    if magnitude < 1000 {
      append(short: magnitude)
    } else if magnitude < 1_000_000 {
      append(short: magnitude / 1000)
      append(group: magnitude % 1000, after: sign)
    } else {
      self = appending(long: magnitude, groupedBy: sign)
    }
  }

  @usableFromInline
  func appending(long magnitude: UInt, groupedBy sign: UInt8) -> Self {
    var tail = self
    let (high, low) = magnitude.quotientAndRemainder(dividingBy: 1_000_000)
    tail.append(magnitude: high, groupedBy: sign)
    tail.append(group: low / 1000, after: sign)
    tail.append(group: low % 1000, after: sign)
    return tail
  }

  /// A sign and three digits.
  @inlinable @inline(__always)
  mutating func append(group number: UInt, after sign: UInt8) {
    let (number, zero) = (UInt32(truncatingIfNeeded: number), UInt32(UInt8(ascii: "0")))
    let digits = (number / 100, number / 10 % 10, number % 10)
    let bytes =
      UInt32(sign) | (zero + digits.0) << 8 | (zero + digits.1) << 16 | (zero + digits.2) << 24
    UnsafeMutableRawPointer(start + filled).storeBytes(of: bytes.littleEndian, as: UInt32.self)
    filled &+= 4
  }

  /// Up to eight digits.
  @inlinable @inline(__always)
  mutating func append(short number: UInt) {
    if number < 10 {
      append(sign: UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: number))
    } else {
      let digits = EightDigits(number)
      let zeros = digits.leadingZeros
      append(eightDigits: digits.text &>> UInt64(8 &* zeros), count: 8 &- zeros)
    }
  }

  @inlinable @inline(__always)
  mutating func append(eightDigits text: UInt64, count: Int) {
    UnsafeMutableRawPointer(start + filled).storeBytes(of: text.littleEndian, as: UInt64.self)
    filled &+= count
  }
}

/// A number below a hundred million as eight digits: all of them, fours and pairs are taken apart
/// in three steps.
@usableFromInline
struct EightDigits: BitwiseCopyable {
  /// A digit a byte, the first lowest.
  @usableFromInline let values: UInt64

  @inlinable @inline(__always)
  init(_ number: UInt) {
    let number = UInt64(number)
    let high = number / 10_000
    let fours = high | (number &- high &* 10_000) << 32
    // As 10,486 / 2^20 is a hundredth, and 103 / 2^10 a tenth, as far as these go.
    let hundreds = ((fours &* 10_486) >> 20) & 0x0000_007F_0000_007F
    let pairs = hundreds | (fours &- hundreds &* 100) << 16
    let tens = ((pairs &* 103) >> 10) & 0x000F_000F_000F_000F
    values = tens | (pairs &- tens &* 10) << 8
  }

  @inlinable var text: UInt64 { values | 0x3030_3030_3030_3030 }

  /// - Precondition: the number is not 0.
  @inlinable var leadingZeros: Int { values.trailingZeroBitCount / 8 }
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
