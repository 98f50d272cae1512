import Texts
import Vietnamese

/// The day on which a post was posted: of all lines with a day the one that says it best.
extension PostRecognition {
  /// Tells whether a line tells of the post: it has nothing else, or a label and only a few words
  /// beside it.
  func isPostedLine(_ index: Int) -> Bool {
    guard let posted = posted[index], kinds[index] == nil else { return false }
    if posted.isPeriod || isOfEvent(index) { return false }
    if posted.isWhole { return true }
    let isLabelled =
      posted.days.contains { !$0.label.isEmpty } || posted.views != nil
      || !posted.labels.isDisjoint(with: [.posted, .drafted, .updated, .views])
        && posted.restWords <= 2
    if isLabelled {
      let few = posted.views != nil && !posted.days.isEmpty ? 4 : 2
      return posted.restWords <= 12 && lines[index].ending != .sentence
        && (posted.isParted(lines[index]) || posted.restWords <= few)
    }
    if isCategoryWithDay(posted, lines[index]) { return true }
    // «Thu Hà - 11/09/2023 15:26»
    return !posted.days.isEmpty && posted.restWords <= 5 && posted.rest.count == 1
      && posted.isParted(lines[index])
      && (posted.days.contains { $0.time != nil } || !lines[index].beginsSmall)
      && lines[index].ending == .none && posted.isRestAtEdge(lines[index])
  }

  /// Tells whether a line says when or where something takes place, or was written.
  func isOfEvent(_ index: Int) -> Bool {
    if isPlace(lines[index]) { return true }
    guard let posted = posted[index] else { return false }
    return posted.days.contains { $0.label == .place } || posted.isPlaceWithDay(lines[index])
      || isAtPlace(posted, lines[index])
  }

  /// `Địa điểm: Hội trường phường`
  private func isPlace(_ line: PostLine) -> Bool {
    guard let (_, end) = signs.phrase(line.words[...], at: 0, meaning: .place) else { return false }
    return line.small[line.words[end - 1].range.upperBound...].first { $0 != 0x20 } == 0x3A
  }

  /// Tells whether a line says where and when something takes place, `20/3/2021 08:00 - Nhà văn hóa`.
  private func isAtPlace(_ posted: PostedLine, _ line: PostLine) -> Bool {
    guard posted.views == nil, posted.author == nil, let day = posted.days.first,
      day.label.isEmpty, let last = posted.rest.last, last.lowerBound > day.written.upperBound,
      let word = line.words.firstIndex(where: { $0.range.lowerBound == last.lowerBound })
    else { return false }
    return signs.phrase(line.words[...], at: word, meaning: .place) != nil
  }

  /// Tells whether a line is the name of a category and the day posted, with no sign between them:
  /// «Chính trị 28-05-2024», «Mặt trận, đoàn thể 30 Tháng Sáu 2014 5:15:00 CH».
  private func isCategoryWithDay(_ posted: PostedLine, _ line: PostLine) -> Bool {
    guard posted.rest.count == 1, let range = posted.rest.first, range.lowerBound == 0,
      posted.days.count == 1, let day = posted.days.first, day.label.isEmpty,
      range.upperBound <= day.written.lowerBound, let name = line.part(range)
    else { return false }
    return isCategory(name)
      || day.time != nil && posted.restWords <= 7 && !line.beginsSmall && line.ending == .none
        && !tells(line, from: 0)
  }

  /// Tells whether a line begins with a few words and a dash before the label of the day:
  /// «Nếp sống - Ngày đăng: 15:38, 20/02/2018».
  private func isCategoryBeforeLabel(_ posted: PostedLine, _ line: PostLine) -> Bool {
    guard posted.rest.count == 1, let range = posted.rest.first, range.lowerBound == 0,
      posted.restWords <= 5, posted.days.first?.label == .posted, !line.beginsSmall
    else { return false }
    return line.small[range.upperBound...].starts(with: " - ".utf8) && !tells(line, from: 0)
  }

  /// The line of a head that says when the post was posted, or how often it was seen.
  func postedLine(in head: Range<Int>) -> Int? {
    var best: (index: Int, rank: Int)?
    for index in head where isPostedLine(index) {
      let rank = rank(index, in: head)
      if rank > best?.rank ?? 0 { best = (index, rank) }
    }
    return best?.index
  }

