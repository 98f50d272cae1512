import Diagnostics
import Texts

extension Database {
  /// Reads rec text (GNU recutils 1.9), going on after each problem.
  ///
  /// A line that is wrong is left out of the result, so a text with problems should not be written
  /// back. Labels in place of names are accepted, see ``irregularities``.
  ///
  /// - Parameter gaps: where empty lines end no record, in order.
  public static func read(
    _ source: Source, joining gaps: [Range<Int>] = [], into problems: inout [Diagnostic]
  ) -> Database {
    var reader = Reader(source)
    reader.gaps = gaps
    let text = source.bytes
    let span = text.span
    let bytes = span.bytes
    reader.readLines(bytes)
    let sets = reader.recordSets()
    problems += reader.problems
    return Database(storage: Storage(reader, sets: sets))
  }
}

/// A pass over the bytes, a line at a time.
///
/// Most records have the fields of the record before, so each line is held first against the name
/// that this one had there; see ``ExpectedNames``.
struct Reader {
  let source: Source
  var fields: [FieldSlot] = []
  var records: [RecordSlot] = []
  var comments: [CommentSlot] = []
  var folded: [Text] = []
  var irregularities: [Diagnostic] = []
  var problems: [Diagnostic] = []
  /// Index of the first field of the record that is being read.
  var recordStart = 0
  var expected = ExpectedNames()
  /// Tells whether each line so far of the record that is being read is a name, a colon and a
  /// value.
  private var isPlain = true
  var shapes = ShapeNumbers()
  /// The fields whose name is `%rec`, and the other fields with a `%`.
  private var typeFields: [Int] = []
  private var specialFields: [Int] = []
  /// Where empty lines end no record.
  var gaps: [Range<Int>] = []
  var previous = Line.blank

  /// The kind of the line before, so that a run of lines with one cause is reported once.
  enum Line {
    case blank
    case field
    case comment
    case strayContinuation
    case indented
    case likelyContinuation
    case unreadable

    var isReportedOnce: Bool {
      switch self {
      case .strayContinuation, .indented, .likelyContinuation: true
      case .blank, .field, .comment, .unreadable: false
      }
    }
  }

  init(_ source: Source) {
    self.source = source
    fields.reserveCapacity(source.bytes.count / 24 + 4)
    records.reserveCapacity(source.bytes.count / 128 + 4)
  }

  mutating func readLines(_ bytes: RawSpan) {
    var offset = 0
    while offset < bytes.byteCount {
      offset = readLine(at: readExpectedFields(at: offset, bytes), bytes)
    }
    endRecord(bytes)
  }

  /// Reads what starts with the line at `start`; returns where the next line starts.
  private mutating func readLine(at start: Int, _ bytes: RawSpan) -> Int {
    guard start < bytes.byteCount else { return start }
    switch bytes.byte(at: start) {
    case UInt8(ascii: "\n"):
      endRecord(at: start, bytes)
      return start + 1
    case UInt8(ascii: "#"): return readComment(at: start, bytes)
    case UInt8(ascii: "+"): return readStrayContinuation(at: start, bytes)
    default:
      let nameEnd = bytes.nameEnd(from: start)
      guard nameEnd > start, nameEnd < bytes.byteCount,
        bytes.byte(at: nameEnd) == UInt8(ascii: ":")
      else { return readOddLine(at: start, bytes) }
      return readField(SourceRange(start: start, end: nameEnd), colon: nameEnd, bytes)
    }
  }

  @inline(__always)
  private mutating func readField(_ name: SourceRange, colon: Int, _ bytes: RawSpan) -> Int {
    if bytes.byte(at: Int(name.start)) == UInt8(ascii: "%") { noteSpecialField(name, bytes) }
    previous = .field
    let start = bytes.isBlank(at: colon + 1) ? colon + 2 : colon + 1
    let end = bytes.nearLineFeed(from: start)
    if bytes.goesOn(from: start, to: end) { return readFolded(name, at: start, bytes) }
    fields.append(
      FieldSlot(name: name, value: SourceRange(start: start, end: end), folded: -1))
    return end + 1
  }

  /// Reads a value with `+ ` lines or `\` joins into a text of its own.
  private mutating func readFolded(_ name: SourceRange, at start: Int, _ bytes: RawSpan) -> Int {
    let (value, end) = source.foldedValue(from: start, bytes)
    fields.append(
      FieldSlot(
        name: name, value: SourceRange(start: start, end: end), folded: Int32(folded.count)))
    folded.append(value)
    return end + 1
  }

