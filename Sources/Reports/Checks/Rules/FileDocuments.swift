import Diagnostics
import Records
import Texts
import Vietnamese

/// The documents that a data file asks for, and which of them a record goes into.
struct FileDocuments {
  /// In the order of the file.
  let documents: [Document]
  /// The kinds that records may name, whether the file has a document of them or not.
  private(set) var kinds: [String] = []
  /// For types whose records say where they go, by `noi_in`.
  private var placements: [Int: Placement] = [:]
  /// For types whose records go where they are cited, by `noi_vien_dan`.
  private var citations: [Int: Placement] = [:]
  /// For those types the documents that cite a record, by its name; found when first asked for.
  private var citing: [Int: [Text: Set<Int>]] = [:]

  struct Document {
    let record: TypedRecord
    let name: DocumentName

    /// The last day that its own may come to be; nil where it has none.
    var day: DocumentDays.Day? {
      for column in 1..<FileDocuments.columns.count {
        guard let text = record.text(of: column), let day = CalendarDate(latestDayOf: text) else {
          continue
        }
        return (day, text)
      }
      return nil
    }
  }

  /// The field of a record that says where it goes, and where it goes by default.
  private struct Placement {
    let column: Int
    /// None where it goes into the documents of all kinds.
    let kinds: [Text]

    /// - Parameter other: that of a declaration before it; a kind's own schema adds the kind to
    ///   those that the shared one names.
    init(_ declaration: ResolvedDeclaration, beside other: Placement?) {
      column = declaration.operands[0].column
      let named = declaration.phrases.map(\.text)
      kinds = other.map { $0.kinds.isEmpty || named.isEmpty ? [] : $0.kinds + named } ?? named
    }

    func names(_ document: DocumentName) -> Bool {
      kinds.isEmpty || kinds.contains { $0.isSpelled(document.kind) }
    }
  }

  /// The columns of documents: the kind, then the fields that give the day.
  static let columns = [Schema.kindField, "ngay_ban_hanh", "ngay_dang"]

  init(_ records: TypedRecords, type: Int?, _ declarations: [ResolvedDeclaration]) {
    var documents: [Document] = []
    if let type {
      var counts: [String: Int] = [:]
      for record in records.records(ofType: type) {
        let kind = record.text(of: 0)?.string ?? ""
        let number = counts[kind, default: 0] + 1
        counts[kind] = number
        documents.append(Document(record: record, name: DocumentName(kind, number: number)))
      }
    }
    self.documents = documents
    for declaration in declarations {
      switch declaration.relation {
      case .placement:
        let placement = Placement(declaration, beside: placements[declaration.type])
        placements[declaration.type] = placement
        kinds += placement.kinds.map(\.string).filter { !kinds.contains($0) }
      case .citedPlacement:
        citations[declaration.type] = Placement(declaration, beside: citations[declaration.type])
      default: break
      }
    }
  }

  /// The document whose head a record is; nil for any other record.
  func index(ofHead record: TypedRecord) -> Int? {
    let place = record.record.place.range
    let index = documents.sortedIndex(after: { $0.record.record.place.range.start < place.start })
    guard index < documents.count, documents[index].record.record.place.range == place else {
      return nil
    }
    return index
  }

  /// The documents that a record of a type goes into, by their index.
  mutating func indices(
    for record: TypedRecord, ofType type: Int, among records: TypedRecords
  ) -> [Int] {
    let named = placements[type].map { placement in
      record.offsets(of: placement.column).map { record.text(at: $0) }
    }
    if let named, !named.isEmpty {
      return documents.indices.filter { index in
        named.contains { documents[index].name.isMeant(by: $0) }
      }
    }
    guard let placement = citations[type] else {
      guard let placement = placements[type] else { return Array(documents.indices) }
      return documents.indices.filter { placement.names(documents[$0].name) }
    }
    let opening = documents.indices.filter { placement.names(documents[$0].name) }
    let name = record.name.map { Text(computed: Array($0.text.bytes)) }
    let found = name.flatMap { citations(of: type, among: records)[$0] }
    let isOpening = found == nil || !record.offsets(of: placement.column).isEmpty
    return isOpening ? Set(opening).union(found ?? []).sorted() : (found ?? []).sorted()
  }

  private mutating func citations(
    of type: Int, among records: TypedRecords
  ) -> [Text: Set<Int>] {
    if let known = citing[type] { return known }
    var found: [Text: Set<Int>] = [:]
    for run in records.runs.indices {
      let (owner, shape) = (records.runs[run].type, records.runs[run].shape)
      let references = shape.references.filter { $0.type == type }
      guard owner != type, !references.isEmpty else { continue }
      for record in records.records(ofRun: run) {
        let places = indices(for: record, ofType: owner, among: records)
        for reference in references {
          found[record.text(at: reference.offset), default: []].formUnion(places)
        }
      }
    }
    citing[type] = found
    return found
  }
}

/// The name by which a record says that it goes into a document: its kind, for all documents of it,
/// or `tin-bai-2` for the second.
struct DocumentName: Equatable {
  let kind: String
  let number: Int

  init(_ kind: String, number: Int) { (self.kind, self.number) = (kind, number) }

  func isMeant(by name: Text) -> Bool {
    name.isSpelled(kind) || name.isSpelled("\(kind)-\(number)")
  }
}
