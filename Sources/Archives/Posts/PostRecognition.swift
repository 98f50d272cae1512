import Texts
import Vietnamese

/// Finds out what the blocks of a post are, whichever reader made them.
///
/// What is of the page around the post is found first, then the head with title, day and category,
/// then where the post ends and who wrote it; what is left is its body. What cannot be known stays
/// empty: a post without a day has none.
struct PostRecognition {
  let post: WrittenPost
  let signs: PostSigns
  let lines: [PostLine]
  /// What short lines say of the post; nil for long ones, and for those that say nothing.
  let posted: [PostedLine?]
  var reading: PostReading
  /// What is known of each block so far.
  var kinds: [BlockKind?]
  /// Where the body begins, below title and day, and where the page goes on below it.
  var bodyStart = 0
  var bodyEnd = 0
  /// Whether the author is a body that signed without a label.
  var isAuthorBody = false
  /// The line that has the title and behind it the day posted.
  var titleWithDay: Int?
  /// The title that a line above it says behind a word of the page.
  var namedTitle: Int?
  /// The lines that are the levels of the path, one each.
  var levels: [Int] = []

  static func read(_ post: WrittenPost, _ signs: PostSigns) -> PostReading {
    var recognition = PostRecognition(post, signs)
    recognition.markPage()
    recognition.readHead()
    recognition.markRepeatedTitles()
    recognition.readEnd()
    recognition.readBody()
    recognition.tellOfDocument()
    return recognition.reading
  }

  private init(_ post: WrittenPost, _ signs: PostSigns) {
    (self.post, self.signs) = (post, signs)
    lines = post.blocks.map { PostLine($0, post.bytes) }
    var label: PostSigns.Senses = []
    posted = lines.map { line in
      let above = label
      label = []
      guard 1...40 ~= line.words.count, line.text.count <= PostedLine.longest,
        line.hasFigures || line.text.contains(0x3A)
          || signs.phrase(line.words[...], at: 0, meaning: .byline) != nil
      else { return nil }
      let posted = PostedLine(line, signs, below: above)
      label = posted.openLabel
      return posted.saysSomething ? posted : nil
    }
    kinds = Array(repeating: nil, count: lines.count)
    reading = PostReading(kinds: [])
  }

  /// Puts the blocks that are still unknown in their places.
  mutating func finish(_ body: Range<Int>) {
    reading.kinds = kinds.indices.map { index in
      if let kind = kinds[index] { return kind }
      if !body.contains(index) { return .site }
      reading.notices.append(PostReading.Notice(block: index, kind: .unknown))
      return .unknown
    }
  }
}

extension PostedLine {
  /// No line with the day posted is longer, in bytes.
  static let longest = 300

  var saysSomething: Bool {
    !days.isEmpty || views != nil || loneTime != nil || author != nil || source != nil
      || category != nil || !labels.isEmpty
  }
}

// MARK: - The page around the post

extension PostRecognition {
  /// Marks what by its words alone is of the page: menus, tools, paths, tables and pictures.
  private mutating func markPage() {
    for (index, line) in lines.enumerated() {
      switch line.block.form {
      case .picture: kinds[index] = .picture
      case .row(_, let isFirst): kinds[index] = isFirst ? .table : .row
      default:
        let isOfPage = line.block.isOfPage || line.isFootOfPrint
        kinds[index] = pageKind(of: line) ?? (isOfPage ? .site : nil)
        // A tool may stand beside the day.
        if kinds[index] == .tool, posted[index]?.days.isEmpty == false { kinds[index] = nil }
      }
    }
    markAddresses()
    markNamedTitles()
    markMenus()
    markLevels()
    markCounters()
  }

  /// The title behind a word of the page, `null Hội nghị tổng kết`, above the title itself.
  private mutating func markNamedTitles() {
    for index in lines.indices.prefix(12) where kinds[index] == nil {
      let line = lines[index]
      guard let (_, end) = signs.phrase(line.words[...], at: 0, meaning: [.tool, .siteHead]),
        line.words.count - end >= 3,
        let name = line.part(line.words[end].range.lowerBound..<line.small.count),
        let title = lines.indices.dropFirst(index + 1).prefix(8).first(where: {
          lines[$0].text == name
        })
      else { continue }
      kinds[index] = .repeatedTitle
      namedTitle = title
    }
  }

  /// A path as a list with numbers: `1. Tin tức`, `2. Dân vận`, and perhaps the title.
  private mutating func markLevels() {
    let top = lines.indices.prefix(8)
    guard let first = top.first(where: { kinds[$0] == nil && !lines[$0].words.isEmpty }) else {
      return
    }
    var end = first
    while end < lines.count, kinds[end] == nil, lines[end].isNumbered(end - first + 1) { end += 1 }
    let isPath = (first..<end).contains { index in
      let name = lines[index].behindMark
      let isTitle = lines.indices.dropFirst(end).prefix(3).contains { lines[$0].text == name }
      return index == first && isCategory(name) || isTitle && end - first > 1
    }
    guard end - first > 1, isPath else { return }
    levels = Array(first..<end)
    for index in levels { kinds[index] = .path }
  }

