import Diagnostics
import Records

/// What a hồ sơ is that `baocao hand-over` packs: a file with one record of `khung/ho-so.rec`.
public struct DossierFile: Sendable {
  /// The name by which the blank form is asked for among the kinds of documents.
  static let formName = "ho-so"
  static let schemaFile = "khung/ho-so.rec"
  static let type = "ho_so"

  public let record: Record
  public let bytes: [UInt8]

  /// - Throws: all problems of the file.
  public init(_ file: DataFile, _ templates: TemplateCollection) throws(Problems) {
    var problems: [Diagnostic] = []
    let descriptors = try templates.descriptors(ofForm: Self.schemaFile)
    let schema = Schema(descriptors, own: [], into: &problems)
    var shapes = SchemaShapes(schema)
    problems += schema.problems(of: shapes.records(of: file.database))
    guard !problems.hasErrors, let record = file.records(ofType: Self.type).first else {
      throw Problems(problems)
    }
    (self.record, bytes) = (record, file.source.bytes)
  }
}

extension TemplateCollection {
  /// The descriptors of a file for what is no document, such as `khung/tong-hop.rec`.
  ///
  /// - Throws: what is wrong with the file, also that it is missing.
  func descriptors(ofForm name: String) throws(Problems) -> [Descriptor] {
    var problems: [Diagnostic] = []
    let descriptors = try Problems.collecting { () throws(Diagnostic) in
      try DocumentKind.descriptors(ofFile: name, in: folder, into: &problems)
    }
    if descriptors.isEmpty { throw Problems(problems) }
    try problems.throwIfErrors()
    return descriptors
  }
}
