import Diagnostics
import Records
import Texts

/// Characters that nobody sees and that change what is seen: marks of direction, joiners, soft
/// hyphens. Two names that look the same are not, and a number may read backwards.
struct InvisibleCharacters {
  private let database: Database
  /// Tells whether a field holds running text, in which such a character does no more than look odd.
  private let isText: (Field, RecordSet) -> Bool

  /// A value of so many words is a sentence.
  private static let fewestWordsOfText = 12

  init(in database: Database, isText: @escaping (Field, RecordSet) -> Bool) {
    (self.database, self.isText) = (database, isText)
  }

  /// Takes long values of those fields for running text that a schema says are text.
  init(in database: Database, _ texts: TextFields) {
    self.init(in: database) { field, set in
      field.value.words.count >= Self.fewestWordsOfText
        && set.type.flatMap { texts.isText(ofType: $0.string) }?(field.name) ?? false
    }
  }

  /// Takes long values of those fields for running text that a type leaves free.
  init(in database: Database, ofType type: RecordType) {
    self.init(in: database) { field, _ in
      field.value.words.count >= Self.fewestWordsOfText
        && type.rule(for: field.name).map { !$0.isReadClosely } ?? false
    }
  }

  /// Tells of each of them: in running text a warning, in names and values an error.
  var problems: [Diagnostic] {
    let source = database.source
    return places.map { place in
      let code = String(decoding: source.bytes[place], as: UTF8.self).unicodeScalars.first?.value
      let isInText = isInText(place.lowerBound)
      return Diagnostic(
        .source(.invisibleCharacter(code: code ?? 0, isInText: isInText)),
        at: source.text.part(place))
    }
  }

  /// The places of those outside of comments.
  private var places: [Range<Int>] {
    database.source.text.withBytes { bytes in
      bytes.invisibles
    }.filter { !database.source.isComment(at: $0.lowerBound) }
  }

  private func isInText(_ offset: Int) -> Bool {
    let sets = database.recordSets
    let set = sets.sortedIndex(after: { Int($0.type?.range.start ?? -1) <= offset }) - 1
    guard set >= 0 else { return false }
    let records = sets[set].records
    let record = records.sortedIndex(after: { Int($0.place.range.start) <= offset }) - 1
    guard record >= records.startIndex else { return false }
    let fields = records[record].fields
    let field = fields.sortedIndex(after: { Int($0.name.range.start) <= offset }) - 1
    guard field >= fields.startIndex, Int(fields[field].name.range.end) < offset,
      offset < Int(fields[field].value.place.range.end)
    else { return false }
    return isText(fields[field], sets[set])
  }
}

extension Span<UInt8> {
  /// The places of characters that nobody sees.
  var invisibles: [Range<Int>] {
    var places: [Range<Int>] = []
    let raw = bytes
    for lead: UInt8 in [0xC2, 0xCD, 0xD8, 0xE2, 0xE3, 0xEF, 0xF3] {
      var offset = raw.first(lead, in: 0..<count)
      while offset < count {
        if let length = lengthOfInvisible(at: offset) { places.append(offset..<offset + length) }
        offset = raw.first(lead, in: offset + 1..<count)
      }
    }
    return places + invisibleBesideVowels
  }

  /// The places of U+115F, U+1160 and U+180B to U+180F. Their first byte is that of Vietnamese vowels,
  /// so they are looked for by two.
  fileprivate var invisibleBesideVowels: [Range<Int>] {
    var places: [Range<Int>] = []
    for start: [UInt8] in [[0xE1, 0x85], [0xE1, 0xA0]] {
      var next = first(of: start.span, from: 0)
      while let offset = next {
        if let length = lengthOfInvisible(at: offset) { places.append(offset..<offset + length) }
        next = first(of: start.span, from: offset + 2)
      }
    }
    return places.sorted { $0.lowerBound < $1.lowerBound }
  }

  /// The length of the character at an offset if nobody sees it; nil for any other.
  fileprivate func lengthOfInvisible(at offset: Int) -> Int? {
    let bytes = extracting(offset..<Swift.min(offset + 4, count))
    guard
      let scalar = bytes.withUnsafeBufferPointer({ String(decoding: $0, as: UTF8.self) })
        .unicodeScalars.first, scalar.value >= 0xA0, scalar.isInvisible
    else { return nil }
    return scalar.utf8.count
  }
}
