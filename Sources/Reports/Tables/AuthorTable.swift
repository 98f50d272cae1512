import Diagnostics
import Records
import Templating
import Texts
import Vietnamese

/// A table of the author's own, read, added up, and ready to be printed.
struct AuthorTable: Sendable {
  /// As templates see it: `khung/bang-rieng.md.jinja` says what is what.
  let value: ValueMap
  /// The sheet that its rows come from; nil for rows that are records.
  let sheet: Source?

  static let mostRows = 5000
  static let mostColumns = 40
}

/// The making of a table out of its rows and what its record says of them.
struct TableBuilder {
  private let form: TableForm?
  private var columns: [Column] = []
  private var rows: [[Text?]] = []
  private var total: [Value] = []
  private(set) var problems: [Diagnostic] = []

  fileprivate struct Column {
    let name: String
    let title: Text
    var group: Text?
    let setting: TableForm.Setting?
    /// Of its cells in the source.
    let slot: Int
    var isNumber = false
    /// Tells whether it has the numbers of the rows: 1, 2, 3, or whatever stands below TT.
    var isCounter = false
    /// Tells whether these numbers are 1, 2, 3 and so on.
    var countsRows = false
  }

  /// - Parameter form: nil for a sheet that a section names without more.
  init(_ source: TableSource, _ form: TableForm?) {
    self.form = form
    guard source.rows.count <= AuthorTable.mostRows, source.columns.count <= AuthorTable.mostColumns
    else {
      let problem = TableProblem.tooLarge(
        rows: source.rows.count, columns: source.columns.count, mostRows: AuthorTable.mostRows,
        mostColumns: AuthorTable.mostColumns)
      problems.append(Diagnostic(.table(problem), at: source.place))
      return
    }
    chooseColumns(source)
    putIntoGroups()
    rows = source.rows.map { row in columns.map { row[$0.slot]?.onOneLine } }
    let given = takeTotal()
    for index in columns.indices { recognize(index) }
    if let total = form?.total {
      add(total, given: given)
    } else if let given {
      check(given)
    }
    for index in columns.indices where columns[index].isNumber { separateThousands(index) }
  }

  // MARK: Columns

  private mutating func chooseColumns(_ source: TableSource) {
    guard let form, !form.columns.isEmpty else {
      for (slot, column) in source.columns.enumerated() {
        guard let title = column.title else {
          if source.rows.contains(where: { $0[slot] != nil }) {
            let cell = source.rows.lazy.compactMap { $0[slot] }.first
            problems.append(
              column.name.isEmpty
                ? Diagnostic(.table(.unnamedColumn(slot + 1)), at: cell)
                : Diagnostic(.table(.columnWithoutTitle(column.name)), at: source.place))
          }
          continue
        }
        columns.append(
          Column(
            name: column.name, title: title, group: column.group, setting: nil, slot: slot))
      }
      return
    }
    for wanted in form.columns {
      guard let slot = source.slot(of: wanted.name) else {
        let known = source.columns.map(\.name).filter { !$0.isEmpty }
        let problem = TableProblem.unknownColumn(
          wanted.name.string, suggestion: nearest(to: wanted.name.string, among: known),
          known: known)
        problems.append(Diagnostic(.table(problem), at: wanted.name))
        continue
      }
      let column = source.columns[slot]
      guard let title = wanted.title ?? column.title else {
        problems.append(
          Diagnostic(.table(.columnWithoutTitle(wanted.name.string)), at: wanted.name))
        continue
      }
      columns.append(
        Column(
          name: column.name, title: title, group: column.group, setting: wanted.setting,
          slot: slot))
    }
  }

  /// The place among the columns of one that a line names: by its field or title, or by its number.
  private func index(of name: Text) -> Int? {
    let wanted = lowercased(name.bytes)
    return columns.firstIndex { lowercased(Array($0.name.utf8)[...]) == wanted }
      ?? columns.firstIndex { lowercased($0.title.bytes) == wanted }
      ?? Int(name.string).flatMap { columns.indices.contains($0 - 1) ? $0 - 1 : nil }
  }

