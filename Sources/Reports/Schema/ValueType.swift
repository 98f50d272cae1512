import Diagnostics
import Templating
import Texts
import Vietnamese

/// The Vietnamese types of fields, by the name of the `%typedef` in the schema. The regular
/// expression there lets recutils check the form; what it cannot check is checked here.
enum ValueType: String, CaseIterable {
  /// A day of the calendar: `28/6/2018`, `2018-06-28`.
  case ngay
  /// A day of which the day, or the day and the month, may be left to be filled in by hand.
  case ngayVanBan = "ngay_van_ban"
  /// A day with a time: `04/07/2018 18:10`.
  case ngayGio = "ngay_gio"
  /// A figure, perhaps hedged: `1.400`, `13,5`, `trên 9.000`.
  case so
  case soNguyen = "so_nguyen"
  /// `90%`, `87,29%`.
  case tyLe = "ty_le"
  /// `13,5 tỷ đồng`.
  case tien
  /// `6 tháng đầu năm 2018`, `quý I năm 2020`.
  case ky
  /// `120-KL/TW`, `172/KH-UBND`.
  case soKyHieu = "so_ky_hieu"
  /// `Nguyễn Văn A, Phó Bí thư Quận ủy`.
  case nguoi
  /// `trước ngày 30/9/2026`, `quý III năm 2026`, `thường xuyên`.
  case thoiHan = "thoi_han"

  func check(_ text: Text) throws(Diagnostic) {
    switch self {
    case .ngay: _ = try CalendarDate(text)
    case .ngayVanBan: try checkOpenDate(text)
    case .ngayGio: _ = try DateWithTime(text)
    case .so: _ = try HedgedNumber(text)
    case .soNguyen: _ = try wholeFigure(text)
    case .tyLe: _ = try percentage(text)
    case .tien: _ = try Money(text)
    case .ky: _ = try Period(text)
    case .soKyHieu: _ = try DocumentNumber(text)
    case .nguoi: _ = try Person(text)
    case .thoiHan: _ = try Deadline(text)
    }
  }

  var columnType: ColumnType {
    switch self {
    case .so, .soNguyen: .figure
    case .ngay, .ngayVanBan, .ngayGio, .tyLe, .tien, .ky, .soKyHieu, .nguoi, .thoiHan:
      .typed(self)
    }
  }
}

private func checkOpenDate(_ text: Text) throws(Diagnostic) {
  if OpenDate(text) != nil { return }
  let isOpen = ["…", "...", "?", "_", "xx"].contains { text.string.lowercased().contains($0) }
  if isOpen { throw Diagnostic(.value(.notAnOpenDate(text.string)), at: text) }
  _ = try CalendarDate(text)
}

/// The exact number that a Vietnamese figure without a hedge or unit stands for: `1400`, `13.5`.
func canonicalFigure(_ text: Text) throws(Diagnostic) -> [UInt8] {
  try decimal(of: text)
}

func wholeFigure(_ text: Text) throws(Diagnostic) -> HedgedNumber {
  let figure = try HedgedNumber(text)
  guard figure.decimal.contains(UInt8(ascii: ".")) else { return figure }
  throw Diagnostic(.value(.notWhole(text.string)), at: text)
}

func percentage(_ text: Text) throws(Diagnostic) -> HedgedNumber {
  let figure = try HedgedNumber(text)
  if figure.isPercent, figure.unit.isEmpty { return figure }
  var meant = ByteBuffer()
  if let hedge = figure.hedge { meant += "\(hedge.rawValue) ".utf8 }
  _ = appendNumber(decimal: figure.decimal[...], to: &meant)
  let problem = ValueProblem.notAPercentage(
    text.string, meant: meant.string + "%", orMeant: figure.ofOne.map { "\($0)%" })
  throw Diagnostic(.value(problem), at: text)
}

extension HedgedNumber {
  /// The percentage that a part of 1 may mean, as spreadsheets keep 90% as 0,9; nil for more than 1.
  fileprivate var ofOne: String? {
    guard hedge == nil, unit.isEmpty, let value = Decimal(decimal), Decimal(0) < value,
      !(Decimal(1) < value)
    else { return nil }
    return value.multiplied(by: Decimal(100))?.vietnameseToType
  }
}

extension CalendarDate {
  /// Reads the day of a date in any form, with a time or without; nil where it is none.
  init?(dayOf text: Text) {
    let common = text.withBytes { DateWithTime(commonForm: $0) }
    guard let date = common ?? (try? DateWithTime(text)) else { return nil }
    self = date.date
  }

  /// Reads the last day that a date, whole or open, may come to be; nil where it is none.
  init?(latestDayOf text: Text) {
    guard let day = CalendarDate(dayOf: text) ?? OpenDate(text)?.days?.upperBound else {
      return nil
    }
    self = day
  }
}
