import Texts

/// Numbers by names, looked up by the bytes of the names. Good only while their source lives.
struct NameTable {
  private var entries: [(name: SourceBytes, number: Int)] = []
  /// The first entry of each hash.
  private var first: [UInt64: Int] = [:]

  var names: [String] { entries.map(\.name.text.string) }

  func number(of name: SourceBytes) -> Int? {
    guard let first = first[NameTable.hash(name)] else { return nil }
    if entries[first].name.isSame(as: name) { return entries[first].number }
    return entries.first { $0.name.isSame(as: name) }?.number
  }

  /// Adds a name; one that is there already keeps its number.
  mutating func insert(_ name: SourceBytes, _ number: Int) {
    guard self.number(of: name) == nil else { return }
    let hash = NameTable.hash(name)
    first[hash] = first[hash] ?? entries.count
    entries.append((name, number))
  }

  private static func hash(_ name: SourceBytes) -> UInt64 {
    let bytes = name.span
    return WordTable.hash(bytes, 0, bytes.count)
  }
}
