import Diagnostics
import Texts

/// A deadline (thời hạn) as people write it: `30/9/2026`, `trước ngày 30/9/2026`, `trong tháng
/// 9/2026`, `quý II và quý IV năm 2026`, `thường xuyên`.
public struct Deadline: Sendable {
  public let kind: Kind
  /// The last day by which all of it is to be done; nil for what has no day, or none that is known.
  public let lastDay: CalendarDate?
  /// The last day by which the first of several parts is to be done: `30/6/2026 và 31/12/2026`.
  public let firstLastDay: CalendarDate?
  /// Whether the day behind `từ` is later than the one behind `đến`.
  public let isReversed: Bool
  private let text: Text

  public enum Kind: String, Sendable {
    /// A day, or before a day.
    case day = "ngay"
    /// A month, a quarter or another period.
    case period = "ky"
    /// No day: `thường xuyên`, `hằng tháng`, `theo tiến độ`.
    case undated = "khong_ngay"
    /// Words that give a day, month or quarter without its year, or nothing that is known.
    case unread = "chua_ro"
  }

  /// Reads a deadline.
  ///
  /// - Throws: V002, V003, V005, V034: a day, month or quarter that does not exist.
  public init(_ text: Text) throws(Diagnostic) {
    var reading = DeadlineReading(text)
    try reading.read()
    self.text = text.trimmed
    lastDay = reading.days.max() ?? reading.begin
    firstLastDay = reading.days.min() ?? reading.begin
    isReversed = reading.isReversed
    if lastDay != nil, !reading.lacksYear {
      kind = reading.hasDay ? .day : .period
    } else {
      kind = reading.isUndated ? .undated : .unread
    }
  }

  /// The words of it in a sentence that tells of a task: `hoàn thành trước ngày 30/9/2026`, `thực
  /// hiện thường xuyên`.
  public var phrase: String {
    let words = text.string
    let first = lowercased(text.wordParts.first?.bytes ?? []).text
    switch kind {
    case .undated where first == "trước" || isSpan: return "hoàn thành \(words)"
    case .undated where startsWithDigit: return "hoàn thành trong \(words)"
    case .undated: return first == "theo" || first == "thực" ? words : "thực hiện \(words)"
    case .unread: return "thời hạn: \(words)"
    case _ where Self.lasting.contains(first): return "thực hiện \(words)"
    case _ where first == "hoàn" || first == "xong": return words
    case _ where Self.prepositions.contains(first): return "hoàn thành \(words)"
    case .day where startsWithDigit: return "hoàn thành chậm nhất ngày \(words)"
    case .day: return "hoàn thành \(first == "ngày" ? "chậm nhất" : "vào") \(words)"
    case .period: return "hoàn thành trong \(words)"
    }
  }

  private var startsWithDigit: Bool { text.bytes.first?.isDigit ?? false }

  /// `trong 10 ngày làm việc …`
  private var isSpan: Bool {
    let words = text.wordParts.prefix(2)
    return words.count == 2 && lowercased(words[0].bytes).text == "trong"
      && words[1].bytes.first?.isDigit ?? false
  }

  private static let prepositions = [
    "trước", "trong", "chậm", "muộn", "vào", "cuối", "đầu", "giữa", "hết", "sau",
  ]
  /// Words that say how long, not by when: `từ tháng 7/2026`, `đến hết tháng 11/2026`.
  private static let lasting = ["từ", "đến", "tới", "dịp", "nhân"]
}

/// The days, months and quarters in the words of a deadline.
private struct DeadlineReading {
  /// The last days of those that have a year, without those behind `từ`.
  private(set) var days: [CalendarDate] = []
  /// The last day behind `từ`.
  private(set) var begin: CalendarDate?
  private(set) var isReversed = false
  private(set) var hasDay = false
  private let text: Text
  /// Those that wait for the year behind them: `quý II và quý IV năm 2026`.
  private var waiting: [WrittenTime] = []

  init(_ text: Text) { self.text = text }

  var lacksYear: Bool { !waiting.isEmpty }

