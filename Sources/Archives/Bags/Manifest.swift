import Texts

/// A list of files with their sums, as BagIt and `sha256sum` write it: `SUM  PATH`, a line each.
struct Manifest: Sendable {
  struct Entry: Hashable, Sendable {
    /// Below the bag, with `/` between its parts.
    let path: String
    let sum: Checksum
  }

  /// Sorted by the bytes of their paths.
  private(set) var entries: [Entry]
  /// The numbers of lines, from 1, that are no entries of a manifest.
  private(set) var oddLines: [Int] = []

  init(_ entries: [Entry]) {
    self.entries = entries.sorted {
      $0.path.utf8.lexicographicallyPrecedes($1.path.utf8)
    }
  }

  /// Reads a manifest, as strictly as it is written: no line is passed over, no path is named twice
  /// or leaves the bag.
  init(reading bytes: [UInt8]) {
    var entries: [Entry] = []
    var seen: Set<String> = []
    var oddLines: [Int] = []
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    // A manifest that was cut within a line ends in none.
    if lines.last?.isEmpty == true { lines.removeLast() } else { oddLines.append(lines.count) }
    for (index, line) in lines.enumerated() {
      let digits = line.prefix(64)
      let rest = line.dropFirst(64)
      let path = String(validating: rest.dropFirst(2), as: UTF8.self) ?? ""
      guard let sum = Checksum(digits), rest.prefix(2).elementsEqual([0x20, 0x20]),
        BagPath.isSafe(path), seen.insert(path).inserted
      else {
        if oddLines.last != index + 1 { oddLines.append(index + 1) }
        continue
      }
      entries.append(Entry(path: path, sum: sum))
    }
    self.init(entries)
    self.oddLines = Set(oddLines).sorted()
  }

  var text: [UInt8] {
    var text: [UInt8] = []
    for entry in entries {
      text += entry.sum.digits + [0x20, 0x20] + Array(entry.path.utf8) + [0x0A]
    }
    return text
  }
}

/// The paths of files in a bag.
enum BagPath {
  static let payload = "data/"
  static let data = "data/du-lieu/"
  static let templates = "data/mau/"
  static let outputs = "data/ket-qua/"
  static let declaration = "bagit.txt"
  static let info = "bag-info.txt"
  static let manifest = "manifest-sha256.txt"
  static let tagManifest = "tagmanifest-sha256.txt"
  static let buildRecord = "phieu-dung.rec"
  static let readMe = "DOC-TOI.txt"

  /// Tells whether a path stays in its bag, and is written in manifests as it is: some readers of
  /// bags take `%0A` and a line feed for one another.
  static func isSafe(_ path: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return parts.allSatisfy { !["", ".", ".."].contains($0) }
      && path.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "%") }
  }
}
