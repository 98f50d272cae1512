import Texts
import Vietnamese

/// The category of a post, above its title or in the path to it.
extension PostRecognition {
  func isKnownCategory(_ index: Int) -> Bool {
    let line = lines[index]
    guard line.wordCount <= 8 else { return false }
    guard let (_, end) = signs.phrase(line.words[...], at: 0, meaning: .category) else {
      return false
    }
    // «Thời sự địa phương»: a known name with a word more.
    return end == line.words.count
      || end > 1 && line.words.count <= min(6, end + 3) && line.ending == .none
        && !tells(line, from: end)
  }

  /// Tells whether a line may be the name of a category: one that is known, or a few capital words.
  func isCategoryLine(_ index: Int) -> Bool {
    let line = lines[index]
    if isKnownCategory(index) { return true }
    return line.isCapital && line.wordCount <= 8 && line.ending == .none
      && !tells(line, from: 0) && !isOfSiteOwner(line)
  }

  /// Tells whether a line is «Trang chủ», or says the title once more.
  func isHomeOrTitle(_ index: Int) -> Bool {
    let line = lines[index]
    if signs.phrase(line.words[...], at: 0, meaning: .home)?.end == line.words.count { return true }
    return reading.title.map { lowercased(Array($0.utf8)[...]) == line.small } ?? false
  }

  /// Tells whether a line names the body that has the page.
  func isOfSiteOwner(_ line: PostLine) -> Bool {
    signs.phrase(line.words[...], at: 0, meaning: .siteOwner) != nil
  }

  mutating func readCategory(before title: Int, _ posted: Int?) {
    if let labelled = labelledCategory(behind: title) {
      reading.categories = [labelled]
      return
    }
    if let named = categoryBelowLabel(before: title) {
      kinds[named] = .category
      reading.categories = [lines[named].string]
      return
    }
    let all = (0..<title).filter { isText($0) && !isHomeOrTitle($0) }
    let texts = all.filter { !lines[$0].isHeading || !isOfSiteOwner(lines[$0]) }
    // Below what the page says a path may say more.
    if let last = texts.last, (last + 1..<title).contains(where: { kinds[$0] == .path }) {
      readPath(before: max(title, posted ?? 0))
      if !reading.categories.isEmpty { return }
    }
    if let last = texts.last, lines[last].undoubled.count <= 90, lines[last].wordCount <= 20,
      lines[last].isDoubled || lines[last].wordCount <= 10,
      !isNameOfDocument(lines[last]),
      isKnownCategory(last) || mayBeCategory(lines[last], isAlone: all.count == 1),
      isCategoryLine(last)
        || lines[last].isDoubled
        || (texts.count == 1
          || isKnownCategory(texts[texts.count - 2]) && !lines[last].hasFigures)
          && lines[last].wordCount <= 7
          && !isOfSiteOwner(lines[last])
    {
      kinds[last] = .category
      reading.categories = [lines[last].undoubled.string]
      if texts.count > 1, isKnownCategory(texts[texts.count - 2]) {
        kinds[texts[texts.count - 2]] = .category
        reading.categories.insert(lines[texts[texts.count - 2]].string, at: 0)
      }
      return
    }
    readPath(before: max(title, posted ?? 0))
    if reading.categories.isEmpty { readCategoryBehindSiteHead(before: title) }
  }

  /// «Chi tiết bài viết Thông tin tuyên truyền»: a known category behind words of the page.
  private mutating func readCategoryBehindSiteHead(before title: Int) {
    for index in 0..<title where kinds[index] == nil {
      let line = lines[index]
      guard let (_, end) = signs.phrase(line.words[...], at: 0, meaning: .siteHead),
        end < line.words.count,
        let name = line.part(line.words[end].range.lowerBound..<line.small.count), isCategory(name)
      else { continue }
      kinds[index] = .category
      reading.categories = [name.string]
    }
  }