  private mutating func readComment(at start: Int, _ bytes: RawSpan) -> Int {
    let end = bytes.lineFeed(from: start)
    comments.append(
      CommentSlot(
        range: SourceRange(start: start, end: end), field: Int32(fields.count),
        record: Int32(records.count), endsBlock: false))
    previous = .comment
    return end + 1
  }

  /// Ends the record, if one is open, at a blank line or the end of the text.
  private mutating func endRecord(_ bytes: RawSpan) {
    if fields.count > recordStart {
      let shape = shape(bytes)
      records.append(
        RecordSlot(start: Int32(recordStart), end: Int32(fields.count), shape: shape))
      if expected.areThose(ofRecordWith: fields.count - recordStart) {
        expected.expectAgain()
      } else {
        // Lines of other kinds must each be looked at, be it for labels in place of names.
        expected.expect(isPlain ? fields[recordStart...].map(\.name) : [])
      }
      isPlain = true
      recordStart = fields.count
    } else if case .comment = previous {
      comments[comments.count - 1].endsBlock = true
    }
    previous = .blank
  }

  /// Ends the record at an empty line.
  private mutating func endRecord(at offset: Int, _ bytes: RawSpan) {
    if !gaps.isEmpty {
      let next = gaps.sortedIndex(after: { $0.upperBound <= offset })
      if next < gaps.count, gaps[next].contains(offset) { return }
    }
    endRecord(bytes)
  }

  private mutating func noteSpecialField(_ name: SourceRange, _ bytes: RawSpan) {
    isPlain = false
    let isType = source.bytes[name.bounds].elementsEqual("%rec".utf8)
    if isType {
      typeFields.append(fields.count)
    } else {
      specialFields.append(fields.count)
    }
  }
}

// MARK: - Lines that recutils does not read

extension Reader {
  /// A line that starts neither with a field name and a colon nor with `#` or `+`.
  private mutating func readOddLine(at start: Int, _ bytes: RawSpan) -> Int {
    let end = bytes.lineFeed(from: start)
    var first = start
    while first < end, bytes.isBlank(at: first) { first += 1 }
    if first == end {
      endRecord(at: start, bytes)
      return end + 1
    }
    if first > start { return readIndentedLine(at: first, lineStart: start, end: end, bytes) }
    isPlain = false
    let line = OddLine(source.bytes[start..<end])
    if let name = line.typeField {
      // It rules all that follows, so it is read whatever stands behind it.
      let problem = RecordsProblem.missingColon(.field)
      if line.colon == end {
        report(problem, SourceRange(start: start, end: end), as: .field)
      } else {
        reportLabel(name, hasBlank: true)
      }
      return readField(name, colon: line.colon == end ? Int(name.end) : line.colon, bytes)
    }
    if let name = line.label(at: start) {
      reportLabel(name, hasBlank: bytes.byte(at: Int(name.end)) != UInt8(ascii: ":"))
      return readField(name, colon: line.colon, bytes)
    }
    reportUnreadable(line, SourceRange(start: start, end: end))
    return end + 1
  }

  /// Like recutils, takes an indented line where a record starts, and nowhere else.
  private mutating func readIndentedLine(
    at first: Int, lineStart: Int, end: Int, _ bytes: RawSpan
  ) -> Int {
    if fields.count == recordStart, bytes.byte(at: first) != UInt8(ascii: "+") {
      return readLine(at: first, bytes)
    }
    report(.indentedLine, SourceRange(start: lineStart, end: end), as: .indented)
    return end + 1
  }

  private mutating func reportLabel(_ name: SourceRange, hasBlank: Bool) {
    let text = Text(source: source, range: name)
    let problem: RecordsProblem =
      text.isFieldName && hasBlank
      ? .spaceBeforeColon(name: text.string) : .labelForName(text.string)
    irregularities.append(Diagnostic(.records(problem), at: text))
  }

  private mutating func reportUnreadable(_ line: OddLine, _ range: SourceRange) {
    if let name = line.badName { return report(.badFieldName(name), range, as: .unreadable) }
    let guess = line.guess(afterField: fields.count > recordStart)
    report(
      .missingColon(guess), range,
      as: guess == .continuation ? .likelyContinuation : .unreadable)
  }

  /// A `+` line that continues nothing; after a line that was already refused it goes with that.
  private mutating func readStrayContinuation(at start: Int, _ bytes: RawSpan) -> Int {
    let range = SourceRange(start: start, end: bytes.lineFeed(from: start))
    switch previous {
    case .unreadable, .indented, .likelyContinuation: previous = .strayContinuation
    case .blank, .field, .comment, .strayContinuation:
      report(
        .continuationWithoutField(afterComment: previous == .comment), range,
        as: .strayContinuation)
    }
    return Int(range.end) + 1
  }

