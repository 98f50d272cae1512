import Diagnostics
import Texts
import Records

/// The pairing of a sheet's rows with the records of a data file.
///
/// A row that stands for a record takes over from it what a sheet has no place for: comments, the
/// order of the fields, and fields without a value.
struct SheetMerge {
  /// The record that each row stands for; nil for a row that is a new record.
  private(set) var records: [Record?]
  private let type: RecordType
  /// All records of the type in the data file.
  private let all: [Record]

  /// Pairs each row with the record of the same key, or else of the same name.
  init(_ rows: [SheetRow], _ set: RecordSet?, _ type: RecordType) {
    self.type = type
    all = set.map { Array($0.records) } ?? []
    var left = Set(all.indices)
    var found = [Int?](repeating: nil, count: rows.count)
    for field in type.identifyingFields {
      var byValue: [Text: [Int]] = [:]
      for index in left.sorted().reversed() {
        let own = all[index].fields.first { type.name(of: $0) == field }
        if let own { byValue[own.value, default: []].append(index) }
      }
      for (row, content) in rows.enumerated() where found[row] == nil {
        guard let value = content.fields.first(where: { $0.name == field })?.value,
          let index = byValue[value]?.popLast()
        else { continue }
        found[row] = index
        left.remove(index)
      }
    }
    // A row whose name was corrected is known by its position, where none was added or removed.
    if rows.count == all.count {
      for row in rows.indices where found[row] == nil && left.remove(row) != nil {
        found[row] = row
      }
    }
    records = found.map { [all] index in index.map { all[$0] } }
  }

  /// A part of the text of a merged record.
  enum Piece {
    /// A comment line.
    case comment(ArraySlice<UInt8>)
    /// An empty line after comments that stand apart from the record.
    case endOfComments
    /// A field and its cell; the cell is nil where the sheet has no value for it.
    case field(name: Text, value: Text, cell: Text?)
  }

  /// The text of a row in the form of the record that it stands for.
  ///
  /// Fields keep the record's order; further values of a field follow its last one, and fields that
  /// the record does not have come last.
  func pieces(of row: SheetRow, _ record: Record?) -> [Piece] {
    guard let record else {
      return row.fields.map { .field(name: $0.name, value: $0.value, cell: $0.value) }
    }
    var left = Dictionary(grouping: row.fields, by: \.name).mapValues { $0.map(\.value)[...] }
    let names = record.fields.map { type.name(of: $0) }
    var pieces = gap(before: record)
    var lines = record.comments[...]
    for (index, (field, name)) in zip(record.fields, names).enumerated() {
      while let line = lines.first, line.startIndex < Int(field.name.range.start) {
        pieces.append(.comment(lines.removeFirst()))
      }
      if let value = left[name]?.popFirst() {
        pieces.append(.field(name: name, value: value, cell: value))
      } else if left[name] == nil, mayBeEmpty(field, name) {
        pieces.append(.field(name: name, value: field.value, cell: nil))
      }
      guard !names[(index + 1)...].contains(name), let rest = left[name] else { continue }
      pieces += rest.map { .field(name: name, value: $0, cell: $0) }
      left[name] = []
    }
    pieces += lines.map { .comment($0) }
    return pieces
      + row.fields.filter { !names.contains($0.name) }
      .map { .field(name: $0.name, value: $0.value, cell: $0.value) }
  }

  /// Tells whether a field stands without a value in the record, and the schema allows that.
  private func mayBeEmpty(_ field: Field, _ name: Text) -> Bool {
    guard field.value.bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else { return false }
    return type.rule(for: name).map { $0.type == nil && !$0.isMandatory } ?? true
  }

  // MARK: - Comments

  /// The offset at which the text of the rows begins in the data file: that of the first record, or
  /// of the comments right above it if a row stands for this record. nil where there are no
  /// records.
  var start: Int? {
    guard let first = all.first else { return nil }
    let source = first.text.source
    var start = source.lineRange(at: Int(first.text.range.start)).lowerBound
    guard records.contains(where: { $0?.text.range == first.text.range }) else { return start }
    while start > 0 {
      let above = source.lineRange(at: start - 1)
      guard source.bytes[above].first == UInt8(ascii: "#") else { break }
      start = above.lowerBound
    }
    return start
  }

  /// The comments between a record and the one above it; for the first record, only the comments
  /// right above it.
  private func gap(before record: Record) -> [Piece] {
    let start = Int(record.text.range.start)
    let next = all.sortedIndex(after: { Int($0.text.range.start) < start })
    guard let above = next > 0 ? all[next - 1] : nil else {
      return record.text.source.lines(in: (self.start ?? start)..<start).map { .comment($0) }
    }
    var pieces: [Piece] = []
    for line in record.text.source.lines(in: Int(above.text.range.end)..<start) {
      if line.first == UInt8(ascii: "#") {
        pieces.append(.comment(line))
      } else if line.isEmpty, case .comment? = pieces.last {
        pieces.append(.endOfComments)
      }
    }
    return pieces
  }

  /// The warning about comments that are lost with records for which no row stands; nil for none.
  var droppedComments: Diagnostic? {
    let kept = Set(records.compactMap { $0?.text.range.start })
    let gone = all.filter { !kept.contains($0.text.range.start) }
    var dropped: [ArraySlice<UInt8>] = []
    for record in gone {
      for case .comment(let line) in gap(before: record) { dropped.append(line) }
      dropped += record.comments
    }
    guard let first = dropped.first, let source = gone.first?.text.source else { return nil }
    let place = Text(
      source: source, range: SourceRange(start: first.startIndex, end: first.endIndex))
    return Diagnostic(.sheet(.droppedComments(dropped.count)), at: place)
  }
}

extension RecordType {
  /// The fields that identify a record, best first: its key, fields with `%singular`, and its name,
  /// the first mandatory field that is a text.
  fileprivate var identifyingFields: [Text] {
    let name = fields.first { $0.isMandatory && $0.type == nil }
    return (fields.filter(\.isKey) + fields.filter(\.isSingular) + [name].compactMap { $0 })
      .map(\.name)
  }

  /// The name that the schema gives a field whose label may stand in its place.
  fileprivate func name(of field: Field) -> Text { rule(for: field.name)?.name ?? field.name }
}

extension Record {
  /// The comment lines between its fields.
  fileprivate var comments: [ArraySlice<UInt8>] {
    text.source.lines(in: text.range.bounds).filter { $0.first == UInt8(ascii: "#") }
  }
}

extension Source {
  /// The lines that begin within a range, without line feeds.
  fileprivate func lines(in range: Range<Int>) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var offset = range.lowerBound
    while offset < range.upperBound {
      let line = lineRange(at: offset)
      if line.lowerBound >= range.lowerBound { lines.append(bytes[line]) }
      offset = line.upperBound + 1
    }
    return lines
  }
}
