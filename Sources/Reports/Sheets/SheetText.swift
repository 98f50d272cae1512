import Diagnostics
import Texts
import Records

/// The rec text made from a sheet's rows, within a data file or alone, with the cell of each field.
struct SheetText {
  let bytes: [UInt8]
  /// The number of records that the rows replace.
  let replaced: Int
  /// The fields that stay as they are because the sheet has no column for them.
  let keptFields: [Text]
  /// The warning about records without a row whose fields the sheet has no column for.
  let droppedRecords: Diagnostic?
  /// The warning about comments that are lost, see ``SheetMerge``.
  let droppedComments: Diagnostic?
  private let name: String
  /// The range of the text that comes from the sheet.
  private let sheetRange: Range<Int>
  /// The offsets of the fields in that range, ascending.
  private let starts: [Int]
  /// The cells of these fields, or else of their rows; nil where there is no row.
  private let cells: [Text?]

  init(
    _ rows: [SheetRow], _ header: SheetHeader, of type: RecordType, into file: DataFile?,
    cleared: Set<Text>
  ) {
    let set = file?.database.recordSet(ofType: type.name.string)
    let columns = header.fields.compactMap { $0?.name }
    let all = set.map { Array($0.records) } ?? []
    let merge = SheetMerge(rows, columns: columns, all, type, cleared: cleared)
    let gap = file.map { SheetGap(for: set, from: merge.start, in: $0.database.source) }
    var writer = Writer()
    if set == nil {
      writer.writeField("%rec", type.name)
      writer.endBlock()
    }
    var starts: [Int] = []
    var cells: [Text?] = []
    let head = gap?.head ?? []
    for entry in merge.entries {
      let row = entry.row.map { rows[$0] }
      for piece in merge.pieces(of: row, entry.record) {
        switch piece {
        case .comment(let line): writer.writeComment(line)
        case .endOfComments: writer.endBlock()
        case .field(let name, let value, let cell):
          starts.append(head.count + writer.bytes.count)
          cells.append(cell ?? row?.place)
          writer.writeField(name: name.bytes, value: value.bytes)
        }
      }
      writer.endBlock()
    }
    bytes = head + writer.bytes + (gap?.tail ?? [])
    sheetRange = head.count..<head.count + writer.bytes.count
    name = file?.database.source.name ?? ""
    replaced = merge.shownCount
    keptFields = merge.fieldsWithoutColumn(Set(columns))
    droppedRecords = merge.droppedRecords(Set(columns))
    droppedComments = merge.droppedComments
    (self.starts, self.cells) = (starts, cells)
  }

  /// The problems of the sheet's records, each at its cell. Problems of other records are left out.
  ///
  /// References are checked only within a data file: a sheet alone does not have the records to which
  /// it refers.
  func problems(_ schema: SheetSchema, among file: DataFile?) throws(Problems) -> [Diagnostic] {
    let source = Source(name: name, bytes: bytes)
    var found: [Diagnostic] = []
    let database = Database.read(source, into: &found)
    found += schema.problems(of: database)
    // What a head may leave to other records is looked at with the whole file.
    if schema.type.name.isSpelled(Schema.documentType) {
      found.removeAll { ToldElsewhere.mayBeAbout($0) }
    }
    if file != nil {
      var shapes = SchemaShapes(schema.schema)
      found += schema.schema.referenceProblems(of: shapes.records(of: database))
    }
    let unseen = InvisibleCharacters(in: database, ofType: schema.type).problems
    found = TextFlaws(unseen.filter { $0.severity == .error }).explaining(found) + unseen
    found += LostLetters(in: database.source).problem(besides: []).map { [$0] } ?? []
    return found.compactMap { moved($0, from: source) }.enumerated().sorted {
      ($0.element.place?.place.range.start ?? 0, $0.offset)
        < ($1.element.place?.place.range.start ?? 0, $1.offset)
    }.map(\.element)
  }

