import Texts

/// The names that unknown references were most likely meant to be. Whoever has very many of them is
/// not helped by more, and to look for each takes as long as there are names.
struct Suggestions {
  private var names: [Int?: [String]] = [:]
  /// The number of names that may still be looked at.
  private var left = 20_000

  mutating func nearest(to name: String, _ type: Int?, among known: NameTable) -> String? {
    guard left > 0 else { return nil }
    let sorted = names[type] ?? known.names.sorted()
    names[type] = sorted
    left -= sorted.count
    return meant(name, among: sorted)
  }
}
