/// The address and numbers of the issuer below the signature.
struct WrittenContact {
  private(set) var entries: [(field: String, text: String)] = []
  /// The block behind it.
  private(set) var end: Int

  /// - Parameter blocks: those below the signature.
  init(_ blocks: ArraySlice<WrittenBlock>, _ words: WordingRegister) {
    end = blocks.startIndex
    for index in blocks.indices {
      let lines = blocks[index].lines.filter { !$0.text.isRule }
      guard case .paragraph = blocks[index] else { return }
      let found = lines.compactMap { Self.entry($0, words) }
      guard found.count == lines.count else { return }
      entries += found
      if !found.isEmpty { end = index + 1 }
    }
  }

  private static func entry(
    _ line: WrittenLine, _ words: WordingRegister
  ) -> (field: String, text: String)? {
    let starts = words.contacts.filter { line.begins(with: $0.start) }
    guard let name = starts.max(by: { $0.start.count < $1.start.count }) else { return nil }
    let rest = line.text.dropFirst(name.start.count).drop { $0 == " " }
    guard rest.first == ":" else { return nil }
    return (name.field, rest.dropFirst().cleaned)
  }
}
