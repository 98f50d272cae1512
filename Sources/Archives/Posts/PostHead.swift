import Texts
import Vietnamese

/// The head of a post: where its title and its text begin. The day posted is in `PostDay.swift`, the category
/// in `PostCategory.swift`.
extension PostRecognition {
  /// No head has more blocks.
  private static let longestHead = 80

  mutating func readHead() {
    let end = headEnd
    let posted = postedLine(in: 0..<end)
    var title: Range<Int>?
    if let posted, takeTitle(beforeDay: posted) {
      title = posted..<posted + 1
    } else {
      title = titleBlocks(in: 0..<end, around: posted)
      if let title { setTitle(title, before: end) }
    }
    if title == nil {
      reading.notices.append(PostReading.Notice(block: nil, kind: .noTitle))
    }
    let start = title?.upperBound ?? posted.map { $0 + 1 } ?? 0
    readCategory(before: title?.lowerBound ?? 0, posted)
    markHead(before: title?.lowerBound ?? posted ?? 0)
    readPostedLines(in: 0..<end, posted, title)
    if let titleWithDay, reading.day == nil { take(titleWithDay, isBest: false, as: .title) }
    if let title { takeClock(above: title.lowerBound) }
    takeDayOfFirstParagraph(from: start)
    if let title { readCategory(below: title.upperBound - 1, before: end) }
    tellOfClock(in: 0..<end)
    // The day may stand below the body of a short post.
    let isBelowBody = posted.map { posted in (start..<max(start, posted)).contains(where: isText) }
    bodyStart = isBelowBody ?? false ? start : max(start, posted.map { $0 + 1 } ?? 0)
    for index in 0..<bodyStart where kinds[index] == nil {
      kinds[index] = index >= start && isOfEvent(index) ? .paragraph : .site
    }
  }

  private mutating func setTitle(_ title: Range<Int>, before end: Int) {
    for index in title { kinds[index] = .title }
    reading.title = title.map { lines[$0].string }.joined(separator: " ")
    shortenTitle(in: title, before: end)
    takeDay(behindTitle: title.upperBound - 1)
    takeDay(behindRepeatOf: title, before: end)
    takeAuthor(below: title.upperBound - 1)
    cutTitle(in: title)
  }

  /// Takes the label of the day posted and what follows it off the title: `… Ngày đăng 15/10/2019 | 17:10`.
  private mutating func cutTitle(in title: Range<Int>) {
    if title.count == 1, let (day, start) = dayEnding(title.lowerBound),
      !lines.indices.prefix(Self.longestHead).contains(where: { isPostedLine($0) && hasDay($0) }),
      let name = lines[title.lowerBound].part(0..<start)
    {
      reading.title = name.trimmed.string
      return setDay(day, title.lowerBound)
    }
    guard title.count == 1, let start = title.first.flatMap({ labelOfDay(in: lines[$0]) }),
      let part = lines[title.lowerBound].part(0..<start)
    else { return }
    var name = part.trimmed
    while name.last == 0x2D || name.last == 0x7C { name = name.dropLast().trimmed }
    reading.title = name.string
    titleWithDay = title.lowerBound
  }

  /// The day that ends a line behind a title, and where the title ends: with its hour and nothing but a
  /// blank between them, `… ở nhà trọ 11/03/2026 10:53`, or in brackets, `… ở nhà trọ (11/03/2026)`. That
  /// of an event has a word before it.
  private func dayEnding(_ index: Int) -> (PostedLine.Day, start: Int)? {
    let line = lines[index]
    guard let posted = posted[index], posted.days.count == 1, let day = posted.days.first,
      day.label.isEmpty, posted.restWords >= 5, let last = posted.rest.last,
      last.upperBound < day.written.lowerBound
    else { return nil }
    let start = day.written.lowerBound
    if day.time != nil { return last.upperBound + 1 == start ? (day, start) : nil }
    let saysDay = line.words.indices.contains {
      signs.phrase(line.words[...], at: $0, meaning: .anyDay) != nil
    }
    return line.endsInBrackets(day) && !saysDay ? (day, start - 1) : nil
  }

