import Diagnostics
import Texts

extension Period {
  /// Reads `tháng 3 năm 2021`, `tháng 3/2021`, `quý I năm 2020`, `6 tháng đầu năm 2018`,
  /// `9 tháng đầu năm 2023`, `6 tháng cuối năm 2018`, `năm 2022`, `năm học 2025-2026`,
  /// `giai đoạn 2021-2025`, `nhiệm kỳ 2020-2025`, `5 năm (2021-2025)`, `tuần 26 năm 2026` or
  /// `từ ngày 22/6/2026 đến ngày 28/6/2026`, in small or capital letters.
  ///
  /// - Throws: V003, V030 to V035, V042 to V045: no period, no year, no such month or quarter, or a
  ///   period that is written otherwise, with the right way to write it.
  public init(_ text: Text) throws(Diagnostic) {
    let text = text.trimmed
    // A limit in bytes beyond which a text is refused unread; no period is as long.
    guard text.count <= 80 else { throw Diagnostic(.value(.notAPeriod(text.string)), at: text) }
    let reading = PeriodReading(text)
    if let span = reading.span {
      self = try span.period()
    } else {
      self = try reading.period()
    }
  }
}

/// A text in small letters, cut into words.
private struct PeriodReading {
  private let text: Text
  private let words: [String]
  /// Tells whether a slash stands before the four digits at the end, and no other slash in the
  /// text.
  private let isSlashed: Bool
  /// Tells whether single spaces stand between the words, and no slash but the one before the year.
  private let isWellSpaced: Bool

  init(_ text: Text) {
    self.text = text
    let lower = lowercased(text.bytes)
    words = lower.split { $0.isSpace || $0 == UInt8(ascii: "/") }.map {
      String(decoding: $0, as: UTF8.self)
    }
    let slashes = lower.indices.filter { lower[$0] == UInt8(ascii: "/") }
    let beforeYear = lower.endIndex - 5
    isSlashed = slashes == [beforeYear]
    isWellSpaced =
      words.joined(separator: " ").utf8.count == lower.count
      && (slashes.isEmpty || isSlashed) && !lower.contains { $0 < UInt8(ascii: " ") }
  }

  /// The reading of what begins as weeks, days or several years do; nil for other periods.
  var span: PeriodSpanReading? {
    let words = lowercased(text.bytes).split(whereSeparator: \.isSpace)
    return PeriodSpanReading(
      text, Array(words.joined(separator: CollectionOfOne(UInt8(ascii: " ")))))
  }

  func period() throws(Diagnostic) -> Period {
    guard let (kind, year) = try parts() else { throw problem(.notAPeriod(text.string)) }
    guard let year else { throw problem(.periodWithoutYear(text.string)) }
    guard let period = Period(kind, of: year) else { throw noSuchPeriod(kind) }
    guard isWellSpaced else { throw problem(.periodMeant(text.string, period.written)) }
    return period
  }

  /// The kind of period, and the year where there is one; nil where the words are no period.
  private func parts() throws(Diagnostic) -> (Period.Kind, year: Int?)? {
    switch words.first {
    case "năm" where words.count <= 2: return (.year, words.dropFirst().first.flatMap(year))
    case "tháng":
      guard words.count > 1, let month = number(words[1]) else { return nil }
      return try ending(.month(month), words.dropFirst(2))
    case "quý", "quí":
      guard words.count > 1, let quarter = quarter(words[1]) else { return nil }
      return try ending(.quarter(quarter), words.dropFirst(2))
    default: return try months()
    }
  }

  /// Reads some months at an end of the year: `6 tháng đầu năm 2018`.
  private func months() throws(Diagnostic) -> (Period.Kind, year: Int?)? {
    guard words.count > 1, words[1] == "tháng", let count = number(words[0]) else { return nil }
    switch words.dropFirst(2).first {
    case "đầu": return try ending(.firstMonths(count), words.dropFirst(3))
    case "cuối": return try ending(.lastMonths(count), words.dropFirst(3))
    case "năm" where words.count == 4:
      guard let year = year(words[3]), let first = Period(.firstMonths(count), of: year),
        let last = Period(.lastMonths(count), of: year)
      else { return nil }
      throw problem(.periodOfWhichEnd(text.string, first.written, last.written))
    default: return nil
    }
  }

  /// Reads what follows the kind: the year after `năm`, or after a slash behind a month or quarter.
  private func ending(
    _ kind: Period.Kind, _ rest: ArraySlice<String>
  ) throws(Diagnostic) -> (Period.Kind, year: Int?)? {
    let rest = Array(rest)
    if rest.isEmpty || rest == ["năm"] { return (kind, nil) }
    guard rest.last.flatMap(year) != nil else { return nil }
    let year = rest.last.flatMap(year)
    if rest.count == 2, rest[0] == "năm" { return (kind, year) }
    guard rest.count == 1 else { return nil }
    if isSlashed, case .month = kind { return (kind, year) }
    if isSlashed, case .quarter = kind { return (kind, year) }
    guard let year, let period = Period(kind, of: year) else { return nil }
    throw problem(.periodMeant(text.string, period.written))
  }

  private func number(_ word: String) -> Int? {
    word.utf8.count <= 2 ? Array(word.utf8).number : nil
  }

  private func year(_ word: String) -> Int? {
    word.utf8.count == 4 ? Array(word.utf8).number : nil
  }

  private func quarter(_ word: String) -> Int? {
    Period.numerals.firstIndex { $0.lowercased() == word }.map { $0 + 1 } ?? number(word)
  }

  private func noSuchPeriod(_ kind: Period.Kind) -> Diagnostic {
    switch kind {
    case .month(let month): problem(.noSuchMonth(month: month))
    case .quarter: problem(.noSuchQuarter(text.string))
    case .firstMonths, .lastMonths: problem(.noSuchMonths(text.string))
    default: problem(.notAPeriod(text.string))
    }
  }

  private func problem(_ problem: ValueProblem) -> Diagnostic {
    Diagnostic(.value(problem), at: text)
  }
}
