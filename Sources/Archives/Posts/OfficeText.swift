/// A text that is a document of an office, a report or a plan, and no post.
extension PostRecognition {
  /// Tells of one by the motto of the state or the name of the Party at its top. A post that quotes a
  /// document has text of its own above it.
  mutating func tellOfDocument() {
    for index in lines.indices.prefix(8) {
      let line = lines[index]
      if hasMotto(line) {
        reading.notices.append(PostReading.Notice(block: index, kind: .document))
      }
      guard line.isCapital || line.wordCount <= 8, !hasMotto(line) else { return }
    }
  }

  private func hasMotto(_ line: PostLine) -> Bool {
    line.wordCount <= 24
      && line.words.indices.contains { word in
        signs.phrase(line.words[...], at: word, meaning: .motto) != nil
      }
  }
}
