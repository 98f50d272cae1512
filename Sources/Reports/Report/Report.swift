import Diagnostics
import Texts
import Markdown
import Records
import Templating

/// A document out of a data file: báo cáo, kế hoạch, tin bài.
public struct Report: Sendable {
  /// The file's name without its extension: the kind, numbered when a file has several of it.
  public fileprivate(set) var name: String
  let kind: DocumentKind
  /// `Báo cáo sơ kết`.
  public var title: String { kind.title.string }
  let profile: LayoutProfile
  /// The record of the data file that asks for it: head and signature.
  let head: ValueMap
  /// The copy that it is, with the profile of the body that makes it; nil for the document itself.
  fileprivate(set) var copy: DocumentCopy?
  /// The name by which records say that they go into it.
  fileprivate(set) var documentName: DocumentName
  /// The templates that it is made with where it is a part of another page; nil for a page of its own.
  var fragment: FragmentTemplates?

  /// Creates the report; nil where the kind demands nothing of heads, or there is no profile of the
  /// name that the record gives.
  fileprivate init?(
    _ record: Record, _ kind: DocumentKind, _ merged: MergedSchema, _ templates: TemplateCollection
  ) {
    guard let head = merged.headMappings(kind)?.map(record),
      let profile = head[Schema.profileField]?.asText.flatMap({ templates.profile(named: $0) })
        ?? templates.chosenProfile(of: record, kind, merged)
    else { return nil }
    (name, self.kind, self.profile, self.head) = (kind.name, kind, profile, head)
    documentName = DocumentName(kind.name, number: 1)
  }

  /// The whole way of one report: fill the body, and put it into the layout of each form.
  ///
  /// - Parameters:
  ///   - press: prints the page where PDF is wanted.
  ///   - pictures: those of the data file.
  ///   - printed: nil where the report is wanted; else its pages hold the Markdown of its body.
  /// - Returns: the report in each of the forms.
  func render(
    _ formats: [Format], _ file: DocumentVariables, _ templates: TemplateCollection,
    _ memory: DocumentMemory, _ places: ReferencePlaces, _ press: Press?,
    showing pictures: [OutputFile], tracing printed: PrintedData?
  ) throws(Problems) -> [[UInt8]] {
    let isDraft = templates.makesDrafts
    memory.renderings.beginDocument()
    let all = file.variables(of: self, isDraft: isDraft)
    let variables = isDraft ? all.markingEmptyTexts : all
    let body = try fill(bodyTemplate, variables, templates, memory, wantedAt: kind.title)
    let marked = try marked(body, try annex(variables, templates, memory), places)
    let parts = marked?.reportParts ?? [ReportPart(markdown: body, linked: body)]
    func page(
      _ format: Format, around parts: [ReportPart], beside word: WordFile? = nil
    ) throws(Problems) -> [UInt8] {
      let template = layout(format)
      let variables = file.variables(variables, around: parts, beside: word)
      let page = try fill(template, variables, templates, memory, wantedAt: profile.layout)
      return head.refers ? marked?.resolvingHead(of: page) ?? page : page
    }
    func textPage() throws(Problems) -> [UInt8] {
      if let printed, !printed.needsTexts {
        let page = try page(.text, around: parts)
        if !printed.needsText(of: page) { return page }
      }
      return try page(.text, around: textParts(parts))
    }
    // A PDF is a print of the HTML.
    let isShown = formats.contains { $0 == .html || $0 == .pdf }
    var html: [UInt8] = []
    if isShown {
      html = try page(.html, around: printed == nil ? htmlParts(parts) : parts)
      if printed == nil { html = WideTables(profile).marked(html) }
    }
    let hasTextLayout = formats.contains(.text) ? try hasTextLayout(templates) : false
    var pages: [[UInt8]] = []
    for format in formats {
      switch format {
      case .markdown: pages.append(try page(.markdown, around: parts))
      case .html: pages.append(html)
      case .text:
        if hasTextLayout {
          pages.append(try textPage())
        } else {
          // A layout that says nothing of text: the plain text of its Markdown.
          let markdown = try page(.markdown, around: parts)
          pages.append(Report.plainText(markdown.span))
        }
      case .pdf:
        guard let press else { throw Problems([Diagnostic(.print(.noEngine), at: nil)]) }
        pages.append(try press.print(html, of: self))
      case .docx:
        let word = WordFile(parts, of: profile, showing: pictures)
        pages.append(try page(.docx, around: parts, beside: word))
      case .xlsx: pages.append(Array(parts.map(\.markdown).joined(separator: [UInt8(ascii: "\n")])))
      }
    }
    return pages
  }

