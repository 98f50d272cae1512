import Diagnostics
import Records
import Templating

/// The quick way through a file of the same form as the one before: each line is held against the
/// name that stood there. It gives what ``FillReader/variables(_:)`` gives, or nothing.
extension FillReader {
  /// The variables of a file that has the record sets of the last file, and in them records with
  /// names that are known; nil for any other file, which may be right or wrong.
  mutating func readAsExpected(_ source: Source) -> ValueMap? {
    guard feeds.areKnown, let top else { return nil }
    let lineFeeds = feeds.words
    var reading = ExpectedReading(source, KnownLines(lineFeeds.span), room: room)
    let isRead = source.withBytes(source.text.range) { text in
      let (bytes, words) = (text.bytes, lineFeeds.span)
      for index in sets.indices {
        let isTop = index == 0 && top.record != nil
        guard reading.read(&sets[index], isTop: isTop, bytes, words) else { return false }
      }
      return reading.isAtEnd(bytes, words)
    }
    guard isRead else { return nil }
    room = (reading.values.count, reading.rows.count)
    let read = reading.finish(sets)
    return topMap(read.record, top.lists, read.store)
  }
}

/// One file on the quick way.
private struct ExpectedReading: ~Copyable {
  private var lines: KnownLines
  /// The values of the only record of the first set, if the form has it, and then the lists.
  private var top: ValueStore.Builder
  private var record: RecordItems.Row?
  private(set) var values: ValueStore.Builder
  private(set) var rows: [RecordItems.Row] = []
  /// Where the rows of each list end.
  private var listEnds: [(set: Int, end: Int)] = []
  private var setCount = 0

  struct Result {
    let record: (shape: Shape, place: SourceRange)?
    let store: ValueStore
  }

  init(_ source: Source, _ lines: KnownLines, room: (values: Int, rows: Int)) {
    self.lines = lines
    top = ValueStore.Builder(source, room: 128, others: 16)
    values = ValueStore.Builder(source, room: room.values + 64, others: 16)
    rows.reserveCapacity(room.rows + 16)
    listEnds.reserveCapacity(8)
  }

  /// Reads a record set; false if it is not as expected.
  ///
  /// - Parameter isTop: whether it is the one whose only record holds variables.
  mutating func read(
    _ set: inout FillReader.KnownSet, isTop: Bool, _ bytes: RawSpan, _ words: Span<UInt64>
  ) -> Bool {
    lines.skipBetweenRecords(bytes, words)
    if set.descriptor.isEmpty {
      // Without a descriptor there is a set only if there are records.
      guard setCount == 0 else { return false }
    } else {
      let after = lines.skippingRecord(set.descriptor, bytes, words)
      guard let after else { return false }
      lines = after
    }
    defer { setCount += 1 }
    if isTop {
      set.values.appendExpected(&lines, bytes, words, to: &top, &rows)
      record = rows.popLast()
      return record != nil && rows.isEmpty
    }
    let start = rows.count
    set.values.appendExpected(&lines, bytes, words, to: &values, &rows)
    listEnds.append((setCount, rows.count))
    let count = rows.count - start
    return setCount > 0 || count > 1 || count == 0 && !set.descriptor.isEmpty
  }

  mutating func isAtEnd(_ bytes: RawSpan, _ words: Span<UInt64>) -> Bool {
    lines.skipBetweenRecords(bytes, words)
    return lines.isAtEnd(bytes)
  }

  /// The maps of the records, and the variables that hold them.
  consuming func finish(_ sets: [FillReader.KnownSet]) -> Result {
    let store = values.finish()
    var start = 0
    for (set, end) in listEnds {
      let shapes = sets[set].values.shapes
      top.append(.items(ItemList(RecordItems(store, shapes, rows, start..<end))))
      start = end
    }
    let record = record.map { (sets[0].values.shapes[$0.shape], $0.place) }
    return Result(record: record, store: top.finish())
  }
}

extension RecordValues {
  /// Appends the records that begin there, as long as their names are known.
  mutating func appendExpected(
    _ lines: inout KnownLines, _ bytes: RawSpan, _ words: Span<UInt64>,
    to values: inout ValueStore.Builder, _ rows: inout [RecordItems.Row]
  ) {
    guard !known.isEmpty else { return }
    latest = min(latest, known.count - 1)
    repeat {
      // Once for all records of a form: looking at an object's array counts references.
      let (plan, fields) = (known[latest], known[latest].expected)
      while appendOne(plan, fields, latest, &lines, bytes, words, to: &values, &rows) {}
      // Mostly it is the end of the set.
      let next = known.indices.first { index in
        index != latest
          && appendOne(
            known[index], known[index].expected, index, &lines, bytes, words, to: &values, &rows)
      }
      guard let next else { return }
      latest = next
    } while true
  }