  private mutating func putIntoGroups() {
    for group in form?.groups ?? [] {
      var indices: [Int] = []
      for name in group.columns {
        if let index = index(of: name) {
          indices.append(index)
        } else {
          problems.append(unknown(name))
        }
      }
      guard indices.count == group.columns.count, let first = indices.first else { continue }
      let isRow = indices == Array(first..<first + indices.count)
      guard isRow, indices.allSatisfy({ columns[$0].group == nil }) else {
        problems.append(Diagnostic(.table(.groupApart(group.title.string)), at: group.title))
        continue
      }
      for index in indices { columns[index].group = group.title }
    }
  }

  private func unknown(_ name: Text) -> Diagnostic {
    let known = columns.map(\.name)
    return Diagnostic(
      .table(
        .unknownColumn(
          name.string, suggestion: nearest(to: name.string, among: known), known: known)),
      at: name)
  }

  // MARK: Totals

  /// Takes away the last row where it is the total: the one that the table's record names, or one that
  /// says so itself.
  private mutating func takeTotal() -> [Text?]? {
    guard rows.count > 1, let last = rows.last,
      let title = zip(columns, last).lazy.compactMap({ $1 }).first
    else { return nil }
    let name = lowercased(title.bytes)
    let isNamed = form?.total.map { lowercased($0.title.bytes) == name } ?? false
    guard isNamed || Self.totalTitles.contains(name) else { return nil }
    rows.removeLast()
    return last
  }

  private static let totalTitles = ["tổng", "tổng cộng", "tổng số", "cộng"].map { Array($0.utf8) }

  /// Checks a total that the rows have and the table's record does not speak of, column by column.
  ///
  /// Shares are not added up, and rows that are themselves made of others (I, 1, 2, II) count twice.
  private mutating func check(_ given: [Text?]) {
    total = given.map { Value(optional: $0) }
    guard !columns.contains(where: { $0.isCounter && !$0.countsRows }) else { return }
    for index in columns.indices where columns[index].isNumber && !columns[index].isShare {
      guard let written = given[index], let figure = try? HedgedNumber(written),
        figure.hedge == nil, !figure.isPercent, let number = Decimal(figure.decimal),
        rows.allSatisfy({ $0[index].map { (try? HedgedNumber($0))?.isPercent != true } ?? true }),
        let sum = sum(of: index), number != sum.value
      else { continue }
      problems.append(wrongTotal(written, index, sum.text))
    }
  }

  private func wrongTotal(_ written: Text, _ index: Int, _ sum: [UInt8]) -> Diagnostic {
    let problem = TableProblem.wrongTotal(
      written.string, column: columns[index].title.string,
      sum: String(decoding: sum, as: UTF8.self), isDeclared: form?.total != nil)
    return Diagnostic(.table(problem), at: written)
  }

  // MARK: Figures

  /// Finds out whether a column holds figures; where it does, each of its cells must be one.
  private mutating func recognize(_ index: Int) {
    let cells = rows.compactMap { $0[index] }.filter { !$0.isEmpty && !$0.isSpelled("-") }
    columns[index].countsRows =
      cells.count == rows.count && cells.enumerated().allSatisfy { $1.isSpelled(String($0 + 1)) }
    columns[index].isCounter =
      columns[index].countsRows && cells.count > 1
      || index == 0 && columns[index].isNamedAsCounter && columns[index].setting == nil
    if columns[index].isCounter { return }
    let isTold = if case .number? = columns[index].setting { true } else { false }
    guard isTold || columns[index].setting == nil, !cells.isEmpty else { return }
    var wrong: [Diagnostic] = []
    for cell in cells {
      do throws(Diagnostic) {
        guard isTold || cell.looksLikeFigure else { return }
        _ = try HedgedNumber(cell)
      } catch {
        wrong.append(Diagnostic(error.kind, at: cell))
      }
    }
    // Numbers of sections, 1.1 and 1.2, are no figures, but these stand in the first column.
    let areFigures =
      index > 0 && cells.allSatisfy { $0.hasOneSeparator || (try? HedgedNumber($0)) != nil }
    guard isTold || areFigures || wrong.count * 2 < cells.count else { return }
    columns[index].isNumber = true
    problems += wrong
  }

