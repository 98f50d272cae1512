/// The format of a cell, as far as it says what kind of value a person sees there.
///
/// Read from its code (ECMA-376, part 1, 18.8.31), of which conditions, colours and fillings are
/// passed over.
struct NumberFormat: Sendable, Equatable {
  var kind: Kind = .general

  enum Kind: Sendable, Equatable {
    /// All digits, as many as were typed.
    case general
    case text
    case figure(Figure)
    case day(DayFormat)
  }

  struct Figure: Sendable, Equatable {
    /// The digits before the point that are shown at least: 2 for `00`.
    var leastWhole = 0
    /// The decimals that are shown at least, and at most.
    var leastDecimals = 0
    var mostDecimals = 0
    var hasGroups = false
    /// The number of `%`, each of which multiplies by a hundred.
    var percents = 0
    /// The number of commas behind the digits, each of which divides by a thousand.
    var thousands = 0
    /// The words before the digits: `Tổ ` of `"Tổ "0`.
    var prefix: [UInt8] = []
    /// A `%` in quotes stands behind the digits.
    var hasQuotedPercent = false
  }

  static let general = NumberFormat()
}

/// How the parts of a day are shown. The day always stands before the month here, whatever the format
/// of another country has.
struct DayFormat: Sendable, Equatable {
  /// The number of letters of each part; 0 for one that is not shown.
  var (year, month, day, hour, minute, second) = (0, 0, 0, 0, 0, 0)
  /// The year comes first: `yyyy-mm-dd`.
  var isYearFirst = false
  /// Hours are counted over days: `[h]:mm`.
  var isElapsed = false

  var hasDate: Bool { year + month + day > 0 }
  var hasTime: Bool { hour + minute + second > 0 }
}

extension NumberFormat {
  /// Reads a code; of its sections the one for positive numbers.
  init(code: String) {
    var scanner = FormatScanner()
    scanner.scan(Array(code.utf8))
    kind = scanner.kind
  }

  /// The formats that have a number only (ECMA-376, part 1, 18.8.30), those of Vietnam and others who
  /// share them.
  init(builtIn number: Int) {
    self.init(code: NumberFormat.codes[number] ?? "General")
  }

  private static let codes: [Int: String] = [
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "#,##0", 6: "#,##0", 7: "#,##0.00",
    8: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "dd/mm/yyyy h:mm", 37: "#,##0",
    38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 42: "#,##0", 43: "#,##0.00",
    44: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 48: "##0.0E+0", 49: "@",
    27: "dd/mm/yyyy", 30: "dd/mm/yyyy", 36: "dd/mm/yyyy", 50: "dd/mm/yyyy", 57: "dd/mm/yyyy",
  ]
}

/// A single pass over the first section of a format's code.
private struct FormatScanner {
  private var figure = NumberFormat.Figure()
  private var day = DayFormat()
  private var hasDigits = false
  private var isFraction = false
  private var isBehindPoint = false
  private var isText = false
  private var isGeneral = false
  /// The commas since the last digit.
  private var commas = 0
  /// The `m` that may still turn out to be minutes, as seconds follow.
  private var openMonth = 0
  private var isAfterHour = false

  var kind: NumberFormat.Kind {
    if day.hasDate || day.hasTime { return .day(day) }
    if isText, !hasDigits { return .text }
    guard hasDigits, !isGeneral, !isFraction else { return .general }
    var figure = figure
    figure.thousands += commas
    return .figure(figure)
  }

  mutating func scan(_ code: [UInt8]) {
    if String(decoding: code.prefix(7), as: UTF8.self).lowercased() == "general" {
      isGeneral = true
      return
    }
    var index = 0
    while index < code.count, code[index] != UInt8(ascii: ";") {
      index = scan(code, from: index)
    }
    if openMonth > 0 { day.month = openMonth }
  }

