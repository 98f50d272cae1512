import Diagnostics
import Texts

/// A reporting period (kỳ báo cáo): a month, a quarter, the first or last months of a year, a year.
public struct Period: Sendable, Hashable {
  public let kind: Kind
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
  }

  /// Creates a period; nil where no year has it, as the 13th month.
  public init?(_ kind: Kind, of year: Int) {
    guard (1...9999).contains(year) else { return nil }
    switch kind {
    case .month(let month): guard (1...12).contains(month) else { return nil }
    case .quarter(let quarter): guard (1...4).contains(quarter) else { return nil }
    case .firstMonths(let count), .lastMonths(let count):
      guard Self.monthCounts.contains(count) else { return nil }
    case .year: break
    }
    (self.kind, self.year) = (kind, year)
  }

  /// The possible numbers of months at an end of a year.
  static let monthCounts = 2...11

  /// The months of the period, 1 to 12.
  public var months: ClosedRange<Int> {
    switch kind {
    case .month(let month): month...month
    case .quarter(let quarter): quarter * 3 - 2...quarter * 3
    case .firstMonths(let count): 1...count
    case .lastMonths(let count): 13 - count...12
    case .year: 1...12
    }
  }
}

extension Period {
  /// The first day of the period's first month.
  public var firstDay: CalendarDate? {
    CalendarDate(year: year, month: months.lowerBound, day: 1)
  }

  /// The last day of the period's last month.
  public var lastDay: CalendarDate? {
    let month = months.upperBound
    return CalendarDate(
      year: year, month: month, day: CalendarDate.days(inMonth: month, of: year))
  }

  /// The same period of the year before (cùng kỳ); nil only for the year 1.
  public var samePeriodLastYear: Period? { Period(kind, of: year - 1) }

  /// The period of the same length that ends the day before this one begins.
  ///
  /// nil for 2 to 5 and 7 to 11 months, into which a year is not divided.
  public var previous: Period? {
    switch kind {
    case .month(1): Period(.month(12), of: year - 1)
    case .month(let month): Period(.month(month - 1), of: year)
    case .quarter(1): Period(.quarter(4), of: year - 1)
    case .quarter(let quarter): Period(.quarter(quarter - 1), of: year)
    case .firstMonths(6): Period(.lastMonths(6), of: year - 1)
    case .lastMonths(6): Period(.firstMonths(6), of: year)
    case .firstMonths, .lastMonths: nil
    case .year: Period(.year, of: year - 1)
    }
  }

  /// The period of the same length that begins the day after this one ends; nil as in ``previous``.
  public var next: Period? {
    switch kind {
    case .month(12): Period(.month(1), of: year + 1)
    case .month(let month): Period(.month(month + 1), of: year)
    case .quarter(4): Period(.quarter(1), of: year + 1)
    case .quarter(let quarter): Period(.quarter(quarter + 1), of: year)
    case .firstMonths(6): Period(.lastMonths(6), of: year)
    case .lastMonths(6): Period(.firstMonths(6), of: year + 1)
    case .firstMonths, .lastMonths: nil
    case .year: Period(.year, of: year + 1)
    }
  }
}

extension Period {
  /// Appends the period as documents write it: `6 tháng đầu năm 2018`, `quý I năm 2020`.
  public func append(to bytes: inout ByteBuffer) {
    appendName(to: &bytes)
    if kind != .year, !endsInYear { bytes += " năm".utf8 }
    bytes.append(UInt8(ascii: " "))
    bytes.appendDigits(year)
  }

  /// The period as documents write it, for messages and data: `6 tháng đầu năm 2018`.
  public var written: String {
    var written = ByteBuffer()
    append(to: &written)
    return written.string
  }

  /// Appends the name without the year: `6 tháng đầu năm`, `quý I`, `tháng 3`, `năm`.
  public func appendName(to bytes: inout ByteBuffer) {
    switch kind {
    case .month(let month): bytes += "tháng \(month)".utf8
    case .quarter(let quarter): bytes += "quý \(Self.numerals[quarter - 1])".utf8
    case .firstMonths(let count): bytes += "\(count) tháng đầu năm".utf8
    case .lastMonths(let count): bytes += "\(count) tháng cuối năm".utf8
    case .year: bytes += "năm".utf8
    }
  }

  static let numerals = ["I", "II", "III", "IV"]

  /// Tells whether ``appendName(to:)`` ends in `năm`, which then is not written before the year
  /// again.
  private var endsInYear: Bool {
    switch kind {
    case .month, .quarter: false
    case .firstMonths, .lastMonths, .year: true
    }
  }
}
