import Diagnostics
import Records
import Texts
import Vietnamese

/// The lines of a data file that the reader left out: what seems to be missing may stand in them.
struct UnreadLines: Sendable {
  private let source: Source
  /// Where those begin that were reported, in order; a run with one cause is reported once.
  private let starts: [Int]

  init(_ problems: [Diagnostic], in source: Source) {
    self.source = source
    starts = problems.filter(\.isOfUnreadLine).compactMap { $0.place.map { Int($0.range.start) } }
      .sorted()
  }

  /// The words of lines that begin with a field's name, but could not be read as a field.
  func words(after name: String, in record: Record) -> [String] {
    lines(inParagraphOf: Int(record.place.range.start)).map { line in
      line.split { " \t=:：".contains($0) }.map(String.init)
    }.first { $0.first == name }.map { Array($0.dropFirst()) } ?? []
  }

  /// The problems without fields, records and documents that most likely stand in these lines.
  func explaining(_ problems: [Diagnostic], in database: Database) -> [Diagnostic] {
    guard !starts.isEmpty else { return problems }
    return problems.filter { !explains($0, database) }
  }

  private func explains(_ problem: Diagnostic, _ database: Database) -> Bool {
    switch problem.kind {
    case .records(.missingField(let field)):
      guard let place = problem.place?.place, place.source === source else { return false }
      return lines(inParagraphOf: Int(place.range.start)).contains { field.mayStand(in: $0) }
    case .report(.missingRecordType(let type, _)): return mayHoldRecord(ofType: type, database)
    case .report(.noDocument), .report(.noSuchDocument):
      return mayHoldRecord(ofType: Schema.documentType, database)
    default: return false
    }
  }

  /// The unread lines from the first one to the empty line that ends its record.
  private func lines(inParagraphOf offset: Int) -> [String] {
    let paragraph = paragraph(at: offset)
    let first = starts.sortedIndex(after: { $0 < paragraph.lowerBound })
    guard first < starts.count, paragraph.contains(starts[first]) else { return [] }
    return String(decoding: source.bytes[starts[first]..<paragraph.upperBound], as: UTF8.self)
      .split(separator: "\n").enumerated().filter { $0 == 0 || !$1.isField }
      .map { String($1.drop { $0 == " " || $0 == "\t" }) }
  }

  /// Tells whether a record of a type may have gone with all of its lines.
  private func mayHoldRecord(ofType type: String, _ database: Database) -> Bool {
    let sets = database.recordSets
    for (index, set) in sets.enumerated() where set.type.map({ $0.isSpelled(type) }) ?? true {
      let next = index + 1 < sets.count ? sets[index + 1].type : nil
      let end = next.map { Int($0.range.start) } ?? source.bytes.count
      var unread = starts.sortedIndex(after: { $0 < Int(set.type?.range.start ?? 0) })
      while unread < starts.count, starts[unread] < end {
        if !set.hasRecord(within: paragraph(at: starts[unread])) { return true }
        unread += 1
      }
    }
    return false
  }

  /// The lines around an offset up to empty ones.
  private func paragraph(at offset: Int) -> Range<Int> {
    var line = source.lineRange(at: offset)
    var (start, end) = (line.lowerBound, line.upperBound)
    while start > 0 {
      line = source.lineRange(at: start - 1)
      if source.isBlank(line) { break }
      start = line.lowerBound
    }
    while end < source.bytes.count {
      line = source.lineRange(at: end + 1)
      if source.isBlank(line) { break }
      end = line.upperBound
    }
    return start..<end
  }
}

extension RecordSet {
  fileprivate func hasRecord(within range: Range<Int>) -> Bool {
    let first = records.sortedIndex(after: { Int($0.place.range.start) < range.lowerBound })
    return first < records.endIndex && range.contains(Int(records[first].place.range.start))
  }
}

extension Source {
  fileprivate func isBlank(_ line: Range<Int>) -> Bool {
    bytes[line].allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
  }
}

extension Substring {
  /// Tells whether it begins with a field's name and a colon.
  fileprivate var isField: Bool {
    let name = utf8.prefix { $0 != UInt8(ascii: ":") }
    return name.endIndex < endIndex && Text(String(name) ?? "").isFieldName
  }
}

extension NamedField {
  /// Tells whether a line that could not be read was likely meant as this field.
  fileprivate func mayStand(in line: String) -> Bool {
    let plain = plainLetters(line)
    if [name, label].compactMap({ $0 }).contains(where: { plain.hasPrefix(plainLetters($0)) }) {
      return true
    }
    let word = line.prefix { !" \t=:".contains($0) }
    return nearest(to: String(word), among: [name]) != nil
  }
}

extension Diagnostic {
  /// Tells whether it tells of a line that is not read.
  fileprivate var isOfUnreadLine: Bool {
    switch kind {
    case .records(.missingColon) where place?.bytes.starts(with: "%rec".utf8) ?? false:
      // That line is read all the same.
      false
    case .records(.missingColon), .records(.badFieldName), .records(.continuationWithoutField),
      .records(.indentedLine), .records(.indentedField):
      true
    default: false
    }
  }
}
