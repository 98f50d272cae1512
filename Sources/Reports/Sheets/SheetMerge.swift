import Diagnostics
import Texts
import Records

/// The pairing of a sheet's rows with the records of a data file.
///
/// A row that stands for a record takes over from it what the sheet does not have: comments, the
/// order of the fields, fields without a column, and fields without a value.
struct SheetMerge {
  /// A record of the text to write.
  struct Entry {
    /// The index of the row; nil for a record without any value in the sheet's columns, which the
    /// sheet cannot show and which stays where it is.
    let row: Int?
    /// The record that the row stands for; nil for a row that is a new record.
    let record: Record?
  }

  private(set) var entries: [Entry] = []
  private let type: RecordType
  /// The fields without a column that are cleared all the same.
  private let cleared: Set<Text>
  /// All records of the type in the data file.
  private let all: [Record]
  /// The indices of those that the sheet shows where they are left in it, for it has columns for all
  /// values of one of their fields.
  private let shown: [Int]
  /// The indices of those of which it shows some values, or none, as some columns of a field are gone.
  private let perhapsShown: [Int]
  /// The fields of which the sheet has fewer columns than a record has values.
  private let cut: Set<Text>

  /// Pairs each row with the record of the same key, or else of the same name.
  ///
  /// - Parameters:
  ///   - columns: the fields that the sheet has columns for, one for each column.
  ///   - all: the records of the type in the data file.
  init(
    _ rows: [SheetRow], columns: [Text], _ all: [Record], _ type: RecordType,
    cleared: Set<Text>
  ) {
    (self.type, self.cleared, self.all) = (type, cleared, all)
    let cut = all.fields(moreOftenThanIn: columns, type)
    self.cut = cut
    func indices(withValuesOf names: Set<Text>) -> [Int] {
      all.indices.filter { index in
        all[index].fields.contains { !$0.isBlank && names.contains(type.name(of: $0)) }
      }
    }
    // What is cleared is not kept for its own sake.
    let sure = indices(withValuesOf: Set(columns).subtracting(cut).union(cleared))
    shown = sure
    var known = Set(sure)
    perhapsShown = indices(withValuesOf: Set(columns)).filter { !known.contains($0) }
    let paired = pairs(rows)
    known.formUnion(paired.compactMap(\.self))
    var hidden = all.indices.filter { !known.contains($0) }[...]
    for (row, index) in paired.enumerated() {
      if let index { appendHidden(before: index, &hidden) }
      entries.append(Entry(row: row, record: index.map { all[$0] }))
    }
    appendHidden(before: all.count, &hidden)
  }

  /// The index of the record that each row stands for.
  private func pairs(_ rows: [SheetRow]) -> [Int?] {
    let filled = (shown + perhapsShown).sorted()
    var left = Set(filled)
    var found = [Int?](repeating: nil, count: rows.count)
    for field in type.identifyingFields {
      var byValue: [Text: [Int]] = [:]
      for index in left.sorted().reversed() {
        let own = all[index].fields.first { type.name(of: $0) == field }
        if let own { byValue[own.value, default: []].append(index) }
      }
      for (row, content) in rows.enumerated() where found[row] == nil {
        guard let value = content.cells.first(where: { $0.name == field })?.value,
          let index = byValue[value]?.popLast()
        else { continue }
        found[row] = index
        left.remove(index)
      }
    }
    // A row whose name was corrected is known by its position, where none was added or removed, and
    // by what else it has.
    if let inOrder = [filled, shown].first(where: { $0.count == rows.count }) {
      for (row, index) in inOrder.enumerated()
      where found[row] == nil && left.contains(index) && isCorrected(rows[row], all[index]) {
        found[row] = index
        left.remove(index)
      }
    }
    return found
  }

  /// Tells whether a row has all that a record has in the same columns, but for its name; true for a
  /// row without a name.
  private func isCorrected(_ row: SheetRow, _ record: Record) -> Bool {
    let names = type.identifyingFields
    let columns = row.cells.filter { !names.contains($0.name) }
    if columns.count == row.cells.count { return true }
    let values = columns.compactMap(\.value)
    let wanted = Set(columns.map(\.name))
    let old = record.fields.filter { wanted.contains(type.name(of: $0)) && !$0.isBlank }
    return values.map(\.string).sorted() == old.map(\.value.string).sorted()
  }

  private mutating func appendHidden(before index: Int, _ hidden: inout ArraySlice<Int>) {
    while let next = hidden.first, next < index {
      entries.append(Entry(row: nil, record: all[next]))
      hidden.removeFirst()
    }
  }

  /// The number of records that rows could stand for.
  var shownCount: Int { shown.count }

  /// The fields that the records at hand have and the sheet has no column for, in the order of the
  /// records.
  func fieldsWithoutColumn(_ columns: Set<Text>) -> [Text] {
    var names: [Text] = []
    for entry in entries {
      for field in entry.record.map({ Array($0.fields) }) ?? [] where !field.isBlank {
        let name = type.name(of: field)
        if !columns.contains(name), !cleared.contains(name), !names.contains(name) {
          names.append(name)
        }
      }
    }
    return names
  }

