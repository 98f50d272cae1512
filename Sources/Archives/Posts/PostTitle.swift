import Texts
import Vietnamese

/// The title of a post: which blocks of its head are it.
extension PostRecognition {
  /// Tells whether a block may be of the post, by what is known so far.
  func isText(_ index: Int) -> Bool {
    kinds[index] == nil && !lines[index].words.isEmpty && !lines[index].isFigure
      && !isPostedLine(index)
      && !isSiteHead(index) && !isOfEvent(index)
  }

  func isSiteHead(_ index: Int) -> Bool {
    let line = lines[index]
    guard line.wordCount <= (line.isCapital ? 40 : 14),
      let (_, end) = signs.phrase(line.words[...], at: 0, meaning: .siteHead)
    else { return false }
    // A title may tell of the portal: it says what it does.
    return !tells(line, from: end)
  }

  /// Tells whether a line has words that tell of what is done.
  func tells(_ line: PostLine, from start: Int) -> Bool {
    line.words.indices.dropFirst(start).contains { index in
      signs.phrase(line.words[...], at: index, meaning: .telling) != nil
    }
  }

  func titleBlocks(in head: Range<Int>, around posted: Int?) -> Range<Int>? {
    var texts = head.filter { isText($0) }
    // One word is a sign of the page beside a longer text.
    if texts.contains(where: { lines[$0].wordCount > 2 }) {
      texts.removeAll {
        lines[$0].wordCount == 1 || lines[$0].wordCount == 2 && lines[$0].beginsSmall
      }
    }
    if let heading = headingTitle(texts, posted) { return joined(heading, texts) }
    if let named = namedTitle ?? texts.first(where: { repeatOfTitle($0, texts) != nil }) {
      return named..<named + 1
    }
    guard let posted else { return titleWithoutDay(texts).map { joined($0, texts) } }
    let above = texts.filter { $0 < posted }
    let below = texts.filter { $0 > posted }
    guard let last = above.last else {
      return (below.first ?? firstProse(behind: posted)).map { joined($0, texts) }
    }
    // The day may stand below a short body, and below who wrote it.
    if let first = titleWithoutDay(above), lines[first].ending == .none,
      above.contains(where: { $0 > first && lines[$0].text.last == 0x2E })
    {
      return joined(first, texts)
    }
    // Nor is the title what begins as a paragraph does.
    if above.count > 1, begins(last, with: .opening), lines[last].wordCount >= 6,
      let first = titleWithoutDay(above), first < last, lines[first].wordCount >= 4
    {
      return joined(first, texts)
    }
    // Who wrote it may stand between the title and the day, or the category.
    if let title = above.dropLast().last, lines[title].wordCount >= 4, !isCategoryLine(title),
      lines[title].ending == .none,
      lines[last].block.isApart && beginsWithFamilyName(last) || isPersonOfBody(last)
        || isCategory(lines[last].text)
    {
      return joined(title, texts)
    }
    // The day may stand between the category and the title.
    if above.count == 1, let next = below.first, next == posted + 1,
      isKnownCategory(last) || lines[last].wordCount <= 2 && lines[next].wordCount >= 8,
      lines[next].wordCount > lines[last].wordCount
    {
      return joined(next, texts)
    }
    return joined(last, texts)
  }

  /// Tells whether a line is the name of a person, of whom the family name is known.
  func beginsWithFamilyName(_ index: Int) -> Bool {
    let line = lines[index]
    return 2...4 ~= line.words.count && isNameOfPerson(line.text)
      && signs.phrase(line.words[...], at: 0, meaning: .familyName) != nil
  }

  /// Tells whether a line is the name of a person and behind a dash that of a body: `Mai Thử - Phòng VHTT`.
  func isPersonOfBody(_ index: Int) -> Bool {
    let line = lines[index]
    guard line.wordCount <= 12, line.ending == .none, !tells(line, from: 0),
      let dash = line.text.firstPlace(of: Array(" - ".utf8))
    else { return false }
    let name = line.text[..<dash.lowerBound]
    let body = dash.upperBound - line.text.startIndex..<line.small.count
    return name.contains(0x20) && isNameOfPerson(name) && !isCategory(name)
      && !isCategory(line.text) && isBody(body, of: line)
  }

  /// The heading of a page: the block that it names as its title, or the one of the first level.
  private func headingTitle(_ texts: [Int], _ posted: Int?) -> Int? {
    if let wanted = post.hints.title.map({ lowercased(Array($0.utf8)[...]) }) {
      let named = texts.last { index in
        lines[index].wordCount > 3 && lines[index].small.count >= 20
          && !isNameOfOwner(index, above: texts)
          && wanted[...].firstPlace(of: lines[index].small) != nil
      }
      if let named { return named }
    }
    let headings = texts.filter { index in
      lines[index].block.form == .heading(level: 1) && lines[index].wordCount > 3
        && !isNameOfOwner(index, above: texts)
    }
    if headings.count == 1 { return headings[0] }
    // The name of the site is the first heading, and the title below it the next.
    guard headings.isEmpty, let first = texts.first, isNameOfOwner(first, above: texts) else {
      return nil
    }
    return texts.dropFirst().first { lines[$0].isHeading && lines[$0].wordCount > 2 }
  }