  /// Appends the next record, if its names are those of the plan.
  @inline(__always)
  private func appendOne(
    _ plan: Plan, _ fields: [ExpectedField], _ index: Int, _ lines: inout KnownLines,
    _ bytes: RawSpan, _ words: Span<UInt64>, to values: inout ValueStore.Builder,
    _ rows: inout [RecordItems.Row]
  ) -> Bool {
    var read = lines
    read.skipBetweenRecords(bytes, words)
    let place = read.offset
    let first = values.count
    let isRead =
      plan.hasRepeats
      ? RecordValues.appendRepeated(plan, &read, bytes, words, to: &values)
      : RecordValues.append(fields, &read, bytes, words, to: &values)
    guard isRead, read.endsRecord(bytes, words) else {
      values.removeAll(after: first)
      return false
    }
    for _ in 0..<plan.missingCount { values.append(StoredValue.missing) }
    lines = read
    let name = SourceRange(start: place, end: place + plan.firstNameLength)
    rows.append(RecordItems.Row(shape: index, first: first, place: name))
    return true
  }

  private static func append(
    _ fields: [ExpectedField], _ lines: inout KnownLines, _ bytes: RawSpan,
    _ words: Span<UInt64>, to values: inout ValueStore.Builder
  ) -> Bool {
    let source = values.source
    var isRead = !fields.isEmpty
    values.append(upTo: fields.count) { output, others in
      // A copy that no call changes stays in registers.
      var here = lines
      defer { lines = here }
      for field in fields {
        guard let (range, goesOn) = next(field.name, &here, bytes, words) else {
          isRead = false
          return
        }
        switch (field.type, goesOn) {
        case (.text, false): output.append(.text(range))
        case (.boolean, false): output.append(.bool(source.withBytes(range, RecordValues.isYes)))
        case (.integer, false):
          guard let number = WrittenNumber(range, bytes) else { fallthrough }
          output.append(.number(number))
        default:
          let text = whole(range, goesOn, source, &here, bytes, words)
          output.append(StoredValue(value(text, field.type), of: source, &others))
        }
      }
    }
    return isRead
  }

  /// The same where fields are repeated.
  private static func appendRepeated(
    _ plan: Plan, _ lines: inout KnownLines, _ bytes: RawSpan, _ words: Span<UInt64>,
    to values: inout ValueStore.Builder
  ) -> Bool {
    var found: [Value] = []
    for field in plan.expected {
      guard let (range, goesOn) = next(field.name, &lines, bytes, words) else { return false }
      let text = whole(range, goesOn, values.source, &lines, bytes, words)
      found.append(value(text, field.type))
    }
    guard !found.isEmpty else { return false }
    for value in gathered(found, plan) { values.append(value) }
    return true
  }

  /// The value of the next field, which may stand behind comments.
  @inline(__always)
  private static func next(
    _ name: ExpectedName, _ lines: inout KnownLines, _ bytes: RawSpan, _ words: Span<UInt64>
  ) -> (range: SourceRange, goesOn: Bool)? {
    if let value = lines.value(of: name, bytes, words) { return value }
    guard let after = behindComments(lines, bytes, words) else { return nil }
    lines = after
    return lines.value(of: name, bytes, words)
  }

  /// By value, so that lines that lie in registers can stay there.
  @inline(never)
  private static func behindComments(
    _ lines: KnownLines, _ bytes: RawSpan, _ words: Span<UInt64>
  ) -> KnownLines? {
    var after = lines
    guard after.skipComment(bytes, words) else { return nil }
    while after.skipComment(bytes, words) {}
    return after
  }

  @inline(__always)
  private static func whole(
    _ value: SourceRange, _ goesOn: Bool, _ source: Source, _ lines: inout KnownLines,
    _ bytes: RawSpan, _ words: Span<UInt64>
  ) -> Text {
    guard goesOn else { return Text(source: source, range: value) }
    let (text, after) = folded(value, source, lines, bytes, words)
    lines = after
    return text
  }

  @inline(never)
  private static func folded(
    _ value: SourceRange, _ source: Source, _ lines: KnownLines, _ bytes: RawSpan,
    _ words: Span<UInt64>
  ) -> (Text, KnownLines) {
    var after = lines
    let text = after.folded(value, source, bytes, words)
    return (text, after)
  }
}
