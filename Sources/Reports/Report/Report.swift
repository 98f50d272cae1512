import Diagnostics
import Texts
import Markdown
import Records
import Templating

/// One document out of a data file: báo cáo, kế hoạch, tin bài.
public struct Report: Sendable {
  /// The file's name without its extension: the kind, numbered when a file has several of it.
  public fileprivate(set) var name: String
  let kind: DocumentKind
  let profile: LayoutProfile
  /// The record of the data file that asks for it.
  let record: Record
  let gathering: Gathering

  /// The variables of the body template.
  var variables: ValueMap { gathering.variables(of: record, kind, profile) }

  /// A finished document in all its forms.
  public struct Pages: Sendable {
    public let markdown: [UInt8]
    public let html: [UInt8]
    public let text: [UInt8]
  }

  /// The whole way of one report: fill the body, put it into the layout of each form.
  public func render(_ templates: TemplateCollection) throws(Problems) -> Pages {
    let isDraft = templates.library.environment.undefined == .draft
    let gathered = variables
    let variables = isDraft ? gathered.markingEmptyTexts : gathered
    let layout = profile.layout
    let body = try fill(kind.bodyTemplate, variables, templates, wantedAt: kind.title)
    let markdown = try fill(
      profile.template("md"), page(variables, around: body), templates, wantedAt: layout)
    let html = try fill(
      profile.template("html"), page(variables, around: Report.html(body.span)), templates,
      wantedAt: layout)
    return Pages(markdown: markdown, html: html, text: Report.plainText(markdown.span))
  }

  private func fill(
    _ name: String, _ variables: ValueMap, _ templates: TemplateCollection, wantedAt place: Text
  ) throws(Problems) -> [UInt8] {
    guard let template = try templates.library.template(named: name) else {
      throw Problems([Diagnostic(.template(.templateNotFound(name, suggestion: nil)), at: place)])
    }
    return try template.render(variables, library: templates.library)
  }

  /// The layout's variables: the document's own, and its body as markup.
  private func page(_ variables: ValueMap, around body: [UInt8]) -> ValueMap {
    let content = (Key("noi_dung"), Value.markup(Text(computed: body)))
    return ValueMap(
      zip(variables.shape.keys, variables.values).map { ($0, $1) } + [content],
      place: variables.place)
  }

  private static func html(_ markdown: Span<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    Document(parsing: markdown).appendHTML(to: &output)
    return output
  }

  static func plainText(_ markdown: Span<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    Document(parsing: markdown).appendPlainText(to: &output)
    return output
  }
}

extension ValueMap {
  /// For a draft: a field that is still empty counts as one that is not there, and gets its mark.
  fileprivate var markingEmptyTexts: ValueMap {
    ValueMap(shape: shape, values: values.map(\.markingEmptyTexts), place: place)
  }
}

extension Value {
  fileprivate var markingEmptyTexts: Value {
    switch self {
    case .text(let text) where text.isEmpty, .typed(let text, _) where text.isEmpty: .undefined
    case .items(let items): .list(items.map(\.markingEmptyTexts))
    case .map(let map): .map(map.markingEmptyTexts)
    default: self
    }
  }
}

/// What checking a data file found, and the reports that can be made of it.
public struct CheckedFile: Sendable {
  public let reports: [Report]
  /// Errors refuse the file; warnings do not.
  public let problems: [Diagnostic]
  /// The pictures that its reports may show, by their path in the data file's folder.
  let pictures: [String]
  let folder: String
  /// What proofreading needs: see ``proofread(_:with:)``.
  let database: Database
  let texts: FileTexts
  let textFields: TextFields
  let registers: CheckRegisters
  let silencing: Silencing

  public var hasErrors: Bool { problems.contains { $0.severity == .error } }
}

