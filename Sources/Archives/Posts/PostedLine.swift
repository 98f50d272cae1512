import Texts
import Vietnamese

/// What a line says of the post: the day and time posted, the views, its author, its category.
///
/// `Ngày đăng 04/07/2018 | 18:10 | View count: 324`, `Thứ hai - 11/09/2023 15:26`, `290 lượt xem`.
struct PostedLine {
  private(set) var days: [Day] = []
  /// The digits of the views.
  private(set) var views: [UInt8]?
  /// Ranges of the line's bytes.
  private(set) var author: Range<Int>?
  private(set) var source: Range<Int>?
  private(set) var category: Range<Int>?
  /// All that its labels mean.
  private(set) var labels: PostSigns.Senses = []
  /// The words that belong to nothing known, as runs between what is.
  private(set) var rest: [Range<Int>] = []
  private(set) var restWords = 0

  struct Day {
    var date: CalendarDate
    var time: TimeOfDay?
    /// What its label means; empty where it has none.
    var label: PostSigns.Senses
    /// The bytes of the day as it is written.
    var written: Range<Int>
    var hasSeconds = false
    /// Whether month and day may be the other way round, or the century is not written.
    var isUnsure = false
    /// Whether it is the day of another zone, whose time is not that of here.
    var isUniversal = false

    /// How much the label of a day says that the post was posted then.
    var strength: Int { label == .posted ? 2 : label == .drafted ? 1 : 0 }
  }

  private let line: PostLine
  private let signs: PostSigns
  private var label: PostSigns.Senses = []
  private var pendingTime: WrittenClock?
  private var pendingNumber: Range<Int>?
  /// The numbers that nothing counts.
  private var loneNumbers: [Range<Int>] = []
  /// The label that waits for words as its value.
  private var valueLabel: PostSigns.Senses?

  /// - Parameter label: of a day, where it stands in the line above.
  init(_ line: PostLine, _ signs: PostSigns, below label: PostSigns.Senses = []) {
    (self.line, self.signs, self.label) = (line, signs, label)
    var index = 0
    while index < line.words.count { index = read(index) }
    leaveNumber()
    takeViewsBehindHour()
  }

  /// The label of a day that stands alone, `Ngày đăng:`, with its day in the next line.
  var openLabel: PostSigns.Senses {
    days.isEmpty && isWhole && pendingTime == nil && views == nil && line.text.last == 0x3A
      ? label : []
  }

  /// Tells whether it holds nothing but what is known.
  var isWhole: Bool { restWords == 0 }

  // MARK: Words in order

  private static let labels: PostSigns.Senses = [
    .posted, .drafted, .updated, .otherDay, .anyDay, .visited, .views, .visits, .author, .byline,
    .source,
    .poster,
    .categoryLabel, .weekday, .filler, .count,
  ]

  private mutating func read(_ index: Int) -> Int {
    let words = line.words[...]
    if line.hasFigures, let (day, end) = WrittenDay.read(line, signs, at: index) {
      addDay(day, behind: end)
      return end
    }
    if let (clock, end) = WrittenClock.read(line, signs, at: index) {
      addTime(clock)
      return end
    }
    if let (senses, end) = signs.phrase(words, at: index, meaning: Self.labels),
      let next = readLabel(senses, index, end)
    {
      return next
    }
    if line.small[words[index].range.lowerBound].isASCIIDigit {
      return readNumber(index)
    }
    // «Print Thứ Ba, 26/05/2020», «Số lượt đọc: 1311 Về trang trước Về đầu trang»
    if let (_, end) = signs.phrase(words, at: index, meaning: .tool),
      line.words[index].range.count > 2, index == 0 || endsWithTools(end)
    {
      return end
    }
    addRest(words[index].range)
    return index + 1
  }

  /// Tells whether nothing but tools of the page stand from a word on.
  private func endsWithTools(_ start: Int) -> Bool {
    var index = start
    while let (_, end) = signs.phrase(line.words[...], at: index, meaning: .tool) { index = end }
    return index == line.words.count
  }

  private mutating func addDay(_ day: WrittenDay, behind end: Int) {
    leaveNumber()
    var new = Day(
      date: day.date, time: nil, label: label,
      written: day.range, isUnsure: day.isUnsure)
    if let clock = pendingTime {
      new.setTime(clock)
      pendingTime = nil
      // «Thời gian: 14h00 ngày 20/3/2021» says when something takes place.
      if label.isEmpty, isTimeOfEvent { new.label = .place }
    }
    days.append(new)
  }

  private mutating func addTime(_ clock: WrittenClock) {
    leaveNumber()
    if let last = days.indices.last, days[last].time == nil {
      days[last].setTime(clock)
    } else if pendingTime == nil {
      pendingTime = clock
    }
  }