  private var bodyTemplate: String {
    kind.isVerbatim ? fragment?.verbatimBody ?? kind.bodyTemplate : kind.bodyTemplate
  }

  /// The template of its pages: that of the profile, or the one beside it for a text that is kept
  /// word for word.
  func layout(_ format: Format) -> String {
    if let fragment, format == .html { return fragment.page }
    let name = kind.isVerbatim ? "\(profile.layout.string)-nguyen-van" : profile.layout.string
    return LayoutProfile.template(of: name, format.fileExtension)
  }

  /// The body and the annexes with what can be referred to, and what is; nil where nothing can be.
  ///
  /// - Throws: the references to what the document does not have.
  private func marked(
    _ body: [UInt8], _ annexes: [UInt8]?, _ places: ReferencePlaces
  ) throws(Problems) -> MarkedDocument? {
    guard annexes != nil || Mark.mayStand(in: body.span) || head.refers else { return nil }
    // The words of another refer to nothing here.
    if kind.isVerbatim { return nil }
    let document = MarkedDocument(
      body: LinkMark.removed(from: body), annexes: annexes.map { LinkMark.removed(from: $0) },
      head: head.texts.map { Array($0.bytes) })
    try places.problems(document.unknownCodes, known: document.knownCodes, in: documentName)
      .throwIfErrors()
    return document
  }

  /// What stands behind the signature; nil where the kind or this document has nothing there.
  private func annex(
    _ variables: ValueMap, _ templates: TemplateCollection, _ memory: DocumentMemory
  ) throws(Problems) -> [UInt8]? {
    // A post has no annexes.
    let hasPlace = profile.record["chu_phu_luc"]?.isTrue ?? false
    let hasOwn = hasPlace && variables["phu_luc"]?.isTrue ?? false
    guard let name = kind.annexTemplate ?? (hasOwn ? DocumentKind.sharedAnnexFile : nil) else {
      return nil
    }
    let annex = try fill(name, variables, templates, memory, wantedAt: kind.title)
    return annex.contains { $0 > 0x20 } ? annex : nil
  }

  private func fill(
    _ name: String, _ variables: ValueMap, _ templates: TemplateCollection,
    _ memory: DocumentMemory, wantedAt place: Text
  ) throws(Problems) -> [UInt8] {
    guard let template = try templates.library.template(named: name) else {
      throw Problems([Diagnostic(.template(.templateNotFound(name, suggestion: nil)), at: place)])
    }
    return try template.render(
      variables, library: templates.library, memory: memory.renderings)
  }

  /// The parts as a page has them: the body, then the annexes.
  private func htmlParts(_ parts: [ReportPart]) -> [ReportPart] {
    parts.enumerated().map { index, part in
      let idPrefix = index == 0 ? "" : index == 1 ? "phu-luc-" : "phu-luc-\(index)-"
      let html = html(part.linked.span, idPrefix: idPrefix)
      return ReportPart(
        markdown: LinkMark.linked(html), linked: [], code: part.code, form: part.form)
    }
  }

  /// The part of the page that a text makes, with its charts drawn.
  private func html(_ markdown: Span<UInt8>, idPrefix: String) -> [UInt8] {
    let parts = PageParts(idPrefix: idPrefix) { table in
      Chart(table)?.svg(fonts: profile.fonts).map { Array($0.utf8) }
    }
    var output: [UInt8] = []
    Document(parsing: markdown, for: parts).appendHTML(to: &output)
    return output
  }

  private func hasTextLayout(_ templates: TemplateCollection) throws(Problems) -> Bool {
    try templates.library.template(named: layout(.text)) != nil
  }

  /// The parts as a text file has them.
  private func textParts(_ parts: [ReportPart]) -> [ReportPart] {
    parts.enumerated().map { index, part in
      let page = index == 0 ? profile.page : profile.annexPage
      let text = Document(forTextOf: part.markdown.span).text(on: page)
      return ReportPart(
        markdown: text, linked: [], code: part.code, form: part.form)
    }
  }

  static func plainText(_ markdown: Span<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    Document(forTextOf: markdown).appendPlainText(to: &output)
    return output
  }
}

/// The body of a report, or one of its annexes, in the form of a page.
struct ReportPart {
  /// What is put into the page: Markdown, or HTML.
  let markdown: [UInt8]
  /// The Markdown in which links are marked; empty of HTML.
  let linked: [UInt8]
  /// Of an annex, by which texts refer to it; empty for the body.
  var code = ""
  var form = AnnexForm()
}

