import Diagnostics
import Texts

/// A reporting period (kỳ báo cáo): a week, a month, a quarter, the first or last months of a year,
/// a year, a school year, some years.
public struct Period: Sendable, Hashable {
  public let kind: Kind
  /// Of several years the last.
  public let year: Int

  public enum Kind: Sendable, Hashable {
    /// `tháng 3 năm 2021`.
    case month(Int)
    /// `quý I năm 2020`.
    case quarter(Int)
    /// `6 tháng đầu năm 2018`; 2 to 11 months.
    case firstMonths(Int)
    /// `6 tháng cuối năm 2018`; 2 to 11 months.
    case lastMonths(Int)
    /// `năm 2022`.
    case year
    /// `năm học 2025-2026`.
    case schoolYear
    /// `giai đoạn 2021-2025`: whole years, here five.
    case stage(years: Int)
    /// `nhiệm kỳ 2020-2025`: from a congress or an election in the first year to one in the last,
    /// here five years. The next begins in the year in which this ends.
    case term(years: Int)
    /// `5 năm (2021-2025)`: whole years.
    case years(Int)
    /// `5 năm (2020-2025)`: from within the first year into the last.
    case yearsFromWithin(Int)
    /// `tuần 26 năm 2026`, from Monday to Sunday, numbered as ISO 8601 does.
    case week(Int)
    /// `từ ngày 22/6/2026 đến ngày 28/6/2026`.
    case days(CalendarDate, CalendarDate)
  }

  /// Creates a period; nil where no year has it, as the 13th month.
  public init?(_ kind: Kind, of year: Int) {
    guard (1...9999).contains(year), kind.isPossible(in: year) else { return nil }
    (self.kind, self.year) = (kind, year)
  }

  /// Creates some days; nil where the last is before the first.
  public init?(from first: CalendarDate, through last: CalendarDate) {
    self.init(.days(first, last), of: last.year)
  }

  /// The possible numbers of months at an end of a year.
  static let monthCounts = 2...11
  /// The possible numbers of years of a stage, a term, some years.
  static let yearCounts = 2...100
}

extension Period.Kind {
  fileprivate func isPossible(in year: Int) -> Bool {
    switch self {
    case .month(let month): (1...12).contains(month)
    case .quarter(let quarter): (1...4).contains(quarter)
    case .firstMonths(let count), .lastMonths(let count): Period.monthCounts.contains(count)
    case .year: true
    case .schoolYear, .stage, .term, .years, .yearsFromWithin:
      year >= yearsBefore + 1 && (self == .schoolYear || Period.yearCounts.contains(yearCount))
    case .week(let week): (1...max(1, CalendarDate.weeks(of: year))).contains(week)
    case .days(let first, let last): first <= last && last.year == year
    }
  }

  /// The number of years that it covers; a term goes from within one year into another and has one
  /// year less than it names. 0 for a part of a year.
  var yearCount: Int {
    switch self {
    case .year, .schoolYear: 1
    case .stage(let count), .term(let count), .years(let count), .yearsFromWithin(let count): count
    case .month, .quarter, .firstMonths, .lastMonths, .week, .days: 0
    }
  }

  /// The number of years from the first that it names to the last.
  var yearsBefore: Int {
    switch self {
    case .schoolYear: 1
    case .stage(let count), .years(let count): count - 1
    case .term(let count), .yearsFromWithin(let count): count
    default: 0
    }
  }
}

// MARK: - Days

extension Period {
  /// The first year that it names.
  public var firstYear: Int {
    if case .days(let first, _) = kind { return first.year }
    return year - kind.yearsBefore
  }

  /// The months of the first and the last year in which it begins and ends; nil for weeks and days.
  public var months: (first: Int, last: Int)? {
    switch kind {
    case .month(let month): (month, month)
    case .quarter(let quarter): (quarter * 3 - 2, quarter * 3)
    case .firstMonths(let count): (1, count)
    case .lastMonths(let count): (13 - count, 12)
    case .schoolYear: (Self.schoolYearStart, Self.schoolYearStart - 1)
    case .year, .stage, .term, .years, .yearsFromWithin: (1, 12)
    case .week, .days: nil
    }
  }

