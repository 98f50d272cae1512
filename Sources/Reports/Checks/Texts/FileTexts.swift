import Texts

/// The running texts of a data file that are not empty, in its order.
struct FileTexts: Sequence, Sendable {
  private let records: TypedRecords

  init(_ records: TypedRecords) { self.records = records }

  func makeIterator() -> some IteratorProtocol<Text> {
    // Looked for when they are wanted.
    let database = records.database
    return records.texts.lazy.map { database.value(ofField: $0) }.makeIterator()
  }
}

extension CheckedFile {
  /// The running texts, in the order of the file.
  var texts: FileTexts { FileTexts(records) }
}
