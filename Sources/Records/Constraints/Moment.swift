/// A day with a time, as constraints compare them: `28/6/2018`, `2018-06-28 18:10`.
///
/// The day comes before the month, as in Vietnam; recutils reads `05/03/2020` in American order.
struct Moment: Hashable {
  /// Year, month, day, hour, minute and second, each in a place of its own.
  private let order: Int

  /// Reads a moment; nil for what is no date, or a day that no calendar has.
  init?(_ text: ArraySlice<UInt8>) {
    let parts = text.split { $0.isSpace || $0 == UInt8(ascii: "T") }
    guard let first = parts.first, parts.count <= 2, let (year, month, day) = Self.day(first),
      let (hour, minute, second) = parts.count == 2 ? Self.time(parts[1]) : (0, 0, 0)
    else { return nil }
    let date = (year * 100 + month) * 100 + day
    order = ((date * 100 + hour) * 100 + minute) * 100 + second
  }

  private static func day(_ text: ArraySlice<UInt8>) -> (year: Int, month: Int, day: Int)? {
    let slash = UInt8(ascii: "/")
    let isSlashed = text.contains(slash)
    guard let numbers = numbers(text, separator: isSlashed ? slash : UInt8(ascii: "-")),
      numbers.count == 3
    else { return nil }
    let (year, month) = (isSlashed ? numbers[2] : numbers[0], numbers[1])
    let day = isSlashed ? numbers[0] : numbers[2]
    guard (1000...9999).contains(year), (1...12).contains(month),
      (1...days(in: month, of: year)).contains(day)
    else { return nil }
    return (year, month, day)
  }

  private static func time(_ text: ArraySlice<UInt8>) -> (hour: Int, minute: Int, second: Int)? {
    guard let numbers = numbers(text, separator: UInt8(ascii: ":")),
      (2...3).contains(numbers.count), numbers[0] < 24, numbers[1] < 60
    else { return nil }
    let second = numbers.count == 3 ? numbers[2] : 0
    return second < 60 ? (numbers[0], numbers[1], second) : nil
  }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: return 30
    case 2:
      let isLeap = year.isMultiple(of: 4) && !year.isMultiple(of: 100) || year.isMultiple(of: 400)
      return isLeap ? 29 : 28
    default: return 31
    }
  }

  /// Runs of one to four digits between separators.
  private static func numbers(_ text: ArraySlice<UInt8>, separator: UInt8) -> [Int]? {
    var numbers: [Int] = []
    for part in text.split(separator: separator, omittingEmptySubsequences: false) {
      guard (1...4).contains(part.count), part.allSatisfy(\.isDigit) else { return nil }
      numbers.append(part.reduce(0) { $0 * 10 + Int($1 & 0xF) })
    }
    return numbers
  }
}

extension Moment: Comparable {
  static func < (left: Moment, right: Moment) -> Bool { left.order < right.order }
}
