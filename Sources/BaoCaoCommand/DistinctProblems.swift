import Diagnostics
import Texts

extension [Diagnostic] {
  /// Leaves out what was told before at the same place, as a mistake in a schema is found again with
  /// each data file.
  var distinct: [Diagnostic] {
    var told: [Place: [Int]] = [:]
    return indices.filter { index in
      guard let text = self[index].place else { return true }
      let place = Place(source: ObjectIdentifier(text.source), range: text.range)
      let others = told[place] ?? []
      let message = others.isEmpty ? "" : self[index].message(in: .english)
      if others.contains(where: { self[$0].message(in: .english) == message }) { return false }
      told[place, default: []].append(index)
      return true
    }.map { self[$0] }
  }
}

private struct Place: Hashable {
  let source: ObjectIdentifier
  let range: SourceRange
}