  /// The line below a label of the category that stands alone, `CHUYÊN TRANG`.
  private func categoryBelowLabel(before title: Int) -> Int? {
    (0..<title).first { index in
      let line = lines[index]
      guard line.words.count > 1,
        signs.phrase(line.words[...], at: 0, meaning: .categoryLabel)?.end == line.words.count
      else { return false }
      return index + 1 < title && isText(index + 1) && lines[index + 1].wordCount <= 10
    }.map { $0 + 1 }
  }

  /// Finds the category that stands below the title: between it and the title once more, in a line of
  /// names of categories, or right below the day.
  mutating func readCategory(below title: Int, before end: Int) {
    guard reading.categories.isEmpty else { return }
    let texts = (0..<end).filter { isText($0) || $0 == title }
    let next = (title + 1..<max(title + 1, end)).first { isText($0) }
    guard let next else { return }
    let again = repeatOfTitle(title, texts) ?? title
    guard
      next < again && mayBeCategoryBelow(next) || isLineOfCategories(lines[next])
        || isCategory(lines[next].text) || isRightBelowDay(next), !beginsRelated(next)
    else { return }
    kinds[next] = .category
    reading.categories = [lines[next].string]
  }

  private func mayBeCategoryBelow(_ index: Int) -> Bool {
    let line = lines[index]
    return line.wordCount <= 10 && line.ending == .none && !line.beginsSmall
      && !line.hasFigures && !line.text.contains(0x3A) && !tells(line, from: 0)
      && !isNameOfPerson(line.text) && !isBody(0..<line.small.count, of: line)
  }

  /// Tells whether a line is several names of categories: `HOẠT ĐỘNG GIÁO DỤC Tin tức từ trường`.
  private func isLineOfCategories(_ line: PostLine) -> Bool {
    guard line.wordCount <= 12, line.ending == .none, line.block.isApart,
      signs.phrase(line.words[...], at: 0, meaning: .category) != nil
    else { return false }
    var (index, names, others) = (0, 0, 0)
    while index < line.words.count {
      if let (_, end) = signs.phrase(line.words[...], at: index, meaning: .category) {
        (index, names) = (end, names + 1)
      } else {
        (index, others) = (index + 1, others + 1)
      }
    }
    return names > 1 && others <= names
  }

  /// Tells whether a few words stand right below the line with the day, and the text apart from them.
  private func isRightBelowDay(_ index: Int) -> Bool {
    guard index > 0, kinds[index - 1] == .posted, hasDay(index - 1), !lines[index].block.isApart,
      mayBeCategoryBelow(index), 2...8 ~= lines[index].wordCount, index + 1 < lines.count,
      lines[index + 1].block.isApart, isProse(lines[index + 1])
    else { return false }
    return signs.phrase(lines[index].words[...], at: 0, meaning: [.caption, .place, .opening])
      == nil
  }

  /// The category that a saved page names below the post, `Chuyên mục: Hoạt động hè`, and that is no list.
  private func labelledCategory(behind title: Int) -> String? {
    if post.hints.title == nil { return nil }
    for index in lines.indices.dropFirst(title) {
      guard let posted = posted[index], posted.isWhole, let range = posted.category,
        posted.days.isEmpty, lines[index].words.count <= 10,
        signs.phrase(lines[index].words[...], at: 0, meaning: .categoryLabel) != nil,
        let name = lines[index].part(range), !name.contains(0x3A)
      else { continue }
      return name.string
    }
    return nil
  }

  /// Tells whether a line names a kind of document, `KẾ HOẠCH`, or the number or month of a journal,
  /// `Số 4 năm 2008`, `Tháng 2/2024`.
  private func isNameOfDocument(_ line: PostLine) -> Bool {
    if signs.phrase(line.words[...], at: 0, meaning: .document)?.end == line.words.count {
      return true
    }
    return line.words.count > 1
      && (line.small.starts(with: "số ".utf8) || line.small.starts(with: "tháng ".utf8))
      && line.small[line.words[1].range.lowerBound].isASCIIDigit
  }

