import Diagnostics
import Texts

/// The reading of weeks, days, school years and several years: `tuần 26 năm 2026`, `từ ngày 22/6/2026
/// đến ngày 28/6/2026`, `năm học 2025-2026`, `giai đoạn 2021-2025`, `nhiệm kỳ 2020-2025`, `5 năm
/// (2021-2025)`.
struct PeriodSpanReading {
  private let text: Text
  private let name: Name
  /// What stands behind the name, in small letters.
  private let rest: ArraySlice<UInt8>

  private enum Name {
    case schoolYear, stage, term, week, days
    case years(Int)
  }

  private static let names: [(word: String, name: Name)] = [
    ("năm học", .schoolYear), ("giai đoạn", .stage), ("nhiệm kỳ", .term), ("nhiệm kì", .term),
    ("tuần từ ngày", .days), ("tuần từ", .days), ("từ ngày", .days), ("từ", .days),
    ("tuần thứ", .week), ("tuần", .week),
  ]

  /// - Parameter words: the text in small letters, with single spaces.
  ///
  /// nil where it begins as other periods do.
  init?(_ text: Text, _ words: [UInt8]) {
    self.text = text
    for (word, name) in Self.names where words.starts(with: word.utf8) {
      let rest = words.dropFirst(word.utf8.count)
      guard rest.isEmpty || rest.first == UInt8(ascii: " ") else { continue }
      (self.name, self.rest) = (name, rest.dropFirst())
      return
    }
    let digits = words.prefix(while: \.isDigit)
    let word = Array(" năm".utf8)
    guard let count = digits.number, words[digits.endIndex...].starts(with: word) else {
      return nil
    }
    let rest = words[(digits.endIndex + word.count)...]
    guard rest.isEmpty || rest.first == UInt8(ascii: " ") else { return nil }
    (name, self.rest) = (.years(count), rest.dropFirst())
  }

  func period() throws(Diagnostic) -> Period {
    switch name {
    case .week: try week()
    case .days: try days()
    case .schoolYear, .stage, .term, .years: try years()
    }
  }

  // MARK: - Years

  private func years() throws(Diagnostic) -> Period {
    var rest = rest
    if case .years = name, rest.first == UInt8(ascii: "("), rest.last == UInt8(ascii: ")") {
      rest = rest.dropFirst().dropLast().drop { $0 == UInt8(ascii: " ") }
      while rest.last == UInt8(ascii: " ") { rest = rest.dropLast() }
    }
    guard !rest.isEmpty else { throw problem(.periodWithoutYear(text.string)) }
    guard let (first, last) = range(rest) else { throw problem(.notAPeriod(text.string)) }
    guard first < last else {
      let turned = first > last ? period(last, first)?.written : nil
      throw problem(.periodBackwards(text.string, meant: turned))
    }
    if let period = period(first, last) { return period }
    switch name {
    case .schoolYear:
      guard let meant = Period(.schoolYear, of: first + 1)?.written else { break }
      throw problem(.noSchoolYear(text.string, meant: meant))
    case .years(let count):
      let meant = [
        Period(.years(count), of: first + count - 1), Period(.years(last - first + 1), of: last),
      ].compactMap { $0?.written }
      if meant.isEmpty { break }
      throw problem(.yearsMiscounted(text.string, meant: meant))
    default: break
    }
    throw problem(.notAPeriod(text.string))
  }

  private func period(_ first: Int, _ last: Int) -> Period? {
    let kind: Period.Kind
    switch name {
    case .schoolYear where last == first + 1: kind = .schoolYear
    case .stage: kind = .stage(years: last - first + 1)
    case .term: kind = .term(years: last - first)
    case .years(last - first + 1): kind = .years(last - first + 1)
    case .years(last - first): kind = .yearsFromWithin(last - first)
    default: return nil
    }
    return Period(kind, of: last)
  }

  /// Two years of four digits with a dash between them.
  private func range(_ bytes: ArraySlice<UInt8>) -> (Int, Int)? {
    let first = bytes.prefix(4)
    var rest = bytes.dropFirst(4).drop { $0 == UInt8(ascii: " ") }
    guard let dash = Self.dashes.first(where: { rest.starts(with: $0.utf8) }) else { return nil }
    rest = rest.dropFirst(dash.utf8.count).drop { $0 == UInt8(ascii: " ") }
    guard first.count == 4, rest.count == 4, let from = first.number, let until = rest.number else {
      return nil
    }
    return (from, until)
  }

  private static let dashes = ["-", "–", "—"]

  // MARK: - Weeks and days

  private func week() throws(Diagnostic) -> Period {
    let digits = rest.prefix(while: \.isDigit)
    var behind = rest[digits.endIndex...]
    guard digits.count <= 2, let week = digits.number else {
      throw problem(.notAPeriod(text.string))
    }
    guard !behind.isEmpty else { throw problem(.periodWithoutYear(text.string)) }
    let word = [" năm ", " / ", "/"].first { behind.starts(with: $0.utf8) }
    behind = behind.dropFirst(word?.utf8.count ?? 0)
    guard word != nil, behind.count == 4, let year = behind.number else {
      throw problem(.notAPeriod(text.string))
    }
    if let period = Period(.week(week), of: year) { return period }
    guard year > 0 else { throw problem(.notAPeriod(text.string)) }
    throw problem(.noSuchWeek(week, of: year, last: CalendarDate.weeks(of: year)))
  }

  private func days() throws(Diagnostic) -> Period {
    let parts = rest.split(separator: UInt8(ascii: " "))
    let words = parts.map { String(decoding: $0, as: UTF8.self) }
    guard words.count == 3 || words.count == 4 && words[2] == "ngày", words[1] == "đến",
      let end = words.last
    else { throw problem(.notAPeriod(text.string)) }
    let last = try day(end)
    // In `từ ngày 22/6 đến ngày 28/6/2026` both are of one year.
    let isShort = words[0].utf8.count { $0 == UInt8(ascii: "/") } == 1
    let first = try day(isShort ? "\(words[0])/\(last.year)" : words[0])
    if let period = Period(from: first, through: last) { return period }
    let turned = isShort ? nil : Period(from: last, through: first)?.written
    throw problem(.periodBackwards(text.string, meant: turned))
  }

  /// A day, whose problem is told at the whole period.
  private func day(_ written: String) throws(Diagnostic) -> CalendarDate {
    do throws(Diagnostic) {
      return try CalendarDate(Text(written))
    } catch {
      throw Diagnostic(error.kind, at: text)
    }
  }

  private func problem(_ problem: ValueProblem) -> Diagnostic {
    Diagnostic(.value(problem), at: text)
  }
}
