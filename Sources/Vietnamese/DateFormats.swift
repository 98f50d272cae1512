import Diagnostics
import Texts

/// How a date is written; each case is named after its filter.
public enum DateFormat: Sendable {
  /// `05/3/2020`: the day has two digits, the month only if it is 1 or 2 (NĐ 30/2020).
  case ngay
  /// `ngày 05 tháng 3 năm 2020`.
  case ngayChu
  /// `05/03/2020`, as portals date their posts.
  case ngayDang

  /// The same in digits; nil where words stand between.
  public var writtenForm: WrittenDate.Form? {
    switch self {
    case .ngay: WrittenDate.Form(sign: UInt8(ascii: "/"), hasShortMonths: true)
    case .ngayChu: nil
    case .ngayDang: WrittenDate.Form(sign: UInt8(ascii: "/"), hasShortMonths: false)
    }
  }
}

extension CalendarDate {
  public func append(as format: DateFormat, to bytes: inout ByteBuffer) {
    if let form = format.writtenForm { return bytes.append(day, month, year, as: form) }
    bytes += "ngày ".utf8
    bytes.appendPadded(day)
    bytes += " tháng ".utf8
    appendMonth(to: &bytes)
    bytes += " năm ".utf8
    bytes.appendDigits(year)
  }

  /// Two digits only for January and February, which could become 11 and 12 by a stroke.
  private func appendMonth(to bytes: inout ByteBuffer) {
    if month <= 2 || month >= 10 { return bytes.appendPadded(month) }
    bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: month))
  }
}

extension DateWithTime {
  /// With a time, `ngayDang` gives `05/03/2020 | 18:10`; the other formats leave the time out.
  public func append(as format: DateFormat, to bytes: inout ByteBuffer) {
    date.append(as: format, to: &bytes)
    guard format == .ngayDang, let time else { return }
    bytes += " | ".utf8
    bytes.appendPadded(time.hour)
    bytes.append(UInt8(ascii: ":"))
    bytes.appendPadded(time.minute)
  }
}

/// Reads a date, perhaps with a time, and appends it in a format.
public func appendDate(
  _ text: Text, as format: DateFormat, to bytes: inout ByteBuffer
) throws(Diagnostic) {
  if let date = text.withBytes({ CalendarDate(plain: $0) }) {
    date.append(as: format, to: &bytes)
  } else {
    try DateWithTime(text).append(as: format, to: &bytes)
  }
}
