import Diagnostics
import Texts
import Records
import Vietnamese

/// The plan of `baocao collect`: a data file that tells which figures of which units are added up,
/// and how. Its record types are described in `Templates/khung/tong-hop.rec`.
struct CollectionPlan {
  let file: DataFile
  /// The field in which a unit's file has the unit's name.
  let unitName: Address
  /// The field in which a unit's file, and the plan itself, has the period.
  let period: Address
  /// The period of the plan, of which all files must be.
  let wanted: (period: Period, text: Text)
  /// The names of the units that must report, in the order of the total.
  let units: [Text]
  let indicators: [Indicator]
  /// The field of a figure's record that makes it inexact; nil where the plan names none.
  private let hedgeField: String?
  /// The field of a figure's record that has its unit of measure; nil where the plan names none.
  private let measureField: String?
  /// The order in which units are ranked; nil where they are not.
  let ranking: Ranking?

  /// A record type and a field of it, `su_viec ky`; counted records have no field.
  struct Address {
    let type: String
    let field: String

    init(_ text: Text) {
      let words = text.string.split(separator: " ").map(String.init)
      (type, field) = (words.first ?? "", words.count > 1 ? words[1] : "")
    }
  }

  struct Ranking {
    /// The code of the indicator by which units are ranked.
    let code: String
    let lowestFirst: Bool
  }

  /// The record types that are instructions to `collect`; all others are copied into the total.
  static let instructionTypes = ["tong_hop", "don_vi_bao_cao", "chi_tieu_tong_hop"]
  /// The record types of the total that `collect` makes; the plan must not have any.
  static let resultTypes = [
    "so_lieu", "cot_bang", "bang_don_vi", "bang_cung_ky", "bang_tang_giam", "don_vi_thieu",
    "don_vi_ngoai_so_sanh",
  ]

  fileprivate static let schemaFile = "khung/tong-hop.rec"
  /// The name by which the blank plan is asked for among the kinds of documents.
  static let formName = "tong-hop"

  /// Reads a plan.
  ///
  /// - Throws: all problems of the file.
  init(_ file: DataFile, _ templates: TemplateCollection) throws(Problems) {
    var problems: [Diagnostic] = []
    var descriptors = try templates.sharedDescriptors()
    descriptors += try templates.planDescriptors()
    let schema = Schema(descriptors, own: [], into: &problems)
    var shapes = SchemaShapes(schema)
    problems += schema.problems(of: shapes.records(of: file.database))
    for type in file.database.recordSets.compactMap(\.type)
    where Self.resultTypes.contains(type.string) {
      problems.append(Diagnostic(.collection(.madeType(type.string)), at: type))
    }
    guard !problems.hasErrors, let main = file.records(ofType: "tong_hop").first,
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
    indicators = file.records(ofType: "chi_tieu_tong_hop").compactMap {
      Indicator($0, templates.registers.units)
    }
    hedgeField = main.field("truong_uoc")?.value.string
    measureField = main.field("truong_don_vi")?.value.string
    ranking = main.field("xep_hang").map {
      Ranking(
        code: $0.value.string, lowestFirst: main.field("thu_tu")?.value.string == "thap")
    }
    try doubtfulIndicators(templates.registers.units).throwIfErrors()
  }

  /// The problems of shares that are to be added up, and of indicators with the name of another.
  private func doubtfulIndicators(_ register: UnitRegister) -> [Diagnostic] {
    var first: [Text: Text] = [:]
    return indicators.flatMap { indicator -> [Diagnostic] in
      var problems: [Diagnostic] = []
      if case .sum = indicator.computation, register.unit(indicator.measure)?.kind == .share {
        let problem = CollectionProblem.summedShare(
          indicator.name.string, unit: indicator.measure.string)
        problems.append(Diagnostic(.collection(problem), at: indicator.measure))
      }
      if let other = first.updateValue(indicator.name, forKey: indicator.name) {
        problems.append(
          Diagnostic(
            .collection(.repeatedIndicator(indicator.name.string)), at: indicator.name,
            notes: [Diagnostic.Note(.firstHere, at: other)]))
      }
      return problems
    }
  }

  /// The field of a record that makes its figure inexact; nil where it has none.
  func hedgeField(ofType type: String) -> String? {
    hedgeField ?? (type == Schema.figureType ? Schema.hedgeField : nil)
  }

  /// The field of a record that has the unit of measure of its figure; nil where it has none.
  func measureField(ofType type: String) -> String? {
    measureField ?? (type == Schema.figureType ? Schema.unitField : nil)
  }

  /// The place of a unit in the list; nil for one that is not in it.
  func index(of unit: Text) -> Int? { units.firstIndex { $0 == unit } }

  func unknownUnit(_ name: Text) -> Diagnostic {
    let suggestion = nearest(to: name.string, among: units.map(\.string))
    return Diagnostic(.collection(.unknownUnit(name.string, suggestion: suggestion)), at: name)
  }

  func name(ofIndicator code: String) -> String {
    indicators.first { $0.code == code }?.name.string ?? code
  }
}

extension DataFile {
  /// Tells whether it says what figures `collect` adds up.
  public var isPlan: Bool {
    CollectionPlan.instructionTypes.contains { database.recordSet(ofType: $0) != nil }
  }

  func records(ofType type: String) -> [Record] {
    database.records(ofType: type)
  }

  /// The first value that the file has at an address; throws that it has none.
  func value(at address: CollectionPlan.Address) throws(Diagnostic) -> Text {
    let values = records(ofType: address.type).compactMap { $0.field(address.field)?.value }
    if let value = values.first, !value.isEmpty { return value }
    let problem = CollectionProblem.missingValue(type: address.type, field: address.field)
    throw Diagnostic(.collection(problem), at: database.source.firstLine)
  }
}

extension TemplateCollection {
  /// The descriptors of `khung/tong-hop.rec`, which a plan has beside those of data files.
  ///
  /// - Throws: what is wrong with the file, also that it is missing.
  func planDescriptors() throws(Problems) -> [Descriptor] {
    try descriptors(ofForm: CollectionPlan.schemaFile)
  }
}