  /// Where the label of the day posted begins, with that day, in a line that has a title before it.
  func labelOfDay(in line: PostLine) -> Int? {
    line.words.indices.dropFirst(4).first { index in
      guard
        let (_, end) = signs.phrase(line.words[...], at: index, meaning: [.posted, .updated]),
        end < line.words.count,
        line.part(line.words[index].range).map({ isCapital($0) }) ?? false
      else { return false }
      return WrittenDay.read(line, signs, at: end) != nil
    }.map { line.words[$0].range.lowerBound }
  }

  /// «THU HÀ - QUANG MINH |» below the title.
  private mutating func takeAuthor(below title: Int) {
    let next = title + 1
    guard next < lines.count, kinds[next] == nil else { return }
    let hasBar = lines[next].text.last == 0x7C
    let name = (hasBar ? lines[next].text.dropLast() : lines[next].text).trimmed
    let isAboveDay =
      next + 1 < lines.count && isPostedLine(next + 1) && posted[next + 1]?.author == nil
      && (beginsWithFamilyName(next) || isPersonOfBody(next))
    // «(Báo Ví Dụ) - …» below it.
    let isAboveText =
      next + 1 < lines.count && !lines[next + 1].block.isApart && isProse(lines[next + 1])
      && lines[next + 1].text.first == 0x28 && 2...4 ~= lines[next].wordCount
    guard isNameOfPerson(name) || isPersonOfBody(next), hasBar || isAboveDay || isAboveText else {
      return
    }
    reading.author = name.string
    kinds[next] = .author
  }

  /// Where the first paragraph stands, or what follows a post that has only short ones.
  private var headEnd: Int {
    let below = lines.indices.prefix(Self.longestHead).first { beginsBelow($0) }
    let limit = below ?? min(lines.count, Self.longestHead)
    let first = (0..<limit).first { index in
      kinds[index] == nil && isProse(lines[index]) && !isPostedLine(index)
        && !isTitleWithEnd(index)
    }
    return first ?? limit
  }

  /// Tells whether other news, comments or counters begin at a line below a title.
  private func beginsBelow(_ index: Int) -> Bool {
    guard beginsRelated(index) || beginsComments(index) || beginsCounters(index) else {
      return false
    }
    // «Tin mới» above the path is of the page's menu.
    if (index + 1..<min(index + 4, lines.count)).contains(where: { kinds[$0] == .path }) {
      return false
    }
    let above = (0..<index).filter { isText($0) && !isCategoryLine($0) && !isOwnerLine($0) }
    let isBelowTitle = above.contains { lines[$0].wordCount >= 4 }
    // A comment has its place below a text, and a tool of that name below the title.
    return isBelowTitle && (beginsRelated(index) || above.count > 1) && !goesOn(behind: index)
  }

  /// Tells whether a line is a paragraph and no title: a sentence, or very long.
  func isProse(_ line: PostLine) -> Bool {
    if case .heading = line.block.form { return false }
    if line.isCapital { return line.text.count > 500 }
    return line.text.count > PostLine.shortLength
      || line.ending == .sentence && line.wordCount >= 14
      || line.ending == .open && line.wordCount >= 20
  }

  /// Tells whether a sentence is the title all the same: the day posted stands right below it, and only
  /// a category above.
  private func isTitleWithEnd(_ index: Int) -> Bool {
    guard lines[index].text.count < 400, index + 1 < lines.count,
      isPostedLine(index + 1) && (hasDay(index + 1) || tellsViews(index + 1)) || isEchoed(index)
    else { return false }
    return (0..<index).allSatisfy { kinds[$0] != nil || lines[$0].wordCount <= 10 }
  }

  /// Tells whether the next line is a paragraph that says again what a sentence says, as the first
  /// paragraph says the title.
  private func isEchoed(_ index: Int) -> Bool {
    let line = lines[index]
    guard line.block.isApart || index == 0, line.words.count <= 40,
      signs.phrase(line.words[...], at: 0, meaning: .opening) == nil,
      lines[index + 1].text.count > line.text.count, isProse(lines[index + 1]),
      !line.small.span.holds(". ")
    else { return false }
    let next = lowercased(lines[index + 1].text.prefix(PostLine.shortLength * 2))
    let words = Set(PostWord.all(in: next, 0..<next.count).map(\.hash))
    return line.words.count { words.contains($0.hash) } * 10 >= line.words.count * 7
  }

  private mutating func markHead(before title: Int) {
    for index in 0..<title where kinds[index] == nil && !isPostedLine(index) {
      kinds[index] = .site
    }
  }
}
