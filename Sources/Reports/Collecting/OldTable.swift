import Diagnostics
import Records
import Templating
import Texts

/// A unit that a comparison of totals leaves out.
struct OutsideUnit {
  let name: Text
  /// The year in which it has no figures; see `don_vi_ngoai_so_sanh` in `khung/chung.rec`.
  let reason: Reason

  enum Reason: String {
    case notThisYear = "thieu_ky_nay"
    case notLastYear = "thieu_ky_truoc"
  }
}

/// The figures of each unit in last year's total.
struct OldTable {
  /// The rows by the name of their unit; empty where the file has totals alone.
  let rows: [Text: Record]
  private let names: [Text]
  /// The units without figures last year.
  private let missing: [Text]
  private let columns: [(code: String, indicator: Indicator)]

  init(_ old: DataFile, _ plan: CollectionPlan) {
    let records = old.records(ofType: "bang_don_vi")
    names = records.compactMap { $0.field("don_vi")?.value }
    rows = Dictionary(zip(names, records)) { first, _ in first }
    missing = old.records(ofType: "don_vi_thieu").compactMap { $0.field("don_vi")?.value }
    columns = old.columns(of: plan)
  }

  /// The units that have figures in one of the years only.
  ///
  /// - Parameter missing: the units of the plan that have none this year.
  func outside(_ units: [CollectedUnit], missing: [Text]) -> [OutsideUnit] {
    let now = units.compactMap(\.name)
    let gone = rows.isEmpty ? missing : names.filter { !now.contains($0) }
    let fresh = rows.isEmpty ? self.missing.filter(now.contains) : now.filter { rows[$0] == nil }
    return gone.map { OutsideUnit(name: $0, reason: .notThisYear) }
      + fresh.map { OutsideUnit(name: $0, reason: .notLastYear) }
  }

  /// The figures of some units, by the codes of this year's plan.
  func figures(of units: [Text]) throws(Diagnostic) -> [[String: Decimal]] {
    var all: [[String: Decimal]] = []
    for unit in units {
      var figures: [String: Decimal] = [:]
      for (code, indicator) in columns {
        guard let row = rows[unit], let text = row.field(code)?.value else { continue }
        figures[indicator.code] = try exactFigure(text, in: row, hedgeField: nil)
      }
      all.append(figures)
    }
    return all
  }
}

extension CollectionPlan {
  /// The sums of units' figures, and the rates of these; none of an indicator that a unit does not
  /// have.
  func totals(of units: [[String: Decimal]]) throws(Diagnostic) -> [String: Decimal] {
    var totals: [String: Decimal] = [:]
    for indicator in indicators {
      if case .rate = indicator.computation { continue }
      var sum = Decimal(0)
      for unit in units {
        guard let value = unit[indicator.code] else { break }
        guard let next = sum.adding(value) else {
          throw Diagnostic(.collection(.tooLarge(indicator.name.string)), at: indicator.name)
        }
        sum = next
      }
      let isWhole = units.allSatisfy { $0[indicator.code] != nil }
      if isWhole { totals[indicator.code] = sum }
    }
    for indicator in indicators {
      let rate = try indicator.rate(of: totals, self, at: indicator.place)
      if let rate { totals[indicator.code] = rate }
    }
    return totals
  }
}
