import Diagnostics
import Records
import Sheets
import Texts
import Vietnamese

/// The rows of a table before anything is known of its columns, and the names of these.
struct TableSource {
  /// A column: the name by which lines of the table's record speak of it, and the titles above it.
  struct Column {
    let name: String
    var title: Text?
    var group: Text?
  }

  var columns: [Column] = []
  var rows: [[Text?]] = []
  /// Where the table says where its rows come from.
  let place: Text

  init(at place: Text) { self.place = place }
}

extension TableSource {
  /// The records of a type, each a row; a field repeated in one is a list in a cell.
  static func records(
    ofType type: Text, in database: Database, _ schema: Schema
  ) throws(Diagnostic) -> TableSource {
    let records = database.records(ofType: type.string)
    guard !records.isEmpty else {
      let known = database.recordSets.compactMap { $0.type?.string }
      let suggestion = nearest(to: type.string, among: known)
      throw Diagnostic(
        .table(.unknownRowType(type.string, suggestion: suggestion)), at: type)
    }
    var source = TableSource(at: type)
    let rules = schema.types.first { $0.name == type }
    var slots: [Text: Int] = [:]
    for record in records {
      var row = [Text?](repeating: nil, count: source.columns.count)
      for field in record.fields {
        let rule = rules?.rule(for: field.name)
        let name = rule?.name ?? field.name
        if name.isSpelled(Silencing.field) { continue }
        let slot = slots[name] ?? source.columns.count
        if slot == source.columns.count {
          slots[name] = slot
          source.columns.append(Column(name: name.string, title: rule?.label, group: nil))
          row.append(nil)
        }
        row[slot] = row[slot].map { $0.joined(with: field.value) } ?? field.value
      }
      source.rows.append(row)
    }
    for index in source.rows.indices {
      let missing = source.columns.count - source.rows[index].count
      source.rows[index] += [Text?](repeating: nil, count: missing)
    }
    return source
  }

  /// A sheet whose first rows are the titles of its columns.
  ///
  /// - Parameters:
  ///   - heads: the number of these rows, 1 or 2. Of two, the first has the names of groups: an empty
  ///     cell behind one belongs to its group, an empty cell under a title to that title.
  ///   - path: where the data file names the sheet.
  static func sheet(
    _ path: Text, heads: Int, in folder: String
  ) throws(Problems) -> TableSource {
    let sheet = try Problems.collecting { () throws(Diagnostic) in
      try readSheet(path, in: folder)
    }
    var source = TableSource(at: path)
    guard sheet.rows.count > heads else {
      let place = sheet.rows.first?.cells.first?.value ?? path
      throw Problems([Diagnostic(.sheet(.noRows), at: place)])
    }
    source.columns = columns(sheet.rows.prefix(heads).map(\.cells))
    var problems: [Diagnostic] = []
    for row in sheet.rows.dropFirst(heads) {
      var cells = row.cells.map { $0.isEmpty ? nil : $0.unguardedValue.onOneLine }
      while let last = cells.last, last == nil, cells.count > source.columns.count {
        cells.removeLast()
      }
      if cells.count > source.columns.count, let surplus = cells[source.columns.count...].first {
        let problem = TableProblem.rowTooLong(cells: cells.count, columns: source.columns.count)
        problems.append(Diagnostic(.table(problem), at: surplus ?? cells.compactMap(\.self).first))
        continue
      }
      cells += [Text?](repeating: nil, count: source.columns.count - cells.count)
      source.rows.append(cells)
    }
    try problems.throwIfErrors()
    return source
  }

  /// The columns as the rows above the first one of figures name them.
  private static func columns(_ heads: [[Sheet.Cell]]) -> [Column] {
    let count = heads.map { cells in (cells.lastIndex { !$0.isEmpty } ?? -1) + 1 }.max() ?? 0
    func title(_ row: Int, _ column: Int) -> Text? {
      guard row < heads.count, column < heads[row].count, !heads[row][column].isEmpty else {
        return nil
      }
      return heads[row][column].unguardedValue.onOneLine
    }
    var columns: [Column] = []
    var group: Text?
    for index in 0..<count {
      let (upper, lower) = (title(0, index), heads.count > 1 ? title(1, index) : nil)
      if let upper { group = upper }
      let isGrouped = heads.count > 1 && lower != nil
      if !isGrouped { group = nil }
      let own = isGrouped ? lower : upper
      columns.append(
        Column(name: own?.string ?? "", title: own, group: isGrouped ? group : nil))
    }
    return columns
  }

  private static func readSheet(
    _ path: Text, in folder: String
  ) throws(Diagnostic) -> Sheet {
    let name = path.string
    let full = "\(folder)/\(Files.stored(name, in: folder))"
    let isOutside =
      name.hasPrefix("/") && Files.exists(name)
      || Files.exists(full) && (!Files.isRelative(name) || !Files.lies(full, in: folder))
    if isOutside { throw Diagnostic(.table(.sheetOutside(name)), at: path) }
    guard Files.exists(full) else {
      let present = ((try? Files.names(in: folder)) ?? []).filter(isSheetName)
      let problem = TableProblem.noSheet(
        name, suggestion: nearest(to: name, among: present), present: Array(present.prefix(5)))
      throw Diagnostic(.table(problem), at: path)
    }
    guard isSheetName(name), Files.isRegular(full),
      let bytes = try Files.read(full, inside: folder)
    else { throw Diagnostic(.table(.notASheet(name)), at: path) }
    let text = try Source.reading(name: name, bytes: ImportedSheet.unicode(bytes)).source
    if let lost = LostLetters(in: text).problem(besides: []) { throw lost }
    return try likeliestReading(of: text)
  }

  static func isSheetName(_ name: String) -> Bool { name.lowercased().hasSuffix(".csv") }

  /// The reading in which the first row has the most cells.
  private static func likeliestReading(of text: Source) throws(Diagnostic) -> Sheet {
    var best: Sheet?
    var complaint: Diagnostic?
    for separator in Sheet.Separator.allCases {
      do throws(Diagnostic) {
        let sheet = try Sheet.read(text, separator: separator)
        if (sheet.rows.first?.cells.count ?? 0) > (best?.rows.first?.cells.count ?? 0) {
          best = sheet
        }
      } catch {
        complaint = complaint ?? error
      }
    }
    if let best { return best }
    throw complaint ?? Diagnostic(.sheet(.noRows), at: text.firstLine)
  }
}

extension Text {
  /// This and another text of the same cell.
  fileprivate func joined(with other: Text) -> Text {
    Text(computed: Array(bytes) + Array("; ".utf8) + Array(other.bytes), from: self)
  }

  /// The text with a space in the place of each line break.
  var onOneLine: Text {
    guard bytes.contains(UInt8(ascii: "\n")) else { return self }
    return Text(
      computed: bytes.map { $0 == UInt8(ascii: "\n") ? 0x20 : $0 },
      from: self, pieces: [Source.Piece(start: 0, origin: Int(range.start))])
  }
}
