import Texts

/// A day, month, quarter or other period as running texts write it: `25/6/2026`, `25-6-2026`,
/// `ngày 25/6`, `ngày 25 tháng 6 năm 2026`, `tháng 8/2026`, `quý III năm 2026`, `6 tháng cuối năm`.
///
/// It is what is written: the calendar may not have it, as `31/6/2026` or `tháng 13/2026`.
public struct WrittenTime: Sendable {
  public let part: Part
  /// The year beside it; nil where there is none.
  public let year: Int?
  /// The offsets of it in the source, without the word that names it.
  public let range: Range<Int>
  /// The offset where the word begins that names it, `ngày`, `sáng`, `tháng`, `quý`, `năm`; where
  /// none does, the beginning of ``range``.
  public let start: Int

  public enum Part: Sendable, Hashable {
    case day(Int, month: Int)
    case month(Int)
    case quarter(Int)
    /// `tháng 7 - 9`, `quý III - IV`: the months.
    case monthsOfYear(first: Int, last: Int)
    /// `6 tháng đầu năm`, `Sáu tháng đầu năm`.
    case months(Period.Kind)
    case year
    /// `2026 - 2027`; the year is the last of them.
    case years
  }

  /// Tells whether a word names it: without one `12/12` may be a fraction.
  public var isNamed: Bool { start < range.lowerBound }

  /// The day; nil for a period, and for a day without a year that is not given.
  public func day(inYear given: Int? = nil) -> CalendarDate? {
    guard case .day(let day, let month) = part, let year = year ?? given else { return nil }
    return CalendarDate(year: year, month: month, day: day)
  }

  /// The period; nil for a day, for years, and for a period without a year that is not given.
  public func period(inYear given: Int? = nil) -> Period? {
    guard let year = year ?? given else { return nil }
    return switch part {
    case .month(let month): Period(.month(month), of: year)
    case .quarter(let quarter): Period(.quarter(quarter), of: year)
    case .months(let kind): Period(kind, of: year)
    case .year: Period(.year, of: year)
    case .day, .years, .monthsOfYear: nil
    }
  }

  /// The first and the last day; nil where the calendar has none.
  public func days(inYear given: Int? = nil) -> ClosedRange<CalendarDate>? {
    if let day = day(inYear: given) { return day...day }
    if case .monthsOfYear(let first, let last) = part, let year = year ?? given {
      guard let begin = Period(.month(first), of: year)?.firstDay,
        let end = Period(.month(last), of: year)?.lastDay, begin < end
      else { return nil }
      return begin...end
    }
    guard let period = period(inYear: given), let first = period.firstDay,
      let last = period.lastDay
    else { return nil }
    return first...last
  }
}

extension WrittenTime {
  /// Reads what begins at a word of digits, or of a Roman numeral.
  ///
  /// - Parameters:
  ///   - bytes: of the source.
  ///   - text: the range of the text in it.
  public init?(in bytes: [UInt8], at start: Int, of text: Range<Int>) {
    guard let time = TimeReading(bytes: bytes, text: text).time(at: start) else { return nil }
    self = time
  }
}

extension Text {
  /// Everything that it says of days and periods, in order; nothing is read twice.
  public var writtenTimes: [WrittenTime] {
    let reading = TimeReading(bytes: source.bytes, text: range.bounds)
    var times: [WrittenTime] = []
    var index = range.bounds.lowerBound
    var isInWord = false
    while index < range.bounds.upperBound {
      let byte = reading.bytes[index]
      if !isInWord, byte.mayBeginTime, let time = reading.time(at: index) {
        times.append(time)
        (index, isInWord) = (time.range.upperBound, true)
        continue
      }
      isInWord = byte.isOfWord
      index += 1
    }
    return times
  }
}

/// The reading of times in a text.
private struct TimeReading {
  /// Those of the source.
  let bytes: [UInt8]
  let text: Range<Int>

  func time(at start: Int) -> WrittenTime? {
    guard bytes[start].isDigit else {
      return bytes[start].isOfNumeral ? quarter(at: start) : countInWords(at: start)
    }
    guard let (number, end) = number(at: start), end - start <= 4 else { return nil }
    let (name, nameStart) = word(before: start)
    switch name {
    case .thang where end - start <= 2:
      if let months = monthsOfYear(number, start, end, nameStart) { return months }
      let (year, last) = year(after: end)
      return WrittenTime(part: .month(number), year: year, range: start..<last, start: nameStart)
    // «tuần 2 tháng 7/2026» gives no day.
    case .tuan: return nil
    case .quy where end - start == 1: return quarter(number, start, end, nameStart)
    case _ where end - start == 4: return years(number, start, end, name, nameStart)
    default: return day(number, start, end, name?.isOfDay == true ? nameStart : start)
    }
  }

  // MARK: - Days

