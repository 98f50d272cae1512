import Diagnostics
import Texts
import Records
import Templating

/// A data file that was read, with the documents it asks for.
public struct DataFile: Sendable {
  let database: Database
  /// The folder it lies in, where its pictures are.
  let folder: String
  /// What the reader put up with, warnings; and the lines that it left out, errors.
  let irregularities: [Diagnostic]

  public static func read(name: String, bytes: [UInt8]) throws(Problems) -> DataFile {
    let source = try Problems.collecting { () throws(Diagnostic) in
      try Source.reading(name: name, bytes: bytes).source
    }
    var problems: [Diagnostic] = []
    let database = Database.read(source, into: &problems)
    return DataFile(
      database: database, folder: Files.folder(of: name),
      irregularities: database.irregularities + problems.knowingIndentedFields)
  }

  /// The text that was read.
  public var source: Source { database.source }

  /// The file, of which the reader left no line out.
  ///
  /// - Throws: those that it did leave out.
  public func whole() throws(Problems) -> DataFile {
    let problems = irregularities.filter { $0.severity == .error }
    guard problems.isEmpty else { throw Problems(problems) }
    return self
  }

  /// Tells whether the reader left lines out: what seems to be missing may stand in them.
  var hasUnreadLines: Bool { irregularities.contains { $0.severity == .error } }

  /// The records that ask for a document each; only those of one kind where `kind` is given.
  func documentRecords(ofKind kind: String?) -> [Record] {
    database.records(ofType: Schema.documentType).filter { record in
      kind == nil || record.field("mau")?.value.string == kind
    }
  }
}
