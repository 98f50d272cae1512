import Diagnostics
import Texts
import Records
import Templating

/// A kind of document, such as báo cáo sơ kết: a folder with a body template and a schema.
public final class DocumentKind: Sendable {
  /// The folder's name, as the field `mau` gives it: `so-ket`.
  public let name: String
  let bodyTemplate: String
  /// `Báo cáo sơ kết`.
  public let title: Text
  /// The `mau` record of the schema, as templates see it.
  let record: ValueMap
  /// What the schema demands of each record type, that of all kinds included.
  let descriptors: [Descriptor]
  /// What the schema says that values of several fields must be like together.
  let checks: [CheckDeclaration]
  /// What it demands of its own head, where that is all that is demanded; nil where that is wrong.
  let headType: RecordType?

  private init(
    _ name: String, title: Text, _ record: ValueMap, _ descriptors: [Descriptor],
    _ checks: [CheckDeclaration], headType: RecordType?
  ) {
    (self.name, self.title, self.record, self.descriptors) = (name, title, record, descriptors)
    (self.checks, self.headType) = (checks, headType)
    bodyTemplate = "\(name)/mau.md.jinja"
  }

  static func schemaFile(_ name: String) -> String { "\(name)/mau.rec" }
  static let sharedSchemaFile = "khung/chung.rec"

  /// Reads the kind's schema; nil where there is no folder of that name with one.
  static func read(
    _ name: String, in folder: TemplateFolder, into problems: inout [Diagnostic]
  ) throws(Diagnostic) -> DocumentKind? {
    guard TemplateLibrary.isPlainName(name),
      let source = try folder.source(named: schemaFile(name))
    else { return nil }
    let database = Database.read(source, into: &problems)
    guard let record = database.recordSet(ofType: "mau")?.records.first,
      let title = record.field("ten")?.value
    else {
      problems.append(Diagnostic(.report(.kindWithoutName(name)), at: source.text))
      return nil
    }
    let shared = try Self.descriptors(ofFile: sharedSchemaFile, in: folder, into: &problems)
    let own = schemaDescriptors(database, in: folder, into: &problems)
    let descriptors = shared + own
    var values = RecordValues { _ in .text }
    var checks: [CheckDeclaration] = []
    for descriptor in shared {
      checks += descriptor.checkDeclarations(ofKind: nil, into: &problems)
    }
    for descriptor in own {
      checks += descriptor.checkDeclarations(ofKind: name, into: &problems)
    }
    var headProblems: [Diagnostic] = []
    let headType = RecordType(
      merging: descriptors.filter { $0.type.string == Schema.documentType }, into: &headProblems)
    return DocumentKind(
      name, title: title, values.map(record), descriptors, checks,
      headType: headProblems.isEmpty ? headType : nil)
  }

  /// The descriptors of a schema file; none where there is no such file.
  static func descriptors(
    ofFile name: String, in folder: TemplateFolder, into problems: inout [Diagnostic]
  ) throws(Diagnostic) -> [Descriptor] {
    guard let source = try folder.source(named: name) else { return [] }
    let database = Database.read(source, into: &problems)
    return schemaDescriptors(database, in: folder, into: &problems)
  }

  /// Files that a schema names are looked for beside it, then in the template folder.
  private static func schemaDescriptors(
    _ database: Database, in folder: TemplateFolder, into problems: inout [Diagnostic]
  ) -> [Descriptor] {
    let beside = Files.folder(of: database.source.name)
    let folders = DescriptorFolders(paths: [beside, folder.path])
    var descriptors: [Descriptor] = []
    for set in database.recordSets where set.type?.string != "mau" {
      descriptors += set.descriptors(
        reading: { (path) throws(Diagnostic) in try folders.source(path) }, into: &problems)
    }
    return descriptors
  }
}

extension Descriptor {
  /// `it_nhat: N` and `nhieu_nhat: N`: how many records of the type a data file must and may hold.
  var leastCount: Int { count("it_nhat") ?? 0 }
  var mostCount: Int? { count("nhieu_nhat") }

  private func count(_ name: String) -> Int? {
    remarks.first { $0.name.string == name }.flatMap { Int($0.value.string) }
  }
}
