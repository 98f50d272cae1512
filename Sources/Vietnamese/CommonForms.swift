import Texts

// Common forms: the ways in which values are mostly written, recognized in one pass over their bytes,
// without allocation and without telling what is wrong. nil and false mean that a value has some other
// form, right or wrong; the full readers in the other files of this module tell which.

extension CalendarDate {
  /// Reads `28/6/2018`, `05/03/2020` or `2018-06-28`; nil also where there is no such day.
  public init?(commonForm bytes: Span<UInt8>) {
    let count = bytes.count
    guard count >= 8, count <= 10 else { return nil }
    if bytes[4] == UInt8(ascii: "-") {
      guard count == 10, let digits = bytes.bytes.isoDigits(at: 0) else { return nil }
      let (year, monthAndDay) = number(ofDigits: digits).quotientAndRemainder(dividingBy: 10_000)
      let (month, day) = monthAndDay.quotientAndRemainder(dividingBy: 100)
      self.init(year: year, month: month, day: day)
      return
    }
    let first = bytes[1] == UInt8(ascii: "/") ? 1 : 2
    let second = count - 5
    guard bytes[first] == UInt8(ascii: "/"), bytes[second] == UInt8(ascii: "/"),
      second - first == 2 || second - first == 3, let day = bytes.digits(0..<first),
      let month = bytes.digits(first + 1..<second), let year = bytes.digits(second + 1..<count)
    else { return nil }
    self.init(year: year, month: month, day: day)
  }
}

extension DateWithTime {
  /// Reads a date in a common form, alone or with a time behind a space or a bar:
  /// `04/07/2018 18:10`, `04/07/2018 | 18:10`.
  public init?(commonForm bytes: Span<UInt8>) {
    let count = bytes.count
    guard count > 13 else {
      guard let date = CalendarDate(commonForm: bytes) else { return nil }
      self.init(date, nil)
      return
    }
    guard count <= 18, bytes[count - 3] == UInt8(ascii: ":"),
      let minute = bytes.digits(count - 2..<count), let hour = bytes.digits(count - 5..<count - 3),
      let time = TimeOfDay(hour: hour, minute: minute)
    else { return nil }
    let length = bytes.isSame(" | ", at: count - 8) ? count - 8 : count - 6
    guard length < count - 6 || bytes[length] == UInt8(ascii: " "),
      let date = CalendarDate(commonForm: bytes.extracting(0..<length))
    else { return nil }
    self.init(date, time)
  }
}

/// A figure of at most 15 digits without a hedge or unit: `1400`, `1.400`, `13,5`, `-5`, `87,29%`.
public struct PlainFigure: Sendable {
  /// The figure without its comma: 135 for `13,5`.
  public let digits: Int
  /// The number of digits after the comma.
  public let decimals: Int
  public let isPercent: Bool

  /// Reads a figure; nil also for one that can be read in two ways, such as `1,400`.
  public init?(_ bytes: Span<UInt8>) {
    var end = bytes.count
    guard end > 0 else { return nil }
    isPercent = bytes[end - 1] == UInt8(ascii: "%")
    if isPercent { end -= 1 }
    let isNegative = end > 0 && bytes[0] == UInt8(ascii: "-")
    let start = isNegative ? 1 : 0
    guard end > start, end - start <= 20 else { return nil }
    var (value, count, group, groups) = (0, 0, 0, 1)
    var comma: Int?
    for index in start..<end {
      let byte = bytes[index]
      if byte.isDigit {
        value = value &* 10 &+ Int(byte &- UInt8(ascii: "0"))
        count += 1
        group += 1
      } else {
        guard group > 0, comma == nil, groups == 1 ? group <= 3 || byte == 0x2C : group == 3 else {
          return nil
        }
        if byte == UInt8(ascii: ",") {
          comma = count
        } else if byte == UInt8(ascii: "."), bytes[start] != UInt8(ascii: "0") {
          groups += 1
        } else {
          return nil
        }
        group = 0
      }
    }
    guard group > 0, count <= 15, comma != nil || groups == 1 || group == 3,
      comma == nil || groups > 1 || group != 3
    else { return nil }
    digits = isNegative ? -value : value
    decimals = comma.map { count - $0 } ?? 0
  }
}

