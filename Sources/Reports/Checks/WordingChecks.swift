import Diagnostics
import Records
import Vietnamese

/// Texts that a template puts words or signs around, so that they must not have these themselves;
/// and words that go with some values of another field only.
struct WordingChecks {
  private let declaration: CheckDeclaration
  private let phrases: [Phrase]
  private var type: String { declaration.type.string }

  init(_ declaration: CheckDeclaration) {
    self.declaration = declaration
    phrases = declaration.phrases.map(Phrase.init)
  }

  func problems(_ records: inout CheckedRecords) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let isBelonging = declaration.relation == .belonging
    let fields = declaration.operands.map(\.field)
    for record in records.records(of: type) where isOfKind(record) {
      for field in isBelonging ? fields.dropLast() : fields[...] {
        for value in records.values(field, in: record, of: type) where !value.isEmpty {
          switch declaration.relation {
          case .noBeginning: checkBeginning(of: value, field, records, &problems)
          case .noEnding: checkEnding(of: value, field, records, &problems)
          default:
            guard let other = fields.last,
              let found = records.value(other, in: record, of: type)
            else { continue }
            checkBelonging(value, to: found, other, records, &problems)
          }
        }
      }
    }
    return problems
  }

  /// A declaration in the schema of one kind speaks of the heads of that kind alone.
  private func isOfKind(_ record: Record) -> Bool {
    guard let kind = declaration.kind, type == Schema.documentType else { return true }
    return record.field(Schema.kindField)?.value.string == kind
  }

  private func report(
    _ problem: CheckProblem, at place: Text, beside other: Text? = nil,
    _ problems: inout [Diagnostic]
  ) {
    let notes = other.map { [Diagnostic.Note(.comparedWith, at: $0)] } ?? []
    problems.append(
      Diagnostic(
        .check(problem), at: place,
        notes: notes + [Diagnostic.Note(.ruledHere, at: declaration.place)]))
  }

  private func named(_ field: Text, _ records: CheckedRecords) -> NamedField {
    records.type(type)?.rule(for: field)?.named ?? NamedField(field.string, label: nil)
  }

  // MARK: - The three relations

  private func checkBeginning(
    of value: Text, _ field: Text, _ records: CheckedRecords, _ problems: inout [Diagnostic]
  ) {
    let bytes = value.bytes
    guard let length = phrases[0].length(atStartOf: bytes) else { return }
    let end = bytes.startIndex + length
    let rest = bytes[end...].drop { $0 == 0x20 || separators.contains($0) }
    report(
      .begins(
        named(field, records), with: value.part(to: end).string,
        rest: String(decoding: rest, as: UTF8.self)),
      at: value.part(to: end), &problems)
  }

  private func checkEnding(
    of value: Text, _ field: Text, _ records: CheckedRecords, _ problems: inout [Diagnostic]
  ) {
    let bytes = value.bytes
    for sign in phrases where bytes.count > sign.bytes.count && bytes.ends(with: sign.bytes) {
      let place = Text(
        source: value.source,
        range: SourceRange(start: bytes.endIndex - sign.bytes.count, end: bytes.endIndex))
      return report(.ends(named(field, records), with: place.string), at: place, &problems)
    }
  }

  private func checkBelonging(
    _ value: Text, to found: Text, _ other: Text, _ records: CheckedRecords,
    _ problems: inout [Diagnostic]
  ) {
    let values = declaration.phrases.dropFirst()
    guard !values.contains(found), let place = phrases[0].place(in: value) else { return }
    report(
      .doesNotBelong(
        place.string, field: named(other, records), values: values.map(\.string),
        found: found.string),
      at: place, beside: found, &problems)
  }
}

extension [Diagnostic] {
  /// Where one value goes with none of the words around it, the value is wrong: it is told of once,
  /// at the first of the words.
  var withoutRepeatedDoubts: [Diagnostic] {
    var first: [SourceRange: Int32] = [:]
    for (value, place) in compactMap(\.doubt) {
      first[value] = Swift.min(first[value] ?? place, place)
    }
    return filter { $0.doubt.map { first[$0.value] == $0.place } ?? true }
  }
}

extension Diagnostic {
  /// The value that words do not go with, and where these stand.
  fileprivate var doubt: (value: SourceRange, place: Int32)? {
    guard case .check(.doesNotBelong) = kind, let value = notes.first?.place, let place else {
      return nil
    }
    return (value.range, place.range.start)
  }
}

/// Between a number or word that is to go and what stays: `07-BC/BCĐ`, `Kính gửi: …`.
private let separators = Array("-/:,.".utf8)

/// Words as a declaration has them, found whatever the case and the style of tone marks.
private struct Phrase {
  /// In small letters, with the tones in the old style.
  let bytes: [UInt8]

  init(_ text: Text) {
    bytes = Phrase.plain(text.bytes)
  }

  private static func plain(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var plain = ByteBuffer()
    appendToneMarks(of: lowercased(text)[...], in: .old, to: &plain)
    return plain.bytes
  }

  /// `[0-9]` stands for a number of any length.
  private var isNumber: Bool { bytes.elementsEqual("[0-9]".utf8) }

  /// How many bytes of a text it takes, where it is the beginning; nil elsewhere.
  func length(atStartOf text: ArraySlice<UInt8>) -> Int? {
    if isNumber {
      let digits = text.prefix { $0 &- UInt8(ascii: "0") < 10 }
      return digits.isEmpty ? nil : digits.count
    }
    let start = text.prefix(bytes.count)
    guard mayBegin(start), Phrase.plain(start) == bytes,
      !isInWord(before: bytes.last, after: text.dropFirst(bytes.count).first)
    else { return nil }
    return bytes.count
  }

  /// Most texts differ in the first letter already.
  private func mayBegin(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first, let own = bytes.first, text.count == bytes.count else {
      return false
    }
    return own < 0x80 ? (first | 0x20) == (own | 0x20) : first == own
  }

  /// The first place in a text where it is a word or words of their own.
  func place(in text: Text) -> Text? {
    let plain = Phrase.plain(text.bytes)
    // The letters of a style have the same length, so places agree.
    guard plain.count == text.count else { return nil }
    for found in plain.ranges(of: bytes) {
      let before = plain[..<found.lowerBound].last
      let after = plain[found.upperBound...].first
      if isInWord(before: before, after: bytes.first) || isInWord(before: bytes.last, after: after)
      {
        continue
      }
      let start = text.range.bounds.lowerBound
      return Text(
        source: text.source,
        range: SourceRange(start: start + found.lowerBound, end: start + found.upperBound))
    }
    return nil
  }

  /// Whether a word goes on from one byte to the next.
  private func isInWord(before: UInt8?, after: UInt8?) -> Bool {
    guard let before, let after else { return false }
    return before.isOfWord && after.isOfWord
  }
}

extension UInt8 {
  /// A letter or digit, or a byte of a letter with marks.
  fileprivate var isOfWord: Bool {
    (self | 0x20) &- 0x61 < 26 || self &- 0x30 < 10 || self >= 0x80
  }
}

extension ArraySlice<UInt8> {
  fileprivate func ends(with other: [UInt8]) -> Bool { suffix(other.count).elementsEqual(other) }
}

extension Text {
  /// Up to an offset in the source.
  fileprivate func part(to end: Int) -> Text {
    Text(source: source, range: SourceRange(start: range.bounds.lowerBound, end: end))
  }
}
