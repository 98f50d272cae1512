import Diagnostics
import Records
import Texts

/// Characters that nobody sees and that change what is seen: marks of direction, joiners, soft
/// hyphens. Two names that look the same are not, and a number may read backwards.
struct InvisibleCharacters {
  private let database: Database
  private let texts: TextFields

  /// A value of so many words is a sentence, in which such a character does no more than look odd.
  private static let fewestWordsOfText = 12

  init(in database: Database, _ texts: TextFields) {
    (self.database, self.texts) = (database, texts)
  }

  /// Tells of each of them: in running text a warning, in names and values an error.
  var problems: [Diagnostic] {
    let source = database.source
    return places.map { place in
      let code = String(decoding: source.bytes[place], as: UTF8.self).unicodeScalars.first?.value
      let isInText = isInText(place.lowerBound)
      return Diagnostic(
        .source(.invisibleCharacter(code: code ?? 0, isInText: isInText)),
        at: Text(
          source: source, range: SourceRange(start: place.lowerBound, end: place.upperBound)))
    }
  }

  /// The places of those outside of comments.
  private var places: [Range<Int>] {
    database.source.text.withBytes { bytes in
      var places: [Range<Int>] = []
      let raw = bytes.bytes
      for lead: UInt8 in [0xC2, 0xE2, 0xEF] {
        var offset = raw.first(lead, in: 0..<bytes.count)
        while offset < bytes.count {
          if let length = bytes.lengthOfInvisible(at: offset) {
            places.append(offset..<offset + length)
          }
          offset = raw.first(lead, in: offset + 1..<bytes.count)
        }
      }
      return places
    }.filter { !isInComment($0.lowerBound) }
  }

  private func isInComment(_ offset: Int) -> Bool {
    let source = database.source
    return source.bytes[source.lineRange(at: offset).lowerBound] == UInt8(ascii: "#")
  }

  private func isInText(_ offset: Int) -> Bool {
    let sets = database.recordSets
    let set = sets.sortedIndex(after: { Int($0.type?.range.start ?? -1) <= offset }) - 1
    guard set >= 0, let type = sets[set].type?.string else { return false }
    let records = sets[set].records
    let record = records.sortedIndex(after: { Int($0.place.range.start) <= offset }) - 1
    guard record >= records.startIndex else { return false }
    let fields = records[record].fields
    let field = fields.sortedIndex(after: { Int($0.name.range.start) <= offset }) - 1
    guard field >= fields.startIndex, Int(fields[field].name.range.end) < offset else {
      return false
    }
    return fields[field].value.words.count >= Self.fewestWordsOfText
      && texts.isText(ofType: type)?(fields[field].name) ?? false
  }
}

extension Span<UInt8> {
  /// The length of the character that nobody sees at an offset; nil for any other character. U+00AD,
  /// U+200B–U+200F, U+2028–U+202E, U+2060–U+2069, U+FEFF.
  fileprivate func lengthOfInvisible(at offset: Int) -> Int? {
    guard offset + 2 <= count else { return nil }
    if self[offset] == 0xC2 { return self[offset + 1] == 0xAD ? 2 : nil }
    guard offset + 3 <= count else { return nil }
    return switch (self[offset], self[offset + 1], self[offset + 2]) {
    case (0xE2, 0x80, 0x8B...0x8F), (0xE2, 0x80, 0xA8...0xAE), (0xE2, 0x81, 0xA0...0xA9),
      (0xEF, 0xBB, 0xBF):
      3
    default: nil
    }
  }
}