  private func day(
    _ day: Int, _ start: Int, _ end: Int, _ nameStart: Int
  ) -> WrittenTime? {
    guard end - start <= 2, end < text.upperBound else { return nil }
    let sign = bytes[end]
    if sign == UInt8(ascii: " ") { return inWords(day, start, end, nameStart) }
    guard sign == UInt8(ascii: "/") || sign == UInt8(ascii: "-") || sign == UInt8(ascii: "."),
      let (month, second) = number(at: end + 1), second - end <= 3
    else { return nil }
    var (year, last): (Int?, Int) = (nil, second)
    if second < text.upperBound, bytes[second] == sign,
      let (number, third) = number(at: second + 1),
      third - second == 5 || third - second == 3
    {
      (year, last) = (number, third)
    }
    // Only with slashes is a day without a year no range or amount.
    guard year != nil || sign == UInt8(ascii: "/"), !goesOn(at: last) else { return nil }
    return WrittenTime(
      part: .day(day, month: month), year: year, range: start..<last, start: nameStart)
  }

  /// `25 tháng 6 năm 2026`, `6 tháng cuối năm 2026`.
  private func inWords(
    _ number: Int, _ start: Int, _ end: Int, _ nameStart: Int
  ) -> WrittenTime? {
    guard let month = next(Self.thang, at: end) else { return nil }
    let digits = skippingBlanks(month)
    if let (month, second) = self.number(at: digits), second - digits <= 2 {
      let (year, last) = year(after: second)
      return WrittenTime(
        part: .day(number, month: month), year: year, range: start..<last, start: nameStart)
    }
    return months(number, start, month)
  }

  /// `Sáu tháng cuối năm 2026`.
  private func countInWords(at start: Int) -> WrittenTime? {
    for (word, count) in Self.counts where isSpelled(word, start) {
      let end = start + word.count
      guard end < text.upperBound, !bytes[end].isOfWord, let month = next(Self.thang, at: end)
      else { continue }
      return months(count, start, month)
    }
    return nil
  }

  /// The first or last months of a year; `month` is where the word `tháng` ends.
  private func months(_ number: Int, _ start: Int, _ month: Int) -> WrittenTime? {
    guard Period.monthCounts.contains(number) else { return nil }
    let (first, last) = (next(Self.dau, at: month), next(Self.cuoi, at: month))
    guard let end = first ?? last else { return nil }
    let (year, after) = year(after: end)
    let afterYear = year == nil ? next(Self.nam, at: end) ?? end : after
    let kind: Period.Kind = first == nil ? .lastMonths(number) : .firstMonths(number)
    return WrittenTime(part: .months(kind), year: year, range: start..<afterYear, start: start)
  }

  /// The sign of a document goes on with `/` or `-`.
  private func goesOn(at index: Int) -> Bool {
    guard index < text.upperBound else { return false }
    if bytes[index] == UInt8(ascii: "/") || bytes[index].isOfWord { return true }
    return bytes[index] == UInt8(ascii: "-") && index + 1 < text.upperBound
      && bytes[index + 1].isOfWord && !bytes[index + 1].isDigit
  }

  // MARK: - Periods

  /// `7 - 9/2026` behind `tháng`.
  private func monthsOfYear(
    _ month: Int, _ start: Int, _ end: Int, _ nameStart: Int
  ) -> WrittenTime? {
    guard let next = behindDash(end), let (last, second) = number(at: next), second - next <= 2,
      month < last
    else { return nil }
    let (year, after) = year(after: second)
    guard year != nil else { return nil }
    return WrittenTime(
      part: .monthsOfYear(first: month, last: last), year: year, range: start..<after,
      start: nameStart)
  }

  /// Where the word behind a dash begins, with or without blanks around it.
  private func behindDash(_ end: Int) -> Int? {
    let index = skippingBlanks(end)
    let dash = Self.dashes.first { isWritten($0, at: index) }
    return dash.map { skippingBlanks(index + $0.count) }
  }

  private static let dashes = ["-", "–"].map { Array($0.utf8) }

  /// `III` behind `quý`; a numeral that no quarter has is the fifth.
  private func quarter(at start: Int) -> WrittenTime? {
    let (name, nameStart) = word(before: start)
    guard name == .quy else { return nil }
    var end = start
    while end < text.upperBound, bytes[end].isOfNumeral { end += 1 }
    if end < text.upperBound, bytes[end].isOfWord { return nil }
    let length = end - start
    let isFour = length == 2 && bytes[start + 1] | 0x20 == UInt8(ascii: "v")
    let isOnlyOnes = (start..<end).allSatisfy { bytes[$0] | 0x20 == UInt8(ascii: "i") }
    return quarter(isFour ? 4 : isOnlyOnes ? length : 5, start, end, nameStart)
  }

  private func quarter(
    _ quarter: Int, _ start: Int, _ end: Int, _ nameStart: Int
  ) -> WrittenTime {
    let (year, last) = year(after: end)
    return WrittenTime(part: .quarter(quarter), year: year, range: start..<last, start: nameStart)
  }