  /// A problem of the text, moved to its cell of the sheet; nil for one outside the sheet's records.
  private func moved(_ problem: Diagnostic, from source: Source) -> Diagnostic? {
    guard let place = problem.place, let cell = cell(of: place, in: source) else { return nil }
    let notes = problem.notes.map { note in
      Diagnostic.Note(
        note.kind, at: note.place.map { self.cell(of: $0, in: source) ?? $0 })
    }
    if case .records(.missingField(let field)) = problem.kind {
      return Diagnostic(.sheet(.missingCell(field)), at: cell, notes: notes)
    }
    if case .value(.nothing(let text, let gap)) = problem.kind {
      return Diagnostic(.value(.nothing(text, gap.inSheet)), at: cell, notes: notes)
    }
    return Diagnostic(problem.kind, at: cell, notes: notes)
  }

  /// The part of a cell that stands at a place of the text, all of it for a place in the field's
  /// name; nil outside the sheet's records.
  private func cell(of text: Text, in source: Source) -> Text? {
    let place = text.place
    let offset = Int(place.range.start)
    guard place.source === source, sheetRange.contains(offset) else { return nil }
    let field = starts.sortedIndex(after: { $0 <= offset }) - 1
    guard field >= 0, let cell = cells[field] else { return nil }
    let written = WrittenValue(bytes, from: starts[field])
    return cell.shown(
      written.offset(of: offset)..<written.offset(of: Int(place.range.end)))
  }
}

extension Text {
  /// A part of it; all of it for an empty part, and for one that is not in it.
  ///
  /// - Parameter part: counted from its start.
  fileprivate func shown(_ part: Range<Int>) -> Text {
    guard !part.isEmpty, part.upperBound <= count else { return self }
    let start = Int(range.start)
    return self.part(start + part.lowerBound..<start + part.upperBound)
  }
}

/// The value of a field as a ``Writer`` wrote it.
private struct WrittenValue {
  private let bytes: [UInt8]
  /// The offset behind the colon.
  private let start: Int
  private static let joint = Array("\\\n".utf8)

  /// - Parameter start: the offset of the field's name.
  init(_ bytes: [UInt8], from start: Int) {
    self.bytes = bytes
    self.start = (bytes[start...].firstIndex(of: UInt8(ascii: ":")) ?? start) + 1
  }

  /// The offset in the value of what stands at an offset in the text; 0 for what stands before it.
  func offset(of end: Int) -> Int {
    var (index, count, isLineStart) = (start, 0, true)
    while index < end {
      let isEnd = bytes[index] == UInt8(ascii: "\n")
      if bytes[index...].starts(with: Self.joint) {
        // It has the line that ends in a backslash end.
        index += Self.joint.count
      } else {
        // A blank stands before each line that is not empty, and a plus sign before that.
        if !isLineStart || bytes[index] != UInt8(ascii: " ") { count += 1 }
        index += isEnd ? 2 : 1
        isLineStart = isEnd
      }
    }
    return count
  }
}

/// The text of a data file before and after the records of one type.
private struct SheetGap {
  let head: [UInt8]
  let tail: [UInt8]

  init(for set: RecordSet?, from start: Int?, in source: Source) {
    let bytes = source.bytes
    guard let set else {
      let ending = bytes.isEmpty ? "" : bytes.last == UInt8(ascii: "\n") ? "\n" : "\n\n"
      (head, tail) = (bytes + Array(ending.utf8), [])
      return
    }
    guard let start, let last = set.records.last else {
      let end = set.descriptorRecord.map { source.lineRange(at: Int($0.text.range.end)).upperBound }
      let split = min(end ?? 0, bytes.count)
      let rest = bytes[split...].drop { $0 == UInt8(ascii: "\n") }
      head = Array(bytes[..<split]) + Array("\n\n".utf8)
      tail = (rest.isEmpty ? [] : [UInt8(ascii: "\n")]) + Array(rest)
      return
    }
    let end = source.lineRange(at: Int(last.text.range.end)).upperBound
    head = Array(bytes[..<start])
    tail = Array(bytes[min(end + 1, bytes.count)...])
  }
}
