import Texts

/// A date whose day, or day and month, are left to be filled in by hand: `…/6/2026`, `6/2026`,
/// `…/…/2026`.
public struct OpenDate: Sendable, Hashable {
  public let year: Int
  /// nil where it is left open too.
  public let month: Int?

  /// Reads an open date; nil for any other text, a whole date too.
  public init?(_ text: Text) {
    let parts = text.trimmed.bytes.split(
      separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard (1...3).contains(parts.count), let last = parts.last, last.count == 4,
      let year = last.number, year > 0
    else { return nil }
    let left = parts.dropLast()
    if left.count == 2, !left[0].isOpen { return nil }
    self.year = year
    guard let month = left.last, !month.isOpen else {
      self.month = nil
      return
    }
    guard month.count <= 2, let number = month.number, (1...12).contains(number) else {
      return nil
    }
    self.month = number
  }

  /// The days that it may come to be.
  public var days: ClosedRange<CalendarDate>? {
    let last = month ?? 12
    guard let first = CalendarDate(year: year, month: month ?? 1, day: 1),
      let end = CalendarDate(
        year: year, month: last, day: CalendarDate.days(inMonth: last, of: year))
    else { return nil }
    return first...end
  }

  /// Appends the date with blanks to fill in: `ngày … tháng 6 năm 2026`.
  public func append(as format: DateFormat, to bytes: inout ByteBuffer) {
    let signs = format == .ngayChu ? ["ngày ", " tháng ", " năm "] : ["", "/", "/"]
    bytes += signs[0].utf8
    bytes += "…".utf8
    bytes += signs[1].utf8
    if let month {
      if month <= 2 || month >= 10 || format == .ngayDang {
        bytes.appendPadded(month)
      } else {
        bytes.append(number: month)
      }
    } else {
      bytes += "…".utf8
    }
    bytes += signs[2].utf8
    bytes.appendDigits(year)
  }
}

extension ArraySlice<UInt8> {
  /// Tells whether it is a blank to fill in: nothing, or points and lines.
  fileprivate var isOpen: Bool {
    String(decoding: self, as: UTF8.self).allSatisfy { " ._…".contains($0) }
  }
}
