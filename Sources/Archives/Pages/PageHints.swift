import Texts
import Vietnamese

/// What a page says of itself stands in for what it does not show, as a block that is not shown, and is
/// told.
extension PostReading {
  mutating func addHints(to post: inout WrittenPost, _ signs: PostSigns) {
    if title == nil, let hint = post.hints.title {
      title = hint
      add(hint, "title", to: &post)
      notices.removeAll { $0.kind == .noTitle }
    }
    guard day == nil, let (value, source) = post.hints.published else { return }
    // 2023-09-11T15:26
    let bytes = value.utf8.map { $0 == 0x54 ? 0x20 : $0 }
    let line = PostLine(PostBlock(text: 0..<bytes.count, line: 1), bytes)
    guard let published = PostedLine(line, signs).days.first else { return }
    // A day of another zone may be the one before or behind.
    guard !published.isUniversal else {
      return
    }
    day = published
    add(value, source, to: &post)
  }

  private mutating func add(_ value: String, _ source: String, to post: inout WrittenPost) {
    let start = post.bytes.count
    post.bytes += Array("\(source): \(value)".utf8)
    post.blocks.append(PostBlock(text: start..<post.bytes.count, line: 1))
    kinds.append(.hidden)
    notices.append(Notice(block: kinds.count - 1, kind: .fromPage(value, source: source)))
  }
}
