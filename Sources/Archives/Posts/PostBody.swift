import Texts
import Vietnamese

/// The body of a post: its lead, paragraphs, items, headings and captions.
extension PostRecognition {
  mutating func readBody() {
    let body = bodyStart..<bodyEnd
    for index in body where kinds[index] == nil { kinds[index] = bodyKind(at: index) }
    markLead()
    finish(body)
  }

  /// The title comes again above pictures, and as the first line of the text.
  mutating func markRepeatedTitles() {
    guard let title = reading.title, title.utf8.count >= 12 else { return }
    let wanted = lowercased(Array(title.utf8)[...])
    for index in lines.indices where kinds[index] == nil || kinds[index] == .site {
      if lines[index].small == wanted { kinds[index] = .repeatedTitle }
    }
  }

  private func bodyKind(at index: Int) -> BlockKind? {
    let line = lines[index]
    switch line.block.form {
    case .caption: return .caption
    case .heading: return .heading
    case .item: return .item
    default: break
    }
    if line.mark != nil { return isHeading(line) ? .heading : .item }
    if line.text.count > PostLine.shortLength { return .paragraph }
    if line.ending == .open { return goesOnAsCaption(index) ? .caption : .paragraph }
    if line.ending == .sentence { return isSourceOfPicture(line) ? .caption : .paragraph }
    if line.words.isEmpty { return .end }
    return shortKind(line, at: index)
  }

  /// A caption over two lines, of which the first ends with a comma.
  private func goesOnAsCaption(_ index: Int) -> Bool {
    let line = lines[index]
    guard line.text.last == 0x2C, line.wordCount <= 60, index + 1 < bodyEnd,
      kinds[index + 1] == nil, lines[index + 1].beginsSmall, lines[index + 1].ending == .none,
      lines[index + 1].wordCount <= 60
    else { return false }
    return signs.phrase(line.words[...], at: 0, meaning: .caption) != nil
      || index > 0 && [.repeatedTitle, .picture].contains(kinds[index - 1])
  }

  /// A line without an end: a caption, a heading, or nobody knows.
  private func shortKind(_ line: PostLine, at index: Int) -> BlockKind? {
    let isBelowPicture =
      index > 0 && [.repeatedTitle, .picture, .caption].contains(kinds[index - 1])
    if isBelowPicture, line.wordCount <= 60 { return .caption }
    if signs.phrase(line.words[...], at: 0, meaning: .caption) != nil, line.wordCount <= 60 {
      return .caption
    }
    // It goes on in the next line, or from the one above.
    if line.beginsSmall, index > 0, kinds[index - 1] == .caption { return .caption }
    if line.isCapital, line.wordCount <= 30 { return .heading }
    if isSourceOfPicture(line) { return .caption }
    if line.wordCount > 30 { return .paragraph }
    return nil
  }

  /// `I. Kết quả`: a numeral and a title, not a task.
  private func isHeading(_ line: PostLine) -> Bool {
    guard let mark = line.mark, line.ending != .sentence, line.wordCount <= 30 else { return false }
    let sign = line.text[mark]
    if sign.allSatisfy({ "IVX.)".utf8.contains($0) }) { return true }
    return line.isCapital && line.wordCount >= 2
  }

  /// `(Ảnh: Thu Hà)`, `Ảnh: Thu Hà.`
  private func isSourceOfPicture(_ line: PostLine) -> Bool {
    guard line.wordCount <= 12, let first = line.words.first else { return false }
    return line.small[first.range].elementsEqual("ảnh".utf8)
  }

  /// The first paragraph sums up those that follow.
  private mutating func markLead() {
    let paragraphs = (bodyStart..<bodyEnd).filter { kinds[$0] == .paragraph }
    guard paragraphs.count > 1, let first = paragraphs.first, lines[first].text.count <= 1200,
      lines[first].wordCount >= 12,
      (bodyStart..<first).allSatisfy({ kinds[$0] != .item && kinds[$0] != .heading })
    else { return }
    kinds[first] = .lead
  }
}
