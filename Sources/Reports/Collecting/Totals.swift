import Diagnostics
import Texts
import Records
import Templating
import Vietnamese

/// The figures of all units together, and their comparison with last year's.
struct Totals {
  let plan: CollectionPlan
  /// The units that are added up, in the order of the plan's list.
  let units: [CollectedUnit]
  /// The units whose files have errors.
  private let leftOut: [CollectedUnit]
  /// The units of the plan's list that are not added up, and whether that is because of errors.
  let missing: [(name: Text, isLeftOut: Bool)]
  /// The totals by the code of their indicator, without rates whose part and whole are 0.
  private(set) var totals: [String: Decimal] = [:]
  /// The comparisons of the totals by code.
  private(set) var comparisons: [String: FigureComparison] = [:]
  /// The units that the comparisons of the totals leave out, and those that prevent them.
  private(set) var outside: [OutsideUnit] = []
  /// The warnings about totals that could not be compared, or not of all units.
  private var comparisonWarnings: [Diagnostic] = []
  /// The warnings about units' figures that are far from those of all others.
  private var distantFigures: [Diagnostic] = []
  /// The comparisons of each unit's figures; nil where nothing is compared.
  private(set) var unitComparisons: UnitComparisons?

  init(_ plan: CollectionPlan, _ units: [CollectedUnit], leftOut: [CollectedUnit]) {
    (self.plan, self.units, self.leftOut) = (plan, units, leftOut)
    missing = plan.units.enumerated().filter { unit in
      !units.contains { $0.index == unit.offset }
    }.map { unit in (unit.element, leftOut.contains { $0.index == unit.offset }) }
  }

  /// Warnings about units that are not in the total, and figures that could not be compared.
  var warnings: [Diagnostic] {
    let lost = leftOut.map { unit in
      let problem = CollectionProblem.leftOut(
        unit.name?.string ?? unit.path, errors: max(1, unit.problems.count))
      return Diagnostic(.collection(problem), at: unit.name ?? unit.file?.database.source.firstLine)
    }
    let silent = missing.filter { !$0.isLeftOut }.map {
      Diagnostic(.collection(.notReported($0.name.string)), at: $0.name)
    }
    return lost + silent + distantFigures + comparisonWarnings + (unitComparisons?.warnings ?? [])
  }

  /// Adds up the units' figures, and computes rates from the sums.
  mutating func addUp() throws(Problems) {
    try Problems.collecting { () throws(Diagnostic) in
      for indicator in plan.indicators {
        if case .rate = indicator.computation { continue }
        var sum = Decimal(0)
        for unit in units {
          guard let value = unit.figures[indicator.code], let next = sum.adding(value) else {
            throw Diagnostic(.collection(.tooLarge(indicator.name.string)), at: unit.name)
          }
          sum = next
        }
        totals[indicator.code] = sum
        if let distant = distantFigure(indicator) { distantFigures.append(distant) }
      }
      for indicator in plan.indicators {
        let rate = try indicator.rate(of: totals, plan, at: indicator.place)
        guard let rate else { continue }
        if let problem = indicator.problem(
          ofRate: rate, plan, at: indicator.place, comparedWith: nil)
        {
          throw problem
        }
        totals[indicator.code] = rate
      }
    }
  }

  /// A unit's figure that is a thousand times that of any other unit, or about as much: a slip of the
  /// unit of measure. Of two units neither is the rule.
  private func distantFigure(_ indicator: Indicator) -> Diagnostic? {
    let figures = units.compactMap { unit in unit.figures[indicator.code].map { (unit, $0) } }
      .sorted { $1.1 < $0.1 }
    guard figures.count > 2, let place = figures[0].0.place(of: indicator),
      let least = figures[1].1.multiplied(by: Decimal(ChangeChecks.mostTimes)),
      Decimal(0) < least, !(figures[0].1 < least)
    else { return nil }
    let problem = CollectionProblem.distantFigure(
      indicator.name.string, figures[0].1.vietnamese, unit: figures[0].0.name?.string ?? "",
      others: figures[1].1.vietnamese)
    return Diagnostic(.collection(problem), at: place)
  }

