import Templating
import Texts

/// The tables and annexes of the author's own put where a document prints them: each section gets its
/// tables, and each annex its sections and tables, which are no sections of the main text then.
struct BodyParts {
  /// The record types whose records have a code that texts may refer to.
  static let codedTypes = ["phan", "bang", "phu_luc"]

  private let tables: AuthorTables
  /// The places of the lists among the values.
  private let sections: Int
  private let tableList: Int
  private let annexes: Int

  /// - Parameter slot: the place of a list by its name; nil where the schema has no such records.
  init?(_ tables: AuthorTables, slot: (Key) -> Int?) {
    let slots = BodyParts.codedTypes.map { slot(Key($0)) }
    guard let sections = slots[0], let tableList = slots[1], let annexes = slots[2] else {
      return nil
    }
    (self.tables, self.sections) = (tables, sections)
    (self.tableList, self.annexes) = (tableList, annexes)
  }

  /// Puts them into the lists of one document.
  func arrange(_ values: inout [Value]) {
    let below = tablesBelow(values[tableList].maps)
    var main: [Value] = []
    var byAnnex: [Text: [Value]] = [:]
    var annex: Text?
    for section in values[sections].maps {
      if let own = section["phu_luc"]?.asText, !own.isEmpty { annex = own }
      let section = Value.map(withTables(section, below))
      if let annex { byAnnex[annex, default: []].append(section) } else { main.append(section) }
    }
    values[sections] = .list(main)
    values[annexes] = .list(
      values[annexes].maps.map { record in
        let code = record["ma"]?.asText
        let own = code.flatMap { byAnnex[$0] } ?? []
        let tables = code.flatMap { below[$0] } ?? []
        let entries = zip(record.shape.keys, record.values).map { ($0, $1) }
        return .map(
          ValueMap(
            entries + [(Key("phan"), .list(own)), (Key("bang"), .list(tables))],
            place: record.place))
      })
  }

  /// The tables of a document by the code of what they stand below.
  private func tablesBelow(_ records: [ValueMap]) -> [Text: [Value]] {
    var below: [Text: [Value]] = [:]
    for record in records {
      guard let place = record["duoi"]?.asText, let code = record["ma"]?.asText,
        let table = tables[code]
      else { continue }
      below[place, default: []].append(.map(table.value))
    }
    return below
  }

  private func withTables(_ section: ValueMap, _ below: [Text: [Value]]) -> ValueMap {
    guard let slot = section.shape.slot(of: BodyParts.tableKey) else { return section }
    var found = section[slot: slot].texts.compactMap { tables[$0].map { Value.map($0.value) } }
    if let code = section["ma"]?.asText { found += below[code] ?? [] }
    guard !found.isEmpty else { return section }
    var values = section.values
    values[slot] = .list(found)
    return ValueMap(shape: section.shape, values: values, place: section.place)
  }

  private static let tableKey = Key("bang")
}

extension Value {
  fileprivate var maps: [ValueMap] {
    guard case .items(let items) = self else { return [] }
    return items.compactMap { if case .map(let map) = $0 { map } else { nil } }
  }

  /// A text, or those of a list.
  fileprivate var texts: [Text] {
    if case .items(let items) = self { return items.compactMap(\.asText) }
    return asText.map { [$0] } ?? []
  }
}
