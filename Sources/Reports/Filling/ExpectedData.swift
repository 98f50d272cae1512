import Texts
import Records
import Templating

/// The quick way through a file of the same form as the one before: each line is held against the
/// name that stood there. It gives what ``FillReader/variables(_:)`` gives, or nothing.
extension FillReader {
  /// The variables of a file that has the record sets of the last file, and in them records with
  /// names that are known; nil for any other file, which may be right or wrong.
  mutating func readAsExpected(_ source: Source) -> ValueMap? {
    guard let top else { return nil }
    var reading = ExpectedReading(source, room)
    let isRead = source.withBytes(source.text.range) { text in
      let bytes = text.bytes
      for index in sets.indices {
        let isTop = index == 0 && top.record != nil
        guard reading.read(&sets[index], isTop: isTop, bytes) else { return false }
      }
      return reading.isAtEnd(bytes)
    }
    guard isRead else { return nil }
    room = reading.room
    let read = reading.finish(sets)
    return topMap(read.record, top.lists, read.store)
  }
}

/// One file on the quick way.
private struct ExpectedReading: ~Copyable {
  private var lines = KnownLines()
  /// The values of the only record of the first set, if the form has it, and then the lists.
  private var top: ValueStore.Builder
  private var record: RecordTable.Row?
  private var values: ValueStore.Builder
  private var rows: [RecordTable.Row] = []
  /// Where the rows of each list end.
  private var listEnds: [Int] = []
  private var setCount = 0

  struct Result {
    let record: (shape: Shape, place: SourceRange)?
    let store: ValueStore
  }

  init(_ source: Source, _ room: FillReader.Room) {
    top = ValueStore.Builder(source, room: room.top)
    values = ValueStore.Builder(source, room: room.values)
    rows.reserveCapacity(room.rows)
    listEnds.reserveCapacity(8)
  }

  /// For the next file.
  var room: FillReader.Room {
    FillReader.Room(top: top.count, values: values.count, rows: rows.count)
  }

  /// Reads a record set; false if it is not as expected.
  ///
  /// - Parameter isTop: whether it is the one whose only record holds variables.
  mutating func read(
    _ set: inout FillReader.KnownSet, isTop: Bool, _ bytes: RawSpan
  ) -> Bool {
    lines.skipBetweenRecords(bytes)
    if set.descriptorBytes.isEmpty {
      // Without a descriptor there is a set only if there are records.
      guard setCount == 0 else { return false }
    } else {
      let after = lines.skippingRecord(set.descriptorBytes, bytes)
      guard let after else { return false }
      lines = after
    }
    defer { setCount += 1 }
    if isTop {
      set.values.appendExpected(&lines, bytes, to: &top, &rows)
      record = rows.popLast()
      return record != nil && rows.isEmpty
    }
    let start = rows.count
    set.values.appendExpected(&lines, bytes, to: &values, &rows)
    listEnds.append(rows.count)
    let count = rows.count - start
    return setCount > 0 || count > 1 || count == 0 && !set.descriptorBytes.isEmpty
  }

  mutating func isAtEnd(_ bytes: RawSpan) -> Bool {
    lines.skipBetweenRecords(bytes)
    return lines.isAtEnd(bytes)
  }

  /// The maps of the records, and the variables that hold them.
  consuming func finish(_ sets: [FillReader.KnownSet]) -> Result {
    let table = RecordTable(values.finish(), rows)
    var start = 0
    // A set whose record holds the variables comes first, and is no list.
    for (set, end) in zip(sets[(sets.count - listEnds.count)...], listEnds) {
      top.append(RecordItems(table, set.values.shapes, start..<end))
      start = end
    }
    let record = record.map { (sets[0].values.shapes[$0.shape], $0.place) }
    return Result(record: record, store: top.finish())
  }
}

extension RecordValues {
  /// Appends the records that begin there, as long as their names are known.
  mutating func appendExpected(
    _ lines: inout KnownLines, _ bytes: RawSpan,
    to values: inout ValueStore.Builder, _ rows: inout [RecordTable.Row]
  ) {
    guard !known.isEmpty else { return }
    if expected.count < known.count { expect() }
    latest = min(latest, known.count - 1)
    repeat {
      let record = expected[latest]
      while append(record, latest, &lines, bytes, to: &values, &rows) {}
      // Mostly it is the end of the set.
      let next = expected.indices.first { index in
        index != latest && append(expected[index], index, &lines, bytes, to: &values, &rows)
      }
      guard let next else { return }
      latest = next
    } while true
  }

  /// Appends the next record, if it is as expected.
  @inline(__always)
  private func append(
    _ record: ExpectedRecord, _ index: Int, _ lines: inout KnownLines, _ bytes: RawSpan,
    to values: inout ValueStore.Builder, _ rows: inout [RecordTable.Row]
  ) -> Bool {
    var read = lines
    read.skipBetweenRecords(bytes)
    guard record.fields.count > 0, read.mayBegin(record.fields[0].name, bytes) else {
      return false
    }
    let place = read.offset
    let first = values.count
    let isRead =
      record.hasRepeats
      ? RecordValues.append(record.fields, by: known[index], &read, bytes, to: &values)
      : RecordValues.append(record.fields, &read, bytes, to: &values)
    guard isRead, read.endsRecord(bytes) else {
      values.removeAll(after: first)
      return false
    }
    for _ in 0..<record.missingCount { values.append(StoredValue.missing) }
    lines = read
    let name = SourceRange(start: place, end: place + record.firstNameLength)
    rows.append(RecordTable.Row(shape: index, first: first, place: name))
    return true
  }

  private static func append(
    _ fields: ArrayView<ExpectedField>, _ lines: inout KnownLines, _ bytes: RawSpan,
    to values: inout ValueStore.Builder
  ) -> Bool {
    let source = values.source
    var isRead = true
    values.append(upTo: fields.count) { output, others in
      // A copy that no call changes stays in registers.
      var here = lines
      defer { lines = here }
      for index in 0..<fields.count {
        let field = fields.pointer(to: index)
        let type = field.pointee.type
        guard let plain = here.plainValue(of: field.pointee.name, bytes) else {
          guard let (text, after) = value(of: field, source, here, bytes) else {
            isRead = false
            return
          }
          here = after
          output.append(StoredValue(value(text, type), of: source, &others))
          continue
        }
        switch type {
        case .text: output.append(.text(plain.range))
        case .boolean: output.append(.bool(source.withBytes(plain.range, RecordValues.isYes)))
        case .integer:
          guard let number = plain.number(bytes) else { fallthrough }
          output.append(.number(number))
        default:
          let text = Text(source: source, range: plain.range)
          output.append(StoredValue(value(text, type), of: source, &others))
        }
      }
    }
    return isRead
  }

  /// By value, so that lines that lie in registers can stay there.
  @inline(never)
  private static func value(
    of field: UnsafePointer<ExpectedField>, _ source: Source, _ lines: KnownLines,
    _ bytes: RawSpan
  ) -> (Text, KnownLines)? {
    var after = lines
    return after.value(of: field.pointee.name, source, bytes).map { ($0, after) }
  }

  /// The same where fields are repeated.
  private static func append(
    _ fields: ArrayView<ExpectedField>, by plan: Plan, _ lines: inout KnownLines,
    _ bytes: RawSpan, to values: inout ValueStore.Builder
  ) -> Bool {
    var found: [Value] = []
    for index in 0..<fields.count {
      let text = lines.value(of: fields[index].name, values.source, bytes)
      guard let text else { return false }
      found.append(value(text, fields[index].type))
    }
    for value in gathered(found, plan) { values.append(value) }
    return true
  }
}