  // MARK: - The same period of last year

  /// Compares the totals, and each unit's figures, with last year's total.
  ///
  /// - Throws: that the file is not of the same period of last year, or has a figure that cannot be
  ///   compared.
  mutating func compare(with old: DataFile) throws(Problems) {
    try Problems.collecting { () throws(Diagnostic) in
      guard let wanted = plan.wanted.period.samePeriodLastYear else {
        throw Diagnostic(
          .collection(.noPeriodBefore(plan.wanted.text.string)), at: plan.wanted.text)
      }
      let found = try old.value(at: plan.period)
      guard try Period(found) == wanted else {
        throw otherPeriod(found, wanted: plan.wanted.text, as: wanted.written)
      }
      unitComparisons = try UnitComparisons(units, plan, with: old)
      try compareTotals(with: OldTable(old, plan), old)
    }
  }

  /// Compares the totals with those of the same units last year. Where some of the units had none, or
  /// last year's file has totals alone of other units, nothing is compared: beside a total would stand
  /// the change of other units.
  private mutating func compareTotals(with table: OldTable, _ old: DataFile) throws(Diagnostic) {
    outside = table.outside(units, missing: missing.map(\.name))
    if outside.isEmpty {
      let records = old.records(ofType: "so_lieu")
      for indicator in plan.indicators {
        guard let new = totals[indicator.code] else { continue }
        try compare(indicator, new, among: records)
      }
      return
    }
    let names = outside.map(\.name.string)
    let common = units.filter { table.rows[$0.name ?? Text("")] != nil }
    guard common.count == units.count else {
      return comparisonWarnings.append(Diagnostic(.collection(.notCompared(names)), at: nil))
    }
    comparisonWarnings.append(Diagnostic(.collection(.comparedWithout(names)), at: nil))
    try compare(common, with: table)
  }

  private mutating func compare(
    _ common: [CollectedUnit], with table: OldTable
  ) throws(Diagnostic) {
    let new = try plan.totals(of: common.map(\.figures))
    let old = try plan.totals(of: try table.figures(of: common.compactMap(\.name)))
    for indicator in plan.indicators {
      guard let new = new[indicator.code] else { continue }
      guard let old = old[indicator.code] else {
        comparisonWarnings.append(
          Diagnostic(.collection(.noOldFigure(indicator.name.string)), at: indicator.name))
        continue
      }
      guard let comparison = FigureComparison(new, old, indicator) else {
        throw Diagnostic(.collection(.tooLarge(indicator.name.string)), at: indicator.name)
      }
      comparisons[indicator.code] = comparison
    }
  }

  private mutating func compare(
    _ indicator: Indicator, _ new: Decimal, among records: [Record]
  ) throws(Diagnostic) {
    guard let record = records.first(where: { $0.field("chi_tieu")?.value == indicator.name }),
      let text = record.field("gia_tri")?.value
    else {
      comparisonWarnings.append(
        Diagnostic(.collection(.noOldFigure(indicator.name.string)), at: indicator.name))
      return
    }
    if let found = record.field("don_vi")?.value, found != indicator.measure {
      let problem = CollectionProblem.otherMeasure(
        found: found.string, wanted: indicator.measure.string)
      throw Diagnostic(
        .collection(problem), at: found,
        notes: [Diagnostic.Note(.plannedHere, at: indicator.measure)])
    }
    let old = try exactFigure(text, in: record, hedgeField: "uoc")
    guard let comparison = FigureComparison(new, old, indicator) else {
      throw Diagnostic(.collection(.tooLarge(text.string)), at: text)
    }
    comparisons[indicator.code] = comparison
  }
}
