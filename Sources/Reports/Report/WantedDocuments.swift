import Diagnostics
import Records
import Texts

/// The documents that a data file asks for, each with its kind.
///
/// A mistake in the line that names a kind must not hide the others of the file: what the kind was
/// most likely meant to be is checked all the same. Such a document is never made, for the mistake
/// is an error.
struct WantedDocuments {
  typealias Document = (record: Record, kind: DocumentKind)

  /// Those whose kind is known, or was most likely meant.
  private(set) var documents: [Document] = []
  /// The kinds of the file's documents that are not wanted, as far as they are known: the file holds
  /// their records too.
  private var otherKinds: [DocumentKind] = []
  /// Tells whether the kinds of all documents are known, so that their schemas together are whole.
  private(set) var isWhole = true
  private(set) var problems: [Diagnostic] = []
  private let file: DataFile
  private let templates: TemplateCollection

  /// - Parameter kind: only documents of this kind are wanted.
  init(of file: DataFile, ofKind kind: String?, _ templates: TemplateCollection) {
    (self.file, self.templates) = (file, templates)
    let all = file.documentRecords(ofKind: nil)
    let records = kind.map { file.documentRecords(ofKind: $0) + unclear(all, besides: $0) } ?? all
    if records.isEmpty {
      problems.append(file.noDocument(ofKind: kind))
      isWhole = false
    }
    for record in records {
      if let kind = knownKind(of: record) ?? likelyKind(of: record) {
        documents.append((record, kind))
      } else {
        isWhole = false
      }
    }
    guard kind != nil else { return }
    let known = Set(records.map(\.firstField))
    otherKinds = all.filter { !known.contains($0.firstField) }
      .compactMap { $0.field(Schema.kindField)?.value.string }
      .compactMap { try? readableKind(named: $0) }
  }

  /// The kinds whose schemas together tell what the file may hold: those of the documents, in their
  /// order, and behind them those of its others.
  var kinds: [DocumentKind] { documents.map(\.kind) + otherKinds }

  /// The records that name no kind, or one that was likely meant to be the one that is wanted.
  private func unclear(_ records: [Record], besides wanted: String) -> [Record] {
    records.filter { record in
      guard let name = record.field(Schema.kindField)?.value.string else { return true }
      return name != wanted && !templates.kindNames.contains(name)
        && meant(name, among: [wanted]) != nil
    }
  }

  /// The kind that a record names; tells of one that there is not.
  private mutating func knownKind(of record: Record) -> DocumentKind? {
    guard let name = record.field(Schema.kindField)?.value else {
      let field = NamedField(Schema.kindField, label: "Mẫu văn bản")
      problems.append(Diagnostic(.records(.missingField(field)), at: record.place))
      return nil
    }
    do throws(Problems) {
      if let kind = try readableKind(named: name.string) {
        problems += kind.problems
        return kind
      }
    } catch {
      problems += error.diagnostics
      return nil
    }
    let known = templates.kindNames
    let problem = ReportProblem.unknownKind(
      name.string, suggestion: meant(name.string, among: known), known: known)
    problems.append(Diagnostic(.report(problem), at: name))
    return nil
  }

  /// The kind that was most likely meant, for checking: a near name, or one in a line of the record
  /// that could not be read.
  private func likelyKind(of record: Record) -> DocumentKind? {
    let known = templates.kindNames
    let name =
      if let name = record.field(Schema.kindField)?.value.string {
        // A line may have been taken into the name.
        meant(name, among: known)
          ?? name.split(separator: "\n").first.flatMap { meant(String($0), among: known) }
      } else {
        file.unreadLines.words(after: Schema.kindField, in: record).first(where: known.contains)
      }
    return name.flatMap { try? readableKind(named: $0) }
  }

  /// The kind of that name; where the file has a text to keep word for word, its form for that.
  private func readableKind(named name: String) throws(Problems) -> DocumentKind? {
    let kind = try templates.readableKind(named: name)
    guard let kind, file.isVerbatim else { return kind }
    return try templates.verbatimForm(of: kind)
  }
}

extension DataFile {
  /// Tells whether it holds the text of a document that is kept word for word.
  var isVerbatim: Bool { database.recordSet(ofType: Schema.verbatimType) != nil }
}

extension WantedDocuments {
  /// The problems without those that only say what the known kinds do not have: another kind that a
  /// document may be of has it.
  func withoutDoubtful(_ problems: [Diagnostic], in database: Database) -> [Diagnostic] {
    guard !isWhole, problems.contains(where: \.isOfUnknownName) else { return problems }
    let kinds = (try? templates.allKinds()) ?? []
    let descriptors = kinds.flatMap(\.descriptors)
    return problems.filter { problem in
      guard problem.isOfUnknownName, let place = problem.place else { return true }
      let type = database.recordSet(at: place)?.type?.string
      let known = descriptors.filter { $0.type.string == type }
      if case .report = problem.kind { return known.isEmpty }
      var ignored: [Diagnostic] = []
      let merged = RecordType(merging: known, into: &ignored)
      return merged?.rule(for: place)?.isAllowed != true
    }
  }
}

extension Diagnostic {
  /// Tells whether it says that a record type or a field is not one of those that may be there.
  fileprivate var isOfUnknownName: Bool {
    switch kind {
    case .report(.unknownRecordType), .records(.fieldNotAllowed): true
    default: false
    }
  }
}

extension Database {
  /// The record set that a place stands in.
  func recordSet(at place: Text) -> RecordSet? {
    let start = place.place.range.start
    let next = recordSets.sortedIndex(after: { ($0.type?.range.start ?? -1) <= start })
    return next == 0 ? nil : recordSets[next - 1]
  }
}
