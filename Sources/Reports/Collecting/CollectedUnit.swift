import Diagnostics
import Texts
import Records
import Templating
import Vietnamese

/// What one unit reported, and everything wrong with it.
struct CollectedUnit {
  let path: String
  let file: DataFile?
  private(set) var name: Text?
  /// Its place in the list of the units; nil for one that is not there.
  private(set) var index: Int?
  /// By code; nil for a rate of nothing.
  private(set) var figures: [String: Decimal] = [:]
  var problems: [Diagnostic] = []

  init(
    _ path: String, _ plan: CollectionPlan, _ descriptors: [Descriptor], _ folder: TemplateFolder
  ) {
    self.path = path
    do throws(Problems) {
      let file = try DataFile.read(path: path)
      self.file = file
      problems = file.checkAlone(descriptors, folder)
      identify(file, plan)
      if problems.isEmpty { count(file, plan) }
    } catch {
      file = nil
      problems = error.diagnostics
    }
  }

  private mutating func identify(_ file: DataFile, _ plan: CollectionPlan) {
    do throws(Diagnostic) {
      let name = try file.value(at: plan.unitName)
      self.name = name
      index = plan.units.firstIndex { $0 == name }
      if index == nil {
        let suggestion = nearest(to: name.string, among: plan.units.map(\.string))
        problems.append(
          Diagnostic(
            .collection(.unknownUnit(name.string, suggestion: suggestion)), at: name))
      }
      let text = try file.value(at: plan.period)
      if try Period(text) != plan.wanted.period {
        problems.append(otherPeriod(text, wanted: plan.wanted.text))
      }
    } catch {
      problems.append(error)
    }
  }

  private mutating func count(_ file: DataFile, _ plan: CollectionPlan) {
    var rates: [CollectedFigure] = []
    for figure in plan.figures {
      do throws(Diagnostic) {
        switch figure.way {
        case .sum(let address, let condition):
          let records = file.records(ofType: address.type).filter { condition.isMet(by: $0) }
          figures[figure.code] = try file.sum(figure, address, records, plan)
        case .count(let address, let condition):
          let records = file.records(ofType: address.type)
          figures[figure.code] = Decimal(records.count { condition.isMet(by: $0) })
        case .rate: rates.append(figure)
        }
      } catch {
        problems.append(error)
      }
    }
    guard problems.isEmpty else { return }
    for figure in rates {
      do throws(Diagnostic) {
        figures[figure.code] = try figure.rate(
          of: figures, plan, at: file.database.source.firstLine)
      } catch {
        problems.append(error)
      }
    }
  }
}

extension CollectedFigure.Condition? {
  fileprivate func isMet(by record: Record) -> Bool {
    guard let self else { return true }
    return record.field(self.field)?.value.string == self.value
  }
}

/// A file of another period than the one that is added up.
func otherPeriod(_ found: Text, wanted: Text, as name: String? = nil) -> Diagnostic {
  Diagnostic(
    .collection(.otherPeriod(found: found.string, wanted: name ?? wanted.string)), at: found,
    notes: [Diagnostic.Note(.plannedHere, at: wanted)])
}

extension DataFile {
  /// The errors of its records by the shared schema and its own, whatever documents it has.
  fileprivate func checkAlone(
    _ descriptors: [Descriptor], _ folder: TemplateFolder
  ) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let own = descriptorsOfAllTypes(folder, into: &problems)
    let strangers = own.filter { one in !descriptors.contains { $0.type == one.type } }
    let schema = Schema(descriptors + strangers, own: own, into: &problems)
    problems += schema.checkFields(database) + schema.checkReferences(database)
    return problems.filter { $0.severity == .error }
  }

  /// The sum of a field of some records; there must be one.
  fileprivate func sum(
    _ figure: CollectedFigure, _ address: CollectionPlan.Address, _ records: [Record],
    _ plan: CollectionPlan
  ) throws(Diagnostic) -> Decimal {
    var sum: Decimal?
    for record in records {
      guard let text = record.field(address.field)?.value else { continue }
      let value = try exactFigure(text, in: record, hedgeField: plan.hedgeField)
      if value < Decimal(0), !figure.mayBeNegative {
        throw Diagnostic(.collection(.negativeFigure(text.string)), at: text)
      }
      if let field = plan.measureField, let found = record.field(field)?.value,
        found != figure.measure
      {
        let problem = CollectionProblem.otherMeasure(
          found: found.string, wanted: figure.measure.string)
        throw Diagnostic(
          .collection(problem), at: found,
          notes: [Diagnostic.Note(.plannedHere, at: figure.measure)])
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
      .collection(.missingFigure(figure.name.string)), at: place,
      notes: [Diagnostic.Note(.plannedHere, at: figure.place)])
  }
}

/// A figure that can be counted with: no hedge, no words around it, not too long.
func exactFigure(
  _ text: Text, in record: Record, hedgeField: String?
) throws(Diagnostic) -> Decimal {
  if let hedge = hedgeField.flatMap({ record.field($0)?.value }), !hedge.isEmpty {
    throw Diagnostic(.collection(.hedgedFigure("\(hedge.string) \(text.string)")), at: hedge)
  }
  let figure = try HedgedNumber(text)
  if figure.hedge != nil { throw Diagnostic(.collection(.hedgedFigure(text.string)), at: text) }
  if figure.isPercent || !figure.unit.isEmpty {
    var plain = ByteBuffer()
    _ = appendNumber(decimal: figure.decimal[...], to: &plain)
    let problem = ValueProblem.notPlainFigure(text.string, plain: plain.string)
    throw Diagnostic(.value(problem), at: text)
  }
  guard let decimal = Decimal(figure.decimal) else {
    throw Diagnostic(.collection(.tooLarge(text.string)), at: text)
  }
  return decimal
}

extension CollectedFigure {
  /// The rate of two figures in per cent; nil where both are 0.
  func rate(
    of figures: [String: Decimal], _ plan: CollectionPlan, at place: Text
  ) throws(Diagnostic) -> Decimal? {
    guard case .rate(let part, let whole) = way, let above = figures[part],
      let below = figures[whole]
    else { return nil }
    if below == Decimal(0) {
      if above == Decimal(0) { return nil }
      let names = [part, whole].map { code in
        plan.figures.first { $0.code == code }?.name.string ?? code
      }
      throw Diagnostic(
        .collection(.shareOfNothing(part: names[0], whole: names[1])), at: place,
        notes: [Diagnostic.Note(.plannedHere, at: self.place)])
    }
    guard let rate = percentage(above, of: below, digits: digits) else {
      throw Diagnostic(.collection(.tooLarge(name.string)), at: place)
    }
    return rate
  }
}

/// Rounded half away from zero, as offices round. The quotient has 28 digits before, so that only
/// figures of more than 20 digits could be rounded twice.
func percentage(_ part: Decimal, of whole: Decimal, digits: Int) -> Decimal? {
  part.multiplied(by: Decimal(100))?.divided(by: whole)?.rounded(to: digits, .halfUp)
}
