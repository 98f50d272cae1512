/// A day as it stands in a text, `2019-06-26`, which can be written in another order without being
/// read.
public struct WrittenDate: BitwiseCopyable, Sendable {
  /// Two digits each.
  @usableFromInline let day: UInt64
  @usableFromInline let month: UInt64
  /// Four digits, the first lowest.
  @usableFromInline let year: UInt64
  /// Whether the month is one from March to September.
  @usableFromInline let isShortMonth: Bool

  /// How a day is written otherwise: day, month and year.
  public struct Form: BitwiseCopyable, Sendable {
    /// What stands between them.
    public let sign: UInt8
    /// Whether the months from March to September have one digit: `05/3/2020`.
    public let hasShortMonths: Bool

    public init(sign: UInt8, hasShortMonths: Bool) {
      (self.sign, self.hasShortMonths) = (sign, hasShortMonths)
    }
  }

  /// - Parameters:
  ///   - day: its digits, the first lowest, like those of the month and the year.
  ///   - monthNumber: 1 to 12.
  @inlinable @inline(__always)
  init(day: UInt64, month: UInt64, year: UInt64, monthNumber: UInt64) {
    (self.day, self.month, self.year) = (day, month, year)
    isShortMonth = monthNumber &- 3 < 7
  }

  /// nil for any other text, for years before 1000, and for the 29th of February, which not all
  /// years have.
  @inlinable @inline(__always)
  public init?(_ range: SourceRange, of text: SourceBytes) {
    guard let part = BlockPart(range, of: text), part.count == 10,
      let digits = text.span.bytes.isoDigits(at: part.start)
    else { return nil }
    let pairs = digitPairs(digits)
    let month = pairs >> 32 & 0xFF
    guard pairs & 0xFF >= 10, month &- 1 < 12, pairs >> 48 &- 1 < Self.days(month) else {
      return nil
    }
    self.init(
      day: digits >> 48, month: digits >> 32 & 0xFFFF, year: digits & 0xFFFF_FFFF,
      monthNumber: month)
  }

  /// - Parameter month: 1 to 12; February has 28 days.
  @inlinable @inline(__always)
  static func days(_ month: UInt64) -> UInt64 {
    // Two bits for each month, December first and nothing last: how many days beyond 28.
    let beyond: UInt64 = 0b11_10_11__10_11_11__10_11_10__11_00_11__00
    return 28 &+ (beyond >> (2 &* month) & 3)
  }

  /// Writes it where there is room for fourteen bytes; returns how many it takes.
  @inlinable @inline(__always)
  func write(as form: Form, to start: UnsafeMutablePointer<UInt8>) -> Int {
    let (sign, isShort) = (UInt64(form.sign), form.hasShortMonths && isShortMonth)
    // One digit of the month goes, and all behind it moves.
    let (month, length) = isShort ? (month >> 8, UInt64(8)) : (month, 16)
    Texts.write(day | sign << 16 | month << 24 | sign << (24 &+ length), to: start)
    Texts.write(year, to: start + (isShort ? 5 : 6))
    return isShort ? 9 : 10
  }
}

extension ByteBuffer.Tail {
  /// Appends a part of a text and then a day that stands in some data; false, and nothing appended,
  /// if there is no room or no such day.
  @inlinable @inline(__always)
  public mutating func append(
    _ part: BlockPart, of text: SourceBytes, day range: SourceRange, of data: SourceBytes,
    as form: WrittenDate.Form
  ) -> Bool {
    guard let date = WrittenDate(range, of: data), append(part, of: text) else { return false }
    filled &+= date.write(as: form, to: start + filled)
    return true
  }
}

extension RawSpan {
  /// The eight digits of `2019-06-26`, the first lowest; nil for anything else.
  ///
  /// - Precondition: ten bytes from that offset on.
  @inlinable @inline(__always)
  public func isoDigits(at offset: Int) -> UInt64? {
    precondition(offset >= 0 && offset <= byteCount - 10)
    let (head, tail) = unsafe (
      UInt64(
        littleEndian: unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)),
      UInt16(
        littleEndian: unsafeLoadUnaligned(fromUncheckedByteOffset: offset &+ 8, as: UInt16.self))
    )
    guard head & 0xFF00_00FF_0000_0000 == 0x2D00_002D_0000_0000 else { return nil }
    let digits = head & 0xFFFF_FFFF | (head >> 40 & 0xFFFF) << 32 | UInt64(tail) << 48
    // From 30 to 39 the upper half is a three, with six added too.
    let (upper, threes): (UInt64, UInt64) = (0xF0F0_F0F0_F0F0_F0F0, 0x3030_3030_3030_3030)
    guard digits & upper == threes, (digits &+ 0x0606_0606_0606_0606) & upper == threes else {
      return nil
    }
    return digits
  }
}