extension DataFile {
  /// Checks the file against the schemas of its documents.
  ///
  /// - Parameter kind: make only documents of this kind.
  public func check(
    _ templates: TemplateCollection, ofKind kind: String? = nil
  ) -> CheckedFile {
    var problems = irregularities + database.swallowedBullets
    let records = documentRecords(ofKind: kind)
    if records.isEmpty { problems.append(noDocument(ofKind: kind)) }
    var documents: [(record: Record, kind: DocumentKind)] = []
    for record in records {
      if let kind = documentKind(of: record, templates, &problems) {
        documents.append((record, kind))
      }
    }
    let schema = templates.schema(of: documents.map(\.kind), for: self, into: &problems)
    var check = FileCheck(self, documents, schema, templates)
    let isWhole = documents.count == records.count && !documents.isEmpty
    let reports = check.check(documents, isWhole: isWhole, &problems)
    let pictures = pictures(&problems)
    check.crossCheck(&problems)
    problems += templates.problems(ofBodies: documents.map(\.kind))
    if hasUnreadLines { problems.removeAll(where: \.isOfMissing) }
    problems = problems.explainingSurplus(in: database).explainingCuts(in: database)
    problems += ambiguousLabels(templates)
    return CheckedFile(
      reports: reports.numbered, problems: problems.inOrder(from: database.source),
      pictures: pictures, folder: folder, database: database, texts: check.texts,
      textFields: check.textFields,
      registers: templates.registers, silencing: check.silencing)
  }

  /// The problems of a file that asks for no document: it is checked by the rules it sets itself,
  /// as recfix does it. nil where a document is asked for, or meant.
  public func problemsAsData(_ templates: TemplateCollection) -> [Diagnostic]? {
    guard documentRecords(ofKind: nil).isEmpty,
      case .report(.noDocument) = noDocument(ofKind: nil).kind
    else { return nil }
    let folders = DescriptorFolders(paths: [folder, templates.folder.path])
    // Descriptors that only name the type demand nothing.
    let own =
      setsWithRules.isEmpty
      ? database.swallowedBullets
      : database.check(with: []) { (path) throws(Diagnostic) in try folders.source(path) }
    let note = Diagnostic(.report(.onlyData), at: database.source.firstLine)
    let labels = ambiguousLabels(templates)
    return ([note] + irregularities + own + labels).inOrder(from: database.source)
  }

  private func noDocument(ofKind kind: String?) -> Diagnostic {
    if let kind {
      return Diagnostic(.report(.noSuchDocument(kind: kind)), at: database.source.firstLine)
    }
    let wanted = Schema.documentType
    let misspelt = database.recordSets.compactMap(\.type).first {
      nearest(to: $0.string, among: [wanted]) != nil
    }
    guard let misspelt else {
      return Diagnostic(.report(.noDocument), at: database.source.firstLine)
    }
    let problem = ReportProblem.unknownRecordType(misspelt.string, suggestion: wanted)
    return Diagnostic(.report(problem), at: misspelt)
  }

  private func documentKind(
    of record: Record, _ templates: TemplateCollection, _ problems: inout [Diagnostic]
  ) -> DocumentKind? {
    guard let name = record.field("mau")?.value else {
      let field = NamedField("mau", label: "Mẫu văn bản")
      problems.append(Diagnostic(.records(.missingField(field)), at: record.place))
      return nil
    }
    do throws(Problems) {
      if let kind = try templates.kind(named: name.string) { return kind }
    } catch {
      problems += error.diagnostics
      return nil
    }
    let known = templates.kindNames
    let suggestion = meant(name.string, among: known)
    let problem = ReportProblem.unknownKind(name.string, suggestion: suggestion, known: known)
    problems.append(Diagnostic(.report(problem), at: name))
    return nil
  }
}

extension [Report] {
  /// Gives the second and later reports of one kind a number: `tin-bai-2`.
  fileprivate var numbered: [Report] {
    guard count > 1 else { return self }
    var counts: [String: Int] = [:]
    return map { report in
      counts[report.kind.name, default: 0] += 1
      let count = counts[report.kind.name] ?? 1
      guard count > 1 else { return report }
      var report = report
      report.name = "\(report.kind.name)-\(count)"
      return report
    }
  }
}

extension Diagnostic {
  /// Whether something that a data file must hold is not in it.
  fileprivate var isOfMissing: Bool {
    switch kind {
    case .records(.missingField), .report(.missingRecordType), .report(.noDocument),
      .report(.noSuchDocument):
      true
    default: false
    }
  }
}