  /// Tells whether a line looks like a name, and not like a part of the page. Alone above a title it may
  /// begin with a small letter where it has several words.
  private func mayBeCategory(_ line: PostLine, isAlone: Bool) -> Bool {
    if line.beginsSmall, !isAlone || line.words.count < 4 || tells(line, from: 0) { return false }
    // «#ngày hội» is a keyword.
    if line.text.first == UInt8(ascii: "#") { return false }
    if line.text.contains(0x3A) || line.text.count < 3 { return false }
    if line.words.count == 1 { return false }
    // «Đăng bởi Thu Mẫu»
    if let (_, end) = signs.phrase(line.words[...], at: 0, meaning: [.poster, .byline]), end > 1 {
      return false
    }
    return line.ending == .none && !isMadeOf(.menu, line)
  }

  /// The levels of a path between the first page and the title.
  private mutating func readPath(before end: Int) {
    let title = reading.title.map { lowercased(Array($0.utf8)[...]) } ?? []
    if !levels.isEmpty {
      reading.categories = names(of: levels.map { lines[$0].behindMark }, title)
      return
    }
    guard let path = (0..<end).last(where: { kinds[$0] == .path }) else { return }
    var levels = lines[path].pathParts
    // «Chuyên mục: Xây dựng Đảng › Công tác dân vận»
    if isLabelledPath(lines[path]), let colon = levels.first?.firstIndex(of: 0x3A) {
      levels[0] = levels[0][(colon + 1)...].trimmed
    }
    if levels.count == 1 { levels = lines[path].levels }
    if levels.count == 1, let level = levelBetweenBlanks(lines[path], title) {
      let parts = level.parts(between: " - ")
      levels = parts.allSatisfy { isCategory($0) } ? parts : [level]
    }
    reading.categories = names(of: levels, title)
  }

  /// The levels without the first page and the title.
  private func names(of levels: [ArraySlice<UInt8>], _ title: [UInt8]) -> [String] {
    levels.filter { level in
      let small = lowercased(level)
      let words = PostWord.all(in: small, 0..<small.count)
      let isHome = signs.phrase(words[...], at: 0, meaning: .home)?.end == words.count
      let isTitle =
        !title.isEmpty
        && (small == title || words.count > 5 && title.starts(with: small.prefix(20)))
      return !isHome && !isTitle && !words.isEmpty
    }.map(\.string)
  }

  /// The words between the first page and the title, where only blanks part the levels.
  private func levelBetweenBlanks(_ path: PostLine, _ title: [UInt8]) -> ArraySlice<UInt8>? {
    guard let (_, end) = signs.phrase(path.words[...], at: 0, meaning: .home),
      end < path.words.count, !title.isEmpty
    else { return nil }
    guard path.small.count > title.count, path.small.suffix(title.count).elementsEqual(title)
    else {
      let isShort = path.words.count - end <= 6 && path.ending == .none
      return isShort ? path.part(path.words[end].range.lowerBound..<path.small.count) : nil
    }
    return path.part(path.words[end].range.lowerBound..<path.small.count - title.count)?.trimmed
  }
}

extension ArraySlice<UInt8> {
  /// The parts that a sign separates.
  fileprivate func parts(between sign: String) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var rest = self
    while let found = rest.firstPlace(of: Array(sign.utf8)) {
      parts.append(rest[..<found.lowerBound].trimmed)
      rest = rest[found.upperBound...]
    }
    return parts + [rest.trimmed]
  }
}

extension PostLine {
  /// The first half of a line that says the same twice, as some portals do; else the line.
  fileprivate var undoubled: ArraySlice<UInt8> {
    isDoubled ? text.prefix(text.count / 2) : text
  }

  fileprivate var isDoubled: Bool {
    let half = text.count / 2
    return text.count > 16 && text.count % 2 == 1 && text[text.startIndex + half] == 0x20
      && text.prefix(half).elementsEqual(text.suffix(half))
  }
}
