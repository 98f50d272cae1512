import Reports

/// What a form sends of one section: for each record where it came from, and its fields as they are
/// now. `goc` is the sum of the file that the form was made of; `r.K.@` the number of record K in it,
/// empty for a new one; `r.K.FIELD` a value, as often as the field has one; `lam` what else to do.
struct Submission: Sendable {
  let edit: SectionEdit
  let base: ContentSum
  /// The names of the records that are kept, in their order.
  private let names: [String]
  let addsRecord: Bool
  let removesRecord: Bool

  private static let recordLimit = 2000

  init(_ form: FormData, ofType type: String) throws(PageFailure) {
    guard let base = form["goc"].flatMap({ ContentSum($0) }) else { throw .badRequest }
    var rows: [Row] = []
    var index: [String: Int] = [:]
    for field in form.fields where field.name.hasPrefix("r.") {
      let parts = field.name.split(separator: ".", maxSplits: 2).map(String.init)
      guard parts.count == 3 else { throw .badRequest }
      if index[parts[1]] == nil {
        guard rows.count < Self.recordLimit else { throw .tooLarge }
        index[parts[1]] = rows.count
        rows.append(Row(name: parts[1]))
      }
      guard let row = index[parts[1]] else { continue }
      try rows[row].take(parts[2], field.value)
    }
    let order = RecordOrder(form["lam"] ?? "")
    rows = order.applied(to: rows, name: \.name)
    addsRecord = order == .add
    removesRecord = if case .remove = order { true } else { false }
    if let chosen = order.chosen(in: form) { rows.use(chosen) }
    rows.removeAll { $0.isBlank }
    names = rows.map(\.name)
    edit = SectionEdit(
      type: type, entries: rows.map { SectionEdit.Entry(origin: $0.origin, values: $0.values) })
    self.base = base
  }

  /// Where the records of the form are in the file, by their names in the form.
  func places(_ places: [Int: Int]) -> [String: Int] {
    var named: [String: Int] = [:]
    for (index, name) in names.enumerated() { named[name] = places[index] }
    return named
  }

  /// The fields that the file has otherwise than they were sent, where its records are those that were sent;
  /// nil where they are others, or in another order.
  func changes(in records: [EntryRecord]) -> [FieldChange]? {
    guard records.count == edit.entries.count else { return nil }
    var changes: [FieldChange] = []
    for (record, entry) in zip(records, edit.entries) {
      // A record whose fields are all others is another one.
      var same = 0
      for (field, sent) in entry.values {
        let now = record.values[field] ?? []
        if now == sent.filter({ !$0.isEmpty }) { same += 1; continue }
        changes.append(FieldChange(record: record.index, field: field, values: now))
      }
      guard same > 0 || entry.values.isEmpty else { return nil }
    }
    return changes.sorted { ($0.record, $0.field) < ($1.record, $1.field) }
  }

  fileprivate struct Row {
    let name: String
    var origin: Int?
    var values: [String: [String]] = [:]

    init(name: String) { self.name = name }

    /// Tells whether it is a new record without any value.
    var isBlank: Bool { origin == nil && values.values.joined().allSatisfy(\.isEmpty) }

    mutating func take(_ field: String, _ value: String) throws(PageFailure) {
      guard field == "@" else {
        values[field, default: []].append(value.replacing("\r\n", with: "\n"))
        return
      }
      guard value.isEmpty || Int(value) != nil else { throw .badRequest }
      origin = Int(value)
    }
  }
}

/// A field that the file has otherwise than a form sent it.
struct FieldChange: Sendable {
  let record: Int
  let field: String
  let values: [String]
}

/// What a button of a form does to the order of its records.
enum RecordOrder: Equatable {
  case none
  case add
  case remove(String)
  case up(String)
  case down(String)
  /// Takes one's own value where another's stands: the number of the conflict.
  case use(String)

  init(_ text: String) {
    let parts = text.split(separator: ".", maxSplits: 1).map(String.init)
    let record = parts.count > 1 ? parts[1] : ""
    switch parts.first {
    case "them": self = .add
    case "xoa": self = .remove(record)
    case "len": self = .up(record)
    case "xuong": self = .down(record)
    case "dung": self = .use(record)
    default: self = .none
    }
  }

  func applied<Row>(to rows: [Row], name: (Row) -> String) -> [Row] {
    var rows = rows
    func index(_ record: String) -> Int? { rows.firstIndex { name($0) == record } }
    switch self {
    case .none, .add, .use: break
    case .remove(let record): index(record).map { _ = rows.remove(at: $0) }
    case .up(let record):
      if let place = index(record), place > 0 { rows.swapAt(place, place - 1) }
    case .down(let record):
      if let place = index(record), place + 1 < rows.count { rows.swapAt(place, place + 1) }
    }
    return rows
  }

  /// The record, field and values of the conflict that is decided for one's own.
  fileprivate func chosen(in form: FormData) -> ChosenValues? {
    guard case .use(let number) = self, let target = form["xd.\(number).o"] else { return nil }
    let parts = target.split(separator: ".", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    return ChosenValues(record: parts[0], field: parts[1], values: form.values("xd.\(number).v"))
  }
}

private struct ChosenValues {
  let record: String
  let field: String
  let values: [String]
}

extension [Submission.Row] {
  fileprivate mutating func use(_ chosen: ChosenValues) {
    guard let index = firstIndex(where: { $0.name == chosen.record }) else { return }
    self[index].values[chosen.field] = chosen.values
  }
}
