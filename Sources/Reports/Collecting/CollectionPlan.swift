import Diagnostics
import Texts
import Records
import Vietnamese

/// How the figures of many units are added up, as a schema file says; see `khung/tong-hop.rec`.
struct CollectionPlan {
  let file: DataFile
  /// Where a unit's file says whose it is and of which period.
  let unitName: Address
  let period: Address
  /// The period that all must be of, as this file gives it.
  let wanted: (period: Period, text: Text)
  /// The units that must report, in order.
  let units: [Text]
  let figures: [CollectedFigure]
  let hedgeField: String?
  let measureField: String?
  let ranking: Ranking?

  /// A record type and a field: `su_viec ky`. Counted records have no field.
  struct Address {
    let type: String
    let field: String

    init(_ text: Text) {
      let words = text.string.split(separator: " ").map(String.init)
      (type, field) = (words.first ?? "", words.count > 1 ? words[1] : "")
    }
  }

  struct Ranking {
    let code: String
    let lowestFirst: Bool
  }

  /// The record types that are instructions; all others are copied into the total.
  static let ownTypes = ["tong_hop", "don_vi_bao_cao", "chi_tieu_tong_hop"]
  /// The record types that adding up makes.
  static let madeTypes = [
    "so_lieu", "cot_bang", "bang_don_vi", "bang_cung_ky", "bang_tang_giam", "don_vi_thieu",
  ]

  private static let schemaFile = "khung/tong-hop.rec"

  /// - Throws: everything wrong with the file.
  init(_ file: DataFile, _ templates: TemplateCollection) throws(Problems) {
    var problems: [Diagnostic] = []
    var descriptors = try templates.sharedDescriptors()
    descriptors += try Problems.collecting { () throws(Diagnostic) in
      try DocumentKind.descriptors(
        ofFile: Self.schemaFile, in: templates.folder, into: &problems)
    }
    problems += Schema(descriptors, own: [], into: &problems).check(file.database)
    for type in file.database.recordSets.compactMap(\.type)
    where Self.madeTypes.contains(type.string) {
      problems.append(Diagnostic(.collection(.madeType(type.string)), at: type))
    }
    guard problems.isEmpty, let main = file.records(ofType: "tong_hop").first,
      let name = main.field("ten_don_vi")?.value, let period = main.field("ky")?.value
    else { throw Problems(problems) }
    self.file = file
    let address = Address(period)
    (unitName, self.period) = (Address(name), address)
    wanted = try Problems.collecting { () throws(Diagnostic) in
      let text = try file.value(at: address)
      return (try Period(text), text)
    }
    units = file.records(ofType: "don_vi_bao_cao").compactMap { $0.field("ten")?.value }
    figures = file.records(ofType: "chi_tieu_tong_hop").compactMap(CollectedFigure.init)
    hedgeField = main.field("truong_uoc")?.value.string
    measureField = main.field("truong_don_vi")?.value.string
    ranking = main.field("xep_hang").map {
      Ranking(
        code: $0.value.string, lowestFirst: main.field("thu_tu")?.value.string == "thap")
    }
  }
}

/// A figure of every unit and of all together.
struct CollectedFigure {
  let code: String
  let name: Text
  let columnTitle: Text
  let measure: Text
  let way: Way
  /// Digits after the comma of rates.
  let digits: Int
  let comparesInUnits: Bool
  let mayBeNegative: Bool
  /// What goes into the total as it stands: `muc`, `cau_dau`, `cau_cuoi`.
  let further: [Field]
  /// Where the schema file asks for it.
  let place: Text

  enum Way {
    case sum(CollectionPlan.Address, where: Condition?)
    case count(CollectionPlan.Address, where: Condition?)
    /// 100 times a figure over another one.
    case rate(part: String, whole: String)
  }

  /// A field and the value it must have.
  struct Condition {
    let field: String
    let value: String

    init(_ text: Text) {
      let string = text.string
      let end = string.firstIndex(of: " ") ?? string.endIndex
      field = String(string[..<end])
      value = string[end...].split(separator: " ").joined(separator: " ")
    }
  }

  init?(_ record: Record) {
    func value(_ name: String) -> Text? { record.field(name)?.value }
    guard let code = value("ma"), let name = value("chi_tieu"), let measure = value("don_vi")
    else { return nil }
    (self.code, self.name, self.measure) = (code.string, name, measure)
    columnTitle = value("ten_cot") ?? name
    let condition = value("tai").map(Condition.init)
    switch (value("cach")?.string, value("lay")) {
    case ("cong", let address?): way = .sum(CollectionPlan.Address(address), where: condition)
    case ("dem", let address?): way = .count(CollectionPlan.Address(address), where: condition)
    default: way = .rate(part: value("tu")?.string ?? "", whole: value("mau")?.string ?? "")
    }
    digits = value("le").flatMap { Int($0.string) } ?? 1
    comparesInUnits = value("so_sanh")?.string == "tuyet_doi"
    mayBeNegative = value("so_am") != nil
    further = record.fields.filter {
      ["muc", "cau_dau", "cau_cuoi"].contains($0.name.string)
    }
    place = code
  }
}

extension DataFile {
  func records(ofType type: String) -> [Record] {
    database.records(ofType: type)
  }

  /// The one value that a file gives at an address.
  func value(at address: CollectionPlan.Address) throws(Diagnostic) -> Text {
    let values = records(ofType: address.type).compactMap { $0.field(address.field)?.value }
    if let value = values.first, !value.isEmpty { return value }
    let problem = CollectionProblem.missingValue(type: address.type, field: address.field)
    throw Diagnostic(.collection(problem), at: database.source.firstLine)
  }
}
