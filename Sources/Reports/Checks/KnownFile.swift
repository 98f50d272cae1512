import Diagnostics
import Records

/// The records of the data file at hand that are of the schema's types.
struct KnownFile {
  let database: Database
  let values: DatabaseBytes
  private(set) var runs: [Run] = []
  /// Whether each record set is of a type of the schema, and none lacks records of which its type
  /// demands a number.
  private(set) var setsAreKnown = true
  /// The index of the first set of the matter's type.
  private(set) var matterSet: Int?

  /// Records of a set that follow each other and have one form.
  struct Run {
    /// The index of the set, and of its type in the schema.
    let set: Int
    let type: Int
    let form: KnownForm
    let firstField: Int
    fileprivate(set) var count = 1
  }

  init(_ database: Database) {
    (self.database, values) = (database, DatabaseBytes(database))
  }

  /// Adds the records of a set of a type of the schema.
  mutating func add(_ set: RecordSet, _ index: Int, type: Int, _ forms: inout KnownForms) {
    var shape = -1
    let records = set.records
    for number in records.startIndex..<records.endIndex {
      let (own, firstField) = values.shapeAndFirstField(ofRecord: number)
      if own == shape {
        runs[runs.count - 1].count += 1
        continue
      }
      shape = own
      let form = forms.form(
        ofShape: shape, RecordBytes(values, firstField: firstField), records[number])
      runs.append(Run(set: index, type: type, form: form, firstField: firstField))
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

  /// The fields that hold running text, see ``FileTexts``.
  var textFields: [Int32] {
    var fields: [Int32] = []
    fields.reserveCapacity(runs.reduce(0) { $0 + $1.count * $1.form.texts.count })
    for run in runs {
      _ = allRecords(of: run) { record, form in
        for offset in form.texts where !record[offset].isEmpty {
          fields.append(Int32(truncatingIfNeeded: record.firstField + offset))
        }
        return true
      }
    }
    return fields
  }

  /// Whether a field may stand in the file that silences a check.
  var maySilence: Bool { !setsAreKnown || runs.contains { $0.form.canSilence } }
}