  /// Tells whether a heading names the body that has the page, and another heading stands below it.
  func isNameOfOwner(_ index: Int, above texts: [Int]) -> Bool {
    let line = lines[index]
    return line.isHeading && line.wordCount <= 8 && line.ending == .none && !tells(line, from: 0)
      && signs.phrase(line.words[...], at: 0, meaning: .siteOwner) != nil
      && texts.contains { $0 > index && lines[$0].isHeading && lines[$0].wordCount > 2 }
  }

  private func begins(_ index: Int, with sense: PostSigns.Senses) -> Bool {
    signs.phrase(lines[index].words[...], at: 0, meaning: sense) != nil
  }

  private func firstProse(behind index: Int) -> Int? {
    guard let next = (index + 1..<lines.count).first(where: { !isPostedLine($0) }) else {
      return nil
    }
    if begins(next, with: .opening) { return nil }
    // A long title with an end sign below the day is still told by its place.
    return next < lines.count && kinds[next] == nil && lines[next].wordCount <= 40
      && next + 1 < lines.count ? next : nil
  }

  private func titleWithoutDay(_ texts: [Int]) -> Int? {
    guard var first = texts.first else { return nil }
    var rest = texts.dropFirst()
    // A text that comes again is the title, which stands above pictures too.
    if let again = texts.first(where: { comesAgain($0) }), lines[again].wordCount >= 5 {
      return again
    }
    while isCategoryLine(first) || isShortAbove(first, rest.first) || isOwnerLine(first),
      let next = rest.first,
      lines[next].wordCount > 2 && lines[next].wordCount >= lines[first].wordCount
        || isOwnerLine(first) && (lines[next].wordCount > 2 || isKnownCategory(next))
    {
      first = next
      rest = rest.dropFirst()
    }
    // Two levels of the category, a line each.
    if isCategory(lines[first].text), rest.count >= 2, let level = rest.first,
      let next = rest.dropFirst().first, lines[level].wordCount <= 4, lines[level].ending == .none,
      lines[level].block.isApart, lines[next].wordCount >= 6, lines[next].block.isApart
    {
      first = next
    }
    let isCaption =
      lines[first].ending == .sentence && lines[first].wordCount <= 5
      && begins(first, with: .caption)
    // A paragraph whose full stop is lost, where no other stands below it.
    let isParagraph =
      lines[first].wordCount > 40 && !lines[first].isCapital
      && !lines.dropFirst(first + 1).contains { $0.wordCount >= 14 }
    return isCaption || isParagraph || isCategory(lines[first].text) ? nil : first
  }

  /// A few words apart from a long line without an end: the category above its title.
  private func isShortAbove(_ index: Int, _ next: Int?) -> Bool {
    guard let next, lines[index].wordCount <= 5, lines[index].ending == .none,
      lines[next].wordCount >= 8, lines[next].ending == .none, lines[next].block.isApart,
      !lines[next].beginsSmall
    else { return false }
    return !tells(lines[index], from: 0) && !isOfSiteOwner(lines[index])
      && signs.phrase(lines[next].words[...], at: 0, meaning: .caption) == nil
  }

  /// The body that has the page, above all: «UBND PHƯỜNG VÍ DỤ».
  func isOwnerLine(_ index: Int) -> Bool {
    let line = lines[index]
    return line.isCapital && line.wordCount <= 8 && line.ending == .none && isOfSiteOwner(line)
      && !tells(line, from: 0)
  }

  private func comesAgain(_ index: Int) -> Bool {
    let text = lines[index].small
    // A caption stands below its picture and for it.
    guard text.count >= 20, !text.span.holds("ảnh:") else { return false }
    return lines.indices.contains { $0 > index && lines[$0].small == text }
  }

  /// The line near below that says the same as a title, with only the category, the day and tools between;
  /// nil where none does.
  func repeatOfTitle(_ index: Int, _ texts: [Int]) -> Int? {
    let line = lines[index]
    guard line.wordCount >= 4, comesAgain(index),
      let again = texts.first(where: { $0 > index && lines[$0].small == line.small }),
      2...8 ~= again - index, texts.count(where: { index < $0 && $0 < again }) <= 1,
      // What stands above a picture comes again as its caption.
      (index..<again).allSatisfy({ kinds[$0] != .picture })
    else { return nil }
    return again
  }

