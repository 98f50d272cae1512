import Diagnostics
import Records
import Templating

/// Each unit's figures beside its own of the same period of last year.
struct UnitComparisons {
  /// In the order of the units, by code; none where last year's file has no figures of units.
  private(set) var rows: [[String: FigureComparison]] = []
  /// Units of which it has none.
  private(set) var warnings: [Diagnostic] = []
  private let columns: [(code: String, figure: CollectedFigure)]

  /// Last year's table is found by the names of units and figures; the codes may have been others.
  init(
    _ units: [CollectedUnit], _ plan: CollectionPlan, with old: DataFile
  ) throws(Diagnostic) {
    let records = Array(old.records(ofType: "bang_don_vi"))
    columns = old.columns(of: plan)
    guard !records.isEmpty else { return }
    for unit in units {
      let name = unit.name
      guard let record = records.first(where: { $0.field("don_vi")?.value == name }) else {
        rows.append([:])
        let problem = CollectionProblem.noOldUnit(name?.string ?? unit.path)
        warnings.append(Diagnostic(.collection(problem), at: name))
        continue
      }
      rows.append(try row(of: unit, beside: record))
    }
  }

  private func row(
    of unit: CollectedUnit, beside record: Record
  ) throws(Diagnostic) -> [String: FigureComparison] {
    var row: [String: FigureComparison] = [:]
    for (code, figure) in columns {
      guard let new = unit.figures[figure.code], let text = record.field(code)?.value else {
        continue
      }
      let old = try exactFigure(text, in: record, hedgeField: nil)
      guard let comparison = FigureComparison(new, old, figure) else {
        throw Diagnostic(.collection(.tooLarge(text.string)), at: text)
      }
      row[figure.code] = comparison
    }
    return row
  }

  /// Two more tables like `bang_don_vi`: the figures of last year, and the changes in words.
  func write(_ units: [CollectedUnit], _ plan: CollectionPlan, to writer: inout Writer) {
    guard !rows.isEmpty else { return }
    writer.comment("Số liệu cùng kỳ của từng đơn vị.")
    write("bang_cung_ky", units, plan, to: &writer) { $0.old.vietnamese }
    writer.comment("Tăng, giảm của từng đơn vị so với cùng kỳ.")
    write("bang_tang_giam", units, plan, to: &writer) { $0.words }
  }

  private func write(
    _ type: String, _ units: [CollectedUnit], _ plan: CollectionPlan, to writer: inout Writer,
    _ value: (FigureComparison) -> String
  ) {
    let codes = plan.figures.map(\.code).joined(separator: " ")
    writer.field("%rec", type)
    writer.field("%mandatory", "don_vi")
    writer.field("%allowed", "don_vi " + codes)
    writer.field("%unique", codes)
    for figure in plan.figures {
      writer.field("nhan", "\(figure.code) \(figure.columnTitle.string)")
    }
    writer.endBlock()
    for (unit, row) in zip(units, rows) {
      guard let name = unit.name, !row.isEmpty else { continue }
      writer.field("don_vi", name)
      for figure in plan.figures {
        if let comparison = row[figure.code] { writer.field(figure.code, value(comparison)) }
      }
      writer.endBlock()
    }
  }
}

extension DataFile {
  /// The columns of its table of units that hold a figure of the plan, with the same measure.
  fileprivate func columns(of plan: CollectionPlan) -> [(code: String, figure: CollectedFigure)] {
    let records = Array(records(ofType: "cot_bang"))
    return plan.figures.compactMap { figure in
      let column = records.first { record in
        record.field("chi_tieu")?.value == figure.name
          && record.field("don_vi")?.value == figure.measure
      }
      return column?.field("ma").map { ($0.value.string, figure) }
    }
  }
}