  /// The counter of a page's visitors above the post, and its figures below it, often one a line.
  private mutating func markCounters() {
    let head = lines.indices.prefix { !isProse(lines[$0]) }
    for index in head where kinds[index] == nil {
      let isHeading = beginsCounters(index)
      guard isHeading || isMadeOf(.visits, lines[index]) else { continue }
      kinds[index] = .site
      var next = index + 1
      while next < lines.count, kinds[next] == nil,
        lines[next].isFigure || isHeading && isCounter(next)
      {
        kinds[next] = .site
        next += 1
      }
    }
  }

  /// Tells whether a line counts something and says no day: `Lượt xem: 28.117` below «Thống kê».
  private func isCounter(_ index: Int) -> Bool {
    if isMadeOf(.visits, lines[index]) { return true }
    let isVisits = signs.phrase(lines[index].words[...], at: 0, meaning: .visits) != nil
    if isVisits, lines[index].wordCount <= 12, lines[index].ending == .none { return true }
    guard let posted = posted[index] else { return false }
    return posted.isWhole && posted.days.isEmpty
      && !posted.labels.isDisjoint(with: [.views, .visits, .otherDay])
  }

  /// The address of the post, which people keep at its top: alone, or with a few words beside it.
  private mutating func markAddresses() {
    let top = lines.indices.prefix(6).prefix { !isProse(lines[$0]) }
    for index in top where kinds[index] == nil {
      guard let address = lines[index].address, lines[index].text.count - address.count <= 80 else {
        continue
      }
      kinds[index] = .site
      if reading.address == nil { reading.address = address.string }
      if reading.visited == nil { reading.visited = posted[index]?.days.last?.date }
    }
  }

  private func pageKind(of line: PostLine) -> BlockKind? {
    if line.words.isEmpty {
      guard !line.small.isEmpty else { return nil }
      return signs.isEndMark(line.small[...]) ? .end : line.text.count < 60 ? .tool : nil
    }
    guard line.wordCount <= 40 else { return nil }
    if isPath(line) || isLabelledPath(line) { return .path }
    if isMadeOf(.tool, line) || isToolLabel(line) { return .tool }
    // «(GMT+7)» below the day.
    if line.hasZone, line.words.count <= 3, isMadeOf(.filler, line) { return .posted }
    return signs.isEndMark(line.small[...]) ? .end : nil
  }

  /// `Từ khóa: rác thải`, `Tệp đính kèm: kh-01.pdf`
  private func isToolLabel(_ line: PostLine) -> Bool {
    guard let (_, end) = signs.phrase(line.words[...], at: 0, meaning: .toolLabel) else {
      return false
    }
    let next = line.small[line.words[end - 1].range.upperBound...].first { $0 != 0x20 }
    return next == 0x3A
  }

  /// `Trang chủ » Tin tức » Tin địa phương`
  func isPath(_ line: PostLine) -> Bool {
    if line.small.contains(UInt8(ascii: "<")) { return false }
    let parts = line.mayBePath ? line.pathParts : []
    guard parts.count > 1, parts.allSatisfy({ $0.count < 240 }) else {
      // Some portals have only blanks between the levels.
      return line.words.count > 2
        && (!isMadeOf(.menu, line) || line.levels.count == 2)
        && signs.phrase(line.words[...], at: 0, meaning: .home) != nil
    }
    if signs.phrase(line.words[...], at: 0, meaning: .home) != nil { return true }
    return parts.count > 2 && parts.dropLast().allSatisfy { $0.count < 80 }
      || parts.count == 2 && line.words.count <= 8 && line.ending == .none && isCategory(parts[0])
  }

  /// `Chuyên mục: Xây dựng Đảng › Công tác dân vận`
  func isLabelledPath(_ line: PostLine) -> Bool {
    guard line.mayBePath, line.pathParts.count > 1,
      let (_, end) = signs.phrase(line.words[...], at: 0, meaning: .categoryLabel)
    else { return false }
    return line.small[line.words[end - 1].range.upperBound...].first { $0 != 0x20 } == 0x3A
  }

  func isCategory(_ text: ArraySlice<UInt8>) -> Bool {
    let small = lowercased(text)
    let words = PostWord.all(in: small, 0..<small.count)
    return signs.phrase(words[...], at: 0, meaning: .category)?.end == words.count
  }

  /// Tells whether a line is nothing but phrases of one sense, numbers and signs.
  func isMadeOf(_ sense: PostSigns.Senses, _ line: PostLine) -> Bool { names(of: sense, line) > 0 }

  /// How many phrases of one sense a line has; 0 where it has anything else than numbers and signs.
  private func names(of sense: PostSigns.Senses, _ line: PostLine) -> Int {
    var index = 0
    var count = 0
    while index < line.words.count {
      if let (_, end) = signs.phrase(line.words[...], at: index, meaning: sense) {
        (index, count) = (end, count + 1)
      } else if line.small[line.words[index].range].allSatisfy(\.isASCIIDigit) {
        index += 1
      } else {
        return 0
      }
    }
    return count
  }

