import Records
import Texts

/// The order of the record types in a form, and how many records of each it asks for.
struct FormSections {
  private let kinds: [DocumentKind]
  private let descriptors: [Descriptor]

  init(_ kinds: [DocumentKind], _ descriptors: [Descriptor]) {
    (self.kinds, self.descriptors) = (kinds, descriptors)
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
      let own = descriptors.filter { $0.type.string == type.name.string }
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
  func leastCount(ofType type: String) -> Int {
    let own = descriptors.filter { $0.type.string == type }.map(\.leastCount).max() ?? 0
    return descriptors.map { $0.need(ofType: type) }.max().map { max($0, own) } ?? own
  }
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

  /// The number of records of another type that a record needs, declared as `can_mot: TYPE.FIELD …`,
  /// `can_hai: TYPE.FIELD …` and `dan_toi: FIELD TYPE.FIELD …`.
  fileprivate func need(ofType type: String) -> Int {
    func names(_ relation: CheckDeclaration.Relation) -> Bool {
      remarks.contains { line in
        let words = line.name.isSpelled(relation.rawValue) ? line.value.words : []
        return words.first { $0.bytes.contains(UInt8(ascii: ".")) }?.string.hasPrefix("\(type).")
          ?? false
      }
    }
    return names(.twoOf) ? 2 : names(.oneOf) || names(.leadsTo) ? 1 : 0
  }

  /// The kinds that print the records where these do not say, declared as `noi_in: FIELD KIND KIND`
  /// or `noi_vien_dan: FIELD KIND KIND`.
  fileprivate var printingKinds: [String] {
    Array(words("noi_in").dropFirst() + words("noi_vien_dan").dropFirst())
  }
}