  /// Tells whether the line begins with the label of any day and a colon.
  private var isTimeOfEvent: Bool {
    guard let (_, end) = signs.phrase(line.words[...], at: 0, meaning: .anyDay), end > 1 else {
      return false
    }
    return isFollowed(by: 0x3A, end - 1)
  }

  /// The time of day of a line that has no day.
  var loneTime: TimeOfDay? { days.isEmpty ? pendingTime?.time : nil }

  // MARK: Labels

  /// - Returns: the index behind the label and what it takes; nil where the words are no label here.
  private mutating func readLabel(
    _ senses: PostSigns.Senses, _ start: Int, _ end: Int
  ) -> Int? {
    let hasColon = isFollowed(by: 0x3A, end - 1)
    let wordLabels: PostSigns.Senses = [.author, .byline, .source, .poster, .categoryLabel]
    if hasColon, !senses.isDisjoint(with: wordLabels),
      senses.isDisjoint(with: [.views, .posted, .drafted])
    {
      return takeValue(of: senses, end)
    }
    if !senses.isDisjoint(with: [.views, .visits]) {
      if let next = takeViews(senses, start, end, hasColon) { return next }
    }
    let days = senses.intersection([.posted, .drafted, .updated, .otherDay, .visited])
    if !days.isEmpty {
      label = days
      labels.formUnion(days)
      return end
    }
    // «Viết bởi Thu Hà»
    if senses.contains(.byline), start == 0 || isParted(start) {
      return takeValue(of: .author, end)
    }
    // «Đăng bởi Thu Hà lúc 14/05/2019»
    if senses.contains(.poster),
      line.words.indices.dropFirst(end).contains(where: { endsValue($0) })
    {
      return takeValue(of: senses, end)
    }
    return senses.isDisjoint(with: [.weekday, .filler, .anyDay]) ? nil : end
  }

  /// Tells whether a sign follows a word, perhaps behind a blank.
  private func isFollowed(by sign: UInt8, _ index: Int) -> Bool {
    guard line.words.indices.contains(index) else { return false }
    var place = line.words[index].range.upperBound
    while place < line.small.count, line.small[place] == 0x20 || line.small[place] == 0x29 {
      place += 1
    }
    return place < line.small.count && line.small[place] == sign
  }

  /// Takes the words behind a label up to a bar, a dash before a day, or the end.
  private mutating func takeValue(of senses: PostSigns.Senses, _ first: Int) -> Int {
    var index = first
    while index < line.words.count {
      if index > first, isParted(index) || endsValue(index) { break }
      if index == first, isParted(index) { break }
      index += 1
    }
    guard index > first else {
      labels.formUnion(senses)
      return first
    }
    let range = line.words[first].range.lowerBound..<line.words[index - 1].range.upperBound
    labels.formUnion(senses)
    if !senses.isDisjoint(with: [.author, .byline]) {
      author = author ?? range
    } else if senses.contains(.source) {
      source = source ?? range
    } else if senses.contains(.categoryLabel) {
      category = category ?? range
    }
    return index
  }

  /// Tells whether a bar stands before a word.
  private func isParted(_ index: Int) -> Bool {
    let start = index == 0 ? 0 : line.words[index - 1].range.upperBound
    let gap = line.small[start..<line.words[index].range.lowerBound]
    return gap.contains { "|;".utf8.contains($0) } || gap.span.holds("•")
  }

  private func endsValue(_ index: Int) -> Bool {
    if let (senses, end) = signs.phrase(line.words[...], at: index, meaning: [.filler, .anyDay]),
      !senses.isEmpty, end < line.words.count,
      WrittenDay.read(line, signs, at: end) != nil || WrittenClock.read(line, signs, at: end) != nil
    {
      return true
    }
    if WrittenDay.read(line, signs, at: index) != nil { return true }
    let wanted: PostSigns.Senses = [
      .posted, .drafted, .updated, .views, .weekday, .author, .source, .poster,
    ]
    guard let (senses, end) = signs.phrase(line.words[...], at: index, meaning: wanted) else {
      return false
    }
    return senses.contains(.weekday) && WrittenDay.read(line, signs, at: end) != nil
      || isFollowed(by: 0x3A, end - 1)
      || !senses.isDisjoint(with: [.posted, .drafted, .updated])
        && end < line.words.count && WrittenDay.read(line, signs, at: end) != nil
  }

  // MARK: Views

  private mutating func takeViews(
    _ senses: PostSigns.Senses, _ start: Int, _ end: Int, _ hasColon: Bool
  ) -> Int? {
    // «290 lượt xem», and not «61 | Lượt xem: 290»
    if let number = pendingNumber, !hasColon, !isParted(start) {
      pendingNumber = nil
      setViews(number, senses)
      return end
    }
    // «Lượt xem: 290», «(Lượt xem 290)», «xem 290 lượt»
    guard end < line.words.count, line.small[line.words[end].range.lowerBound].isASCIIDigit,
      WrittenDay.read(line, signs, at: end) == nil, WrittenClock.read(line, signs, at: end) == nil
    else {
      // Behind a label nothing may stand: «Lượt xem:».
      guard hasColon || end == line.words.count, senses.isDisjoint(with: .filler) else {
        return nil
      }
      labels.formUnion(senses.intersection([.views, .visits]))
      return end
    }
    let range = numberRange(end)
    setViews(range, senses)
    var index = end
    while index < line.words.count, line.words[index].range.lowerBound < range.upperBound {
      index += 1
    }
    return index
  }