  /// Tells whether the last line of a menu is the category of the post below it: it stands apart, or is
  /// in capitals where the others are not.
  private func endsWithCategory(_ menu: Range<Int>) -> Bool {
    guard menu.count > 1, menu.upperBound < lines.count, let last = menu.last,
      isCategory(lines[last].text)
    else { return false }
    return lines[last].block.isApart && !lines[last - 1].block.isApart
      || lines[last].isCapital && !lines[last - 1].isCapital
  }

  /// Lines of a menu: several names in one line, or three lines and more of one name each.
  private mutating func markMenus() {
    var start = 0
    while start < lines.count {
      var end = start
      var names = 0
      while end < lines.count, kinds[end] == nil, lines[end].wordCount <= 30,
        isMadeOf(.menu, lines[end]), posted[end]?.days.isEmpty ?? true
      {
        names += self.names(of: .menu, lines[end])
        end += 1
      }
      if end - start >= 3 || names >= 3 {
        let last = endsWithCategory(start..<end) ? end - 1 : end
        for index in start..<last { kinds[index] = .site }
      }
      start = max(end, start + 1)
    }
  }
}

extension PostLine {
  /// Tells whether it is a number and nothing else.
  var isFigure: Bool {
    !small.isEmpty && small.allSatisfy { $0.isASCIIDigit || ".,".utf8.contains($0) }
  }

  /// Tells whether it begins with a number and a full stop.
  fileprivate func isNumbered(_ number: Int) -> Bool {
    text.starts(with: "\(number). ".utf8) && wordCount <= 40
  }

  /// Without the number at its start.
  var behindMark: ArraySlice<UInt8> { mark.map { text[$0.upperBound...].trimmed } ?? text }

  /// Whether a zone of time stands in it.
  var hasZone: Bool { small.span.holds("gmt") }

  /// Tells whether it is what a browser prints below a page: `29/11/26, 8:10 PM 1/2`.
  fileprivate var isFootOfPrint: Bool {
    guard 6...9 ~= words.count, let first = words.first, let last = words.last,
      first.range.lowerBound == 0, small[0].isASCIIDigit, last.range.upperBound == small.count
    else { return false }
    let pages = words.suffix(2).map(\.range)
    return number(pages[0]) != nil && number(pages[1]) != nil
      && small[pages[0].upperBound..<pages[1].lowerBound].elementsEqual("/".utf8)
      && small[words[words.count - 3].range.upperBound..<pages[0].lowerBound].contains(0x20)
      && small[first.range.upperBound] == UInt8(ascii: "/") && small.contains(0x3A)
  }

  /// The first address of the web in it.
  var address: ArraySlice<UInt8>? {
    guard let offset = text.span.first(of: Self.http.span, from: 0) else { return nil }
    let start = text.startIndex + offset
    let word = text[start...].prefix { $0 > 0x20 && $0 != 0x7F && !"<>\"()".utf8.contains($0) }
    return ["http://", "https://"].contains {
      word.starts(with: $0.utf8) && word.count > $0.utf8.count
    }
      ? word : nil
  }

  private static let http = Array("http".utf8)

  /// The levels of a path whose signs may be of other lines too: `/`, `|`.
  var levels: [ArraySlice<UInt8>] {
    text.split { $0 == 0x2F || $0 == 0x7C }.map(\.trimmed).filter { !$0.isEmpty }
  }

  /// Whether a sign of a path may stand in it.
  fileprivate var mayBePath: Bool {
    let bytes = text.span
    for index in bytes.indices {
      switch bytes[index] {
      case 0x3E: return true
      // », › and →
      case 0xBB: if index > 0, bytes[index - 1] == 0xC2 { return true }
      case 0xBA, 0x92: if index > 1, bytes[index - 2] == 0xE2 { return true }
      default: break
      }
    }
    return false
  }

  /// The parts between the signs of a path: `>`, `»`, `›`, `→`.
  var pathParts: [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var start = text.startIndex
    var index = start
    while index < text.endIndex {
      let rest = text[index...]
      let length =
        rest.first == 0x3E
        ? 1
        : rest.starts(with: "»".utf8)
          ? 2
          : rest.starts(with: "›".utf8) || rest.starts(with: "→".utf8) ? 3 : 0
      if length > 0 {
        parts.append(text[start..<index].trimmed)
        start = index + length
      }
      index += max(1, length)
    }
    parts.append(text[start...].trimmed)
    return parts.filter { !$0.isEmpty }
  }
}

extension ArraySlice<UInt8> {
  /// Without blanks at its ends.
  var trimmed: ArraySlice<UInt8> {
    var text = self
    while text.first == 0x20 { text.removeFirst() }
    while text.last == 0x20 { text.removeLast() }
    return text
  }

  var string: String { String(decoding: self, as: UTF8.self) }
}
