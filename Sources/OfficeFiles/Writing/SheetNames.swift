import Texts

/// Names of the sheets of a workbook: each valid in Excel, and no two alike.
struct SheetNames {
  private var taken: Set<String> = ["history"]

  /// The most UTF-16 units of a name.
  private static let longest = 31

  /// The name for a title: without `[ ] : * ? / \`, cut where it is long, numbered where it was taken.
  mutating func name(for title: String) -> String {
    let plain = String(title.map { "[]:*?/\\".contains($0) || $0.isNewline ? " " : $0 })
    let words = plain.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
    let clean = trimmed(
      String(words.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }))
    let base = clean.isEmpty ? "Bảng" : clean
    var name = cut(base, SheetNames.longest)
    var number = 2
    while !taken.insert(name.composed.lowercased()).inserted {
      let suffix = " (\(number))"
      name = cut(base, SheetNames.longest - suffix.utf16.count) + suffix
      number += 1
    }
    return name
  }

  /// An apostrophe at an end is what Excel puts around a name.
  private func trimmed(_ name: String) -> String {
    let kept = name.drop { $0 == "'" || $0 == " " }
    let end = kept.lastIndex { $0 != "'" && $0 != " " }
    return end.map { String(kept[...$0]) } ?? ""
  }

  private func cut(_ name: String, _ most: Int) -> String {
    guard name.utf16.count > most else { return name }
    var kept = name
    while kept.utf16.count > most - 1 { kept.removeLast() }
    return trimmed(kept) + "…"
  }
}
