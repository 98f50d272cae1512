import Records
import Texts

/// The order of the record types in a form, and how many records of each it asks for.
struct FormSections {
  private let kinds: [DocumentKind]
  /// The demands by type.
  private let own: [String: [Descriptor]]
  /// The least number of records by type.
  private let least: [String: Int]

  init(_ kinds: [DocumentKind], _ descriptors: [Descriptor]) {
    self.kinds = kinds
    own = Dictionary(grouping: descriptors) { $0.type.string }
    var least: [String: Int] = [:]
    for descriptor in descriptors {
      let needs = descriptor.needs + [(descriptor.type.string, descriptor.leastCount)]
      for (type, count) in needs { least[type] = max(least[type] ?? 0, count) }
    }
    self.least = least
  }

  /// The types beside the matter and the documents: those that must be filled in, and those that may
  /// be. Types that none of the kinds prints are in neither.
  ///
  /// - Parameter isKept: whether there are records of the type already.
  func others(
    among types: [RecordType], isKept: (String) -> Bool
  ) -> (needed: [RecordType], optional: [RecordType]) {
    var (needed, optional): ([RecordType], [RecordType]) = ([], [])
    for type in types where ![Schema.matterType, Schema.documentType].contains(type.name.string) {
      let own = own[type.name.string] ?? []
      if own.contains(where: \.isInNoForm) { continue }
      if leastCount(ofType: type.name.string) > 0 || isKept(type.name.string) {
        needed.append(type)
      } else if isPrinted(own) {
        optional.append(type)
      }
    }
    return (needed, optional)
  }

  /// Tells whether one of the kinds prints records of a type, where the schema says which do.
  private func isPrinted(_ own: [Descriptor]) -> Bool {
    let printing = own.flatMap(\.printingKinds)
    return kinds.isEmpty || printing.isEmpty || kinds.contains { printing.contains($0.name) }
  }

  /// The least number of records of a type that one of the kinds asks for: of those of several types
  /// that would do, the one it names first.
  func leastCount(ofType type: String) -> Int { least[type] ?? 0 }
}

extension CollectionPlan {
  /// The demands on a plan to fill in: its own and, of those on the documents made of the total, those
  /// on records that `collect` does not make.
  ///
  /// - Parameter shared: the demands of all kinds, of which a plan for no document has the matter.
  static func formDescriptors(
    _ plan: [Descriptor], shared: [Descriptor], for kinds: [DocumentKind]
  ) -> [Descriptor] {
    let others =
      kinds.isEmpty
      ? shared.filter { $0.type.isSpelled(Schema.matterType) }
      : kinds.flatMap(\.descriptors).filter { !resultTypes.contains($0.type.string) }
    return plan + others
  }
}

extension Descriptor {
  /// Tells whether nobody writes its records by hand, declared as `bieu_mau: khong`.
  fileprivate var isInNoForm: Bool { formFields == ["khong"] }

  /// The types of which a record needs others, and how many: the first that is named by
  /// `can_mot: TYPE.FIELD …`, `can_hai: TYPE.FIELD …` and `dan_toi: FIELD TYPE.FIELD …`.
  fileprivate var needs: [(type: String, count: Int)] {
    remarks.compactMap { line in
      let relations: [CheckDeclaration.Relation] = [.twoOf, .oneOf, .leadsTo]
      guard let relation = relations.first(where: { line.name.isSpelled($0.rawValue) }),
        let named = line.value.words.first(where: { $0.bytes.contains(UInt8(ascii: ".")) })
      else { return nil }
      return (String(named.string.prefix { $0 != "." }), relation == .twoOf ? 2 : 1)
    }
  }

  /// The kinds that print the records where these do not say, declared as `noi_in: FIELD KIND KIND`
  /// or `noi_vien_dan: FIELD KIND KIND`.
  fileprivate var printingKinds: [String] {
    Array(words("noi_in").dropFirst() + words("noi_vien_dan").dropFirst())
  }
}
