import Diagnostics
import Texts
import Vietnamese

/// The syllables of Vietnamese, from the dictionary of hunspell-vi where it is installed.
///
/// That dictionary is a plain list: its rules only make suggestions, so a syllable is right if the
/// list has it. The list has the new tone style alone; here both styles are right.
public struct SyllableDictionary: Sendable {
  private var syllables = WordTable()
  /// The words as they are written, for suggestions.
  private var words: [Text] = []

  /// The path at which Debian's hunspell-vi puts it.
  public static let path = "/usr/share/hunspell/vi_VN.dic"

  /// Makes one without words.
  init() {}

  /// Reads that of hunspell-vi; nil where it is not installed.
  public static func installed() throws(Diagnostic) -> SyllableDictionary? {
    Files.exists(path) ? try SyllableDictionary(path: path) : nil
  }

  /// Reads a dictionary in the form of hunspell.
  ///
  /// - Throws: that the file cannot be read, and that it is no dictionary.
  public init(path: String) throws(Diagnostic) {
    let source = try Source.reading(name: path, bytes: try Files.read(path)).source
    let lines = source.text.trimmed.split(at: UInt8(ascii: "\n"))
    guard lines.count > 1, lines[0].withBytes(wholeNumber) != nil else {
      throw Diagnostic(.source(.notDictionary), at: source.firstLine)
    }
    words.reserveCapacity(lines.count)
    syllables.reserve(lines.count)
    // The first line is the number of the others.
    for line in lines.dropFirst() { insert(line) }
  }

  /// Adds a word as it is written, with its tone in either style.
  mutating func insert(_ word: Text) {
    words.append(word)
    guard word.withBytes(mayMoveTones) else {
      let bounds = word.range.bounds
      let hash = word.source.text.withBytes {
        WordTable.hash($0, bounds.lowerBound, bounds.upperBound)
      }
      return syllables.insert(hash, 1)
    }
    for style in [ToneStyle.old, .new] {
      var placed = ByteBuffer()
      appendToneMarks(of: word.bytes, in: style, to: &placed)
      syllables.insert(WordTable.hash(placed.span, 0, placed.count), 1)
    }
  }

  @inline(__always)
  func has(_ hash: UInt64) -> Bool { syllables.number(of: hash) != nil }

  /// The word of this or another dictionary that was most likely meant; nil where several differ
  /// from it by marks alone, as `lượt` and `lướt` from `lươt`.
  func suggestion(for word: String, beside other: SyllableDictionary) -> String? {
    let (all, letters) = (list + other.list, withoutMarks(word))
    let marked = all.filter { $0.count == word.count && withoutMarks($0) == letters }
    return marked.isEmpty ? nearest(to: word, among: all) : marked.count == 1 ? marked[0] : nil
  }

  /// The words but for those to which rules apply.
  private var list: [String] {
    words.filter { !$0.bytes.contains(UInt8(ascii: "/")) }.map(\.string)
  }
}
