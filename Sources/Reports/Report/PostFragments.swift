import Diagnostics
import Records
import Templating
import Texts
import Vietnamese

/// The templates of a document that becomes a part of another page.
public struct FragmentTemplates: Sendable {
  /// What is made of it, in place of the layout of its profile.
  public let page: String
  /// The body of one that is kept word for word, in place of that of its kind.
  public let verbatimBody: String

  public init(page: String, verbatimBody: String) {
    (self.page, self.verbatimBody) = (page, verbatimBody)
  }
}

/// What one document of a data file says, for a page that shows it among others.
public struct PostFragment: Sendable {
  /// The name of its document: `tin-bai`, `tin-bai-2`.
  public let name: String
  /// Its text is kept word for word.
  public let isVerbatim: Bool
  /// HTML, without the page around it.
  public let body: [UInt8]
  private let head: ValueMap

  /// A field of its head, on one line; nil where it is not there.
  public func text(_ field: String) -> String? { texts(field).first }

  /// The values of a field of its head that may be repeated.
  public func texts(_ field: String) -> [String] {
    guard let value = head[Key(field)] else { return [] }
    let texts: [Text]
    switch value {
    case .items(let items): texts = items.compactMap(\.asText)
    case .undefined, .missing, .none: texts = []
    default: texts = [value.printed]
    }
    return texts.map(\.onOneLine.string).filter { !$0.isEmpty }
  }

  /// The day and the hour at which it was posted; nil where it does not say so.
  public var time: DateWithTime? {
    head[Key("ngay_dang")]?.asText.flatMap { try? DateWithTime($0) }
  }

  fileprivate init(_ report: Report, body: [UInt8]) {
    (name, isVerbatim, self.body) = (report.name, report.kind.isVerbatim, body)
    head = report.head
  }
}

extension CheckedFile {
  /// The documents of a kind as parts of other pages.
  public func fragments(
    ofKind kind: String, _ fragment: FragmentTemplates, _ templates: TemplateCollection,
    _ memory: DocumentMemory
  ) throws(Problems) -> [PostFragment] {
    let variables = DocumentVariables(
      of: database, merged, among: templates.reportingRules, profiles: reports.map(\.profile),
      tables: tables, isTwoSided: false)
    let places = ReferencePlaces(in: database, tables.sheets)
    var fragments: [PostFragment] = []
    for var report in reports where report.kind.name == kind && report.copy == nil {
      report.fragment = fragment
      let pages = try report.render(
        [.html], variables, templates, memory, places, nil, showing: [], tracing: nil)
      fragments += pages.map { PostFragment(report, body: $0) }
    }
    return fragments
  }

  /// The values of a field of all records of a type, each on one line; of facts that were found in a
  /// text, those that a person has confirmed.
  public func values(of field: String, ofType type: String) -> [String] {
    database.records(ofType: type).filter { record in
      type != Fact.recordType
        || record.field(Fact.confirmation)?.value.string == Fact.Confirmation.confirmed.rawValue
    }.flatMap { $0.values(field) }.map(\.onOneLine.string).filter { !$0.isEmpty }
  }

  /// The pictures that its documents may show: their paths as the data file names them, and where they
  /// lie.
  public var picturePlaces: [(path: String, place: String)] {
    pictures.map { ($0, CheckedFile.place(ofPicture: $0, in: folder)) }
  }

  /// Where a picture of a data file in a folder lies.
  public static func place(ofPicture path: String, in folder: String) -> String {
    let stored = Files.stored(path, in: folder)
    return folder == "." ? stored : "\(folder)/\(stored)"
  }
}