extension MarkedDocument {
  /// The body and the annexes, with what they refer to in the place of the references.
  fileprivate var reportParts: [ReportPart] {
    parts.indices.map { index in
      ReportPart(
        markdown: resolved(index, isLinked: false), linked: resolved(index, isLinked: true),
        code: String(decoding: parts[index].code, as: UTF8.self),
        form: parts[index].form)
    }
  }
}

extension ValueMap {
  /// The texts of a head, those of repeated fields too.
  fileprivate var texts: [Text] {
    values.flatMap { value -> [Text] in
      if case .items(let items) = value { return items.compactMap(\.asText) }
      return value.asText.map { [$0] } ?? []
    }
  }

  /// Tells whether a text of a head may refer to something.
  fileprivate var refers: Bool {
    texts.contains { text in text.withBytes { Mark.mayStand(in: $0) } }
  }

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

/// A data file after its check: the problems, and the reports that can be made of it.
public struct CheckedFile: Sendable {
  public let reports: [Report]
  /// Errors refuse the file; warnings do not.
  public fileprivate(set) var problems: [Diagnostic]
  /// That documents cannot be made: no profile lays them out. Told where nothing else is wrong.
  let unmade: [Diagnostic]
  /// The pictures that its reports may show, by their path in the data file's folder.
  let pictures: [String]
  /// The tables of the author's own.
  let tables: AuthorTables
  public let folder: String
  let merged: MergedSchema
  /// The records and texts that proofreading goes over: see ``proofread(_:with:)``.
  let database: Database
  let records: TypedRecords
  let textFields: TextFields
  let registers: CheckRegisters
  let silencing: Silencing

  public var hasErrors: Bool { problems.hasErrors }
}

extension DataFile {
  /// Checks the file against the schemas of its documents.
  ///
  /// - Parameter kind: make only documents of this kind.
  public func check(
    _ templates: TemplateCollection, ofKind kind: String? = nil
  ) -> CheckedFile {
    let file = withoutBlankOptions(templates, ofKind: kind)
    return file.checkWithoutBlanks(templates, ofKind: kind)
  }

  private func checkWithoutBlanks(
    _ templates: TemplateCollection, ofKind kind: String?
  ) -> CheckedFile {
    let checked = checkAsWritten(templates, ofKind: kind)
    let cuts = checked.problems.cuts(in: database)
    guard !cuts.isEmpty else { return checked }
    // A line that cuts a record in two must not hide what else is wrong with it.
    var joined = joining(cuts.map(\.gap)).withoutBlankOptions(templates, ofKind: kind)
      .checkAsWritten(templates, ofKind: kind)
    joined.problems = (joined.problems + cuts.map(\.problem)).inOrder(from: source)
    return joined
  }

  private func checkAsWritten(
    _ templates: TemplateCollection, ofKind kind: String?
  ) -> CheckedFile {
    let wanted = WantedDocuments(of: self, ofKind: kind, templates)
    let documents = wanted.documents
    var problems = irregularities + database.swallowedBullets + wanted.problems
    let schema = templates.schema(of: wanted.kinds, for: self, into: &problems)
    // A file that asks for nothing at all is not one of ours.
    let isOurs = !documentRecords(ofKind: nil).isEmpty
    var check = FileCheck(self, documents, schema, templates)
    check.check(documents, againstTypes: isOurs, &problems)
    var pictures = pictures(&problems)
    pictures += verbatimPictures(besides: pictures, &problems)
    let tables = authorTables(schema.merged.schema, &problems)
    check.crossCheck(&problems)
    problems += templates.problems(ofBodies: documents.map(\.kind))
    problems = unreadLines.explaining(wanted.withoutDoubtful(problems, in: database), in: database)
    problems = problems.explainingSurplus(in: database)
    problems += ambiguousLabels(templates)
    let reports = documents.map { Report($0.record, $0.kind, schema.merged, templates) }
    // Every document that is asked for is made, or there is an error.
    let unmade = zip(documents, reports).filter { $0.1 == nil }.map(\.0.record.withoutProfile)
    if !problems.hasErrors { problems += unmade }
    if documents.contains(where: \.kind.isVerbatim) {
      // How another typed is not to be mended; what was read of it has to be what it says.
      problems = flaws.explaining(problems) + VerbatimText(of: database).problems
    } else {
      let unseen = InvisibleCharacters(in: database, schema.merged.declared.texts).problems
      problems =
        flaws.adding(unseen.filter { $0.severity == .error }).explaining(problems) + unseen
      problems +=
        LostLetters(in: database.source).problem(besides: flaws.problems).map { [$0] } ?? []
    }
    return CheckedFile(
      reports: reports.compactMap(\.self).numbered.withCopies(of: database, templates),
      problems: problems.inOrder(from: database.source), unmade: unmade,
      pictures: pictures, tables: tables, folder: folder, merged: schema.merged, database: database,
      records: check.records, textFields: check.textFields,
      registers: templates.registers, silencing: check.silencing)
  }