  private func rank(_ index: Int, in head: Range<Int>) -> Int {
    guard let posted = posted[index] else { return 0 }
    if posted.days.contains(where: { $0.label == .posted }) { return 7 }
    if posted.days.contains(where: { $0.label == .drafted }) { return 6 }
    if posted.days.contains(where: { $0.label == .updated }) { return 4 }
    guard let day = posted.days.first(where: { $0.label.isEmpty }) else {
      return posted.views != nil ? 2 : 0
    }
    if isComment(index) { return 0 }
    if isBehindTitle(index, in: head) { return 5 }
    if isClockOfPage(index) { return 0 }
    let isBesideViews = (index - 1...index + 1).contains { tellsViews($0) }
    // The clock of a page stands above its menu and its path.
    let isAbovePage = head.contains { other in
      other > index && (kinds[other] == .site || kinds[other] == .path || isSiteHead(other))
    }
    let isClock = day.hasSeconds && !isBesideViews && isClock(posted, lines[index])
    return isAbovePage || isClock ? 0 : 3
  }

  /// Tells whether what may be the title stands above a line: no word alone, and no category above a
  /// title that follows.
  private func isBehindTitle(_ index: Int, in head: Range<Int>) -> Bool {
    let above = (head.lowerBound..<index).filter {
      isText($0) && !isOwnerLine($0) && lines[$0].wordCount > 1
    }
    if above.isEmpty { return false }
    guard above.allSatisfy({ isCategoryLine($0) }) else { return true }
    return !(index + 1..<max(index + 1, head.upperBound)).contains { other in
      isText(other) && lines[other].wordCount >= 4
        && signs.phrase(lines[other].words[...], at: 0, meaning: .caption) == nil
    }
  }

  /// Tells whether a name and a day stand below a text and above what somebody says of it.
  private func isComment(_ index: Int) -> Bool {
    guard let posted = posted[index], posted.restWords > 0, index + 1 < lines.count,
      isText(index + 1)
    else { return false }
    let above = (0..<index).filter { isText($0) }
    return above.count > 1 && above.last.map { lines[$0].ending == .sentence } ?? false
  }

  /// Tells whether a line above the title is the clock of a page: it has the weekday, or the time first,
  /// and no views stand in it or beside it.
  private func isClockOfPage(_ index: Int) -> Bool {
    let line = lines[index]
    guard let posted = posted[index], posted.isWhole, posted.author == nil, posted.category == nil,
      !isWeekdayWithDash(line),
      let first = line.words.first, let day = posted.days.first,
      !(index - 1...index + 1).contains(where: { tellsViews($0) }),
      // The zone of its time a page says of a post, and a path leads to it.
      day.hasSeconds || !isWithZone(index)
    else { return false }
    return signs.phrase(line.words[...], at: 0, meaning: .weekday) != nil
      || first.range.lowerBound < day.written.lowerBound && line.small[0].isASCIIDigit
  }

  /// `Thứ năm - 06/02/2025 13:35`, as one family of portals has the day of a post and no clock.
  private func isWeekdayWithDash(_ line: PostLine) -> Bool {
    guard let (_, end) = signs.phrase(line.words[...], at: 0, meaning: .weekday),
      end < line.words.count
    else { return false }
    let gap = line.words[end - 1].range.upperBound..<line.words[end].range.lowerBound
    return line.small[gap].elementsEqual(" - ".utf8)
  }

  /// Tells whether the zone of a day stands below it, or beside it where a path or a category leads to the
  /// post.
  private func isWithZone(_ index: Int) -> Bool {
    let isBelow =
      index + 1 < lines.count && kinds[index + 1] == .posted && lines[index + 1].hasZone
    return isBelow
      || lines[index].hasZone && index > 0
        && (kinds[index - 1] == .path || kinds[index - 1] == nil && isKnownCategory(index - 1))
  }

  func tellsViews(_ index: Int) -> Bool {
    lines.indices.contains(index) && posted[index]?.views != nil
  }

  /// Tells whether a day with seconds is the clock of the page: nothing but perhaps the weekday stands
  /// beside it.
  private func isClock(_ posted: PostedLine, _ line: PostLine) -> Bool {
    !isCategoryWithDay(posted, line)
      && signs.phrase(line.words[...], at: 0, meaning: .anyDay) == nil
  }