  /// Words that say that there is no day, or a day again and again.
  var isUndated: Bool {
    let words = text.wordParts.map { word in
      let bytes = word.bytes.drop { $0 == UInt8(ascii: "(") }
      let kept = bytes.count - bytes.reversed().prefix { ",;.)".utf8.contains($0) }.count
      return lowercased(bytes.prefix(kept)).text
    }
    let isRecurring = words.contains { ["hằng", "hàng", "mỗi"].contains($0) }
    if isRecurring { return true }
    guard days.isEmpty, begin == nil, waiting.isEmpty, let first = words.first else { return false }
    // «trước Đại hội», «10 ngày làm việc kể từ ngày ký».
    return Self.undated.contains(first) || first == "trước" && words.count > 1
      || words.starts(with: ["đến", "khi"])
      || words.contains("kể") && words.contains { Self.units.contains($0) }
  }

  private static let units = ["ngày", "tuần", "tháng", "năm"]

  private static let undated = [
    "thường", "liên", "định", "theo", "đột", "ngay", "khi", "cả", "suốt", "quanh", "lâu", "tùy",
    "sau",
  ]

  mutating func read() throws(Diagnostic) {
    for time in text.writtenTimes {
      try check(time)
      // A year behind a month or a quarter is theirs.
      if time.part != .year || waiting.isEmpty { waiting.append(time) }
      if time.year != nil { try end(withYear: time.year) }
    }
    for time in waiting { try checkDay(of: time, inYear: 2000) }
  }

  /// Tells of a day, month or quarter that no year has.
  private func check(_ time: WrittenTime) throws(Diagnostic) {
    switch time.part {
    case .day where time.year != nil && time.isInDigits(text.source.bytes):
      _ = try CalendarDate(text.part(time.range))
    case .month(let month) where !(1...12).contains(month):
      throw problem(.noSuchMonth(month: month), time)
    case .quarter(let quarter) where !(1...4).contains(quarter):
      let written = text.part(time.start..<time.range.upperBound).string
      throw problem(.noSuchQuarter(written), time)
    default: break
    }
  }

  /// Gives the times that wait their year.
  private mutating func end(withYear year: Int?) throws(Diagnostic) {
    for time in waiting {
      try checkDay(of: time, inYear: year ?? 2000)
      if case .day = time.part { hasDay = true }
      guard let day = lastDay(of: time, inYear: year) else { continue }
      if text.word("từ", isBefore: time) {
        begin = day
      } else {
        if let begin, day < begin, text.word("đến", isBefore: time) { isReversed = true }
        days.append(day)
      }
    }
    waiting = []
  }

  private func checkDay(of time: WrittenTime, inYear year: Int) throws(Diagnostic) {
    guard case .day(let day, let month) = time.part else { return }
    guard (1...12).contains(month) else { throw problem(.noSuchMonth(month: month), time) }
    let most = CalendarDate.days(inMonth: month, of: year)
    guard (1...most).contains(day) else {
      throw problem(.noSuchDay(day: day, month: month, year: year, daysInMonth: most), time)
    }
  }

  /// The last day of a time, or the day before it behind `trước`.
  private func lastDay(of time: WrittenTime, inYear year: Int?) -> CalendarDate? {
    if time.part == .years {
      return time.year.flatMap { CalendarDate(year: $0, month: 12, day: 31) }
    }
    guard let days = time.days(inYear: year) else { return nil }
    return text.word("trước", isBefore: time) ? days.lowerBound.adding(days: -1) : days.upperBound
  }

  private func problem(_ problem: ValueProblem, _ time: WrittenTime) -> Diagnostic {
    Diagnostic(.value(problem), at: text.part(time.range))
  }
}

extension WrittenTime {
  /// Tells whether it is written like 30/9/2026.
  fileprivate func isInDigits(_ bytes: [UInt8]) -> Bool {
    bytes[range].contains(UInt8(ascii: "/")) && !bytes[range].contains(UInt8(ascii: " "))
  }
}

extension Text {
  /// Tells whether a word stands before a time.
  fileprivate func word(_ word: String, isBefore time: WrittenTime) -> Bool {
    let before = part(range.bounds.lowerBound..<time.start).trimmed.bytes
    let last = before.reversed().prefix { $0 != UInt8(ascii: " ") }
    return lowercased(before.suffix(last.count)).elementsEqual(word.utf8)
  }
}

extension Text {
  fileprivate var wordParts: [Text] {
    bytes.split(whereSeparator: \.isSpace).map { part($0.startIndex..<$0.endIndex) }
  }
}

extension [UInt8] {
  fileprivate var text: String { String(decoding: self, as: UTF8.self) }
}
