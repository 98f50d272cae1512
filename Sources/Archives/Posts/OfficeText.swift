/// A text that is a document of an office, a report or a plan, and no post.
enum OfficeText {
  /// Where the motto of the state or the name of the Party stands at the top of a text; nil for a post.
  /// A post that quotes a document has text of its own above it.
  static func motto(of post: WrittenPost, _ signs: PostSigns) -> Int? {
    post.blocks.indices.prefix(8).first { index in
      let line = PostLine(post.blocks[index], post.bytes)
      let top = line.words.indices.first { word in
        signs.phrase(line.words[...], at: word, meaning: .motto) != nil
      }
      return top != nil && line.wordCount <= 24
    }.flatMap { index in
      let above = post.blocks[..<index].map { PostLine($0, post.bytes) }
      return above.allSatisfy { $0.isCapital || $0.wordCount <= 8 } ? index : nil
    }
  }
}
