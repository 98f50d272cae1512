/// An old post as it was copied or saved, before anyone knows what its lines are: its blocks in
/// order. Readers of plain text and of saved pages make it; ``PostRecognition`` works on it.
struct WrittenPost {
  /// The texts of all blocks: UTF-8 in normalization form C, single blanks between words.
  var bytes: [UInt8] = []
  var blocks: [PostBlock] = []
  /// What a saved page says of itself.
  var hints = PageHints()
}

/// A line or paragraph, a heading, a picture, a row of a table.
struct PostBlock {
  /// Of the text in the bytes of the post.
  var text: Range<Int>
  /// Of the file, from 1.
  var line: Int
  var form = Form.text
  /// So many bytes at the start of the text are the number that a list of a page gives it.
  var markLength = 0
  /// Whether nothing stands directly above it: an empty line does, or it is an element of its own.
  var isApart = false
  /// Whether it stands on the right: behind many blanks, or aligned so.
  var isRight = false
  /// Whether a saved page shows it around the post, as a menu or a foot.
  var isOfPage = false

  enum Form: Equatable {
    case text
    case heading(level: Int)
    case item
    /// The caption that a page marks as one.
    case caption
    /// A picture by its path, with the words that stand for it.
    case picture(file: String, alternative: String)
    /// A row of a table: the ranges of its cells.
    case row([Range<Int>], isFirst: Bool)
  }
}

/// What a saved page says of itself besides what it shows.
struct PageHints {
  var title: String?
  /// The day posted, with the words in which the page says it.
  var published: (value: String, source: String)?
  var author: (value: String, source: String)?
  var address: String?
  /// The paragraphs that the page has and nobody sees.
  var hidden: [String] = []
}

extension WrittenPost {
  /// Parts the day posted from the first line, where the text goes on behind it: with a label,
  /// `Date 2016-05-10 Hội nghị tổng kết`, or behind the title and with the hour,
  /// `Hội nghị tổng kết 09:21 10/05/2016 (BVD) - Sáng nay, …`.
  mutating func partLeadingDay(_ signs: PostSigns) {
    guard let block = blocks.first, block.form == .text else { return }
    if let end = endOfLeadingDay(block.text, signs) {
      partFirst(at: [end])
    } else if let day = dayBehindTitle(block.text, signs) {
      partFirst(at: [day.lowerBound - 1, day.upperBound])
    }
  }

  /// Parts the first block at blanks.
  private mutating func partFirst(at blanks: [Int]) {
    let block = blocks[0]
    let starts = [block.text.lowerBound] + blanks.map { $0 + 1 }
    let parts = zip(starts, blanks + [block.text.upperBound]).enumerated().map { number, ends in
      var part = block
      part.text = ends.0..<ends.1
      if number > 0 { part.isApart = true }
      return part
    }
    blocks.replaceSubrange(0..<1, with: parts)
  }

  /// The hour and the day, `09:21 10/05/2016`, between a title and the first words of a text, which begin
  /// with a bracket; nil where a line has none.
  private func dayBehindTitle(_ text: Range<Int>, _ signs: PostSigns) -> Range<Int>? {
    let words = bytes[text].prefix(PostLine.shortLength).split(separator: 0x20)
    for index in words.indices.dropFirst(6).dropLast(2) where words[index].contains(0x3A) {
      let range = words[index].startIndex..<words[index + 1].endIndex
      guard words[index + 2].first == 0x28, words[index].first?.isASCIIDigit ?? false else {
        continue
      }
      let line = PostLine(PostBlock(text: range, line: 1), bytes)
      let posted = PostedLine(line, signs)
      guard posted.isWhole, posted.days.count == 1, posted.days[0].time != nil else { continue }
      return range
    }
    return nil
  }

  /// The blank behind the day, of at most four words, with which a text begins.
  private func endOfLeadingDay(_ text: Range<Int>, _ signs: PostSigns) -> Int? {
    let blanks = text.prefix(60).filter { bytes[$0] == 0x20 }.prefix(4)
    for end in blanks {
      let line = PostLine(PostBlock(text: text.lowerBound..<end, line: 1), bytes)
      let posted = PostedLine(line, signs)
      guard posted.isWhole, let day = posted.days.first, day.label == .posted, day.time == nil,
        day.written.upperBound == line.small.count
      else { continue }
      let rest = PostLine(PostBlock(text: end + 1..<text.upperBound, line: 1), bytes)
      return rest.small.isEmpty || PostedLine(rest, signs).restWords >= 4 ? end : nil
    }
    return nil
  }
}
