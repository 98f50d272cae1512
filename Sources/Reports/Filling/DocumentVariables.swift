import Diagnostics
import Texts
import Records
import Templating

/// The variables of the documents of one data file: the fields of its matter and a list of the
/// records of each type, the same for all of them, and what each document has of its own.
struct DocumentVariables {
  private let shared: SharedVariables
  /// Of the body template, and of the layout around it.
  private let body: Shape
  private let page: Shape
  /// The places of ``DocumentVariables/names`` among the keys.
  private let slots: [Int]
  private let place: Text?
  /// nil where the file has no tables and annexes of its own.
  private let parts: BodyParts?
  /// The profile of the first document that has citations of its own.
  private let citing: LayoutProfile?

  private let isTwoSided: Bool

  /// The head and signature, the kind, the layout profile, whether it is a draft, the profile of a
  /// copy, and in a layout the finished body and annexes, whether sheets are printed on both sides,
  /// and what a file of Word has beside its text.
  private static let names = [
    "van_ban", "mau", "the_thuc", "ban_nhap", "sao_the_thuc", "noi_dung", "phu_luc", "in_hai_mat",
    "tep_word",
  ].map { Key($0) }

  /// - Parameter profiles: those of the file's documents, in their order.
  init(
    of database: Database, _ merged: MergedSchema, among rules: [ReportingRules],
    profiles: [LayoutProfile], tables: AuthorTables, isTwoSided: Bool
  ) {
    self.isTwoSided = isTwoSided
    citing = profiles.first { !$0.citesLikeOthers }
    shared = SharedVariables(of: database, merged, among: rules)
    place = shared.place
    var keys = shared.keys
    parts =
      shared.hasParts ? BodyParts(tables) { [keys] in keys.existingSlot(of: $0) } : nil
    var slots = DocumentVariables.names.prefix(5).map { keys.slot(of: $0) }
    body = keys.shape
    slots += DocumentVariables.names.dropFirst(5).map { keys.slot(of: $0) }
    page = keys.shape
    self.slots = slots
  }

  /// The variables of a document's body template.
  func variables(of report: Report, isDraft: Bool) -> ValueMap {
    var values = shared.values
    values += [Value](repeating: .undefined, count: body.keys.count - values.count)
    values[slots[0]] = .map(report.head)
    values[slots[1]] = .map(report.kind.record)
    values[slots[2]] = .map(report.profile.record(citingLike: citing))
    values[slots[3]] = .bool(isDraft)
    values[slots[4]] = report.copy.map { .map($0.profile.record) } ?? .missing
    if let copies = shared.copies {
      // A document that is no copy has none below it.
      values[copies.slot] = .list(report.copy.map { [.map(copies.mappings.map($0.record))] } ?? [])
    }
    for placed in shared.placed where placed.slot != shared.copies?.slot {
      let items = placed.items.filtered(by: placed.field) { report.documentName.isMeant(by: $0) }
      values[placed.slot] = .items(ItemList(items))
    }
    parts?.arrange(&values)
    return ValueMap(shape: body, values: values, place: place)
  }

  /// The variables of a layout: those of the document, and its body and annexes as markup.
  ///
  /// - Parameters:
  ///   - parts: the body, and behind it the annexes.
  ///   - word: the same for a file of Word; nil for another form.
  func variables(
    _ document: ValueMap, around parts: [ReportPart], beside word: WordFile?
  ) -> ValueMap {
    var values = document.values
    values += [Value](repeating: .undefined, count: page.keys.count - values.count)
    let contents =
      word.map { $0.parts.map(\.variables) } ?? parts.map { Value(markup: $0.markdown) }
    values[slots[5]] = contents.first ?? .missing
    let annexes = zip(parts, contents).dropFirst().map { $0.variables(content: $1) }
    values[slots[6]] = annexes.isEmpty ? .missing : .list(annexes.map { .map($0) })
    values[slots[7]] = .bool(isTwoSided)
    values[slots[8]] = word.map { .map($0.variables) } ?? .missing
    return ValueMap(shape: page, values: values, place: place)
  }
}

