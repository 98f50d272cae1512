import Texts

/// An hour of the day as documents write it: `08 giờ 00 phút`, `14 giờ 30`, `8h`, `14:00`, `7 giờ rưỡi`.
///
/// It is what is written: no day may have it, as `25 giờ 70`.
public struct WrittenHour: Sendable {
  public let hour: Int
  public let minute: Int
  /// The offsets of it in the source, with `giờ` and without `phút`.
  public let range: Range<Int>

  /// The minutes since midnight.
  public var minutes: Int { hour * 60 + minute }

  /// Tells whether a day has it; `24 giờ` is its end.
  public var isOfDay: Bool { minute < 60 && minutes <= 24 * 60 }
}

extension Text {
  /// The hours that it names, in order.
  public var writtenHours: [WrittenHour] {
    let reading = HourReading(bytes: source.bytes, end: range.bounds.upperBound)
    var hours: [WrittenHour] = []
    var index = range.bounds.lowerBound
    while index < range.bounds.upperBound {
      if reading.bytes[index].isDigit, reading.mayBegin(at: index, range.bounds.lowerBound),
        let hour = reading.hour(at: index)
      {
        hours.append(hour)
        index = hour.range.upperBound
      } else {
        index += 1
      }
    }
    return hours
  }
}

extension WrittenHour {
  /// Reads what begins at a digit.
  ///
  /// - Parameters:
  ///   - bytes: of the source.
  ///   - text: the range of the text in it.
  public init?(in bytes: [UInt8], at start: Int, of text: Range<Int>) {
    let reading = HourReading(bytes: bytes, end: text.upperBound)
    guard reading.mayBegin(at: start, text.lowerBound), let hour = reading.hour(at: start) else {
      return nil
    }
    self = hour
  }
}

/// The reading of hours in a text that ends before an offset.
private struct HourReading {
  let bytes: [UInt8]
  let end: Int

  /// Tells whether no number or word goes on at an offset.
  func mayBegin(at start: Int, _ first: Int) -> Bool {
    let before = start > first ? bytes[start - 1] : 0x20
    return before >= 0x80 || !before.isOfWord && !"./,:".utf8.contains(before)
  }

  func hour(at start: Int) -> WrittenHour? {
    guard let (hour, digits) = number(at: start) else { return nil }
    if digits < end, bytes[digits] == UInt8(ascii: ":") {
      guard let (minute, last) = number(at: digits + 1), last == digits + 3 else { return nil }
      return WrittenHour(hour: hour, minute: minute, range: start..<last)
    }
    guard let unit = unit(at: blank(at: digits)) else { return nil }
    let rest = blank(at: unit)
    if let half = word("rưỡi", at: rest) {
      return WrittenHour(hour: hour, minute: 30, range: start..<half)
    }
    guard let (minute, last) = number(at: rest), !goesOn(at: last) else {
      return WrittenHour(hour: hour, minute: 0, range: start..<unit)
    }
    return WrittenHour(hour: hour, minute: minute, range: start..<last)
  }

  /// The number of one or two digits at an offset, and the offset behind it.
  private func number(at start: Int) -> (Int, end: Int)? {
    var (value, index) = (0, start)
    while index < end, bytes[index].isDigit {
      value = value * 10 + Int(bytes[index] - UInt8(ascii: "0"))
      index += 1
      if index - start > 2 { return nil }
    }
    return index > start ? (value, index) : nil
  }

  private func blank(at index: Int) -> Int {
    index < end && bytes[index] == 0x20 ? index + 1 : index
  }

  /// The offset behind `giờ`, `h` or `g`.
  private func unit(at index: Int) -> Int? {
    if let hour = word("giờ", at: index) { return hour }
    guard index < end, "hHg".utf8.contains(bytes[index]),
      index + 1 == end || bytes[index + 1].isDigit || !bytes[index + 1].isOfLetters
    else { return nil }
    return index + 1
  }

  /// The offset behind a word that stands at an offset.
  private func word(_ word: String, at index: Int) -> Int? {
    guard index < end, bytes[index..<end].starts(with: word.utf8) else { return nil }
    let last = index + word.utf8.count
    return last < end && bytes[last].isOfLetters ? nil : last
  }

  /// Tells whether a number goes on, so that it is no minute: `8 giờ 20/8`.
  private func goesOn(at index: Int) -> Bool {
    index < end
      && (bytes[index] == UInt8(ascii: "/")
        || bytes[index].isOfLetters && bytes[index] | 0x20 != UInt8(ascii: "p"))
  }
}

extension UInt8 {
  /// A byte of a word, and not of a dash.
  fileprivate var isOfLetters: Bool { isOfWord && self != 0xE2 }
}
