import Texts

/// Finds the post among the menus, lists and feet of a page.
///
/// The element that has most of the prose holds it: each paragraph counts for the element around it,
/// and half for the one around that. Above it the title is looked for.
struct PageArticle {
  /// The blocks from the head of the post to its end.
  let range: Range<Int>
  /// The blocks between its head and its first paragraph that belong to a list beside it.
  private(set) var beside: Set<Int> = []

  init(in reader: PageReader) {
    let (post, places) = (reader.post, reader.places)
    let prose = post.blocks.indices.filter { Self.isProse(post, places, $0) }
    let parts = post.blocks.indices.filter { Self.isPartOfText(reader, $0) }
    guard let best = prose.isEmpty ? nil : Self.container(of: parts, reader) else {
      range = 0..<post.blocks.count
      return
    }
    let inside = post.blocks.indices.filter { reader.lies(places[$0].container, in: best) }
    guard let first = inside.first, let last = inside.last else {
      range = 0..<post.blocks.count
      return
    }
    let firstProse = prose.first { (first...last).contains($0) } ?? first
    let title = Self.title(before: firstProse, post, places)
    let start =
      title.map { Self.head(above: $0, post, places) } ?? Self.head(above: first, best, reader)
    range = min(first, start)..<last + 1
    if let title { beside = Self.beside(range.lowerBound..<title, above: title, reader) }
  }

  private static func isProse(_ post: WrittenPost, _ places: [PageReader.Place], _ index: Int)
    -> Bool
  {
    let block = post.blocks[index]
    switch block.form {
    case .text, .item: break
    default: return false
    }
    return !places[index].isOfPage && !places[index].isLink && block.text.count >= 100
  }

  /// Tells whether a block is a paragraph, or a short sentence or item as they stand among paragraphs.
  private static func isPartOfText(_ reader: PageReader, _ index: Int) -> Bool {
    if isProse(reader.post, reader.places, index) { return true }
    let (block, place) = (reader.post.blocks[index], reader.places[index])
    switch block.form {
    case .text, .item: break
    default: return false
    }
    return !place.isOfPage && !place.isLink && block.text.count >= 30 && reader.isSentence(index)
  }

  private static func container(of prose: [Int], _ reader: PageReader) -> Int32? {
    var scores: [Int32: Int] = [:]
    for index in prose {
      var length = reader.post.blocks[index].text.count
      // A teaser of other news is no sentence with an end.
      if !reader.isSentence(index) { length /= 2 }
      var element = reader.places[index].container
      // A paragraph is an element of its own; what holds several of them counts.
      for share in [1, 4, 2, 1] where element > 0 {
        scores[element, default: 0] += length * share / 4
        element = reader.parents[Int(element)]
      }
    }
    return scores.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key
  }

  /// The heading of the post: the one that the page names as its title, else the nearest above.
  private static func title(
    before end: Int, _ post: WrittenPost, _ places: [PageReader.Place]
  ) -> Int? {
    let wanted = post.hints.title.map { Array($0.utf8) } ?? []
    let above = (max(0, end - 60)..<max(0, end)).reversed()
    let named = above.first { index in
      let text = Array(post.bytes[post.blocks[index].text])
      return text.count >= 20 && text.count <= wanted.count
        && wanted[...].firstPlace(of: text) != nil
    }
    if let named { return named }
    for level in 1...2 {
      let heading = above.first {
        post.blocks[$0].form == .heading(level: level) && !places[$0].isOfPage
      }
      if let heading { return heading }
    }
    return nil
  }