  /// The warning about records without a row whose fields the sheet cannot show; nil for none.
  func droppedRecords(_ columns: Set<Text>) -> Diagnostic? {
    let kept = Set(entries.compactMap { $0.record?.text.range.start })
    var (lost, places): ([Text], [Text]) = ([], [])
    for record in all where !kept.contains(record.text.range.start) {
      let names = record.fields.filter { !$0.isBlank }.map { type.name(of: $0) }
        .filter { !columns.contains($0) && !cleared.contains($0) }
      if names.isEmpty { continue }
      places.append(record.place)
      for name in names where !lost.contains(name) { lost.append(name) }
    }
    guard let first = places.first else { return nil }
    var notes = places.dropFirst().prefix(3).map { Diagnostic.Note(.alsoHere, at: $0) }
    if places.count > 4 { notes.append(Diagnostic.Note(.furtherPlaces(places.count - 4), at: nil)) }
    let problem = SheetProblem.droppedRecords(places.count, fields: lost.map(\.string))
    return Diagnostic(.sheet(problem), at: first, notes: notes)
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

  /// The text of a row in the form of the record that it stands for; a record without a row stays as
  /// it is.
  ///
  /// Fields keep the record's order; further values of a field follow its last one, and fields that
  /// the record does not have come last.
  func pieces(of row: SheetRow?, _ record: Record?) -> [Piece] {
    let cells = row?.cells ?? []
    let new = cells.filter { cell in
      record.map { !$0.fields.contains { type.name(of: $0) == cell.name } } ?? true
    }
    let added = new.compactMap { cell in
      cell.value.map { Piece.field(name: cell.name, value: $0, cell: $0) }
    }
    return
      (record.map { gap(before: $0) + pieces(of: cells, within: $0, hasRow: row != nil) } ?? [])
      + added
  }

  private func pieces(
    of cells: [SheetRow.Cell], within record: Record, hasRow: Bool
  ) -> [Piece] {
    let names = record.fields.map { type.name(of: $0) }
    let columns = Dictionary(grouping: cells, by: \.name).mapValues { $0.map(\.value) }
    var values = Dictionary(grouping: record.fields, by: { type.name(of: $0) })
    for (name, fields) in values where hasRow && columns[name] == nil && cleared.contains(name) {
      values[name] = fields.filter(\.isBlank)
    }
    var left: [Text: ArraySlice<Text?>] = [:]
    for (name, fields) in values {
      let cells = columns[name] ?? []
      left[name] = (cut.contains(name) ? cells.completed(by: fields) : cells)[...]
    }
    var pieces: [Piece] = []
    var lines = record.comments[...]
    for (index, (field, name)) in zip(record.fields, names).enumerated() {
      while let line = lines.first, line.startIndex < Int(field.name.range.start) {
        pieces.append(.comment(lines.removeFirst()))
      }
      if let value = left[name]?.popFirst() ?? nil {
        pieces.append(piece(name, value, record))
      } else if field.isBlank {
        pieces.append(.field(name: name, value: field.value, cell: nil))
      }
      guard !names[(index + 1)...].contains(name) else { continue }
      pieces += (left[name] ?? []).compactMap { $0.map { piece(name, $0, record) } }
    }
    return pieces + lines.map { .comment($0) }
  }

  /// A field whose value is a cell, or a value of the record that has no cell.
  private func piece(_ name: Text, _ value: Text, _ record: Record) -> Piece {
    .field(name: name, value: value, cell: value.source === record.text.source ? nil : value)
  }

  // MARK: - Comments

  /// The offset at which the text of the rows begins in the data file: that of the first record, or
  /// of the comments right above it if a row stands for this record. nil where there are no
  /// records.
  var start: Int? {
    guard let first = all.first else { return nil }
    let source = first.text.source
    var start = source.lineRange(at: Int(first.text.range.start)).lowerBound
    guard entries.contains(where: { $0.record?.text.range == first.text.range }) else {
      return start
    }
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
    let kept = Set(entries.compactMap { $0.record?.text.range.start })
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

extension [Text?] {
  /// The values of the cells of one field, some of whose columns are gone: the old values where the
  /// cells are some of them in their order; else the cells, and behind them as many old values as
  /// there are more than cells.
  fileprivate func completed(by old: [Field]) -> [Text?] {
    var cells = compactMap(\.self)[...]
    for field in old where cells.first == field.value { cells.removeFirst() }
    if cells.isEmpty { return old.map { $0.isBlank ? nil : $0.value } }
    let others = old.map(\.value).filter { !$0.isBlank && !contains($0) }
    return self + others.suffix(Swift.max(old.count - count, 0))
  }
}

extension [Record] {
  /// The fields that one of them has more often than they stand in a list.
  fileprivate func fields(moreOftenThanIn names: [Text], _ type: RecordType) -> Set<Text> {
    let columns = Dictionary(grouping: names, by: \.self).mapValues(\.count)
    var found: Set<Text> = []
    for record in self {
      let own = Dictionary(grouping: record.fields) { type.name(of: $0) }
      for (name, fields) in own where fields.count > columns[name] ?? 0 { found.insert(name) }
    }
    return found
  }
}

extension Text {
  /// Tells whether there is nothing to see: spaces, tabs and line ends at most.
  var isBlank: Bool { bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A } }
}

extension Field {
  fileprivate var isBlank: Bool { value.isBlank }
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
