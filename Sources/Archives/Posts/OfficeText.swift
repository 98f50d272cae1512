/// A text that is a document of an office, a report or a plan, and no post.
extension PostRecognition {
  /// Tells of one by the motto of the state or the name of the Party at its top. A post that quotes a
  /// document has text of its own above it.
  mutating func tellOfDocument() {
    for index in lines.indices.prefix(12) {
      let line = lines[index]
      if hasMotto(line) {
        reading.notices.append(PostReading.Notice(block: index, kind: .document))
      }
      let isOfHead = line.isCapital || line.wordCount <= 8 || line.isSubjectOfLetter
      guard isOfHead, !hasMotto(line) else { return }
    }
  }

  private func hasMotto(_ line: PostLine) -> Bool {
    line.wordCount <= 24
      && line.words.indices.contains { word in
        signs.phrase(line.words[...], at: word, meaning: .motto) != nil
      }
  }
}

extension PostLine {
  /// Tells whether it is the subject of a letter, which stands below its number.
  fileprivate var isSubjectOfLetter: Bool { small.starts(with: Array("v/v".utf8)) }
}
