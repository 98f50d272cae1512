import Diagnostics
import Texts
import Vietnamese

/// Checks the figures that are drawn in one chart: they are there, are counted in one unit, and are no
/// ranges.
struct ChartChecks {
  private let declaration: ResolvedDeclaration

  init(_ declaration: ResolvedDeclaration) { self.declaration = declaration }

  func problems(_ data: inout CheckedData) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    for record in data.records.records(ofType: declaration.type) {
      var first: Text?
      for name in record.texts(of: declaration.operands[0].column) where !name.isEmpty {
        if let range = range(ofFigure: name, &data) {
          let problem = FigureProblem.drawnRange(name.string, range.string)
          problems.append(declaration.broken(.figure(problem), at: name, comparedWith: [range]))
        }
        guard let unit = unit(ofFigure: name, &data, &problems) else { continue }
        guard let other = first else {
          first = unit
          continue
        }
        if unit == other { continue }
        let problem = FigureProblem.drawnInOtherUnit(
          name.string, unit: unit.string, others: other.string)
        problems.append(
          declaration.broken(.figure(problem), at: name, comparedWith: [other, unit]))
      }
    }
    return problems
  }

  /// A value of the figure that is a range, for which there is no height; nil where none is, or the
  /// declaration names no value.
  private func range(ofFigure name: Text, _ data: inout CheckedData) -> Text? {
    guard declaration.operands.count > 2,
      let figure = data.record(ofType: declaration.operands[2].type, named: name)
    else { return nil }
    return figure.texts(of: declaration.operands[2].column).first { FigureRange($0) != nil }
  }

  /// nil where there is no such figure, or it has no unit.
  private func unit(
    ofFigure name: Text, _ data: inout CheckedData, _ problems: inout [Diagnostic]
  ) -> Text? {
    let type = declaration.operands[1].type
    if let figure = data.record(ofType: type, named: name) {
      return figure.text(of: declaration.operands[1].column).flatMap { $0.isEmpty ? nil : $0 }
    }
    let problem = ReportProblem.unknownReference(
      name.string, type: data.schema.types[type].name.string,
      suggestion: data.suggestion(for: name, ofType: type))
    problems.append(Diagnostic(.report(problem), at: name))
    return nil
  }
}

/// Checks that the table of units has the column that a chart draws; a file without rows of it draws
/// none.
struct ChartColumnChecks {
  private let declaration: ResolvedDeclaration

  init(_ declaration: ResolvedDeclaration) { self.declaration = declaration }

  func problems(_ data: borrowing CheckedData) -> [Diagnostic] {
    let drawn = data.records.records(ofType: declaration.type).flatMap { record in
      record.texts(of: declaration.operands[0].column).filter { !$0.isEmpty }
    }
    guard !drawn.isEmpty else { return [] }
    let type = declaration.operands[1].type
    let columns = Set(
      data.records.records(ofType: type).lazy.flatMap { $0.record.fields.lazy.map(\.name) })
    guard !columns.isEmpty else { return [] }
    return drawn.filter { !columns.contains($0) }.map { name in
      let problem = FigureProblem.drawnColumnMissing(
        name.string, type: data.schema.types[type].name.string)
      return declaration.broken(.figure(problem), at: name)
    }
  }
}