  /// The month with which a school year begins; it lasts until the next.
  private static let schoolYearStart = 9

  /// The first day of the period. Of a term it is that of its first year, as nobody knows the day of
  /// the congress.
  public var firstDay: CalendarDate? {
    switch kind {
    case .week(let week): CalendarDate.firstDay(ofWeek: week, of: year)
    case .days(let first, _): first
    default: months.flatMap { CalendarDate(year: firstYear, month: $0.first, day: 1) }
    }
  }

  /// The last day of the period.
  public var lastDay: CalendarDate? {
    switch kind {
    case .week: firstDay?.adding(days: 6)
    case .days(_, let last): last
    default:
      months.flatMap { months in
        let days = CalendarDate.days(inMonth: months.last, of: year)
        return CalendarDate(year: year, month: months.last, day: days)
      }
    }
  }

  /// How long it is; periods are compared only with others as long.
  public enum Length: Sendable, Hashable {
    case days(Int)
    case months(Int)
    case schoolYear
    case years(Int)
  }

  public var length: Length {
    switch kind {
    case .week: return .days(7)
    case .days(let first, let last): return .days(first.days(until: last) + 1)
    case .schoolYear: return .schoolYear
    case .stage, .term, .years, .yearsFromWithin: return .years(kind.yearCount)
    default:
      let months = months ?? (1, 12)
      return .months(months.last - months.first + 1)
    }
  }

  /// The number of whole months; nil for weeks and days.
  public var monthCount: Int? {
    switch length {
    case .days: nil
    case .months(let count): count
    case .schoolYear: 12
    case .years(let count): count * 12
    }
  }

  /// The number of years; 0 for a part of a year.
  public var yearCount: Int { kind.yearCount }

  /// Tells whether it has a year or more.
  public var isWholeYears: Bool { yearCount > 0 }

  /// Tells whether it has more than a year.
  public var isOfManyYears: Bool { yearCount > 1 }
}

// MARK: - Writing

extension Period {
  /// Appends the period as documents write it: `6 tháng đầu năm 2018`, `quý I năm 2020`,
  /// `giai đoạn 2021-2025`.
  public func append(to bytes: inout ByteBuffer) {
    appendName(to: &bytes)
    switch kind {
    case .days: return
    case .month, .quarter, .week: bytes += " năm ".utf8
    case .years, .yearsFromWithin: bytes += " (".utf8
    default: bytes.append(UInt8(ascii: " "))
    }
    if firstYear < year {
      bytes.appendDigits(firstYear)
      bytes.append(UInt8(ascii: "-"))
    }
    bytes.appendDigits(year)
    switch kind {
    case .years, .yearsFromWithin: bytes.append(UInt8(ascii: ")"))
    default: break
    }
  }

  /// The period as documents write it, for messages and data: `6 tháng đầu năm 2018`.
  public var written: String {
    var written = ByteBuffer()
    append(to: &written)
    return written.string
  }

  /// Appends the name without the year: `6 tháng đầu năm`, `quý I`, `tháng 3`, `năm`, `nhiệm kỳ`; of
  /// days all.
  public func appendName(to bytes: inout ByteBuffer) {
    switch kind {
    case .month(let month): bytes += "tháng \(month)".utf8
    case .quarter(let quarter): bytes += "quý \(Self.numerals[quarter - 1])".utf8
    case .firstMonths(let count): bytes += "\(count) tháng đầu năm".utf8
    case .lastMonths(let count): bytes += "\(count) tháng cuối năm".utf8
    case .year: bytes += "năm".utf8
    case .schoolYear: bytes += "năm học".utf8
    case .stage: bytes += "giai đoạn".utf8
    case .term: bytes += "nhiệm kỳ".utf8
    case .years(let count), .yearsFromWithin(let count): bytes += "\(count) năm".utf8
    case .week(let week): bytes += "tuần \(week)".utf8
    case .days(let first, let last):
      bytes += "từ ngày ".utf8
      first.append(as: .ngay, to: &bytes)
      bytes += " đến ngày ".utf8
      last.append(as: .ngay, to: &bytes)
    }
  }

  static let numerals = ["I", "II", "III", "IV"]
}
