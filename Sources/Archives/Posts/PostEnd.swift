import Texts
import Vietnamese

/// The end of a post: its end mark, and what of the page stands below it. Who wrote it is in
/// `PostAuthor.swift`.
extension PostRecognition {
  mutating func readEnd() {
    bodyEnd = endOfBody
    markBelow()
    readPostedLinesInBody()
    readEndMark()
    readAuthor()
  }

  /// Where related news or the foot of the page begins.
  private var endOfBody: Int {
    var index = bodyStart
    var hasText = false
    while index < lines.count {
      // Comments and counters have their place below a text.
      let isBelow =
        beginsRelated(index) || beginsFoot(index)
        || hasText
          && (beginsComments(index) || beginsCounters(index) || isNameOfSite(index))
      hasText = hasText || kinds[index] == nil
      if isBelow, !goesOn(behind: index) { return index }
      index += 1
    }
    return lines.count
  }

  /// Tells whether a line is the name of a site on the web and nothing else, `minhhoa.gov.vn`.
  private func isNameOfSite(_ index: Int) -> Bool {
    let line = lines[index]
    guard kinds[index] == nil, line.words.count > 1, !line.text.contains(0x20),
      let last = line.words.last, last.range.upperBound == line.small.count
    else { return false }
    return [".vn", ".com", ".net", ".org"].contains { ending in
      line.small.suffix(ending.utf8.count).elementsEqual(ending.utf8)
    }
  }

  /// Tells whether a line is the heading of other news: `Tin liên quan:`, `Các tin khác`.
  func beginsRelated(_ index: Int) -> Bool {
    let line = lines[index]
    guard line.wordCount <= 10, kinds[index] == nil || kinds[index] == .tool,
      let (_, end) = signs.phrase(line.words[...], at: 0, meaning: .related)
    else { return false }
    let rest = line.words[end...]
    return rest.allSatisfy { word in line.small[word.range].allSatisfy(\.isASCIIDigit) }
      || line.text.last == 0x3A
  }

  /// Tells whether a line is the heading of what readers say, `Ý kiến bạn đọc (2)`, and no tool above the
  /// author.
  func beginsComments(_ index: Int) -> Bool {
    isHeading(index, of: .comments)
      && !lines[(index + 1)...].prefix(6).contains { line in
        labelled(line).map { !$0.0.isDisjoint(with: [.author, .source]) } ?? false
      }
  }

  /// Tells whether a line is the heading of the counters of a page: `Thống kê truy cập`.
  func beginsCounters(_ index: Int) -> Bool { isHeading(index, of: .counter) }

  private func isHeading(_ index: Int, of sense: PostSigns.Senses) -> Bool {
    let line = lines[index]
    guard line.wordCount <= 8,
      let (_, end) = signs.phrase(line.words[...], at: 0, meaning: sense)
    else { return false }
    return line.words[end...].allSatisfy { word in
      line.small[word.range].allSatisfy(\.isASCIIDigit)
    }
  }

  /// Tells whether a line is of the foot of a page: an address, a permit, a copyright.
  private func beginsFoot(_ index: Int) -> Bool {
    let line = lines[index]
    guard line.wordCount <= 60, kinds[index] == nil || kinds[index] == .tool,
      let (_, end) = signs.phrase(line.words[...], at: 0, meaning: .siteFoot)
    else { return false }
    let isSure =
      line.small.starts(with: "©".utf8)
      || line.words.indices.contains { word in
        signs.phrase(line.words[...], at: word, meaning: .copyright) != nil
      }
    let next = line.small[line.words[end - 1].range.upperBound...].first { $0 != 0x20 }
    // «Cổng thông tin điện tử …» in capitals, «Bản quyền thuộc về …».
    let isLike =
      next == 0x3A || next == 0x40 || end == line.words.count && end > 1
      || end >= 2 && !tells(line, from: end) && line.ending != .sentence
        && (line.isCapital || line.wordCount <= 14)
    return (isSure || isLike) && (isSure || footLines(behind: index) > 0)
  }

  /// How many of the next lines begin as the foot of a page does. One alone may be of the text.
  private func footLines(behind index: Int) -> Int {
    lines[(index + 1)...].prefix(6).count { line in
      line.wordCount <= 60 && signs.phrase(line.words[...], at: 0, meaning: .siteFoot) != nil
    }
  }

  /// Tells whether the post goes on behind a line that seems to end it: long paragraphs follow.
  func goesOn(behind index: Int) -> Bool {
    let rest = lines[(index + 1)...]
    let prose = rest.filter { $0.text.count > 260 && $0.ending == .sentence && $0.mark == nil }
      .count
    return prose >= 2
  }

  /// Marks what stands below the body, and what looks so within it.
  private mutating func markBelow() {
    var isRelated = false
    for index in lines.indices.dropFirst(bodyStart) where kinds[index] == nil {
      if beginsRelated(index) {
        kinds[index] = .related
        isRelated = true
      } else if index >= bodyEnd {
        if beginsFoot(index) { isRelated = false }
        kinds[index] = isRelated ? .related : .site
      }
    }
  }

  /// Days and views may stand at the end of a post too, with their labels.
  private mutating func readPostedLinesInBody() {
    for index in bodyStart..<bodyEnd where kinds[index] == nil {
      guard let posted = posted[index], isPostedLine(index) || isLoneTime(index) else { continue }
      let hasLabel =
        posted.views != nil || posted.days.contains { !$0.label.isEmpty }
        || !posted.labels.isDisjoint(with: [
          .posted, .drafted, .updated, .otherDay, .visited, .views, .visits,
        ])
        || isLoneTime(index)
      guard hasLabel, posted.author == nil, posted.source == nil else { continue }
      if posted.views != nil, isAmongVisits(index) {
        kinds[index] = .site
      } else {
        take(index, isBest: false)
        takeNumberBelow(index)
      }
    }
  }

  /// Tells whether the lines around count those who visit the page, not the post.
  private func isAmongVisits(_ index: Int) -> Bool {
    (index - 2...index + 2).contains { other in
      guard other != index, lines.indices.contains(other), let posted = posted[other] else {
        return false
      }
      return posted.labels.contains(.visits) && posted.restWords <= 2
    }
  }

  /// «18:10» below the day.
  private func isLoneTime(_ index: Int) -> Bool {
    guard let posted = posted[index], posted.isWhole, posted.loneTime != nil else { return false }
    return index > 0 && kinds[index - 1] == .posted && reading.day?.time == nil
  }

  // MARK: The end mark

  private mutating func readEndMark() {
    for index in (bodyStart..<bodyEnd).reversed() {
      if kinds[index] == .end {
        reading.endMark = lines[index].string
        return
      }
      if let mark = lines[index].endMark, kinds[index] == nil {
        reading.endMark = lines[index].text[mark].string
        return
      }
    }
  }
}
