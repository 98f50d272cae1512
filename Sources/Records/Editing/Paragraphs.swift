import Texts

/// Lines of a rec text between empty ones: a record with its comments, a descriptor, or comments alone.
///
/// Empty lines end records, so that a paragraph has one record at most.
struct Paragraph {
  /// Whole lines, with the line feed behind the last one where there is one.
  let range: Range<Int>

  /// Those of a text, in order.
  static func all(of database: Database) -> [Paragraph] {
    let bytes = database.source.bytes
    // A value that a `\` joins with an empty line goes on behind it.
    var joined = database.storage.fields.filter { $0.folded >= 0 }.map(\.value.bounds)[...]
    var paragraphs: [Paragraph] = []
    var start: Int?
    var offset = 0
    while offset < bytes.count {
      let end = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      while let first = joined.first, first.upperBound < offset { joined.removeFirst() }
      let isInValue = joined.first.map { $0.lowerBound < offset } ?? false
      if !isInValue, bytes[offset..<end].allSatisfy(\.isBlank) {
        if let begin = start { paragraphs.append(Paragraph(range: begin..<offset)) }
        start = nil
      } else {
        start = start ?? offset
      }
      offset = end + 1
    }
    if let start { paragraphs.append(Paragraph(range: start..<bytes.count)) }
    return paragraphs
  }
}

extension [Paragraph] {
  /// The index of the one that holds an offset; nil between two of them.
  func index(holding offset: Int) -> Int? {
    let next = sortedIndex(after: { $0.range.lowerBound <= offset })
    return next > 0 && self[next - 1].range.contains(offset) ? next - 1 : nil
  }
}

/// A record found by a place in the text.
public struct FoundRecord: Sendable {
  public let type: String
  /// Its number among those of its type, from 0.
  public let index: Int
  /// The name of the field that has the place, as the text has it; of a field that is commented out
  /// too. nil where the place is in none.
  public let name: Text?
}

extension Database {
  /// The record in whose lines a place is, comments above and lines that could not be read too; nil for
  /// a place in no record of a type.
  public func record(holding offset: Int) -> FoundRecord? {
    let paragraphs = Paragraph.all(of: self)
    let offset = min(offset, max(source.bytes.count - 1, 0))
    guard let held = paragraphs.index(holding: offset) else { return nil }
    let range = paragraphs[held].range
    for set in recordSets {
      guard let type = set.type,
        let record = set.records.first(where: { range.contains(Int($0.place.range.start)) }),
        let index = records(ofType: type.string).firstIndex(where: {
          $0.firstField == record.firstField
        })
      else { continue }
      let field = record.fields.first { field in
        let line = source.lineRange(at: Int(field.slot.name.start)).lowerBound
        return line <= offset && offset <= Int(field.slot.value.end)
      }
      return FoundRecord(
        type: type.string, index: index, name: field?.name ?? commentedName(at: offset))
    }
    return nil
  }

  private func commentedName(at offset: Int) -> Text? {
    let line = source.lineRange(at: offset)
    let range = SourceRange(start: line.lowerBound, end: line.upperBound)
    return Text(source: source, range: range).commentedField?.name
  }
}

extension Text {
  /// The field that a line comments out, `#buoi:`, and whether it has no value; nil for any other line.
  var commentedField: (name: Text, isBlank: Bool)? {
    let bytes = bytes
    guard bytes.first == UInt8(ascii: "#"), let colon = bytes.firstIndex(of: UInt8(ascii: ":"))
    else { return nil }
    let name = Text(source: source, range: SourceRange(start: bytes.startIndex + 1, end: colon))
    return name.isFieldName ? (name, bytes[(colon + 1)...].allSatisfy(\.isSpace)) : nil
  }
}
