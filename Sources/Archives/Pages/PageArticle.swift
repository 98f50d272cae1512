import Texts

/// Finds the post among the menus, lists and feet of a page.
///
/// The element that has most of the prose holds it: each paragraph counts for the element around it,
/// and half for the one around that. Above it the title is looked for.
struct PageArticle {
  /// The blocks from the head of the post to its end.
  let range: Range<Int>

  init(in reader: PageReader) {
    let (post, places) = (reader.post, reader.places)
    let prose = post.blocks.indices.filter { Self.isProse(post, places, $0) }
    guard let best = Self.container(of: prose, reader) else {
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
    range = min(first, title.map { Self.head(above: $0, post, places) } ?? first)..<last + 1
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

  private static func container(of prose: [Int], _ reader: PageReader) -> Int32? {
    var scores: [Int32: Int] = [:]
    for index in prose {
      let length = reader.post.blocks[index].text.count
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
      let text = post.bytes[post.blocks[index].text]
      return text.count >= 20 && wanted.firstRange(of: text) != nil
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

extension PageReader {
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
