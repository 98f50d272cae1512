import Texts
import Records

/// The running texts of a data file that are not empty, in its order.
struct FileTexts: Sequence, Sendable {
  private let database: Database
  /// The file where its forms say which fields they are; they are looked for when they are wanted.
  private let file: KnownFile?
  private let known: [Int]

  init(_ file: KnownFile) { (database, self.file, known) = (file.database, file, []) }

  init(_ database: Database, of textFields: TextFields) {
    var fields: [Int] = []
    for set in database.recordSets {
      guard let isTextField = set.type.flatMap({ textFields.isText(ofType: $0.string) }) else {
        continue
      }
      var plans: [Int: [Bool]] = [:]
      for record in set.records {
        let isText = plans[record.shape] ?? record.fields.map { isTextField($0.name) }
        plans[record.shape] = isText
        record.forEachValue { offset, value in
          if isText[offset], !value.isEmpty { fields.append(record.firstField + offset) }
        }
      }
    }
    (self.database, file, known) = (database, nil, fields)
  }

  /// The numbers of their fields.
  private var fields: [Int] {
    guard let file else { return known }
    var fields: [Int] = []
    _ = file.allTexts { field in
      fields.append(field)
      return true
    }
    return fields
  }

  func makeIterator() -> some IteratorProtocol<Text> {
    fields.lazy.map { database.value(ofField: $0) }.makeIterator()
  }
}
