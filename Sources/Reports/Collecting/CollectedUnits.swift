import Diagnostics
import Texts

/// The files of a plan's units, read and checked, by path.
struct CollectedUnits {
  private(set) var all: [CollectedUnit]
  /// The indices of the files of units that have several: none of them can be trusted.
  private var repeated: Set<Int> = []

  /// - Throws: that a file is named twice; what is wrong with a file does not.
  init(
    _ paths: [String], _ plan: CollectionPlan, _ templates: TemplateCollection
  ) throws(Problems) {
    let descriptors = try templates.sharedDescriptors()
    try CollectedUnits.refuseSameFiles(paths)
    all = paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map {
      CollectedUnit($0, plan, descriptors, templates)
    }
    markRepeated()
  }

  var problems: [Diagnostic] { all.flatMap(\.problems) }

  /// Those whose figures can be added up, in the order of the plan's list.
  var good: [CollectedUnit] {
    all.enumerated().filter { isGood($0.offset) }.map(\.element)
      .sorted { $0.index ?? 0 < $1.index ?? 0 }
  }

  var bad: [CollectedUnit] {
    all.enumerated().filter { !isGood($0.offset) }.map(\.element)
  }

  private func isGood(_ index: Int) -> Bool {
    all[index].problems.isEmpty && !repeated.contains(index)
  }

  private static func refuseSameFiles(_ paths: [String]) throws(Problems) {
    var seen: Set<String> = []
    let twice = paths.filter { !seen.insert(Files.resolved($0) ?? $0).inserted }
    guard twice.isEmpty else {
      throw Problems(twice.map { Diagnostic(.collection(.sameFile($0)), at: nil) })
    }
  }

  /// Adds a problem to the second and later files of a unit.
  private mutating func markRepeated() {
    var first: [Text: Int] = [:]
    for index in all.indices {
      guard let name = all[index].name else { continue }
      guard let other = first[name], let place = all[other].name else {
        first[name] = index
        continue
      }
      repeated.formUnion([other, index])
      all[index].problems.append(
        Diagnostic(
          .collection(.repeatedUnit(name.string)), at: name,
          notes: [Diagnostic.Note(.firstHere, at: place)]))
    }
  }
}
