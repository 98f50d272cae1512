import Diagnostics
import Glibc
import Vietnamese

/// The moment that `SOURCE_DATE_EPOCH` gives, which stands for that of a run.
struct SourceDate: Sendable {
  /// In Greenwich.
  let day: CalendarDate
  /// `2026-08-10T07:00:00+07:00`, in the time of Vietnam.
  let timeInVietnam: String

  /// - Parameter epoch: seconds since 1970.
  /// - Throws: that it is no number of them.
  init(_ epoch: String) throws(Diagnostic) {
    guard let seconds = Int(epoch), (0...Self.limit).contains(seconds),
      let day = Self.day(of: seconds), let there = Self.day(of: seconds + Self.vietnam)
    else { throw Diagnostic(.archive(.wrongEpoch(epoch)), at: nil) }
    self.day = day
    let time = (seconds + Self.vietnam) % 86400
    let parts = [time / 3600, time / 60 % 60, time % 60].map { ($0 < 10 ? "0" : "") + String($0) }
    timeInVietnam = "\(there.iso)T\(parts.joined(separator: ":"))+07:00"
  }

  private static let vietnam = 7 * 3600
  /// Beyond the last year that days have.
  private static let limit = 10_000 * 366 * 86400

  private static func day(of seconds: Int) -> CalendarDate? {
    var time = time_t(seconds)
    var parts = tm()
    guard gmtime_r(&time, &parts) != nil else { return nil }
    return CalendarDate(
      year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday))
  }
}
