import Diagnostics
import Texts
import Vietnamese

/// Slips of typing in one value: doubled words, frequent slips, numbers without a space after
/// them, figures, quotes; and the signs of documents that stand in it.
struct TypingSlips {
  private let registers: CheckRegisters
  private var text: Text
  private var bytes: [UInt8]
  private(set) var problems: [Diagnostic] = []

  init(_ registers: CheckRegisters, _ text: Text) {
    (self.registers, self.text, bytes) = (registers, text, text.source.bytes)
  }

  /// Looks at a text that was taken apart into words, of which those are marked that begin slips.
  ///
  /// - Returns: the signs in it, in order.
  mutating func check(_ text: Text, _ words: TextWords) -> [FoundSign] {
    self.text = text
    bytes = text.source.bytes
    let firstWords = registers.spelling.slips.firstWords
    var signs: [FoundSign] = []
    var passed = text.range.bounds.lowerBound
    for mark in words.marked {
      let index = Int(mark.index)
      if mark.mayBeDouble, isDouble(words, index) { checkDoubled(words, index) }
      if firstWords.mayHold(mark.key) { checkSlip(words, index) }
      guard mark.isOdd else { continue }
      let word = words[index]
      guard word.kind == .number || word.kind == .mixed || isOrdinal(word) else { continue }
      if word.end - word.start < 4 { checkNumbering(words, index) }
      if word.kind == .number, word.start >= passed, FoundSign.mayBegin(words, at: index, bytes),
        let sign = FoundSign(words, at: index, in: text)
      {
        passed = sign.range.upperBound
        if let stray = sign.stray { report(stray, at: part(sign.range)) }
        signs.append(sign)
      } else if word.kind == .number, word.start >= passed {
        passed = checkNumber(words, index) ?? passed
      }
    }
    if words.hasQuotes { checkQuotes() }
    return signs
  }

  private mutating func report(_ problem: CheckProblem, at place: Text) {
    problems.append(Diagnostic(.check(problem), at: place))
  }

  private func part(_ range: Range<Int>) -> Text { text.part(range) }

  // MARK: - Days and figures

  /// Looks at a number that begins no sign.
  ///
  /// - Returns: where a day ends that it begins; nil for none.
  private mutating func checkNumber(_ words: TextWords, _ index: Int) -> Int? {
    let start = Int(words.range(at: index).start)
    if mayBeginDay(words, index),
      let time = WrittenTime(in: bytes, at: start, of: text.range.bounds),
      time.isNamed || time.year != nil
    {
      checkDay(time)
      return time.range.upperBound
    }
    if let figure = FigureSlips(at: start, in: text, registers.units), let problem = figure.problem
    {
      report(problem, at: figure.place)
    }
    return nil
  }

  /// Tells whether a day may begin at a number: a sign or a blank and a number or word follow.
  private func mayBeginDay(_ words: TextWords, _ index: Int) -> Bool {
    guard index + 1 < words.count, words.range(at: index).count <= 2 else { return false }
    return words.range(at: index + 1).start - words.range(at: index).end <= 1
  }

  /// Tells of a day that the calendar does not have; without a year, that no year has.
  private mutating func checkDay(_ time: WrittenTime) {
    checkWeekday(time)
    // A leap year has all days that any year has.
    guard case .day(let day, _) = time.part, day > 0, time.isNamed || time.year != nil,
      (1900...2200).contains(time.year ?? 2024), time.day(inYear: 2024) == nil
    else { return }
    let place = part(time.range)
    report(.form(.noSuchDay(place.string)), at: place)
  }

  /// Tells of `thứ Tư, 16/6/2026`, a Tuesday.
  private mutating func checkWeekday(_ time: WrittenTime) {
    guard let day = time.day() else { return }
    let start = max(text.range.bounds.lowerBound, time.start - 20)
    let words = part(start..<time.start).words.suffix(2).map { word in
      lowercased(word.bytes.filter { !",(".utf8.contains($0) }[...]).string
    }
    let name = words.joined(separator: " ")
    guard let written = Weekday.allCases.first(where: { $0.name.lowercased() == name }),
      written != day.weekday
    else { return }
    let place = part(time.range)
    report(.form(.otherWeekday(place.string, weekday: day.weekday.name)), at: place)
  }

  // MARK: - Words

  private mutating func checkSlip(_ words: TextWords, _ index: Int) {
    guard let slip = registers.spelling.slips.match(words, at: index) else { return }
    let place = part(words[index].start..<words[index + slip.count - 1].end)
    let correction = registers.spelling.corrections[slip.payload]
    guard correction.isOfCapitals else {
      return report(.frequentSlip(place.string, meant: correction.meant), at: place)
    }
    let range = index..<(index + slip.count)
    // «Trần Hội Nghị» is a name.
    let isInName = index > 0 && words.followsBlank(at: index) && words[index - 1].kind == .capital
    guard !isInName, range.allSatisfy({ words[$0].kind == .capital }),
      !isInCapitals(words[index])
    else { return }
    report(.form(.capitalsInName(place.string, meant: correction.meant)), at: place)
  }

  private func isInCapitals(_ word: Word) -> Bool {
    let written = part(word.start..<word.end)
    return written.bytes.elementsEqual(uppercased(written.bytes))
  }