  /// Takes the day, the views, the author and the category out of the lines that have them.
  /// What stands at the title counts more than what stands above it.
  mutating func readPostedLines(in head: Range<Int>, _ best: Int?, _ title: Range<Int>?) {
    let start = title?.lowerBound ?? 0
    let isBestAbove = best.map { $0 < start } ?? false
    let order = isBestAbove ? Array(head) : Array(head.dropFirst(start)) + Array(head.prefix(start))
    for index in order where isPostedLine(index) {
      take(index, isBest: index == best)
      takeNumberBelow(index)
    }
  }

  /// Takes the day right above the title where the post has no other, as newspapers write it:
  /// `11:03, 01/03/2023`. One with seconds, or above a path, is the clock of the page.
  mutating func takeClock(above title: Int) {
    guard reading.day == nil, title > 0, kinds[title - 1] == .posted,
      let posted = posted[title - 1], posted.days.count == 1, let day = posted.days.first,
      day.label.isEmpty, !day.hasSeconds, isDayOfNewspaper(day, lines[title - 1]),
      !(0..<title - 1).contains(where: { hasDay($0) || kinds[$0] == .path })
    else { return }
    setDay(day, title - 1)
  }

  /// Takes the day behind the short name of the body that has the page, in brackets before the first
  /// paragraph: `(BVVD-08/01/2014) Sáng nay, …`.
  mutating func takeDayOfFirstParagraph(from start: Int) {
    guard reading.day == nil,
      let index = lines.indices.dropFirst(start).first(where: {
        kinds[$0] == nil && !lines[$0].isEmpty
      }),
      lines[index].text.first == 0x28,
      let end = lines[index].text.prefix(40).firstIndex(of: 0x29)
    else { return }
    let range = lines[index].text.startIndex + 1..<end
    let line = PostLine(PostBlock(text: range, line: 1), post.bytes)
    let posted = PostedLine(line, signs)
    guard posted.days.count == 1, let day = posted.days.first, day.label.isEmpty,
      posted.restWords == 1, let name = posted.rest.first, name.lowerBound == 0, line.isCapital,
      !line.small[name.upperBound..<day.written.lowerBound].elementsEqual(" ".utf8),
      day.written.upperBound == line.small.count
    else { return }
    setDay(day, index)
  }

  /// Tells whether a day has the hour and no weekday, or the weekday and its zone and no hour; a clock has
  /// both, or bars.
  private func isDayOfNewspaper(_ day: PostedLine.Day, _ line: PostLine) -> Bool {
    if signs.phrase(line.words[...], at: 0, meaning: .weekday) != nil {
      return day.time == nil && line.hasZone
    }
    return day.time != nil && !line.small.contains(0x7C)
  }

  func hasDay(_ index: Int) -> Bool { posted[index]?.days.isEmpty == false }

  /// Tells of a day above the title that may be the clock of the page, where the post has no other.
  mutating func tellOfClock(in head: Range<Int>) {
    guard reading.day == nil else { return }
    let clock = head.first { index in
      kinds[index] == .posted && posted[index]?.days.contains { $0.label.isEmpty } ?? false
    }
    if let clock { reading.notices.append(PostReading.Notice(block: clock, kind: .clock)) }
  }

  /// «Lượt xem:», and the number in the next line.
  mutating func takeNumberBelow(_ index: Int) {
    let next = index + 1
    guard reading.views == nil, posted[index]?.labels.contains(.views) ?? false,
      next < lines.count, kinds[next] == nil, 1...4 ~= lines[next].words.count
    else { return }
    let digits = lines[next].small.filter(\.isASCIIDigit)
    guard lines[next].small.allSatisfy({ $0.isASCIIDigit || ".,".utf8.contains($0) }),
      1...9 ~= digits.count
    else { return }
    reading.views = digits
    kinds[next] = .posted
  }

