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

  /// The head and signature, the kind, the layout profile, and in a layout the finished body.
  private static let names = ["van_ban", "mau", "the_thuc", "noi_dung"].map { Key($0) }

  init(of database: Database, _ merged: MergedSchema, among rules: [ReportingRules]) {
    shared = SharedVariables(of: database, merged, among: rules)
    place = shared.place
    var keys = shared.keys
    var slots = DocumentVariables.names.dropLast().map { keys.slot(of: $0) }
    body = keys.shape
    slots.append(keys.slot(of: Key("noi_dung")))
    page = keys.shape
    self.slots = slots
  }

  /// The variables of a document's body template.
  func variables(of report: Report) -> ValueMap {
    var values = shared.values
    values += [Value](repeating: .undefined, count: body.keys.count - values.count)
    values[slots[0]] = .map(report.head)
    values[slots[1]] = .map(report.kind.record)
    values[slots[2]] = .map(report.profile.record)
    return ValueMap(shape: body, values: values, place: place)
  }

  /// The variables of a layout: those of the document, and its body as markup.
  func variables(_ document: ValueMap, around content: [UInt8]) -> ValueMap {
    var values = document.values
    let content = Value(markup: content)
    if slots[3] == values.count { values.append(content) } else { values[slots[3]] = content }
    return ValueMap(shape: page, values: values, place: place)
  }
}

/// The variables that all documents of a data file share.
private struct SharedVariables {
  private(set) var keys = DistinctKeys(room: 96)
  private(set) var values: [Value] = []
  /// The record of the matter.
  private(set) var place: Text?

  init(of database: Database, _ merged: MergedSchema, among rules: [ReportingRules]) {
    var lists = RecordLists.lists(of: database, merged).makeIterator()
    for (index, type) in merged.types.enumerated() where index != merged.documentType {
      if index == merged.matterType {
        addMatter(of: database, type.mappings, rules)
      } else if let items = lists.next() {
        set(type.key, .items(ItemList(items)))
      }
    }
  }

  /// The last of several variables of one name counts, in the place of the first.
  private mutating func set(_ key: Key, _ value: Value) {
    let slot = keys.slot(of: key)
    if slot == values.count { values.append(value) } else { values[slot] = value }
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
