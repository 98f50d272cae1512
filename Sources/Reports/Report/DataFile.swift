import Diagnostics
import Records
import Templating
import Texts

/// A data file that was read, with the documents it asks for.
public struct DataFile: Sendable {
  let database: Database
  /// The folder it lies in, where its pictures are.
  let folder: String
  /// The bytes and characters that have no place in a text.
  let flaws: TextFlaws
  /// These, what the reader put up with, warnings, and the lines that it left out, errors.
  let irregularities: [Diagnostic]

  /// Reads a file, going on after what is wrong in it.
  ///
  /// - Throws: that it is no text.
  public static func read(name: String, bytes: [UInt8]) throws(Problems) -> DataFile {
    let (source, flaws) = try Problems.collecting { () throws(Diagnostic) in
      try Source.readingOn(name: name, bytes: bytes)
    }
    return DataFile(source, flaws, folder: Files.folder(of: name))
  }

  /// - Parameter gaps: where empty lines end no record.
  init(
    _ source: Source, _ flaws: TextFlaws, folder: String, joining gaps: [Range<Int>] = []
  ) {
    var problems: [Diagnostic] = []
    database = Database.read(source, joining: gaps, into: &problems)
    (self.folder, self.flaws) = (folder, flaws)
    irregularities =
      flaws.problems + database.irregularities + problems.knowingIndentedFields
  }

  /// The file as it would be without some empty lines.
  func joining(_ gaps: [Range<Int>]) -> DataFile {
    DataFile(source, flaws, folder: folder, joining: gaps)
  }

  /// The same file without some of its fields.
  ///
  /// - Parameter omitted: their numbers in the database, ascending.
  func omitting(_ omitted: [Int]) -> DataFile {
    DataFile(self, database.omitting(omitted))
  }

  private init(_ file: DataFile, _ database: Database) {
    self.database = database
    (folder, flaws, irregularities) = (file.folder, file.flaws, file.irregularities)
  }

  /// The text that was read.
  public var source: Source { database.source }

  /// The file, of which the reader left no line out.
  ///
  /// - Throws: those that it did leave out.
  public func whole() throws(Problems) -> DataFile {
    try irregularities.filter { $0.severity == .error }.throwIfErrors()
    return self
  }

  /// The lines that the reader left out.
  var unreadLines: UnreadLines { UnreadLines(irregularities, in: source) }

  /// The records that ask for a document each; only those of one kind where `kind` is given.
  func documentRecords(ofKind kind: String?) -> [Record] {
    var records = database.records(ofType: Schema.documentType)
    if records.isEmpty, let type = misspeltDocumentType {
      records = database.records(ofType: type.string)
    }
    return records.filter { record in
      kind == nil || record.field(Schema.kindField)?.value.string == kind
    }
  }

  /// Tells whether a document of a kind is asked for.
  public func asks(forKind kind: String) -> Bool { !documentRecords(ofKind: kind).isEmpty }

  /// A record type that was most likely meant to be the one of documents.
  var misspeltDocumentType: Text? {
    database.recordSets.lazy.compactMap(\.type).first {
      !$0.isSpelled(Schema.documentType)
        && nearest(to: $0.string, among: [Schema.documentType]) != nil
    }
  }
}
