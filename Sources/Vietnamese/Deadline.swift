import Diagnostics
import Texts

/// A deadline (thời hạn) as people write it: `30/9/2026`, `trước ngày 30/9/2026`, `trong tháng
/// 9/2026`, `quý II và quý IV năm 2026`, `thường xuyên`.
public struct Deadline: Sendable {
  public let kind: Kind
  /// The last day by which all of it is to be done; nil for what has no day, or none that is known.
  public let lastDay: CalendarDate?
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
    lastDay = reading.days.max()
    if !reading.days.isEmpty, !reading.lacksYear {
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
    case .undated: return first == "theo" || first == "thực" ? words : "thực hiện \(words)"
    case _ where first == "từ": return "thực hiện \(words)"
    case _ where first == "hoàn" || first == "xong": return words
    case _ where Self.prepositions.contains(first): return "hoàn thành \(words)"
    case .day:
      return "hoàn thành chậm nhất \(first == "ngày" ? "" : "ngày ")\(words)"
    case .period: return "hoàn thành trong \(words)"
    case .unread: return "thời hạn: \(words)"
    }
  }

  private static let prepositions = [
    "trước", "trong", "đến", "chậm", "muộn", "vào", "cuối", "đầu", "giữa", "hết", "tới", "sau",
  ]
}

/// The days, months and quarters in the words of a deadline.
private struct DeadlineReading {
  /// The last days of those that have a year.
  private(set) var days: [CalendarDate] = []
  private(set) var hasDay = false
  private let words: [(text: Text, lower: String)]
  /// Those that wait for the year behind them: `quý II và quý IV năm 2026`.
  private var waiting: [Part] = []

  private enum Part {
    case day(Int, month: Int, isBefore: Bool)
    case month(Int, isBefore: Bool)
    case quarter(Int, isBefore: Bool)
    case months(Period.Kind)
  }

  init(_ text: Text) {
    words = text.wordParts.map { word in
      let bytes = word.bytes.drop { $0 == UInt8(ascii: "(") }
      let kept = bytes.count - bytes.reversed().prefix { ",;.)".utf8.contains($0) }.count
      let bare = word.part(bytes.startIndex..<bytes.startIndex + kept)
      return (bare, lowercased(bare.bytes).text)
    }
  }

  var lacksYear: Bool { !waiting.isEmpty }

  /// Words that say that there is no day, or a day again and again.
  var isUndated: Bool {
    let first = words.first?.lower ?? ""
    let isRecurring = words.contains { ["hằng", "hàng", "mỗi"].contains($0.lower) }
    return isRecurring || days.isEmpty && waiting.isEmpty && Self.undated.contains(first)
  }

  private static let undated = [
    "thường", "liên", "định", "theo", "đột", "ngay", "khi", "cả", "suốt", "quanh", "lâu", "tùy",
    "sau",
  ]

  mutating func read() throws(Diagnostic) {
    var index = 0
    while index < words.count { index += try part(at: index) }
  }

  /// Reads what stands at a word.
  ///
  /// - Returns: the number of words that it takes.
  private mutating func part(at index: Int) throws(Diagnostic) -> Int {
    let word = words[index]
    let next = index + 1 < words.count ? words[index + 1] : nil
    switch word.lower {
    case "tháng":
      guard let next, let (month, year) = try numberAndYear(next.text) else { return 1 }
      guard (1...12).contains(month) else { throw problem(.noSuchMonth(month: month), next.text) }
      try wait(.month(month, isBefore: isBefore(index)), year)
      return 2
    case "quý", "quí":
      guard let next, let (quarter, year) = quarterAndYear(next.lower) else { return 1 }
      guard (1...4).contains(quarter) else {
        throw problem(.noSuchQuarter("quý \(next.text.string)"), word.text)
      }
      try wait(.quarter(quarter, isBefore: isBefore(index)), year)
      return 2
    case "năm":
      guard let next, let year = year(next.lower) else { return 1 }
      if waiting.isEmpty { days.append(contentsOf: lastDay(ofYear: year, isBefore(index))) }
      try end(with: year)
      return 2
    default:
      guard let first = word.text.bytes.first, first.isDigit else { return 1 }
      return try dayOrMonths(at: index, isBefore(index))
    }
  }

