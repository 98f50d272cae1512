import Texts
import Records

/// The records of a data file that are of a schema's types, each with its shape.
struct TypedRecords: Sendable {
  let database: Database
  private let values: DatabaseBytes
  private(set) var runs: [Run] = []
  /// The index of the type of each record set in the schema; nil for a type that it has not.
  private(set) var types: [Int?] = []
  /// The sets whose type is only near to one of the schema, by their index.
  private(set) var misspeltSets: [Int] = []

  /// Records of a set that follow each other and have one shape.
  struct Run: Sendable {
    /// The index of the set, and of its type in the schema.
    let set: Int
    let type: Int
    let shape: RecordShape
    fileprivate let firstRecord: Int
    fileprivate let firstField: Int
    fileprivate(set) var count = 1

    /// The numbers of its fields.
    var fields: Range<Int> { firstField..<firstField + count * shape.fieldCount }

    /// The rule of a field that a document is made to print, by the number of the field.
    func rule(ofPrintable field: Int) -> FieldRule? {
      let offset = (field - firstField) % shape.fieldCount
      return shape.printable.first { $0.offset == offset }?.rule
    }
  }

  init(_ database: Database) {
    (self.database, values) = (database, DatabaseBytes(database))
    runs.reserveCapacity(2 * values.setCount)
    types.reserveCapacity(values.setCount)
  }

  /// Adds the next record set, which is of a type that the schema has not.
  mutating func addUnknownSet() { types.append(nil) }

  /// Adds the next record set, whose type was most likely meant to be one of the schema.
  mutating func addMisspeltSet(ofType type: Int, _ shapes: inout ShapeTable) {
    misspeltSets.append(types.count)
    addSet(ofType: type, &shapes, before: [])
  }

  /// Adds the next record set.
  ///
  /// - Parameter before: the runs of the file before, which are mostly of the same shapes.
  mutating func addSet(ofType type: Int, _ shapes: inout ShapeTable, before: [Run]) {
    let set = types.count
    types.append(type)
    var latest = -1
    for number in values.records(ofSet: set) {
      let record = values.shapeAndFields(ofRecord: number)
      if record.shape == latest {
        runs[runs.count - 1].count += 1
        continue
      }
      latest = record.shape
      let bytes = RecordBytes(values, firstField: record.fields.lowerBound)
      let isLikeBefore =
        runs.count < before.count && before[runs.count].type == type
        && before[runs.count].shape.isShape(of: bytes, count: record.fields.count)
      let shape =
        isLikeBefore
        ? before[runs.count].shape
        : shapes.shape(numbered: latest, bytes, database.record(number))
      runs.append(
        Run(
          set: set, type: type, shape: shape, firstRecord: number,
          firstField: record.fields.lowerBound))
    }
  }

  /// The name of the type of a set; nil for records that stand before any descriptor.
  func typeName(ofSet set: Int) -> SourceBytes? { values.type(ofSet: set) }
  var setCount: Int { values.setCount }

  /// The records of a type, in the order of the file.
  func records(ofType type: Int) -> RecordSequence {
    RecordSequence(self, runs.startIndex..<runs.endIndex, type)
  }

  /// The records of the run at an index.
  func records(ofRun index: Int) -> RecordSequence {
    RecordSequence(self, index..<index + 1, runs[index].type)
  }

  /// Counts the records of each type, by its index.
  func counts(ofTypes count: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: count)
    for run in runs { counts[run.type] += run.count }
    return counts
  }

  /// The numbers of the fields that hold running text and are not empty, in the order of the file.
  var texts: [Int] {
    var fields: [Int] = []
    for run in runs where !run.shape.texts.isEmpty {
      for index in 0..<run.count {
        let first = run.firstField + index * run.shape.fieldCount
        for offset in run.shape.texts where !values.value(ofField: first + offset).isEmpty {
          fields.append(first + offset)
        }
      }
    }
    return fields
  }

  /// The run of the record that has a field, by its number; nil for one of no type of the schema.
  func run(ofField number: Int) -> Run? { runs.first { $0.fields.contains(number) } }

  /// The record that has a field, by the field's number, and its type; nil for one of no type of the
  /// schema.
  func record(ofField number: Int) -> (record: TypedRecord, type: Int)? {
    let after = runs.sortedIndex(after: { $0.firstField <= number })
    guard after > 0, runs[after - 1].fields.contains(number) else { return nil }
    let run = runs[after - 1]
    let index = (number - run.firstField) / run.shape.fieldCount
    let bytes = RecordBytes(values, firstField: run.firstField + index * run.shape.fieldCount)
    let record = TypedRecord(run.shape, database.record(run.firstRecord + index), bytes)
    return (record, run.type)
  }

  /// Tells whether a field may stand in the file that silences a check.
  var maySilence: Bool {
    types.contains { $0 == nil } || runs.contains { $0.shape.canSilence }
  }

  /// The first record of the first set of a type.
  func first(ofType type: Int) -> TypedRecord? {
    guard let set = types.firstIndex(of: type),
      let run = runs.firstIndex(where: { $0.set == set })
    else { return nil }
    var records = records(ofRun: run)
    return records.next()
  }

  /// A record as it is of another type than that of its set.
  func record(_ record: Record, _ shapes: inout ShapeTable) -> TypedRecord {
    let bytes = RecordBytes(values, firstField: record.firstField)
    return TypedRecord(shapes.shape(numbered: record.shape, bytes, record), record, bytes)
  }

  /// The records of a type in some runs, one after the other.
  struct RecordSequence: Sequence, IteratorProtocol {
    private let file: TypedRecords
    private let type: Int
    private var runs: Range<Int>
    /// The index of the next record in the first of the runs.
    private var index = 0

    fileprivate init(_ file: TypedRecords, _ runs: Range<Int>, _ type: Int) {
      (self.file, self.runs, self.type) = (file, runs, type)
    }

    mutating func next() -> TypedRecord? {
      while let run = runs.first {
        if file.runs[run].type == type, index < file.runs[run].count { break }
        (runs, index) = (runs.dropFirst(), 0)
      }
      guard let run = runs.first else { return nil }
      defer { index += 1 }
      let firstField = file.runs[run].firstField + index * file.runs[run].shape.fieldCount
      return TypedRecord(
        file.runs[run].shape, file.database.record(file.runs[run].firstRecord + index),
        RecordBytes(file.values, firstField: firstField))
    }
  }
}

/// A record of a data file with its shape, which knows where the columns are that checks ask for.
struct TypedRecord {
  let shape: RecordShape
  let record: Record
  private let bytes: RecordBytes

  fileprivate init(_ shape: RecordShape, _ record: Record, _ bytes: RecordBytes) {
    (self.shape, self.record, self.bytes) = (shape, record, bytes)
  }

  func bytes(at offset: Int) -> SourceBytes { bytes[offset] }

  func text(at offset: Int) -> Text { record.value(at: offset) }

  /// The offsets of all fields of a column.
  func offsets(of column: Int) -> ArraySlice<Int> { shape.offsets(of: column) }

  /// The first value of a column.
  func text(of column: Int) -> Text? { shape.offsets(of: column).first.map { text(at: $0) } }

  /// The values of a column, in the order of the file.
  func texts(of column: Int) -> [Text] { shape.offsets(of: column).map { text(at: $0) } }

  /// The name of the record for checks; nil where it has none. See ``RecordType/keyField``.
  var name: SourceBytes? {
    guard let offset = shape.nameOffset else { return nil }
    let name = bytes[offset]
    return name.isEmpty ? nil : name
  }
}