  /// Takes what a line says, and marks it.
  mutating func take(_ index: Int, isBest: Bool, as kind: BlockKind = .posted) {
    guard let posted = posted[index] else { return }
    kinds[index] = kind
    let line = lines[index]
    takeDay(of: posted, isBest, index)
    if reading.views == nil { reading.views = posted.views }
    if let author = posted.author.flatMap({ line.part($0) })?.string, reading.author == nil {
      reading.author = author
    }
    if let source = posted.source.flatMap({ line.part($0) })?.string, reading.source == nil {
      reading.source = source
    }
    if let category = posted.category.flatMap({ line.part($0) })?.string,
      reading.categories.isEmpty
    {
      reading.categories = [category]
    }
    // «Tin tức | 11/09/2023»
    if isBest, reading.categories.isEmpty, posted.rest.count == 1, let range = posted.rest.first,
      let name = line.part(range), isCategory(name)
    {
      reading.categories = [name.string]
      return
    }
    if isBest, reading.categories.isEmpty,
      isCategoryWithDay(posted, line) || isCategoryBeforeLabel(posted, line),
      let range = posted.rest.first, let name = line.part(range), !isNameOfPerson(name),
      !isBody(range, of: line)
    {
      reading.categories = [name.string]
      return
    }
    if isBest, reading.source == nil, let source = agency(posted, line) {
      reading.source = source.string
      return
    }
    // «Thu Hà - 11/09/2023»
    if isBest, reading.author == nil, posted.author == nil, posted.rest.count == 1,
      !posted.days.isEmpty, let range = posted.rest.first, let name = line.part(range),
      isNameOfPerson(name) || isBody(range, of: line)
    {
      reading.author = name.string
    }
  }

  /// The short name of an agency behind the day, `11/09/2023 15:26 (GMT+7) TTXVN`: one word of three capitals
  /// and more. Initials have fewer, or full stops.
  private func agency(_ posted: PostedLine, _ line: PostLine) -> ArraySlice<UInt8>? {
    guard posted.author == nil, posted.rest.count == 1, let range = posted.rest.first,
      let day = posted.days.last, range.lowerBound > day.written.upperBound,
      range.upperBound == line.small.count, 3...8 ~= range.count, let name = line.part(range),
      name.allSatisfy({ $0 &- 0x41 < 26 })
    else { return nil }
    return name
  }

  private mutating func takeDay(of posted: PostedLine, _ isBest: Bool, _ index: Int) {
    if let visited = posted.days.first(where: { $0.label == .visited }), reading.visited == nil {
      reading.visited = visited.date
    }
    let days = posted.days.filter { $0.label.isDisjoint(with: [.otherDay, .visited]) }
    let wanted =
      days.first { $0.label == .posted } ?? days.first { $0.label == .drafted }
      ?? (isBest ? days.first { $0.label.isEmpty } : nil) ?? days.first { $0.label == .updated }
    if let day = wanted {
      // A day with a label stands over one without; of two the first.
      if day.strength > reading.day?.strength ?? -1 { setDay(day, index) }
    } else if var day = reading.day, day.time == nil, let time = posted.loneTime {
      day.time = time
      reading.day = day
    }
  }

  mutating func setDay(_ day: PostedLine.Day, _ index: Int) {
    reading.day = day
    reading.notices.removeAll { $0.kind == .updateAsPosted || $0.kind == .unsureDay }
    if day.label == .updated {
      reading.notices.append(PostReading.Notice(block: index, kind: .updateAsPosted))
    }
    if day.isUnsure {
      reading.notices.append(PostReading.Notice(block: index, kind: .unsureDay))
    }
  }
}

extension PostedLine {
  /// Tells whether it has two days and no label, the first and the last of something.
  var isPeriod: Bool {
    guard days.count == 2, days.allSatisfy(\.label.isEmpty), views == nil, author == nil else {
      return false
    }
    return days[0].date < days[1].date
  }

  /// Tells whether a line begins as that of a document, with a place: `Hà Nội, ngày 15 tháng 3 …`.
  func isPlaceWithDay(_ line: PostLine) -> Bool {
    guard let place = rest.first, place.lowerBound == 0, let day = days.first, day.label.isEmpty,
      place.upperBound <= day.written.lowerBound
    else { return false }
    return line.small[place.upperBound..<day.written.lowerBound].elementsEqual(", ngày ".utf8)
  }

  /// Tells whether bars or dashes part what the line says.
  func isParted(_ line: PostLine) -> Bool {
    line.small.contains { "|()".utf8.contains($0) }
      || line.small.span.holds(" - ") || line.small.span.holds(" – ")
      || line.small.span.holds(", ")
  }

  /// Tells whether the words that are not known begin or end the line.
  func isRestAtEdge(_ line: PostLine) -> Bool {
    guard let range = rest.first, let first = line.words.first, let last = line.words.last else {
      return false
    }
    return range.lowerBound == first.range.lowerBound || range.upperBound == last.range.upperBound
  }
}