  private func isDouble(_ words: TextWords, _ index: Int) -> Bool {
    index > 0 && words.followsBlank(at: index) && words.hash(at: index) == words.hash(at: index - 1)
  }

  private mutating func checkDoubled(_ words: TextWords, _ index: Int) {
    let word = words[index]
    guard word.kind == .small, registers.spelling.doubled.match(words, at: index) == nil,
      registers.spelling.compounds.match(words, at: index) == nil
    else { return }
    let place = part(words[index - 1].start..<word.end)
    report(.doubledWord(part(word.start..<word.end).string), at: place)
  }

  /// A single letter, or Roman numerals, as points and sections have.
  private func isOrdinal(_ word: Word) -> Bool {
    let length = word.end - word.start
    return length == 1 || (length <= 4 && word.kind == .capital && isRoman(word))
  }

  /// `6.Thực hiện`, `a)Nội dung` at the start of a line, `6.Thực hiện` also after a blank.
  private mutating func checkNumbering(_ words: TextWords, _ index: Int) {
    // Between most words there is a blank.
    let end = Int(words.range(at: index).end)
    guard index + 1 < words.count, Int(words.range(at: index + 1).start) == end + 1 else { return }
    let sign = bytes[end]
    guard sign == UInt8(ascii: ".") || sign == UInt8(ascii: ")") else { return }
    let (word, next) = (words[index], words[index + 1])
    let before = word.start == text.range.bounds.lowerBound ? 0x0A : bytes[word.start - 1]
    let isAtStart = before == 0x0A
    guard isAtStart || (word.kind == .number && before == 0x20),
      next.kind == .capital || (next.kind == .small && isAtStart && word.kind == .number)
    else { return }
    // A name such as `T.Anh` in front of a text is no point.
    guard
      word.kind == .number || sign == UInt8(ascii: ")")
        || (isRoman(word) && index + 2 < words.count)
    else { return }
    let number = part(word.start..<next.start).string
    let following = part(next.start..<next.end).string
    report(
      .noSpaceAfterNumber(number + following, meant: "\(number) \(following)"),
      at: part(word.start..<next.end))
  }

  private func isRoman(_ word: Word) -> Bool {
    for index in word.start..<word.end
    where bytes[index] != 0x49 && bytes[index] != 0x56 && bytes[index] != 0x58 {
      return false
    }
    return true
  }

  // MARK: - Quotes

  private enum Quote: String {
    case openDouble = "“"
    case closeDouble = "”"
    case openSingle = "‘"
    case closeSingle = "’"
    case openAngle = "«"
    case closeAngle = "»"
    case straight = "\""

    var closing: Quote? {
      switch self {
      case .openDouble: .closeDouble
      case .openSingle: .closeSingle
      case .openAngle: .closeAngle
      case .straight: .straight
      case .closeDouble, .closeSingle, .closeAngle: nil
      }
    }
  }

  private func quote(at index: Int) -> (Quote, width: Int)? {
    let byte = bytes[index]
    if byte == 0x22 { return (.straight, 1) }
    if byte == 0xC2 {
      return bytes[index + 1] == 0xAB
        ? (.openAngle, 2) : bytes[index + 1] == 0xBB ? (.closeAngle, 2) : nil
    }
    guard byte == 0xE2, bytes[index + 1] == 0x80 else { return nil }
    switch bytes[index + 2] {
    case 0x9C: return (.openDouble, 3)
    case 0x9D: return (.closeDouble, 3)
    case 0x98: return (.openSingle, 3)
    case 0x99: return (.closeSingle, 3)
    default: return nil
    }
  }

  private mutating func checkQuotes() {
    var open: [(quote: Quote, range: Range<Int>)] = []
    let bounds = text.range.bounds
    var index = bounds.lowerBound
    while index < bounds.upperBound {
      let byte = bytes[index]
      guard byte == 0x22 || byte == 0xC2 || byte == 0xE2, let (quote, width) = quote(at: index)
      else {
        index += 1
        continue
      }
      let range = index..<index + width
      index += width
      let closesStraight = quote == .straight && open.last?.quote == .straight
      if quote.closing != nil, !closesStraight {
        open.append((quote, range))
      } else if let last = open.popLast() {
        if last.quote.closing == quote { continue }
        if quote == .closeSingle, isBetweenLetters(range) {
          open.append(last)
          continue
        }
        let problem = CheckProblem.mixedQuotes(
          open: last.quote.rawValue, close: quote.rawValue)
        report(problem, at: part(last.range.lowerBound..<range.upperBound))
      } else if !isBetweenLetters(range) {
        report(.loneQuote(quote.rawValue), at: part(range))
      }
    }
    for left in open { report(.loneQuote(left.quote.rawValue), at: part(left.range)) }
  }

  /// An apostrophe, as in H’Mông.
  private func isBetweenLetters(_ range: Range<Int>) -> Bool {
    let bounds = text.range.bounds
    guard range.lowerBound > bounds.lowerBound, range.upperBound < bounds.upperBound else {
      return false
    }
    let (before, after) = (bytes[range.lowerBound - 1], bytes[range.upperBound])
    return before != 0x20 && after != 0x20 && (after | 0x20) &- 0x61 < 26
      || after >= 0xC3 && after < 0xE2
  }
}
