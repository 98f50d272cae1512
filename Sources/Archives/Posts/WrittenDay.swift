import Texts
import Vietnamese

/// A day as portals write it: `04/07/2018`, `4-7-2018`, `4.7.2018`, `2018-07-04`,
/// `4 tháng 7 năm 2018`, `4 tháng bảy, 2018`, `July 4, 2018`, `4 Jul 2018`.
struct WrittenDay {
  let date: CalendarDate
  let range: Range<Int>
  /// Whether month and day may be the other way round, or the century is not written.
  let isUnsure: Bool

  /// Reads what begins at a word of a line.
  ///
  /// - Returns: the day, and the index of the word behind it; nil also behind the last word.
  static func read(_ line: PostLine, _ signs: PostSigns, at index: Int) -> (WrittenDay, end: Int)? {
    guard line.words.indices.contains(index) else { return nil }
    let reading = DayReading(line: line, signs: signs)
    guard line.small[line.words[index].range.lowerBound].isASCIIDigit else {
      return reading.monthFirst(at: index)
    }
    return reading.figures(at: index) ?? reading.dayFirst(at: index)
  }
}

private struct DayReading {
  let line: PostLine
  let signs: PostSigns

  /// Three numbers with the same sign between them.
  func figures(at index: Int) -> (WrittenDay, end: Int)? {
    guard index + 2 < line.words.count, let first = number(index), let second = number(index + 1),
      let third = number(index + 2), let sign = sign(behind: index),
      sign == self.sign(behind: index + 1)
    else { return nil }
    // A sign goes on: 12/09/2023/QĐ.
    let end = line.words[index + 2].range.upperBound
    if end < line.small.count, line.small[end] == sign, sign != 0x2E, end + 1 < line.small.count,
      line.small[end + 1] != 0x20
    {
      return nil
    }
    let lengths = (0...2).map { line.words[index + $0].range.count }
    if lengths[0] == 4, lengths[1] <= 2, lengths[2] <= 2 {
      return day(first, second, third, index, index + 3, isUnsure: false)
    }
    guard lengths[0] <= 2, lengths[1] <= 2, lengths[2] == 4 || lengths[2] == 2 else { return nil }
    let isShort = lengths[2] == 2
    let year = isShort ? third + (third < 70 ? 2000 : 1900) : third
    // The month first, as America writes it.
    if second > 12, first <= 12 {
      return day(year, first, second, index, index + 3, isUnsure: isShort)
    }
    let mayBeAmerican = first <= 12 && first != second && hasAmericanClock
    return day(year, second, first, index, index + 3, isUnsure: isShort || mayBeAmerican)
  }

  /// `6:10 PM`, which comes with the month first.
  private var hasAmericanClock: Bool {
    line.words.contains { word in
      let text = line.small[word.range]
      return text.elementsEqual("am".utf8) || text.elementsEqual("pm".utf8)
    }
  }

  /// `4 tháng 7 năm 2018`, `4 tháng 7, 2018`, `4 July 2018`, `04 Th7, 2018`.
  func dayFirst(at index: Int) -> (WrittenDay, end: Int)? {
    // «th 9» of «12th 9» is no month.
    guard let day = number(index), 1...31 ~= day, let (month, behind) = month(at: index + 1)
    else { return nil }
    var next = behind
    if isWord("năm", next) { next += 1 }
    guard let year = number(next), line.words[next].range.count == 4 else { return nil }
    return self.day(year, month, day, index, next + 1, isUnsure: false)
  }

  /// `July 4, 2018`, `Tháng Bảy 4, 2018`, `Th7 04, 2018`, `tháng 7 4, 2018`.
  func monthFirst(at index: Int) -> (WrittenDay, end: Int)? {
    guard let (month, next) = month(at: index), let day = number(next), 1...31 ~= day,
      let year = number(next + 1),
      line.words[next + 1].range.count == 4
    else { return nil }
    return self.day(year, month, day, index, next + 2, isUnsure: false)
  }

  /// The month that begins at a word, by its name or behind «tháng», and the index behind it.
  private func month(at index: Int) -> (month: Int, end: Int)? {
    if let named = signs.month(line.words[...], at: index) { return named }
    guard isWord("tháng", index), let written = number(index + 1), written <= 12 else { return nil }
    return (written, index + 2)
  }

  private func day(
    _ year: Int, _ month: Int, _ day: Int, _ start: Int, _ end: Int, isUnsure: Bool
  ) -> (WrittenDay, end: Int)? {
    guard 1990...2100 ~= year, let date = CalendarDate(year: year, month: month, day: day) else {
      return nil
    }
    let range = line.words[start].range.lowerBound..<line.words[end - 1].range.upperBound
    return (WrittenDay(date: date, range: range, isUnsure: isUnsure), end)
  }

  /// The number that a word is, of at most four digits.
  private func number(_ index: Int) -> Int? {
    guard line.words.indices.contains(index), line.words[index].range.count <= 4 else { return nil }
    return line.number(line.words[index].range)
  }

  /// The one sign that stands between a word and the next, perhaps between blanks.
  private func sign(behind index: Int) -> UInt8? {
    let gap = line.small[
      line.words[index].range.upperBound..<line.words[index + 1].range.lowerBound]
    let signs = gap.filter { $0 != 0x20 }
    guard signs.count == 1, gap.count <= 3, let sign = signs.first, "/-.".utf8.contains(sign) else {
      return nil
    }
    return sign
  }

