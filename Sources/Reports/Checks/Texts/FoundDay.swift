import Texts
import Vietnamese

/// A day in a running text: `31/6/2024`, `ngày 31/6`, `ngày 30 tháng 02 năm 2024`.
struct FoundDay {
  let place: Text
  /// Tells whether the calendar has the day; without a year, whether any year has.
  let exists: Bool

  /// Tells whether a day may begin at a number: a number that a month has follows soon.
  static func mayBegin(_ words: TextWords, at index: Int) -> Bool {
    guard index + 1 < words.count, words.range(at: index).count <= 2 else { return false }
    return words.range(at: index + 1).start - words.range(at: index).end <= 1
  }

  /// Reads a day that begins at a number.
  init?(_ words: TextWords, at index: Int, in text: Text) {
    let bytes = text.source.bytes
    let isNamed = index > 0 && words[index - 1].hash == FoundDay.ngay
    var (numbers, last) = ([words[index]], index)
    if index + 3 < words.count, isNamed, words[index + 1].hash == FoundDay.thang {
      numbers.append(words[index + 2])
      last = index + 2
      if index + 4 < words.count, words[index + 3].hash == FoundDay.nam {
        numbers.append(words[index + 4])
        last = index + 4
      }
    } else {
      while last + 1 < words.count, numbers.count < 3,
        FoundDay.isSlash(bytes[words[last].end..<words[last + 1].start])
      {
        last += 1
        numbers.append(words[last])
      }
      if last + 1 < words.count, !FoundDay.mayEnd(bytes[words[last].end..<words[last + 1].start]) {
        return nil
      }
      if numbers.count < 3, !isNamed { return nil }
    }
    guard let day = FoundDay.day(numbers.map { FoundDay.value($0, bytes) }) else { return nil }
    exists = day
    place = text.part(words[index].start..<words[last].end)
  }

  private static func isSlash(_ gap: ArraySlice<UInt8>) -> Bool {
    gap.elementsEqual([UInt8(ascii: "/")])
  }

  /// A sign of a document goes on with `/` or `-`.
  private static func mayEnd(_ gap: ArraySlice<UInt8>) -> Bool {
    gap.first != UInt8(ascii: "/") && gap.first != UInt8(ascii: "-")
  }

  private static func value(_ word: Word, _ bytes: [UInt8]) -> Int? {
    guard word.kind == .number, word.end - word.start <= 4 else { return nil }
    return bytes[word.start..<word.end].reduce(0) { $0 * 10 + Int($1 &- UInt8(ascii: "0")) }
  }

  /// Tells whether there is a day of these numbers; nil where they are none of a day.
  private static func day(_ numbers: [Int?]) -> Bool? {
    let values = numbers.compactMap { $0 }
    guard values.count == numbers.count, values.count >= 2, (1...99).contains(values[0]),
      (1...99).contains(values[1])
    else { return nil }
    // A leap year has all days that any year has.
    let year = values.count == 3 ? values[2] : 2024
    guard (1900...2200).contains(year) else { return nil }
    return CalendarDate(year: year, month: values[1], day: values[0]) != nil
  }

  private static let ngay = WordTable.hash("ngày".utf8)
  private static let thang = WordTable.hash("tháng".utf8)
  private static let nam = WordTable.hash("năm".utf8)
}
