import Texts
import Records

/// The records of the data file at hand that are of the schema's types.
struct KnownFile: Sendable {
  let database: Database
  let values: DatabaseBytes
  private(set) var runs: [Run] = []
  /// Whether each record set is of a type of the schema, and none lacks records of which its type
  /// demands a number.
  private(set) var setsAreKnown = true
  /// The index of the first set of the matter's type.
  private(set) var matterSet: Int?

  /// Records of a set that follow each other and have one form.
  struct Run: Sendable {
    /// The index of the set, and of its type in the schema.
    let set: Int
    let type: Int
    let form: KnownForm
    let firstField: Int
    fileprivate(set) var count = 1
  }

  init(_ database: Database) {
    (self.database, values) = (database, DatabaseBytes(database))
    runs.reserveCapacity(2 * values.setCount)
  }

  /// Adds the records of a set of a type of the schema.
  ///
  /// - Parameter before: the runs of the file before, which are mostly of the same forms.
  mutating func add(_ set: Int, type: Int, _ forms: inout KnownForms, before: [Run]) {
    var shape = -1
    for number in values.records(ofSet: set) {
      let record = values.shapeAndFields(ofRecord: number)
      if record.shape == shape {
        runs[runs.count - 1].count += 1
        continue
      }
      shape = record.shape
      let bytes = RecordBytes(values, firstField: record.fields.lowerBound)
      let known = runs.count < before.count && before[runs.count].type == type
      let form =
        known && before[runs.count].form.isForm(of: bytes, count: record.fields.count)
        ? before[runs.count].form
        : forms.form(ofShape: shape, bytes, database.record(number))
      runs.append(Run(set: set, type: type, form: form, firstField: record.fields.lowerBound))
    }
  }

  mutating func noteUnknownSet() { setsAreKnown = false }
  mutating func noteMatter(_ set: Int) { matterSet = matterSet ?? set }

  /// Whether a condition holds for all records of a type.
  @inline(__always)
  func allRecords(of type: Int, _ isRight: (RecordBytes, KnownForm) -> Bool) -> Bool {
    for index in runs.indices where runs[index].type == type {
      guard allRecords(of: runs[index], isRight) else { return false }
    }
    return true
  }

  @inline(__always)
  func allRecords(of run: Run, _ isRight: (RecordBytes, KnownForm) -> Bool) -> Bool {
    var field = run.firstField
    for _ in 0..<run.count {
      guard isRight(RecordBytes(values, firstField: field), run.form) else { return false }
      field += run.form.fieldCount
    }
    return true
  }

  /// How many records there are of each type, by its index.
  func counts(ofTypes count: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: count)
    for run in runs { counts[run.type] += run.count }
    return counts
  }

  /// Whether a condition holds for all fields that hold running text, by their numbers; see
  /// ``FileTexts``.
  @inline(__always)
  func allTexts(_ isRight: (Int) -> Bool) -> Bool {
    for run in runs where !run.form.texts.isEmpty {
      let areRight = allRecords(of: run) { record, form in
        for offset in form.texts where !record[offset].isEmpty {
          guard isRight(record.firstField + offset) else { return false }
        }
        return true
      }
      if !areRight { return false }
    }
    return true
  }

  /// Whether a field may stand in the file that silences a check.
  var maySilence: Bool { !setsAreKnown || runs.contains { $0.form.canSilence } }
}
