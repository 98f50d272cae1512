import Diagnostics
import Texts

extension [Diagnostic] {
  /// Leaves out totals, rates and changes that were computed from values which failed a check
  /// themselves, and words held against such values: what they would have one write is no better
  /// than those values.
  ///
  /// - Parameter others: what else was found in the file.
  func withoutDerived(besides others: [Diagnostic]) -> [Diagnostic] {
    guard contains(where: \.isDerived) else { return self }
    var failed: Set<SourceRange> = []
    for problem in self + others where problem.severity == .error {
      failed.formUnion(problem.failedRanges)
    }
    return filter { problem in
      !problem.isDerived || failed.isDisjoint(with: problem.inputs)
    }
  }
}

extension [Diagnostic] {
  /// Leaves out what else is wrong with a value that only says that there is nothing.
  func explainingNothings(besides others: [Diagnostic]) -> [Diagnostic] {
    let nothings = (self + others).filter(\.isOfNothing).compactMap { $0.place?.place.range }
    if nothings.isEmpty { return self }
    return filter { problem in
      guard !problem.isOfNothing, let place = problem.place?.place.range else { return true }
      return !nothings.contains { $0.start <= place.start && place.end <= $0.end }
    }
  }
}

extension Diagnostic {
  fileprivate var isOfNothing: Bool {
    if case .value(.nothing) = kind { true } else { false }
  }

  /// Tells whether it says what should be written by other values.
  fileprivate var isDerived: Bool {
    switch kind {
    case .check(.wrongTotal), .check(.wrongRate), .check(.wrongChange): true
    case .check(.doesNotBelong), .check(.figure(.percentFromNothing)): true
    default: false
    }
  }

  /// The values that it compares with, or computes from.
  fileprivate var inputs: [SourceRange] {
    notes.filter { $0.kind == .comparedWith }.compactMap { $0.place?.place.range }
  }

  /// The values that it calls wrong: of a part and its whole either may be.
  fileprivate var failedRanges: [SourceRange] {
    let own = place.map { [$0.place.range] } ?? []
    if case .check(.partOfLess) = kind { return own + inputs }
    if case .check(.wrongRate) = kind { return [] }
    return own
  }
}