  /// Reads what begins at an offset, and returns the one behind it.
  private mutating func scan(_ code: [UInt8], from index: Int) -> Int {
    switch code[index] {
    case UInt8(ascii: "\""):
      let end = code[(index + 1)...].firstIndex(of: UInt8(ascii: "\"")) ?? code.count
      addLiteral(code[(index + 1)..<end])
      return end + 1
    case UInt8(ascii: "\\"):
      addLiteral(code[min(index + 1, code.count)..<min(index + 2, code.count)])
      return index + 2
    case UInt8(ascii: "_"), UInt8(ascii: "*"): return index + 2
    case UInt8(ascii: "["):
      let end = code[index...].firstIndex(of: UInt8(ascii: "]")) ?? code.count
      addBracketed(code[(index + 1)..<end])
      return end + 1
    case UInt8(ascii: "0"), UInt8(ascii: "#"), UInt8(ascii: "?"): addDigit(code[index])
    case UInt8(ascii: "."): isBehindPoint = true
    case UInt8(ascii: ","): commas += hasDigits ? 1 : 0
    case UInt8(ascii: "%"): figure.percents += 1
    case UInt8(ascii: "@"): isText = true
    case UInt8(ascii: "/"): isFraction = hasDigits || isFraction
    case UInt8(ascii: "E"), UInt8(ascii: "e"): return addExponent(code, from: index)
    case UInt8(ascii: "A"), UInt8(ascii: "a"):
      let mark = String(decoding: code[index...].prefix(5), as: UTF8.self).uppercased()
      return index + (mark == "AM/PM" ? 5 : mark.hasPrefix("A/P") ? 3 : 1)
    case let byte: return addDayPart(byte | 0x20, code, from: index)
    }
    return index + 1
  }

  private mutating func addDigit(_ sign: UInt8) {
    hasDigits = true
    if isBehindPoint {
      // Commas right before the point divide as those at the end do.
      figure.thousands += commas
      figure.mostDecimals += 1
      if sign == UInt8(ascii: "0") { figure.leastDecimals = figure.mostDecimals }
    } else {
      if commas > 0 { figure.hasGroups = true }
      if sign == UInt8(ascii: "0") || figure.leastWhole > 0 { figure.leastWhole += 1 }
    }
    commas = 0
  }

  /// Words before the digits belong to what is seen; a unit behind them does not belong to a figure.
  private mutating func addLiteral(_ text: ArraySlice<UInt8>) {
    if hasDigits {
      if text.contains(UInt8(ascii: "%")) { figure.hasQuotedPercent = true }
    } else if text.contains(where: { $0 >= 0x80 || 0x41...0x5A ~= $0 & 0xDF }) {
      figure.prefix += text
    }
  }

  private mutating func addBracketed(_ text: ArraySlice<UInt8>) {
    guard let first = text.first.map({ $0 | 0x20 }), text.allSatisfy({ $0 | 0x20 == first }) else {
      return
    }
    switch first {
    case UInt8(ascii: "h"): (day.hour, day.isElapsed, isAfterHour) = (text.count, true, true)
    case UInt8(ascii: "m"): (day.minute, day.isElapsed) = (text.count, true)
    case UInt8(ascii: "s"): (day.second, day.isElapsed) = (text.count, true)
    default: break
    }
  }

  /// `0.00E+00` is shown with all digits.
  private mutating func addExponent(_ code: [UInt8], from index: Int) -> Int {
    guard hasDigits else { return addDayPart(UInt8(ascii: "e"), code, from: index) }
    isGeneral = true
    return code.count
  }

  private mutating func addDayPart(_ letter: UInt8, _ code: [UInt8], from index: Int) -> Int {
    let count = code[index...].prefix { $0 | 0x20 == letter }.count
    switch letter {
    case UInt8(ascii: "y"), UInt8(ascii: "e"), UInt8(ascii: "b"):
      day.isYearFirst = day.day == 0 && day.month == 0 && openMonth == 0
      day.year = count
    case UInt8(ascii: "d"): if count < 3 { day.day = count }
    case UInt8(ascii: "h"): (day.hour, isAfterHour) = (count, true)
    case UInt8(ascii: "s"):
      if openMonth > 0 { (day.minute, openMonth) = (openMonth, 0) }
      day.second = count
    case UInt8(ascii: "m"):
      if isAfterHour { day.minute = count } else { openMonth = count }
      isAfterHour = false
    default: return index + 1
    }
    if letter != UInt8(ascii: "h"), letter != UInt8(ascii: "m") { isAfterHour = false }
    if letter == UInt8(ascii: "y") || letter == UInt8(ascii: "d"), openMonth > 0 {
      (day.month, openMonth) = (openMonth, 0)
    }
    return index + count
  }
}
