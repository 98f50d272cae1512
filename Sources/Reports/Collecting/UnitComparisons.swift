import Diagnostics
import Records
import Templating

/// The comparisons of each unit's figures with its own of the same period of last year.
struct UnitComparisons {
  /// The comparisons of each unit by code, in the order of the units; empty where last year's file has
  /// no table of units.
  private(set) var rows: [[String: FigureComparison]] = []
  /// The warnings about units that are not in last year's table.
  private(set) var warnings: [Diagnostic] = []
  /// The columns of last year's table, by their code of that year.
  private let columns: [(code: String, indicator: Indicator)]

  /// Compares the units with last year's table, in which units and indicators are found by name:
  /// the codes may have changed.
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
    for (code, indicator) in columns {
      guard let new = unit.figures[indicator.code], let text = record.field(code)?.value else {
        continue
      }
      let old = try exactFigure(text, in: record, hedgeField: nil)
      guard let comparison = FigureComparison(new, old, indicator) else {
        throw Diagnostic(.collection(.tooLarge(text.string)), at: text)
      }
      row[indicator.code] = comparison
    }
    return row
  }

  /// Writes two tables in the form of `bang_don_vi`: last year's figures (`bang_cung_ky`), and the
  /// changes in words (`bang_tang_giam`).
  func write(_ units: [CollectedUnit], _ plan: CollectionPlan, to writer: inout Writer) {
    guard !rows.isEmpty else { return }
    writer.writeComment("# Số liệu cùng kỳ của từng đơn vị.")
    write("bang_cung_ky", areFigures: true, units, plan, to: &writer) { $0.old.vietnamese }
    writer.writeComment("# Tăng, giảm của từng đơn vị so với cùng kỳ.")
    write("bang_tang_giam", areFigures: false, units, plan, to: &writer) { $0.words }
  }

  private func write(
    _ type: String, areFigures: Bool, _ units: [CollectedUnit], _ plan: CollectionPlan,
    to writer: inout Writer, _ value: (FigureComparison) -> String
  ) {
    let codes = plan.indicators.map(\.code)
    writer.writeField("%rec", type)
    writer.writeField("%mandatory", "don_vi")
    writer.writeField("%allowed", "don_vi " + codes.joined(separator: " "))
    writer.writeField("%unique", codes.joined(separator: " "))
    if areFigures { writer.writeFigureType(ofFields: codes) }
    for indicator in plan.indicators {
      writer.writeField("nhan", "\(indicator.code) \(indicator.columnTitle.string)")
    }
    writer.endBlock()
    for (unit, row) in zip(units, rows) {
      guard let name = unit.name, !row.isEmpty else { continue }
      writer.writeField("don_vi", name)
      for indicator in plan.indicators {
        if let comparison = row[indicator.code] {
          writer.writeField(indicator.code, value(comparison))
        }
      }
      writer.endBlock()
    }
  }
}

extension DataFile {
  /// The columns of the file's table of units that hold an indicator of the plan in the same unit of
  /// measure.
  func columns(of plan: CollectionPlan) -> [(code: String, indicator: Indicator)] {
    let records = Array(records(ofType: "cot_bang"))
    return plan.indicators.compactMap { indicator in
      let column = records.first { record in
        record.field("chi_tieu")?.value == indicator.name
          && record.field("don_vi")?.value == indicator.measure
      }
      return column?.field("ma").map { ($0.value.string, indicator) }
    }
  }
}
