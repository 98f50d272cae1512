import Diagnostics
import Records

/// The running texts of a data file that are not empty, in its order.
struct FileTexts: RandomAccessCollection, Sendable {
  private let database: Database
  /// The numbers of their fields.
  let fields: [Int32]

  init(_ database: Database, fields: [Int32]) { (self.database, self.fields) = (database, fields) }

  init(_ database: Database, of textFields: TextFields) {
    var fields: [Int32] = []
    for set in database.recordSets {
      guard let isTextField = set.type.flatMap({ textFields.isText(ofType: $0.string) }) else {
        continue
      }
      var plans: [Int: [Bool]] = [:]
      for record in set.records {
        let isText = plans[record.shape] ?? record.fields.map { isTextField($0.name) }
        plans[record.shape] = isText
        record.forEachValue { offset, value in
          if isText[offset], !value.isEmpty {
            fields.append(Int32(truncatingIfNeeded: record.firstField + offset))
          }
        }
      }
    }
    self.init(database, fields: fields)
  }

  var startIndex: Int { 0 }
  var endIndex: Int { fields.count }

  subscript(index: Int) -> Text { database.value(ofField: Int(fields[index])) }
}