  /// Adds the columns up; a total that is given must be the sum.
  private mutating func add(_ wanted: TableForm.Total, given: [Text?]?) {
    var cells = [Value](repeating: .missing, count: columns.count)
    var summed: Set<Int> = []
    for (name, written) in wanted.columns {
      guard let index = index(of: name) else {
        problems.append(unknown(name))
        continue
      }
      summed.insert(index)
      guard let sum = sum(of: index) else { continue }
      let written = written ?? given?[index]
      guard let written, let figure = try? HedgedNumber(written),
        let number = Decimal(figure.decimal)
      else {
        cells[index] = .text(Text(computed: sum.text))
        continue
      }
      if number != sum.value { problems.append(wrongTotal(written, index, sum.text)) }
      cells[index] = .text(written)
    }
    if let label = columns.indices.first(where: { !summed.contains($0) && !columns[$0].isCounter })
    {
      cells[label] = .text(wanted.title)
    }
    let title = given?.lazy.compactMap(\.self).first
    for index in columns.indices where !summed.contains(index) {
      guard case .missing = cells[index], let text = given?[index], text.range != title?.range
      else {
        continue
      }
      cells[index] = .text(text)
    }
    total = cells
  }

  /// Writes whole numbers of five digits and more as the others are written: 12500 as 12.500.
  private mutating func separateThousands(_ index: Int) {
    for row in rows.indices {
      guard let cell = rows[row][index], cell.bytes.count > 4, cell.bytes.allSatisfy(isDigit),
        cell.bytes.first != UInt8(ascii: "0")
      else { continue }
      var text = ByteBuffer()
      guard appendNumber(decimal: cell.bytes, to: &text) else { continue }
      rows[row][index] = Text(computed: text.bytes, from: cell)
    }
  }

  /// The sum of a column, exact, with as many decimals as its cells have; nil where it has none, which
  /// is a problem.
  private mutating func sum(of index: Int) -> (value: Decimal, text: [UInt8])? {
    var sum = Decimal(0)
    var decimals = 0
    for row in rows {
      guard let cell = row[index], !cell.isEmpty, !cell.isSpelled("-") else { continue }
      guard let figure = try? HedgedNumber(cell), figure.hedge == nil, !figure.isPercent,
        figure.unit.isEmpty, let number = Decimal(figure.decimal),
        let next = sum.adding(number)
      else {
        let isTold = problems.contains { $0.place?.range == cell.range }
        if !isTold {
          let isOfSeparator = cell.bytes.allSatisfy { isDigit($0) || ".,".utf8.contains($0) }
          let problem = TableProblem.notSummed(
            cell.string, column: columns[index].title.string, isOfSeparator: isOfSeparator)
          problems.append(Diagnostic(.table(problem), at: cell))
        }
        return nil
      }
      sum = next
      if let point = figure.decimal.firstIndex(of: UInt8(ascii: ".")) {
        decimals = max(decimals, figure.decimal.count - point - 1)
      }
    }
    var digits = ByteBuffer()
    sum.append(to: &digits)
    var text = ByteBuffer()
    guard appendNumber(decimal: digits.bytes[...], to: &text) else { return nil }
    return (sum, text.bytes.padded(toDecimals: decimals))
  }

  // MARK: Values

  /// The table as templates see it.
  ///
  /// - Parameters:
  ///   - record: its record; nil for a sheet that a section names.
  ///   - counts: whether a column of running numbers is put before the others.
  func value(_ record: Record?, counts: Bool) -> ValueMap {
    func field(_ name: String) -> Value {
      record?.field(name).map { .text($0.value) } ?? .missing
    }
    let hasCounter = columns.first?.isCounter ?? false
    let (heads, isDouble) = headValues
    let notes = (record?.values("ghi_chu") ?? []).map { Value.text($0) }
    let body = rows.map { row in Value.list(row.map { Value(optional: $0) }) }
    let hasNumbers = counts && !hasCounter
    var entries: [(Key, Value)] = []
    for name in ["ma", "tieu_de", "don_vi", "nguon"] { entries.append((Key(name), field(name))) }
    entries.append((Key("ghi_chu"), .list(notes)))
    entries.append((Key("tt"), .bool(hasNumbers)))
    entries.append((Key("dau"), heads))
    entries.append((Key("hai_dau"), .bool(isDouble)))
    entries.append((Key("can"), .list(columns.map { Value($0.alignment) })))
    entries.append((Key("dong"), .list(body)))
    entries.append((Key("tong"), total.isEmpty ? .missing : .list(total)))
    entries.append((Key("so_cot"), .int(columns.count + (hasNumbers ? 1 : 0))))
    return ValueMap(entries, place: record?.place)
  }