  /// Where the rows begin that stand above the cell of the text, with title, day and author: old pages
  /// lay out each post as a table, and have their other columns in a table around it.
  private static func head(above first: Int, _ best: Int32, _ reader: PageReader) -> Int {
    let places = reader.places
    var (start, inner) = (first, best)
    let around = reader.elements(around: best)
    guard around.contains(where: { reader.rows.contains($0) }) else { return first }
    for element in around {
      var above = start
      while above > 0, reader.lies(places[above - 1].container, in: element) { above -= 1 }
      if above < start {
        let isColumn = reader.cells.contains(inner)
        let isHead =
          first - above <= 8
          && !(above..<start).contains { places[$0].isOfPage || places[$0].isLink }
        if isColumn || !isHead { break }
        start = above
      }
      inner = element
    }
    return start
  }

  /// The path or the category may stand right above the title.
  private static func head(above title: Int, _ post: WrittenPost, _ places: [PageReader.Place])
    -> Int
  {
    var first = title
    while first > 0, title - first < 3, post.blocks[first - 1].text.count < 200,
      !places[first - 1].isOfPage
    {
      if case .picture = post.blocks[first - 1].form { break }
      first -= 1
    }
    return first
  }
}

extension PageArticle {
  /// The blocks above the title that stand with others in an element of their own, below a heading or
  /// four and more of them: news of the day, posts that many read. What they say is of other posts.
  private static func beside(_ blocks: Range<Int>, above title: Int, _ reader: PageReader) -> Set<
    Int
  > {
    let around = Set(reader.elements(around: reader.places[title].container))
    var groups: [Int32: [Int]] = [:]
    // The part of the page may begin above the blocks that are looked at.
    for index in max(0, blocks.lowerBound - 60)..<title {
      let own = reader.elements(around: reader.places[index].container)
      if let outermost = own.last(where: { !around.contains($0) }) {
        groups[outermost, default: []].append(index)
      }
    }
    let others = groups.values.filter { isOfOthers($0, reader) }
    return Set(others.joined()).intersection(blocks)
  }

  private static func isOfOthers(_ blocks: [Int], _ reader: PageReader) -> Bool {
    let post = reader.post
    if blocks.count < 2 { return false }
    let wanted = post.hints.title.map { Array($0.utf8) } ?? []
    var hasHeading = false
    for index in blocks {
      let text = post.bytes[post.blocks[index].text]
      if text.count >= 20, wanted[...].firstPlace(of: Array(text)) != nil { return false }
      switch post.blocks[index].form {
      case .heading(let level):
        // The head of the post may stand in an element of its own.
        if level == 1 { return false }
        hasHeading = true
      default: break
      }
    }
    // The steps of a path are items or links.
    let isPath = blocks.allSatisfy { post.blocks[$0].form == .item || reader.places[$0].isLink }
    return hasHeading || blocks.count > 3 && !isPath
  }
}

extension PageReader {
  /// Tells whether a block ends with the sign of a sentence or of a part of one.
  fileprivate func isSentence(_ index: Int) -> Bool {
    let text = post.bytes[post.blocks[index].text]
    return text.last.map { ".;:!/\"".utf8.contains($0) } ?? false
      || text.suffix(3).elementsEqual("…".utf8)
      || text.suffix(3).elementsEqual("”".utf8)
  }

  /// An element and those around it, from the inside.
  func elements(around element: Int32) -> [Int32] {
    var (element, elements) = (element, [Int32]())
    while element > 0 {
      elements.append(element)
      element = parents[Int(element)]
    }
    return elements
  }

  /// Forgets what names say of parts of the page where most of the prose stands in such parts: some
  /// portals call everything a menu.
  mutating func forgetMisleadingNames() {
    var lengths = (ofPage: 0, others: 0)
    for (block, place) in zip(post.blocks, places) where block.text.count >= 100 && !place.isLink {
      if place.isOfPage {
        lengths.ofPage += block.text.count
      } else {
        lengths.others += block.text.count
      }
    }
    if lengths.ofPage > lengths.others { trustNoNames() }
  }

  /// Tells whether an element is another or lies in it.
  func lies(_ element: Int32, in other: Int32) -> Bool {
    var element = element
    while element > 0 {
      if element == other { return true }
      element = parents[Int(element)]
    }
    return false
  }
}
