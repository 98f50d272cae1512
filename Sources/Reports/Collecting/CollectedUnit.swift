import Diagnostics
import Texts
import Records
import Templating
import Vietnamese

/// The figures that one unit reported, and the problems of its file.
struct CollectedUnit {
  let path: String
  /// The unit's file; nil where it cannot be read.
  let file: DataFile?
  /// The unit's name as its file has it; nil where that has none.
  private(set) var name: Text?
  /// The index of the unit in the plan's list; nil for a unit that is not in it.
  private(set) var index: Int?
  /// The figures by the code of their indicator, without rates whose part and whole are 0.
  private(set) var figures: [String: Decimal] = [:]
  /// The values in the file that were added up, by the code of their indicator: the last of each.
  private var places: [String: Text] = [:]
  var problems: [Diagnostic] = []

  /// Reads and checks a unit's file, and computes its figures where it has no errors.
  init(
    _ path: String, _ plan: CollectionPlan, _ descriptors: [Descriptor],
    _ templates: TemplateCollection
  ) {
    self.path = path
    do throws(Problems) {
      let file = try DataFile.read(path: path)
      self.file = file
      problems = file.irregularities.filter { $0.severity == .error }
      let isRead = problems.isEmpty
      problems += file.checkAlone(descriptors, templates.folder)
      if problems.isEmpty { problems = file.figureProblems(templates) }
      identify(file, plan)
      if isRead { computeFigures(file, plan) }
    } catch {
      file = nil
      problems = error.diagnostics
    }
  }

  /// Finds the unit in the plan's list, and checks that the file is of the plan's period.
  private mutating func identify(_ file: DataFile, _ plan: CollectionPlan) {
    do throws(Diagnostic) {
      let name = try file.value(at: plan.unitName)
      self.name = name
      index = plan.index(of: name)
      if index == nil { problems.append(plan.unknownUnit(name)) }
      let text = try file.value(at: plan.period)
      if try Period(text) != plan.wanted.period {
        problems.append(otherPeriod(text, wanted: plan.wanted.text))
      }
    } catch {
      problems.append(error)
    }
  }

  /// Computes sums and counts, and then rates, which need them. What is wrong in a place with an error
  /// already is not told again.
  private mutating func computeFigures(_ file: DataFile, _ plan: CollectionPlan) {
    var rates: [Indicator] = []
    let known = Set(problems.compactMap { $0.place?.range })
    for indicator in plan.indicators {
      do throws(Diagnostic) {
        switch indicator.computation {
        case .sum(let address, let condition):
          let records = file.records(ofType: address.type).filter { condition.isMet(by: $0) }
          try condition?.refuseRepeated(records)
          let values = records.compactMap { $0.field(address.field)?.value }
          if values.contains(where: { known.contains($0.range) }) { continue }
          // The field that a record must have is missed already.
          if values.isEmpty, !records.isEmpty, !known.isEmpty { continue }
          let others = file.records(ofType: address.type)
          if records.isEmpty, let condition, let found = condition.nearest(among: others, plan) {
            throw Diagnostic(
              .collection(.missingFigure(indicator.name.string, perhaps: found.string)),
              at: found, notes: [Diagnostic.Note(.plannedHere, at: indicator.place)])
          }
          figures[indicator.code] = try file.sum(indicator, address, records, plan)
          places[indicator.code] = values.last
        case .count(let address, let condition):
          let records = file.records(ofType: address.type)
          figures[indicator.code] = Decimal(records.count { condition.isMet(by: $0) })
        case .rate: rates.append(indicator)
        }
      } catch {
        problems.append(error)
      }
    }
    guard problems.isEmpty else { return }
    for indicator in rates {
      do throws(Diagnostic) {
        let line = file.database.source.firstLine
        let rate = try indicator.rate(of: figures, plan, at: place(ofWholeOf: indicator) ?? line)
        figures[indicator.code] = rate
        if let rate, let problem = problem(ofRate: rate, indicator, plan, orAt: line) {
          problems.append(problem)
        }
      } catch {
        problems.append(error)
      }
    }
  }
}

extension CollectedUnit {
  /// The value of a figure in the file, the last of those that were added up.
  func place(of indicator: Indicator) -> Text? { places[indicator.code] }

  private func place(ofWholeOf indicator: Indicator) -> Text? {
    guard case .rate(_, let whole) = indicator.computation else { return nil }
    return places[whole]
  }

  private func problem(
    ofRate rate: Decimal, _ indicator: Indicator, _ plan: CollectionPlan, orAt line: Text
  ) -> Diagnostic? {
    guard case .rate(let part, let whole) = indicator.computation else { return nil }
    return indicator.problem(
      ofRate: rate, plan, at: places[part] ?? line, comparedWith: places[whole])
  }
}

extension Indicator.Condition {
  /// The field that names a figure.
  private static let nameField = "chi_tieu"

  /// The value of a record that is most likely this one in other words, and that no indicator of the
  /// plan asks for.
  fileprivate func nearest(among records: [Record], _ plan: CollectionPlan) -> Text? {
    let asked = Set(plan.indicators.compactMap(\.condition).map(\.value.string))
    let values = records.compactMap { $0.field(field)?.value }.filter { !asked.contains($0.string) }
    let wanted = folded(value.bytes)
    let longer = values.filter {
      let other = folded($0.bytes)
      return other.firstRange(of: wanted) != nil || wanted.firstRange(of: other) != nil
    }
    if longer.count == 1 { return longer[0] }
    let name = Texts.nearest(to: value.string, among: values.map(\.string))
    return values.first { $0.string == name }
  }