  /// The titles, of which those of a group have the titles of its columns below them. Where no group
  /// has two columns there is one row of titles.
  private var headValues: (Value, isDouble: Bool) {
    var heads: [(title: Text, children: [Text])] = []
    for (index, column) in columns.enumerated() {
      guard let group = column.group else {
        heads.append((column.title, []))
        continue
      }
      let goesOn = index > 0 && columns[index - 1].group.map { $0.range == group.range } ?? false
      if goesOn, !heads.isEmpty {
        heads[heads.count - 1].children.append(column.title)
      } else {
        heads.append((group, [column.title]))
      }
    }
    let isDouble = heads.contains { $0.children.count > 1 }
    let values = heads.map { head -> Value in
      var (title, children) = (Value.text(head.title), head.children)
      if !isDouble, let only = children.first {
        title = Value("\(head.title.string) - \(only.string)")
        children = []
      }
      return .map(
        ValueMap([(Key("chu"), title), (Key("con"), .list(children.map { .text($0) }))]))
    }
    return (.list(values), isDouble)
  }
}

extension TableBuilder.Column {
  fileprivate var isNamedAsCounter: Bool {
    ["tt", "stt", "số tt", "số thứ tự"].contains(
      String(decoding: lowercased(title.trimmed.bytes), as: UTF8.self))
  }

  /// Tells whether its figures are shares of something, which nobody adds up.
  fileprivate var isShare: Bool {
    let words = lowercased((group ?? title).bytes) + lowercased(title.bytes)
    return ["%", "tỷ lệ", "tỉ lệ", "bình quân", "trung bình"].contains { word in
      words.span.first(of: Array(word.utf8).span, from: 0) != nil
    }
  }

  fileprivate var alignment: String {
    switch setting {
    case .left?, .text?: "trai"
    case .center?: "giua"
    case .right?, .number?: "phai"
    case nil: isCounter ? "giua" : isNumber ? "phai" : "trai"
    }
  }
}

extension TableSource {
  /// The column that a line names: by its field or title, or by its number from 1.
  fileprivate func slot(of name: Text) -> Int? {
    let wanted = lowercased(name.bytes)
    return columns.firstIndex { lowercased(Array($0.name.utf8)[...]) == wanted }
      ?? columns.firstIndex { $0.title.map { lowercased($0.bytes) == wanted } ?? false }
      ?? Int(name.string).flatMap { columns.indices.contains($0 - 1) ? $0 - 1 : nil }
  }
}

extension Text {
  /// Tells whether it is one number with at most one point or comma: 1.5, 12500.5, 1,400.
  fileprivate var hasOneSeparator: Bool {
    let parts = bytes.split(omittingEmptySubsequences: false) { ".,".utf8.contains($0) }
    return parts.count < 3 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(isDigit) }
  }

  /// Tells whether it is made of digits and the signs of a figure alone.
  fileprivate var looksLikeFigure: Bool {
    bytes.contains(where: isDigit)
      && bytes.allSatisfy { isDigit($0) || ".,-% ".utf8.contains($0) }
  }
}

extension [UInt8] {
  /// A Vietnamese figure with zeros behind its decimals.
  fileprivate func padded(toDecimals count: Int) -> [UInt8] {
    guard count > 0 else { return self }
    let comma = firstIndex(of: UInt8(ascii: ","))
    let own = comma.map { self.count - $0 - 1 } ?? 0
    guard own < count else { return self }
    let zeros = [UInt8](repeating: UInt8(ascii: "0"), count: count - own)
    return self + (comma == nil ? [UInt8(ascii: ",")] : []) + zeros
  }
}