  /// Reads a day, `ngày 30 tháng 9`, `6 tháng cuối`, or years with a hyphen.
  private mutating func dayOrMonths(
    at index: Int, _ isBefore: Bool
  ) throws(Diagnostic) -> Int {
    let word = words[index]
    let rest = words[index...].dropFirst().prefix(2).map(\.lower)
    if let number = Int(word.lower), (2...11).contains(number), rest.count == 2,
      rest[0] == "tháng", rest[1] == "đầu" || rest[1] == "cuối"
    {
      waiting.append(.months(rest[1] == "đầu" ? .firstMonths(number) : .lastMonths(number)))
      return 3
    }
    if let number = Int(word.lower), rest.count == 2, rest[0] == "tháng",
      let (month, year) = try numberAndYear(words[index + 2].text), (1...12).contains(month)
    {
      try wait(.day(number, month: month, isBefore: isBefore), year)
      return 3
    }
    let parts = word.lower.split(separator: "/", omittingEmptySubsequences: false)
    if parts.count == 3, parts.allSatisfy({ Int($0) != nil }) {
      let day = try CalendarDate(word.text)
      (hasDay, days) = (true, days + [isBefore ? day.adding(days: -1) ?? day : day])
      try end(with: day.year)
    } else if parts.count == 2, let day = Int(parts[0]), let month = Int(parts[1]), month < 100 {
      try wait(.day(day, month: month, isBefore: isBefore), nil)
    } else if let day = CalendarDate(dayOf: word.text) {
      (hasDay, days) = (true, days + [isBefore ? day.adding(days: -1) ?? day : day])
    } else if let last = word.lower.split(separator: "-").last, last.count < word.lower.count,
      let year = year(String(last))
    {
      days += lastDay(ofYear: year, false)
    }
    return 1
  }

  /// `trước`, perhaps with `ngày` between.
  private func isBefore(_ index: Int) -> Bool {
    guard index > 0 else { return false }
    if words[index - 1].lower == "trước" { return true }
    return index > 1 && words[index - 1].lower == "ngày" && words[index - 2].lower == "trước"
  }

  private mutating func wait(_ part: Part, _ year: Int?) throws(Diagnostic) {
    if case .day(let day, let month, _) = part {
      guard (1...12).contains(month) else {
        throw problem(.noSuchMonth(month: month), words[0].text)
      }
      let most = CalendarDate.days(inMonth: month, of: year ?? 2000)
      guard (1...most).contains(day) else {
        throw problem(
          .noSuchDay(day: day, month: month, year: year ?? 2000, daysInMonth: most), words[0].text)
      }
    }
    waiting.append(part)
    if let year { try end(with: year) }
  }

  /// Gives the parts that wait their year.
  private mutating func end(with year: Int) throws(Diagnostic) {
    let parts = waiting
    waiting = []
    for part in parts {
      switch part {
      case .day(let day, let month, let isBefore):
        guard let date = CalendarDate(year: year, month: month, day: day) else {
          let most = CalendarDate.days(inMonth: month, of: year)
          throw problem(
            .noSuchDay(day: day, month: month, year: year, daysInMonth: most), words[0].text)
        }
        (hasDay, days) = (true, days + [isBefore ? date.adding(days: -1) ?? date : date])
      case .month(let month, let isBefore): add(Period(.month(month), of: year), isBefore)
      case .quarter(let quarter, let isBefore): add(Period(.quarter(quarter), of: year), isBefore)
      case .months(let kind): add(Period(kind, of: year), false)
      }
    }
  }

  private mutating func add(_ period: Period?, _ isBefore: Bool) {
    let day = isBefore ? period?.firstDay?.adding(days: -1) : period?.lastDay
    if let day { days.append(day) }
  }

  private func lastDay(ofYear year: Int, _ isBefore: Bool) -> [CalendarDate] {
    let day = CalendarDate(year: isBefore ? year - 1 : year, month: 12, day: 31)
    return day.map { [$0] } ?? []
  }

  /// `9` or `9/2026`.
  private func numberAndYear(_ text: Text) throws(Diagnostic) -> (Int, year: Int?)? {
    let parts = lowercased(text.bytes).text.split(separator: "/")
    guard let first = parts.first, let number = Int(first), first.count <= 2 else { return nil }
    return (number, parts.count == 2 ? year(String(parts[1])) : nil)
  }

  /// `III`, `3` or `III/2026`; a numeral that no quarter has is the fifth.
  private func quarterAndYear(_ word: String) -> (Int, year: Int?)? {
    let parts = word.split(separator: "/")
    guard let first = parts.first else { return nil }
    let numeral = Period.numerals.firstIndex { $0.lowercased() == first }.map { $0 + 1 }
    let isNumeral = first.allSatisfy { "ivx".contains($0) }
    guard let number = numeral ?? Int(first) ?? (isNumeral ? 5 : nil) else { return nil }
    return (number, parts.count == 2 ? year(String(parts[1])) : nil)
  }

  private func year(_ word: String) -> Int? {
    word.utf8.count == 4 ? Int(word) : nil
  }

  private func problem(_ problem: ValueProblem, _ place: Text) -> Diagnostic {
    Diagnostic(.value(problem), at: place)
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

extension CalendarDate {
  /// A day in the form 2026-09-30; nil for anything else.
  fileprivate init?(dayOf text: Text) {
    guard let day = text.withBytes({ CalendarDate(commonForm: $0) }) else { return nil }
    self = day
  }
}
