import Diagnostics
import Templating
import Texts
import Vietnamese

/// Checks figures against what their unit of measure allows: a share is no more than its whole, and
/// people, cases and meetings are whole numbers.
struct UnitChecks {
  private let declaration: ResolvedDeclaration

  init(_ declaration: ResolvedDeclaration) {
    self.declaration = declaration
  }

  func problems(_ data: borrowing CheckedData) -> [Diagnostic] {
    let (value, unit) = (declaration.operands[0], declaration.operands[1])
    var problems: [Diagnostic] = []
    for record in data.records.records(ofType: declaration.type) {
      guard let value = record.text(of: value.column), !value.isEmpty, !isSmallCount(value),
        let unit = record.text(of: unit.column), !unit.isEmpty
      else { continue }
      let names = declaration.operands[1...].compactMap { record.text(of: $0.column) }
      let name = declaration.operands.dropFirst(2).first.flatMap { record.text(of: $0.column) }
      let figures = FigureRange(value).map { [$0.low, $0.high] } ?? [value]
      let register = data.registers.units
      let found = figures.lazy.compactMap { problem($0, in: unit, names, name, register) }.first
      if let found { problems.append(declaration.broken(.figure(found), at: value)) }
    }
    return problems
  }

  /// Tells whether a figure is in order in any unit.
  private func isSmallCount(_ value: Text) -> Bool {
    value.withBytes { PlainFigure($0).map { $0.decimals == 0 && 0...100 ~= $0.digits } ?? false }
  }

  /// - Parameters:
  ///   - names: the texts that tell what the figure counts.
  ///   - name: the one of them that is its name.
  private func problem(
    _ value: Text, in unit: Text, _ names: [Text], _ name: Text?, _ register: UnitRegister
  ) -> FigureProblem? {
    guard let figure = Figure(value, hedge: nil, unit: unit), let measure = figure.unit,
      let known = register.unit(measure)
    else { return nil }
    if figure.value < Decimal(0), known.kind == .count || known.kind == .share,
      case .impossible = register.excess(names, name: name)
    {
      return .negative(figure.written)
    }
    switch known.kind {
    case .share:
      guard let most = known.most, most < figure.value else { return nil }
      let excess = register.excess(names, name: name)
      if case .allowed = excess { return nil }
      return .outOfShare(
        figure.written, most: most.vietnamese + figure.measureOfShare, isSure: excess == .impossible
      )
    case .count:
      guard !figure.value.isWhole, !register.isAverage(names) else { return nil }
      return .notWholeCount(figure.written, unit: measure.string)
    case .money:
      guard !figure.value.isWhole, !register.isAverage(names) else { return nil }
      return .notWholeMoney(figure.written, unit: measure.string)
    case .other: return nil
    }
  }
}

extension Figure {
  /// The sign behind the whole of shares: `100%`.
  fileprivate var measureOfShare: String {
    let first = measure.split(separator: " ").first ?? ""
    return first.hasPrefix("%") || first.hasPrefix("‰") ? String(first) : " \(measure)"
  }
}
