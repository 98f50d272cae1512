import Diagnostics
import Texts

/// A form in which documents write a date; each case is named after its filter.
public enum DateFormat: Sendable {
  /// `05/3/2020`: two digits for the day, and for January and February (NĐ 30/2020).
  case ngay
  /// `ngày 05 tháng 3 năm 2020`.
  case ngayChu
  /// `05/03/2020`, as portals date their posts.
  case ngayDang
}

extension CalendarDate {
  /// Appends the date in a format.
  public func append(as format: DateFormat, to bytes: inout ByteBuffer) {
    let sign = UInt8(ascii: "/")
    switch format {
    case .ngay: return bytes.append(day, month, year, by: sign, hasShortMonths: true)
    case .ngayDang: return bytes.append(day, month, year, by: sign, hasShortMonths: false)
    case .ngayChu: break
    }
    bytes += "ngày ".utf8
    bytes.appendPadded(day)
    bytes += " tháng ".utf8
    appendMonth(to: &bytes)
    bytes += " năm ".utf8
    bytes.appendDigits(year)
  }

  /// Appends the month, with a zero before 1 and 2, which a stroke of the pen could turn into 11
  /// and 12.
  private func appendMonth(to bytes: inout ByteBuffer) {
    if month <= 2 || month >= 10 { return bytes.appendPadded(month) }
    bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: month))
  }
}

extension DateWithTime {
  /// Appends the date, and in the format `ngayDang` also the time: `05/03/2020 | 18:10`, with
  /// its seconds where it has some.
  public func append(as format: DateFormat, to bytes: inout ByteBuffer) {
    date.append(as: format, to: &bytes)
    guard format == .ngayDang, let time else { return }
    bytes += " | ".utf8
    bytes.appendPadded(time.hour)
    bytes.append(UInt8(ascii: ":"))
    bytes.appendPadded(time.minute)
    guard time.second > 0 else { return }
    bytes.append(UInt8(ascii: ":"))
    bytes.appendPadded(time.second)
  }
}

/// Reads a date, which a time may follow, and appends it in a format.
///
/// - Throws: what is wrong with the date, as ``DateWithTime/init(_:)`` does.
public func appendDate(
  _ text: Text, as format: DateFormat, to bytes: inout ByteBuffer
) throws(Diagnostic) {
  if let date = text.withBytes({ CalendarDate(commonForm: $0) }) {
    date.append(as: format, to: &bytes)
  } else {
    try DateWithTime(text).append(as: format, to: &bytes)
  }
}