  /// The problems of a file that asks for no document: it is checked by the rules it sets itself,
  /// as recfix does it. nil where a document is asked for, or meant.
  public func problemsAsData(_ templates: TemplateCollection) -> [Diagnostic]? {
    guard documentRecords(ofKind: nil).isEmpty, !namesKind(templates),
      case .report(.noDocument) = noDocument(ofKind: nil).kind
    else { return nil }
    var rules = FileRules(
      database.recordSets, in: DescriptorFolders(paths: [folder, templates.folder.path]))
    let note = Diagnostic(.report(.onlyData), at: database.source.firstLine)
    let others = database.swallowedBullets + ambiguousLabels(templates)
    return ([note] + problems(by: &rules) + others).inOrder(from: source)
  }

  /// Tells whether a record of another type names a kind of documents, so that one is wanted.
  private func namesKind(_ templates: TemplateCollection) -> Bool {
    let kinds = templates.kindNames
    return database.recordSets.contains { set in
      set.records.contains { record in
        record.field(Schema.kindField).map { kinds.contains($0.value.string) } ?? false
      }
    }
  }

  func noDocument(ofKind kind: String?) -> Diagnostic {
    if let kind {
      return Diagnostic(.report(.noSuchDocument(kind: kind)), at: database.source.firstLine)
    }
    let wanted = Schema.documentType
    guard database.recordSet(ofType: wanted) == nil, let misspelt = misspeltDocumentType else {
      return Diagnostic(.report(.noDocument), at: database.source.firstLine)
    }
    let problem = ReportProblem.unknownRecordType(
      misspelt.string, suggestion: wanted, known: KnownNames([]))
    return Diagnostic(.report(problem), at: misspelt)
  }
}

/// A copy of a document: its record, and how the part of it that stands below the document is laid
/// out.
struct DocumentCopy: Sendable {
  static let type = "ban_sao"
  let record: Record
  let profile: LayoutProfile
}

extension [Report] {
  /// These, and behind each the copies that the file asks for: `cong-van-sao`, `cong-van-sao-2`.
  fileprivate func withCopies(
    of database: Database, _ templates: TemplateCollection
  ) -> [Report] {
    let copies = database.records(ofType: DocumentCopy.type)
    guard !copies.isEmpty else { return self }
    return flatMap { report in
      let wanted = report.hasIssuer ? copies.filter { $0.isCopy(of: report.documentName) } : []
      return [report]
        + wanted.enumerated().map { index, record in
          var copy = report
          copy.name += "-sao" + (index > 0 ? "-\(index + 1)" : "")
          let profile = templates.registers.profile(ofCopy: record) ?? report.profile
          copy.copy = DocumentCopy(record: record, profile: profile)
          return copy
        }
    }
  }

  /// Gives the second and later reports of one kind a number: `tin-bai-2`.
  fileprivate var numbered: [Report] {
    indices.map { index in
      var report = self[index]
      let count = self[...index].count { $0.kind === report.kind }
      if count > 1 { report.name = "\(report.kind.name)-\(count)" }
      report.documentName = DocumentName(report.kind.name, number: count)
      return report
    }
  }
}

extension Report {
  /// Tells whether it is a document of a body; a post is none, and is not copied.
  fileprivate var hasIssuer: Bool { head[Key(HeadFields.issuer)]?.asText != nil }
}

extension Record {
  fileprivate func isCopy(of document: DocumentName) -> Bool {
    let named = values("trong").filter { !$0.isBlank }
    return named.isEmpty || named.contains { document.isMeant(by: $0) }
  }

  fileprivate var withoutProfile: Diagnostic {
    let field = NamedField(Schema.profileField, label: "Thể thức")
    return Diagnostic(.records(.missingField(field)), at: self.field(field.name)?.name ?? place)
  }
}