  /// The block with those above it that go on in it: a title over two lines.
  private func joined(_ last: Int, _ texts: [Int]) -> Range<Int> {
    var first = last
    while first > 0, texts.contains(first - 1), !lines[first].block.isApart,
      lines[first - 1].ending == .open || lines[first].beginsSmall,
      !isKnownCategory(first - 1)
    {
      first -= 1
    }
    var end = last + 1
    while end < lines.count, texts.contains(end), !lines[end].block.isApart,
      lines[end - 1].ending == .open && lines[end - 1].text.last != 0x3A || lines[end].beginsSmall
    {
      end += 1
    }
    // «Xã Ví Dụ:» above the title proper.
    if let next = texts.first(where: { $0 >= end }), lines[end - 1].text.last == 0x3A,
      lines[end - 1].wordCount <= 20, next == end, lines[next].ending == .none,
      lines[next].wordCount >= 5
    {
      end = next + 1
    }
    return first..<end
  }

  /// Where the first line is the title of the browser's window, `Title - Portal`, takes the part that a
  /// later line has.
  mutating func shortenTitle(in title: Range<Int>, before end: Int) {
    guard title.count == 1 else { return }
    let long = lines[title.lowerBound].small
    let other = (0..<end).first { index in
      let short = lines[index].small
      return index != title.lowerBound && short.count >= 20 && short.count < long.count
        && long.starts(with: short) && isText(index)
        && long[short.count...].drop { $0 == 0x20 }.beginsWithDash
    }
    guard let other else { return }
    kinds[title.lowerBound] = .repeatedTitle
    kinds[other] = .title
    reading.title = lines[other].string
  }

  /// Takes the day in brackets with which some portals end a title, `… [10/05/2016]`.
  mutating func takeDay(behindTitle index: Int) {
    guard let day = posted[index]?.days.last, lines[index].text.last == UInt8(ascii: "]"),
      day.written.upperBound == lines[index].text.count - 1, day.written.lowerBound > 0,
      lines[index].small[day.written.lowerBound - 1] == UInt8(ascii: "["),
      let title = reading.title, let bracket = title.lastIndex(of: "[")
    else { return }
    setDay(day, index)
    reading.title = String(decoding: Array(title[..<bracket].utf8)[...].trimmed, as: UTF8.self)
  }

  /// Takes the day behind the title where that comes again below it: `… (10/05/2016)`.
  mutating func takeDay(behindRepeatOf title: Range<Int>, before end: Int) {
    guard reading.day == nil, let wanted = reading.title.map({ lowercased(Array($0.utf8)[...]) })
    else { return }
    for index in title.upperBound..<max(title.upperBound, end) where kinds[index] == nil {
      guard let day = posted[index]?.days.last, lines[index].small.starts(with: wanted),
        day.written.lowerBound == wanted.count + 2, lines[index].endsInBrackets(day)
      else { continue }
      kinds[index] = .repeatedTitle
      return setDay(day, index)
    }
  }

  /// The title in a line with the day in brackets behind it, above which nothing stands.
  mutating func takeTitle(beforeDay index: Int) -> Bool {
    let line = lines[index]
    // «Tên bài Ngày đăng 15/10/2019 | 17:10 | Lượt xem: 15», with the text below
    if let start = labelOfDay(in: line), let name = line.part(0..<start)?.trimmed,
      name.last != 0x2D, name.last != 0x7C, !isCategory(name),
      !isNameOfPerson(name), posted[index]?.restWords ?? 0 >= 3,
      !(0..<index).contains(where: { isText($0) }), index + 1 < lines.count,
      isProse(lines[index + 1])
    {
      reading.title = name.string
      take(index, isBest: false, as: .title)
      return true
    }
    guard let posted = posted[index], let day = posted.days.last, line.endsInBrackets(day),
      posted.rest.count == 1, let range = posted.rest.first, range.lowerBound == 0,
      posted.restWords >= 3, let name = line.part(range), !isCategory(name),
      !isNameOfPerson(name), tells(line, from: 0) || !isBody(range, of: line),
      !(0..<index).contains(where: { isText($0) })
    else { return false }
    reading.title = name.string
    kinds[index] = .title
    setDay(day, index)
    return true
  }
}

extension PostLine {
  /// Tells whether a saved page marks it as a heading.
  var isHeading: Bool {
    if case .heading = block.form { return true }
    return false
  }

  /// Tells whether a day in brackets is the end of it.
  func endsInBrackets(_ day: PostedLine.Day) -> Bool {
    day.written.upperBound == text.count - 1 && text.last == 0x29 && day.written.lowerBound > 1
      && small[day.written.lowerBound - 1] == 0x28
  }
}

extension ArraySlice<UInt8> {
  /// Tells whether a dash or a bar is the first of it, as before the name of a portal.
  fileprivate var beginsWithDash: Bool {
    first == 0x2D || first == 0x7C || starts(with: "–".utf8) || starts(with: "—".utf8)
  }
}
