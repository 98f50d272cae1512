import Diagnostics
import Texts
import Records
import Templating

/// A kind of document, such as báo cáo sơ kết: a folder with a body template and a schema.
public final class DocumentKind: Sendable {
  /// The folder's name, as the field `mau` gives it: `so-ket`.
  public let name: String
  /// Whether its documents are kept word for word: see ``TemplateCollection/verbatimForm(of:)``.
  let isVerbatim: Bool
  let bodyTemplate: String
  /// The template of what stands behind the signature; nil where the kind has none.
  let annexTemplate: String?
  /// `Báo cáo sơ kết`.
  public let title: Text
  /// What the sign of such a document begins with, as `BC` of `BC-UBND`; nil for a letter or a post.
  let sign: String?
  /// Whether its documents have a signature: none where the `mau` record leaves it out (`bo: ky`).
  let isSigned: Bool
  /// The `mau` record of the schema, as templates see it.
  let record: ValueMap
  /// The demands of all kinds; `own` has those of this kind beside them.
  let shared: SchemaPart
  let own: SchemaPart
  /// The demands on its head where a data file adds none; nil where the schema has them wrong.
  let headType: RecordType?
  /// The way from such a head to a map.
  let headMappings: RecordMappings?
  /// The problems of its schema and the shared one; an error refuses its documents.
  let problems: [Diagnostic]

  private init(
    _ name: String, title: Text, sign: String?, isSigned: Bool, _ record: ValueMap,
    shared: SchemaPart,
    own: SchemaPart,
    headType: RecordType?, hasAnnex: Bool, isVerbatim: Bool, problems: [Diagnostic]
  ) {
    self.isVerbatim = isVerbatim
    (self.name, self.title, self.sign, self.record) = (name, title, sign, record)
    self.isSigned = isSigned
    (self.shared, self.own, self.headType) = (shared, own, headType)
    headMappings = headType.map { RecordMappings(of: $0) }
    self.problems = problems
    bodyTemplate = isVerbatim ? "\(name)/nguyen-van.md.jinja" : "\(name)/mau.md.jinja"
    annexTemplate = hasAnnex ? DocumentKind.annexFile(name) : nil
  }

  private static let form = RegisterForm(
    "mau.rec",
    """
    %rec: mau
    %mandatory: ten
    %allowed: ten_loai ky_hieu giup noi_nhan_o bo bo_nha_nuoc bo_dang nhap nhap_can
    %unique: ten ten_loai ky_hieu giup noi_nhan_o nhap
    %type: noi_nhan_o enum canh duoi
    %type: nhap enum co
    %type: bo,bo_nha_nuoc,bo_dang enum dau so ngay kinh_gui ky noi_nhan
    %size: 1
    """)

  private static func annexFile(_ name: String) -> String { "\(name)/phu-luc.md.jinja" }
  /// The template of the annexes of kinds that have none of their own.
  static let sharedAnnexFile = "khung/phu-luc.md.jinja"
  static func schemaFile(_ name: String) -> String { "\(name)/mau.rec" }
  static func verbatimSchemaFile(_ name: String) -> String { "\(name)/nguyen-van.rec" }
  /// The schema file that holds for all kinds.
  static let sharedSchemaFile = "khung/chung.rec"

  var descriptors: [Descriptor] { shared.descriptors + own.descriptors }

  /// Reads the kind's schema; nil where there is no folder of that name with one.
  ///
  /// - Parameter shared: gives what all kinds demand.
  static func read(
    _ name: String, in folder: TemplateFolder, into problems: inout [Diagnostic],
    shared: (inout [Diagnostic]) throws(Diagnostic) -> SchemaPart
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
    problems += form.problems(ofRecordsIn: database)
    let shared = try shared(&problems)
    let own = SchemaPart(
      database, ofKind: name, in: folder, beside: shared.types, into: &problems)
    var headProblems: [Diagnostic] = []
    let headType = RecordType(
      merging: (shared.descriptors + own.descriptors).filter(\.isOfHeads), into: &headProblems)
    return DocumentKind(
      name, title: title, sign: record.values("ky_hieu").first?.string,
      isSigned: !record.values("bo").contains { $0.isSpelled("ky") },
      RecordMappings(of: .text).map(record), shared: shared, own: own,
      headType: headProblems.isEmpty ? headType : nil,
      hasAnnex: try folder.source(named: annexFile(name)) != nil, isVerbatim: false,
      problems: problems)
  }

  /// Reads the form of this kind for documents that are kept word for word, whose demands stand
  /// alone; nil where the kind has none.
  func readVerbatimForm(in folder: TemplateFolder) throws(Diagnostic) -> DocumentKind? {
    guard let source = try folder.source(named: DocumentKind.verbatimSchemaFile(name)) else {
      return nil
    }
    var problems = self.problems
    let database = Database.read(source, into: &problems)
    let own = SchemaPart(
      database, ofKind: name, in: folder, beside: shared.types, into: &problems)
    var headProblems: [Diagnostic] = []
    let headType = RecordType(
      merging: own.descriptors.filter(\.isOfHeads), into: &headProblems)
    return DocumentKind(
      name, title: title, sign: sign, isSigned: isSigned, record,
      shared: shared.about(Fact.recordType), own: own,
      headType: headProblems.isEmpty ? headType : nil, hasAnnex: false, isVerbatim: true,
      problems: problems)
  }
}