  /// Throws that a figure stands twice among the records that have the value.
  fileprivate func refuseRepeated(_ records: [Record]) throws(Diagnostic) {
    guard field == Self.nameField, records.count > 1, let first = records[0].field(field),
      let second = records[1].field(field)
    else { return }
    throw Diagnostic(
      .collection(.repeatedFigure(value.string)), at: second.value,
      notes: [Diagnostic.Note(.firstHere, at: first.value)])
  }
}

/// The problem of a file of another period than the plan's.
///
/// - Parameter name: the period that was expected, where that is not the plan's own.
func otherPeriod(_ found: Text, wanted: Text, as name: String? = nil) -> Diagnostic {
  Diagnostic(
    .collection(.otherPeriod(found: found.string, wanted: name ?? wanted.string)), at: found,
    notes: [Diagnostic.Note(.plannedHere, at: wanted)])
}

extension DataFile {
  /// The errors of the file by the shared schema and its own descriptors, without those of the kinds
  /// of its documents.
  fileprivate func checkAlone(
    _ descriptors: [Descriptor], _ folder: TemplateFolder
  ) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let own = descriptorsOfAllTypes(folder, into: &problems)
    let newTypes = own.filter { one in !descriptors.contains { $0.type == one.type } }
    let schema = Schema(descriptors + newTypes, own: own, into: &problems)
    var shapes = SchemaShapes(schema)
    let records = shapes.records(of: database)
    problems += schema.fieldProblems(of: records, withHeads: false)
    problems += schema.referenceProblems(of: records)
    return problems.filter { $0.severity == .error }
  }

  /// The errors of figures across the file's fields, as of a part that is more than its whole, that
  /// it does not pass over.
  fileprivate func figureProblems(_ templates: TemplateCollection) -> [Diagnostic] {
    var (problems, ignored): ([Diagnostic], [Diagnostic]) = ([], [])
    let schema = templates.schema(of: [], for: self, into: &ignored)
    var check = FileCheck(self, [], schema, templates)
    check.crossCheck(&problems)
    return problems.filter { $0.severity == .error && $0.isOfFigures }
  }

  /// The sum of a field over some records.
  ///
  /// - Throws: that no record has the field, or a figure that cannot be added: inexact, negative, too
  ///   long, or of another unit of measure.
  fileprivate func sum(
    _ indicator: Indicator, _ address: CollectionPlan.Address, _ records: [Record],
    _ plan: CollectionPlan
  ) throws(Diagnostic) -> Decimal {
    var sum: Decimal?
    for record in records {
      guard let text = record.field(address.field)?.value else { continue }
      let value = try exactFigure(
        text, in: record, hedgeField: plan.hedgeField(ofType: address.type))
      if value < Decimal(0), !indicator.mayBeNegative {
        throw Diagnostic(.collection(.negativeFigure(text.string)), at: text)
      }
      if let field = plan.measureField(ofType: address.type),
        let found = record.field(field)?.value, !found.isSame(as: indicator.measure)
      {
        let problem = CollectionProblem.otherMeasure(
          found: found.string, wanted: indicator.measure.string)
        throw Diagnostic(
          .collection(problem), at: found,
          notes: [Diagnostic.Note(.plannedHere, at: indicator.measure)])
      }
      guard let next = (sum ?? Decimal(0)).adding(value) else {
        throw Diagnostic(.collection(.tooLarge(text.string)), at: text)
      }
      sum = next
    }
    if let sum { return sum }
    let place =
      database.recordSet(ofType: address.type)?.type ?? database.source.firstLine
    throw Diagnostic(
      .collection(.missingFigure(indicator.name.string, perhaps: nil)), at: place,
      notes: [Diagnostic.Note(.plannedHere, at: indicator.place)])
  }
}

/// The exact number that a figure gives; throws where it has a hedge, a unit or `%` beside it, or too
/// many digits.
func exactFigure(
  _ text: Text, in record: Record, hedgeField: String?
) throws(Diagnostic) -> Decimal {
  if let hedge = hedgeField.flatMap({ record.field($0)?.value }), !hedge.isEmpty {
    throw Diagnostic(.collection(.hedgedFigure("\(hedge.string) \(text.string)")), at: hedge)
  }
  if FigureRange(text) != nil {
    throw Diagnostic(.collection(.hedgedFigure(text.string)), at: text)
  }
  let figure = try HedgedNumber(text)
  if figure.hedge != nil { throw Diagnostic(.collection(.hedgedFigure(text.string)), at: text) }
  if figure.isPercent || !figure.unit.isEmpty,
    let reading = ValueProblem.PlainReading(figure, beside: record.unit)
  {
    throw Diagnostic(.value(.notPlainFigure(text.string, reading)), at: text)
  }
  guard let decimal = Decimal(figure.decimal) else {
    throw Diagnostic(.collection(.tooLarge(text.string)), at: text)
  }
  return decimal
}

extension Diagnostic {
  /// Tells whether it is of figures that do not fit each other or their unit.
  fileprivate var isOfFigures: Bool {
    switch kind {
    case .check(.partOfLess), .check(.wrongTotal), .check(.wrongRate), .check(.wrongChange),
      .check(.figure):
      true
    default: false
    }
  }
}