  private mutating func report(_ problem: RecordsProblem, _ range: SourceRange, as line: Line) {
    let goesOn = line == previous && line.isReportedOnce
    previous = line
    guard !goesOn else { return }
    problems.append(Diagnostic(.records(problem), at: Text(source: source, range: range)))
  }
}

// MARK: - Record sets

extension Reader {
  /// Divides the records at their descriptors, the records with a `%rec` field.
  mutating func recordSets() -> [RecordSetSlot] {
    var sets: [RecordSetSlot] = []
    if !specialFields.isEmpty { takeMisspeltTypes() }
    let descriptors = descriptorRecords()
    let first = descriptors.first.map { Int($0.descriptor) } ?? records.count
    if first > 0 {
      sets.append(
        RecordSetSlot(
          descriptor: -1, type: SourceRange(start: 0, end: 0), start: 0, end: Int32(first)))
    }
    for (index, descriptor) in descriptors.enumerated() {
      var set = descriptor
      if index + 1 < descriptors.count { set.end = descriptors[index + 1].descriptor }
      sets.append(set)
    }
    reportRepeatedTypes(sets)
    reportStraySpecialFields(descriptors)
    return sets
  }

  /// Takes `%rce` for the `%rec` that its record lacks: else the records below it would be of the
  /// type above, and what is wrong with them not be seen.
  private mutating func takeMisspeltTypes() {
    var types = typeFields[...]
    var record = 0
    for field in specialFields where fields[field].name.count <= 5 {
      let name = Text(source: source, range: fields[field].name)
      guard SpecialField(name) == nil,
        nearest(to: name.string.lowercased(), among: ["%rec"]) != nil
      else { continue }
      while records[record].end <= field { record += 1 }
      while let type = types.first, type < records[record].start { types.removeFirst() }
      if let type = types.first, type < records[record].end { continue }
      problems.append(Diagnostic(.records(.misspeltTypeField(name.string)), at: name))
      typeFields.append(field)
    }
    typeFields.sort()
  }

  /// The sets that begin with a descriptor, each as if it were the last.
  private mutating func descriptorRecords() -> [RecordSetSlot] {
    var descriptors: [RecordSetSlot] = []
    var record: Int32 = 0
    for field in typeFields {
      while records[Int(record)].end <= field { record += 1 }
      let slot = fields[field]
      if descriptors.last?.descriptor == record {
        let name = Text(source: source, range: slot.name)
        problems.append(Diagnostic(.records(.severalTypeNames), at: name))
      } else {
        descriptors.append(
          RecordSetSlot(
            descriptor: record, type: typeName(of: slot), start: record + 1,
            end: Int32(records.count)))
      }
    }
    return descriptors
  }

  /// The first word of the value of `%rec`.
  private mutating func typeName(of slot: FieldSlot) -> SourceRange {
    let value = source.bytes[slot.value.bounds]
    let start = value.firstIndex { !$0.isSpace } ?? value.endIndex
    let end = value[start...].firstIndex { $0.isSpace } ?? value.endIndex
    let name = Text(source: source, range: SourceRange(start: start, end: end))
    if !name.isTypeName {
      let place = name.isEmpty ? Text(source: source, range: slot.name) : name
      problems.append(Diagnostic(.records(.badTypeName(name.string)), at: place))
    }
    return name.range
  }

  private mutating func reportRepeatedTypes(_ sets: [RecordSetSlot]) {
    let types = sets.map { Text(source: source, range: $0.type) }
    var seen: [UInt64: Int] = [:]
    for (index, set) in sets.enumerated() where set.descriptor >= 0 {
      let type = types[index]
      // Among few, looking is quicker than a table, whose type is put together at run time.
      let other =
        sets.count <= 16
        ? types[..<index].last { $0 == type }
        : seen.updateValue(index, forKey: type.wordHash).map { types[$0] }
      guard let other, type == other, type.isTypeName else { continue }
      problems.append(
        Diagnostic(
          .records(.repeatedType(type.string)), at: type,
          notes: [Diagnostic.Note(.firstHere, at: other)]))
    }
  }

  /// Warns of special fields in records that are no descriptors.
  private mutating func reportStraySpecialFields(_ sets: [RecordSetSlot]) {
    var left = sets[...]
    for field in specialFields {
      while let set = left.first, records[Int(set.descriptor)].end <= field { left.removeFirst() }
      if let set = left.first, records[Int(set.descriptor)].start <= field { continue }
      let name = Text(source: source, range: fields[field].name)
      guard SpecialField(name) != nil else { continue }
      problems.append(
        Diagnostic(.records(.specialFieldOutsideDescriptor(name.string)), at: name))
    }
  }
}