  private func years(
    _ year: Int, _ start: Int, _ end: Int, _ name: Name?, _ nameStart: Int
  ) -> WrittenTime? {
    if let next = behindDash(end), let (last, second) = number(at: next), second - next == 4,
      (1900...2200).contains(year), (1900...2200).contains(last)
    {
      return WrittenTime(part: .years, year: last, range: start..<second, start: start)
    }
    if end < text.upperBound, bytes[end] == UInt8(ascii: "-"),
      let (month, second) = number(at: end + 1)
    {
      guard second - end == 3, second < text.upperBound, bytes[second] == UInt8(ascii: "-"),
        let (day, third) = number(at: second + 1), third - second == 3
      else { return nil }
      return WrittenTime(
        part: .day(day, month: month), year: year, range: start..<third,
        start: name?.isOfDay == true ? nameStart : start)
    }
    guard name == .nam, (1900...2200).contains(year) else { return nil }
    return WrittenTime(part: .year, year: year, range: start..<end, start: nameStart)
  }

  // MARK: - Words

  private enum Name {
    case ngay, tuan, thang, quy, nam
    /// `sáng`, `chiều`: of the part of a day.
    case buoi

    var isOfDay: Bool { self == .ngay || self == .buoi }
  }

  /// The word before an offset, if it names a time, and where it begins.
  private func word(before start: Int) -> (Name?, Int) {
    var end = start
    while end > text.lowerBound, bytes[end - 1].isSpace { end -= 1 }
    guard end < start else { return (nil, start) }
    for (word, name) in Self.names where isSpelled(word, end - word.count) {
      let first = end - word.count
      if first > text.lowerBound, bytes[first - 1].isOfWord { continue }
      return (name, first)
    }
    return (nil, start)
  }

  private static let names: [([UInt8], Name)] = [
    (ngay, .ngay), (Array("tuần".utf8), .tuan), (thang, .thang), (nam, .nam), (quy, .quy),
    (Array("quí".utf8), .quy),
    (Array("sáng".utf8), .buoi), (Array("trưa".utf8), .buoi), (Array("chiều".utf8), .buoi),
    (Array("tối".utf8), .buoi),
  ]
  /// The numbers of months that are written as words.
  private static let counts = [("ba", 3), ("sáu", 6), ("chín", 9)].map { (Array($0.0.utf8), $0.1) }
  private static let ngay = Array("ngày".utf8)
  private static let thang = Array("tháng".utf8)
  private static let nam = Array("năm".utf8)
  private static let quy = Array("quý".utf8)
  private static let dau = Array("đầu".utf8)
  private static let cuoi = Array("cuối".utf8)

  /// The end of a word that follows blanks; nil where another word does.
  private func next(_ word: [UInt8], at index: Int) -> Int? {
    let start = skippingBlanks(index)
    guard start > index, isSpelled(word, start) else { return nil }
    let end = start + word.count
    return end < text.upperBound && bytes[end].isOfWord ? nil : end
  }

  /// The year behind a month, day or quarter: `/2026`, ` năm 2026`; and where it ends.
  private func year(after end: Int) -> (Int?, Int) {
    guard end < text.upperBound else { return (nil, end) }
    let sign = bytes[end]
    if sign == UInt8(ascii: "/") || sign == UInt8(ascii: "-") || sign == UInt8(ascii: ".") {
      guard let (year, last) = number(at: end + 1), last - end == 5, !goesOn(at: last) else {
        return (nil, end)
      }
      return (year, last)
    }
    guard let name = next(Self.nam, at: end) else { return (nil, end) }
    let start = skippingBlanks(name)
    guard let (year, last) = number(at: start), last - start == 4, !goesOn(at: last) else {
      return (nil, end)
    }
    return (year, last)
  }

  private func skippingBlanks(_ start: Int) -> Int {
    var index = start
    while index < text.upperBound, bytes[index].isSpace { index += 1 }
    return index
  }

  private func isWritten(_ sign: [UInt8], at start: Int) -> Bool {
    start + sign.count <= text.upperBound
      && bytes[start..<(start + sign.count)].elementsEqual(sign)
  }

  /// Tells whether a word stands at an offset, whatever the case of its first letter.
  private func isSpelled(_ word: [UInt8], _ start: Int) -> Bool {
    guard start >= text.lowerBound, start + word.count <= text.upperBound,
      bytes[start] == word[0] || bytes[start] | 0x20 == word[0]
    else { return false }
    return bytes[(start + 1)..<(start + word.count)].elementsEqual(word.dropFirst())
  }

  private func number(at start: Int) -> (Int, end: Int)? {
    var (end, number) = (start, 0)
    while end < text.upperBound, end - start < 9, bytes[end].isDigit {
      number = number * 10 + Int(bytes[end] - UInt8(ascii: "0"))
      end += 1
    }
    return end > start ? (number, end) : nil
  }
}

extension UInt8 {
  /// Tells whether a digit, a Roman numeral, or a word of ``TimeReading/counts`` may begin with it.
  fileprivate var mayBeginTime: Bool {
    let small = self | 0x20
    return isDigit || isOfNumeral || small == UInt8(ascii: "b") || small == UInt8(ascii: "s")
      || small == UInt8(ascii: "c")
  }

  fileprivate var isOfNumeral: Bool {
    let small = self | 0x20
    return small == UInt8(ascii: "i") || small == UInt8(ascii: "v") || small == UInt8(ascii: "x")
  }
}