extension Period {
  /// Reads `6 tháng đầu năm 2018`, `quý I năm 2020`, `tháng 3 năm 2021` or `năm 2022`, written in
  /// small letters (but for the numeral) and with single spaces.
  public init?(commonForm bytes: Span<UInt8>) {
    let count = bytes.count
    guard count >= 9, count <= 40, let year = bytes.digits(count - 4..<count),
      bytes.isSame(" ", at: count - 5), bytes.isSame("năm", at: count - 9)
    else { return nil }
    if count == 9 {
      self.init(.year, of: year)
      return
    }
    guard bytes[count - 10] == UInt8(ascii: " ") else { return nil }
    let head = 0..<count - 10
    if bytes.isSame("tháng ", at: 0), head.count > 7, head.count <= 9,
      let month = bytes.digits(7..<head.upperBound)
    {
      self.init(.month(month), of: year)
    } else if bytes.isSame("quý ", at: 0),
      let numeral = Self.numerals.firstIndex(where: {
        $0.utf8.count == head.count - 5 && bytes.isSame($0, at: 5)
      })
    {
      self.init(.quarter(numeral + 1), of: year)
    } else {
      let digits = bytes[1] == UInt8(ascii: " ") ? 1 : 2
      guard let months = bytes.digits(0..<digits) else { return nil }
      let rest = head.count - digits
      if rest == 14, bytes.isSame(" tháng đầu", at: digits) {
        self.init(.firstMonths(months), of: year)
      } else if rest == 14, bytes.isSame(" tháng cuối", at: digits) {
        self.init(.lastMonths(months), of: year)
      } else {
        return nil
      }
    }
  }
}

/// The number and year at the start of a document's sign: 34 and 2007 of `34/2007/PL-UBTVQH11`, 120
/// and no year of `120-KL/TW`.
public struct NumberAndYear: Sendable, Hashable {
  public let number: Int
  public let year: Int?

  /// Reads the start of a text that is known to be a document's sign.
  ///
  /// The result is nil where only ``DocumentNumber`` can tell the number, as in `12a/2015/NĐ-CP`. It
  /// means nothing for a text that is no sign.
  public init?(_ bytes: Span<UInt8>) {
    var end = 0
    while end < bytes.count, bytes[end].isDigit { end += 1 }
    guard let number = bytes.digits(0..<end) else { return nil }
    self.number = number
    guard end < bytes.count else {
      year = nil
      return
    }
    guard bytes[end] == UInt8(ascii: "/") || bytes[end] == UInt8(ascii: "-"),
      bytes[bytes.count - 1] > UInt8(ascii: " ")
    else { return nil }
    let yearEnd = end + 5
    let isYear =
      bytes[end] == UInt8(ascii: "/") && yearEnd <= bytes.count
      && (yearEnd == bytes.count || !bytes[yearEnd].isDigit)
    year = isYear ? bytes.digits(end + 1..<yearEnd) : nil
  }
}

extension DocumentNumber {
  /// Tells whether a text is a number and sign whose codes have capitals A to Z and Đ, and digits
  /// behind them. False also for right ones such as `5-CTr/TU` and `12a/2015/NĐ-CP`.
  public static func hasCommonForm(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count <= 40 else { return false }
    var index = bytes.endOfDigits(from: 0)
    guard index > 0, index <= 6 else { return false }
    guard index < bytes.count else { return true }
    let isOfParty = bytes[index] == UInt8(ascii: "-")
    guard isOfParty || bytes[index] == UInt8(ascii: "/") else { return false }
    index += 1
    let yearEnd = bytes.endOfDigits(from: index)
    if !isOfParty, yearEnd == index + 4 {
      guard yearEnd < bytes.count else { return true }
      guard bytes[yearEnd] == UInt8(ascii: "/") else { return false }
      index = yearEnd + 1
    }
    guard let end = bytes.endOfCode(from: index) else { return false }
    index = end
    if isOfParty {
      guard index < bytes.count, bytes[index] == UInt8(ascii: "/"),
        let end = bytes.endOfCode(from: index + 1)
      else { return false }
      index = end
    }
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "-"), let end = bytes.endOfCode(from: index + 1) else {
        return false
      }
      index = end
    }
    return true
  }
}

extension Span<UInt8> {
  /// The end of the run of digits at an offset, which may be empty.
  fileprivate func endOfDigits(from start: Int) -> Int {
    var index = start
    while index < count, self[index].isDigit { index += 1 }
    return index
  }

  /// The end of a code of capitals and digits that begins with a capital; nil where none begins.
  fileprivate func endOfCode(from start: Int) -> Int? {
    var index = start
    while index < count {
      if self[index] &- UInt8(ascii: "A") < 26 || (self[index].isDigit && index > start) {
        index += 1
      } else if isSame("Đ", at: index) {
        index += 2
      } else {
        break
      }
    }
    return index > start ? index : nil
  }

  /// The number that one to six digits write; nil for anything else.
  fileprivate func digits(_ range: Range<Int>) -> Int? {
    guard range.count > 0, range.count <= 6, range.upperBound <= count else { return nil }
    var value = 0
    for index in range {
      guard self[index].isDigit else { return nil }
      value = value &* 10 &+ Int(self[index] &- UInt8(ascii: "0"))
    }
    return value
  }

  /// Tells whether the bytes of a text stand at an offset.
  fileprivate func isSame(_ text: String, at offset: Int) -> Bool {
    guard offset >= 0, offset + text.utf8.count <= count else { return false }
    var index = offset
    for byte in text.utf8 {
      if self[index] != byte { return false }
      index += 1
    }
    return true
  }
}