extension ReportPart {
  /// An annex as layouts see it.
  fileprivate func variables(content: Value) -> ValueMap {
    ValueMap([
      (Key("noi_dung"), content), (Key("ma"), Value(code)),
      (Key("ngang"), .bool(form.isLandscape)), (Key("co_dau"), .bool(form.hasHead)),
    ])
  }
}

/// The variables that all documents of a data file share.
private struct SharedVariables {
  private(set) var keys = DistinctKeys(room: 96)
  private(set) var values: [Value] = []
  /// The record of the matter.
  private(set) var place: Text?
  /// The lists of which some records say what documents they go into.
  private(set) var placed: [PlacedList] = []
  /// The list of the copies, of which a document has its own; nil where the schema has none.
  private(set) var copies: (slot: Int, mappings: RecordMappings)?

  private static let copiesKey = Key(DocumentCopy.type)
  /// Tells whether there are tables or annexes of the author's own.
  private(set) var hasParts = false

  init(of database: Database, _ merged: MergedSchema, among rules: [ReportingRules]) {
    var lists = RecordLists.lists(of: database, merged).makeIterator()
    for (index, type) in merged.types.enumerated() where index != merged.documentType {
      if index == merged.matterType {
        addMatter(of: database, type.mappings, rules)
      } else if let items = lists.next() {
        let slot = set(type.key, .items(ItemList(items)))
        if type.key == Self.copiesKey { copies = (slot, type.mappings) }
        hasParts = hasParts || type.mayBePart(items)
        if let field = type.placement, items.hasMember(field) {
          placed.append(PlacedList(slot: slot, field: field, items: items))
        }
      }
    }
  }

  /// The last of several variables of one name counts, in the place of the first.
  @discardableResult
  private mutating func set(_ key: Key, _ value: Value) -> Int {
    let slot = keys.slot(of: key)
    if slot == values.count { values.append(value) } else { values[slot] = value }
    return slot
  }

  private mutating func addMatter(
    of database: Database, _ mappings: RecordMappings, _ rules: [ReportingRules]
  ) {
    guard let record = database.records(ofType: Schema.matterType).first else { return }
    let matter = mappings.map(record)
    place = record.place
    var ignored: [Diagnostic] = []
    let days = ReportingDays(matter, among: rules, into: &ignored)
    for (key, value) in zip(matter.shape.keys, matter.values) {
      set(key, days.completing(value, of: key))
    }
  }
}

/// A list of records, some of which say what documents they go into.
private struct PlacedList {
  let slot: Int
  let field: Key
  let items: RecordItems
}

extension MergedSchema.VariableType {
  private static let partKeys = [Key("bang"), Key("phu_luc")]

  /// Tells whether records of the type are tables or annexes, or sections that have some.
  fileprivate func mayBePart(_ records: RecordItems) -> Bool {
    guard records.count > 0 else { return false }
    if Self.partKeys.contains(key) { return true }
    return key.text.isSpelled("phan") && Self.partKeys.contains { records.hasMember($0) }
  }
}

extension DocumentName {
  /// Tells whether a record goes into the document by the value of its field; a record without one
  /// does.
  fileprivate func isMeant(by value: Value) -> Bool {
    if case .items(let items) = value { return items.contains { isMeant(by: $0) } }
    return value.asText.map { isMeant(by: $0) } ?? true
  }
}

extension RecordLists {
  /// A list for each type of the schema but those of the matter and of the documents.
  fileprivate static func lists(of database: Database, _ merged: MergedSchema) -> [RecordItems] {
    var sets = [[RecordSet]](repeating: [], count: merged.types.count)
    for set in database.recordSets {
      if let type = set.type, let index = merged.index(ofType: type) { sets[index].append(set) }
    }
    var lists = RecordLists(database)
    for (index, type) in merged.types.enumerated()
    where index != merged.documentType && index != merged.matterType {
      for set in sets[index] { lists.append(set.records, type.mappings) }
      lists.endList()
    }
    return lists.finish()
  }
}