  private mutating func setViews(_ range: Range<Int>, _ senses: PostSigns.Senses) {
    labels.formUnion(senses.intersection([.views, .visits]))
    guard senses.contains(.views), views == nil else { return }
    let digits = line.small[range].filter(\.isASCIIDigit)
    // «1,2K» says about how many.
    let behind = line.small[range.upperBound...].prefix(2)
    let isShortened =
      behind.first.map {
        "kmn".utf8.contains($0) || ".,".utf8.contains($0) && behind.last?.isASCIIDigit ?? false
      }
      ?? false
    if !isShortened, digits.count <= 9 { views = digits }
  }

  /// A number with the marks or blanks between its groups of three digits.
  private func numberRange(_ index: Int) -> Range<Int> {
    var range = line.words[index].range
    var next = index + 1
    // «4 512», and no year before a number.
    let mayHaveBlanks = range.count <= 3 && line.small[range.lowerBound] != UInt8(ascii: "0")
    while next < line.words.count {
      let word = line.words[next].range
      let isGroup =
        word.count == 3 && line.small[word].allSatisfy(\.isASCIIDigit)
        && word.lowerBound == range.upperBound + 1
        && (".,".utf8.contains(line.small[range.upperBound])
          || mayHaveBlanks && line.small[range.upperBound] == 0x20)
      guard isGroup else { break }
      range = range.lowerBound..<word.upperBound
      next += 1
    }
    return range
  }

  private mutating func readNumber(_ index: Int) -> Int {
    leaveNumber()
    let range = numberRange(index)
    pendingNumber = range
    var next = index + 1
    while next < line.words.count, line.words[next].range.lowerBound < range.upperBound {
      next += 1
    }
    return behindUnit(next)
  }

  /// The index behind the rest of a number that is rounded: the «,5K» of «2,5K».
  private func behindUnit(_ index: Int) -> Int {
    var end = index
    func isJoined(_ gap: Int) -> Bool {
      end < line.words.count
        && line.words[end].range.lowerBound == line.words[end - 1].range.upperBound + gap
    }
    if isJoined(1), line.words[end].range.count <= 2, line.number(line.words[end].range) != nil,
      ".,".utf8.contains(line.small[line.words[end].range.lowerBound - 1])
    {
      end += 1
    }
    guard isJoined(0), ["k", "m", "n", "tr"].contains(line.small[line.words[end].range].string)
    else { return index }
    return end + 1
  }

  /// A number that nothing counts.
  private mutating func leaveNumber() {
    guard let number = pendingNumber else { return }
    pendingNumber = nil
    // The «+7» of «GMT+7», and both numbers of «GMT+07:00».
    let before = line.small[..<number.lowerBound]
    if before.last == 0x2B || before.last == 0x3A && before.dropLast(3).last == 0x2B { return }
    addRest(number)
    loneNumbers.append(number)
  }

  /// Takes the two bare numbers that end a line behind the day and hour, `19/04/2023 13:43 559 0`: the views
  /// and the comments.
  private mutating func takeViewsBehindHour() {
    guard loneNumbers.count == 2, restWords == 2, rest.count == 1, views == nil, labels.isEmpty,
      days.count == 1, days[0].time != nil, let first = loneNumbers.first,
      let last = loneNumbers.last, last.upperBound == line.small.count,
      first.lowerBound > days[0].written.upperBound, last.lowerBound == first.upperBound + 1,
      line.small[first.lowerBound - 1] == 0x20, line.small[first.upperBound] == 0x20
    else { return }
    (rest, restWords) = ([], 0)
    setViews(first, .views)
  }

  private mutating func addRest(_ range: Range<Int>) {
    leaveNumber()
    restWords += 1
    if let last = rest.last, last.upperBound <= range.lowerBound,
      line.small[last.upperBound..<range.lowerBound].allSatisfy({
        " ,.&/-".utf8.contains($0) || $0 >= 0x80
      })
    {
      rest[rest.count - 1] = last.lowerBound..<range.upperBound
    } else {
      rest.append(range)
    }
  }
}

extension PostedLine.Day {
  fileprivate mutating func setTime(_ clock: WrittenClock) {
    guard !clock.isUniversal else {
      isUniversal = true
      // At the end of its day the next one has begun here.
      isUnsure = isUnsure || clock.time.hour >= 17
      return
    }
    (time, hasSeconds) = (clock.time, clock.hasSeconds)
  }
}