  private func isWord(_ word: StaticString, _ index: Int) -> Bool {
    line.words.indices.contains(index)
      && line.small[line.words[index].range].elementsEqual(
        UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
  }
}

/// A time of day as portals write it: `18:10`, `18:10:05`, `18h10`, `18 giờ 10 phút`, `6:10 PM`,
/// `T18:10:05+07:00`.
struct WrittenClock {
  let time: TimeOfDay
  let hasSeconds: Bool
  /// Whether it is the time of the zone from which others are told.
  var isUniversal = false

  static func read(_ line: PostLine, _ signs: PostSigns, at index: Int) -> (WrittenClock, end: Int)?
  {
    guard line.words.indices.contains(index), var hour = hour(line, index) else { return nil }
    guard let (minute, next) = minute(line, index) else { return nil }
    var end = next
    var second: Int?
    if end < line.words.count, line.words[end].range.count == 2,
      line.words[end].range.lowerBound == line.words[end - 1].range.upperBound + 1,
      line.small[line.words[end].range.lowerBound - 1] == 0x3A,
      let written = line.number(line.words[end].range), written < 60
    {
      second = written
      end += 1
    }
    // Some portals write «19:39 PM».
    if let (senses, behind) = signs.phrase(
      line.words[...], at: end, meaning: [.afternoon, .morning])
    {
      if senses.contains(.afternoon), hour < 12 { hour += 12 }
      if senses.contains(.morning), hour == 12 { hour = 0 }
      end = behind
    }
    guard let time = TimeOfDay(hour: hour, minute: minute, second: second ?? 0) else { return nil }
    let (isUniversal, behind) = zone(line, end)
    return (WrittenClock(time: time, hasSeconds: second != nil, isUniversal: isUniversal), behind)
  }

  /// The hour that a word is, or has behind the letter of `2022-08-25T14:30`.
  private static func hour(_ line: PostLine, _ index: Int) -> Int? {
    let word = line.words[index].range
    if word.count <= 2 { return line.number(word) }
    guard word.count == 3, line.small[word.lowerBound] == UInt8(ascii: "t"), index > 0,
      line.words[index - 1].range.upperBound == word.lowerBound,
      line.small[word.lowerBound - 1].isASCIIDigit
    else { return nil }
    return line.number(word.lowerBound + 1..<word.upperBound)
  }

  /// Reads the zone right behind a time, `.000`, `Z`, `+07:00`.
  private static func zone(_ line: PostLine, _ start: Int) -> (isUniversal: Bool, end: Int) {
    var end = start
    func isJoined(_ sign: StaticString) -> Bool {
      guard end > 0, end < line.words.count else { return false }
      let gap = line.small[line.words[end - 1].range.upperBound..<line.words[end].range.lowerBound]
      return gap.elementsEqual(
        UnsafeBufferPointer(start: sign.utf8Start, count: sign.utf8CodeUnitCount))
    }
    if isJoined("."), line.words[end].range.count == 3, line.number(line.words[end].range) != nil {
      end += 1
    }
    if isJoined(""), line.small[line.words[end].range].elementsEqual("z".utf8) {
      return (true, end + 1)
    }
    guard isJoined("+"), line.words[end].range.count == 2,
      let hours = line.number(line.words[end].range)
    else { return (false, end) }
    end += 1
    if isJoined(":"), line.words[end].range.count == 2 { end += 1 }
    return (hours == 0, end)
  }

  /// The minutes behind an hour, and the index behind them.
  private static func minute(_ line: PostLine, _ index: Int) -> (Int, end: Int)? {
    guard index + 1 < line.words.count else { return nil }
    let (hour, next) = (line.words[index].range, line.words[index + 1].range)
    let gap = line.small[hour.upperBound..<next.lowerBound]
    // 18:10
    if gap.elementsEqual(":".utf8) || gap.elementsEqual(" : ".utf8) {
      guard next.count == 2, let minute = line.number(next) else { return nil }
      return (minute, index + 2)
    }
    // 18h10, 18g10: the letter and the minutes are one word.
    let word = line.small[next]
    if gap.isEmpty || gap.elementsEqual(" ".utf8), let unit = word.first, "hg".utf8.contains(unit) {
      if word.count == 3, let minute = line.number(next.lowerBound + 1..<next.upperBound) {
        return (minute, behindMinutes(line, index + 2))
      }
      if word.count == 1 { return lone(line, index + 2) }
    }
    // 18 giờ 10 phút
    if word.elementsEqual("giờ".utf8) { return lone(line, index + 2) }
    return nil
  }

  /// The minutes at a word, else none.
  private static func lone(_ line: PostLine, _ index: Int) -> (Int, end: Int) {
    guard index < line.words.count, let minute = line.number(line.words[index].range), minute < 60
    else { return (0, index) }
    let end = behindMinutes(line, index + 1)
    // «9 giờ 5 phút», «9 giờ 05», and no day: «9 giờ 14/05/2019».
    let isAlone =
      line.words[index].range.count == 2
      && (index + 1 == line.words.count || !"/-.".utf8.contains(line.byte(behind: index) ?? 0))
    return end > index + 1 || isAlone ? (minute, end) : (0, index)
  }

  private static func behindMinutes(_ line: PostLine, _ index: Int) -> Int {
    guard index < line.words.count, line.small[line.words[index].range].elementsEqual("phút".utf8)
    else { return index }
    return index + 1
  }
}

extension PostLine {
  /// The number in a range of the small letters; nil where it has other signs than digits.
  func number(_ range: Range<Int>) -> Int? {
    guard !range.isEmpty, range.count <= 9 else { return nil }
    var value = 0
    for byte in small[range] {
      guard byte.isASCIIDigit else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    return value
  }

  /// The byte right behind a word.
  fileprivate func byte(behind index: Int) -> UInt8? {
    let end = words[index].range.upperBound
    return end < small.count ? small[end] : nil
  }
}
