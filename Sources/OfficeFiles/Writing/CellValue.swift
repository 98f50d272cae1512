import Diagnostics
import Texts
import Vietnamese

/// The value of a cell that is written, and how it is shown.
enum CellValue: Equatable {
  case empty
  case text([UInt8])
  /// An exact decimal in ASCII, with the code of its format.
  case number([UInt8], format: String)
  case truth(Bool)

  /// What a person who reads the sheet takes for the text of a cell: ``StoredNumber`` and
  /// ``NumberFormat`` show exactly that text again, or it stays a text.
  private static func shown(_ number: [UInt8], _ format: String, as text: [UInt8]) -> CellValue? {
    guard let stored = StoredNumber(number.span) else { return nil }
    var shown = ByteBuffer()
    _ = ShownNumber.append(
      stored, NumberFormat(code: format), isFrom1904: false, to: &shown)
    return shown.bytes == text ? .number(number, format: format) : nil
  }

  /// A figure: `1.400` is 1400 shown with groups, `13,50` is 13.5 shown with two decimals, `90%` is
  /// 0.9 shown as a percentage; nil for a text that is none, or that a number would not show as it is.
  init?(figure text: [UInt8]) {
    let isPercentage = text.last == UInt8(ascii: "%")
    let figure = isPercentage ? text.dropLast() : text[...]
    guard let last = figure.last, 0x30...0x39 ~= last,
      var number = try? decimal(of: Text(computed: Array(figure)))
    else { return nil }
    let decimals = number.firstIndex(of: UInt8(ascii: ".")).map { number.count - $0 - 1 } ?? 0
    var format = figure.contains(UInt8(ascii: ".")) ? "#,##0" : "0"
    if decimals > 0 { format += "." + String(repeating: "0", count: decimals) }
    if isPercentage {
      format += "%"
      number = Array((String(decoding: number, as: UTF8.self) + "E-2").utf8)
    }
    guard StoredNumber(number.span)?.isExact == true,
      let value = CellValue.shown(number, format, as: text)
    else { return nil }
    self = value
  }

  /// A day as it is written, `28/6/2018` or `2018-06-28`, with a time behind it or without; nil for a
  /// text that is none.
  init?(day text: [UInt8]) {
    let parts = text.split(separator: 0x20, maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let format = dayFormat(first),
      let serial = (try? CalendarDate(Text(computed: Array(first))))?.serial
    else { return nil }
    guard parts.count == 2 else {
      guard let value = CellValue.shown(Array("\(serial)".utf8), format, as: text) else {
        return nil
      }
      self = value
      return
    }
    guard let time = try? TimeOfDay(Text(computed: Array(parts[1]))) else { return nil }
    // Ten decimals tell seconds apart and keep a day of five digits within fifteen. They are rounded up,
    // as programs that cut off what is smaller would show the minute or second before.
    let seconds = (time.hour * 60 + time.minute) * 60 + time.second
    let fraction = (seconds * 10_000_000_000 + 86_399) / 86_400
    let digits = String(fraction)
    let zeros = String(repeating: "0", count: 10 - digits.count)
    let number = Array("\(serial).\(zeros)\(digits)".utf8)
    let clock = parts[1].count { $0 == UInt8(ascii: ":") } == 2 ? " hh:mm:ss" : " hh:mm"
    guard let value = CellValue.shown(number, format + clock, as: text) else { return nil }
    self = value
  }
}

/// The format that shows a day the way it is written; nil for what is no day.
private func dayFormat(_ text: ArraySlice<UInt8>) -> String? {
  let slashed = text.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
  if slashed.count == 3, slashed[2].count == 4 {
    return String(repeating: "d", count: slashed[0].count == 2 ? 2 : 1) + "/"
      + String(repeating: "m", count: slashed[1].count == 2 ? 2 : 1) + "/yyyy"
  }
  return text.count == 10 && text.contains(UInt8(ascii: "-")) ? "yyyy-mm-dd" : nil
}

/// How the texts of a column become values.
enum ColumnReading {
  case text
  case figures
  case days
  case truth
  /// Whatever they are.
  case mixed

  /// How a column of texts is read where nothing is known of it: as text where a cell looks like a
  /// figure and is not one, as `05` or `1.1`: then the others are codes too.
  init(of texts: some Sequence<[UInt8]>) {
    self = texts.contains(where: isCode) ? .text : .mixed
  }

  func value(_ text: [UInt8]) -> CellValue {
    if text.isEmpty { return .empty }
    let value: CellValue? =
      switch self {
      case .text: nil
      case .figures: CellValue(figure: text)
      case .days: CellValue(day: text)
      case .mixed: CellValue(figure: text) ?? CellValue(day: text)
      case .truth:
        switch String(decoding: text, as: UTF8.self) {
        case "true": .truth(true)
        case "false": .truth(false)
        default: nil
        }
      }
    return value ?? .text(text)
  }
}

/// Tells whether a text has only digits, points and commas, and is no figure.
private func isCode(_ text: [UInt8]) -> Bool {
  guard let first = text.first, 0x30...0x39 ~= first else { return false }
  return text.allSatisfy { 0x30...0x39 ~= $0 || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
    && CellValue(figure: text) == nil
}