extension DocumentKind {
  /// The descriptors of a schema file; none where there is no such file, which is a problem.
  static func descriptors(
    ofFile name: String, in folder: TemplateFolder, into problems: inout [Diagnostic]
  ) throws(Diagnostic) -> [Descriptor] {
    guard let database = try folder.schema(named: name, into: &problems) else { return [] }
    let types = NamedTypes(database, into: &problems)
    return SchemaPart.descriptors(database, types, in: folder, into: &problems)
  }
}

/// The demands of one schema file.
final class SchemaPart: Sendable {
  /// The demands on the records of each type.
  let descriptors: [Descriptor]
  /// The demands on the values of several fields together, such as `phan_cua`.
  let checks: [CheckDeclaration]
  /// The types that its fields, and those of the kinds, may name.
  let types: NamedTypes

  fileprivate init(
    _ descriptors: [Descriptor], _ checks: [CheckDeclaration], _ types: NamedTypes
  ) {
    (self.descriptors, self.checks, self.types) = (descriptors, checks, types)
  }

  /// - Parameters:
  ///   - kind: the only kind that it is for; nil for all.
  ///   - shared: the types that all kinds share.
  convenience init(
    _ database: Database, ofKind kind: String?, in folder: TemplateFolder,
    beside shared: NamedTypes = NamedTypes(), into problems: inout [Diagnostic]
  ) {
    let types = NamedTypes(database, beside: shared, into: &problems)
    let descriptors = SchemaPart.descriptors(database, types, in: folder, into: &problems)
    var checks: [CheckDeclaration] = []
    for descriptor in descriptors {
      checks += descriptor.checkDeclarations(ofKind: kind, into: &problems)
    }
    self.init(descriptors, checks, types)
  }

  /// The demands on the records of one type alone.
  fileprivate func about(_ type: String) -> SchemaPart {
    SchemaPart(
      descriptors.filter { $0.type.isSpelled(type) }, checks.filter { $0.type.isSpelled(type) },
      types)
  }

  /// Reads a schema file for all kinds; nothing is demanded where there is none, which is a problem.
  static func read(
    file name: String, in folder: TemplateFolder, into problems: inout [Diagnostic]
  ) throws(Diagnostic) -> SchemaPart {
    guard let database = try folder.schema(named: name, into: &problems) else {
      return SchemaPart([], [], NamedTypes())
    }
    return SchemaPart(database, ofKind: nil, in: folder, into: &problems)
  }

  /// Files that a schema names are looked for beside it, then in the template folder.
  fileprivate static func descriptors(
    _ database: Database, _ types: NamedTypes, in folder: TemplateFolder,
    into problems: inout [Diagnostic]
  ) -> [Descriptor] {
    let beside = Files.folder(of: database.source.name)
    let folders = DescriptorFolders(paths: [beside, folder.path])
    var descriptors: [Descriptor] = []
    for set in database.recordSets where set.type.map(\.holdsRecordsOfTheSchema) != true {
      descriptors += set.descriptors(
        blocks: types, reading: { (path) throws(Diagnostic) in try folders.source(path) },
        into: &problems)
    }
    let named = database.recordSets.filter { $0.type?.isSpelled(NamedTypes.recordType) ?? false }
    problems += (descriptors + named.compactMap { Descriptor($0, into: &problems) })
      .flatMap(\.unknownDeclarations)
    return descriptors
  }
}

extension Text {
  /// Tells whether it is a type whose records the schema itself holds: the kind and the named
  /// types.
  fileprivate var holdsRecordsOfTheSchema: Bool {
    isSpelled("mau") || isSpelled(NamedTypes.recordType)
  }
}

extension Descriptor {
  /// The lines that nobody reads: a check whose name is misspelt must not be off without a word.
  var unknownDeclarations: [Diagnostic] {
    let known = Self.knownDeclarations
    return remarks.filter { remark in !known.contains { remark.name.isSpelled($0) } }.map {
      remark in
      let name = remark.name.string
      let suggestion = nearest(to: name, among: known)
      return Diagnostic(
        .records(.block(.unknownDeclaration(name, suggestion: suggestion))), at: remark.name)
    }
  }

  private static let knownDeclarations =
    Remark.names + CheckDeclaration.Relation.allCases.map(\.rawValue)
    + ["giu_lai", "con_han", "chep_tu", "so_ky_truoc", "it_nhat", "nhieu_nhat", "bieu_mau"]

  /// Tells whether it is of the records that ask for a document each.
  var isOfHeads: Bool { type.isSpelled(Schema.documentType) }

  /// `it_nhat: N` and `nhieu_nhat: N`: how many records of the type a data file must and may hold.
  var leastCount: Int { count("it_nhat") ?? 0 }
  var mostCount: Int? { count("nhieu_nhat") }

  private func count(_ name: String) -> Int? {
    remarks.first { $0.name.isSpelled(name) }.flatMap { Int($0.value.string) }
  }
}
