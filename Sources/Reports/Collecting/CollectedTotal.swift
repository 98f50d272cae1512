import Diagnostics
import Texts
import Records
import Templating
import Vietnamese

/// The data file with the figures of many units added up (`baocao collect`).
public struct CollectedTotal: Sendable {
  /// The rec text.
  public let bytes: [UInt8]
  public let warnings: [Diagnostic]
  /// The number of units whose figures are in the total.
  public let reported: Int
  /// The number of units that the plan lists.
  public let expected: Int
}

extension CollectedTotal {
  /// Reads and checks the units' files, adds up their figures, and compares these with last year's.
  ///
  /// The order of the files makes no difference.
  ///
  /// - Parameters:
  ///   - plan: the file that tells what is added up, see ``CollectionPlan``.
  ///   - paths: the units' files.
  ///   - lastYear: the total of the same period of the year before; nil to compare with nothing.
  ///   - leavesOut: whether units with errors are left out of the total; otherwise no total is made.
  /// - Throws: all problems of all files.
  public init(
    _ plan: DataFile, units paths: [String], lastYear: DataFile?, leavesOut: Bool,
    _ templates: TemplateCollection
  ) throws(Problems) {
    let plan = try CollectionPlan(plan, templates)
    let descriptors = try templates.sharedDescriptors()
    try CollectedTotal.refuseSameFiles(paths)
    var units = paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map {
      CollectedUnit($0, plan, descriptors, templates)
    }
    let repeated = CollectedTotal.markRepeated(&units)
    let problems = units.flatMap(\.problems)
    if !leavesOut { try problems.throwIfErrors() }
    let bad = units.enumerated().filter { !$0.element.problems.isEmpty || repeated.contains($0.0) }
    let good = units.enumerated().filter { unit in !bad.contains { $0.0 == unit.0 } }
      .map(\.element).sorted { $0.index ?? 0 < $1.index ?? 0 }
    guard !good.isEmpty else {
      let place = plan.units.first
      throw Problems(problems + [Diagnostic(.collection(.noUnits), at: place)])
    }
    var total = Totals(plan, good, leftOut: bad.map(\.element))
    try total.addUp()
    if let lastYear { try total.compare(with: lastYear) }
    bytes = total.text()
    warnings = total.warnings
    (reported, expected) = (good.count, plan.units.count)
  }

  private static func refuseSameFiles(_ paths: [String]) throws(Problems) {
    var seen: Set<String> = []
    let twice = paths.filter { !seen.insert(Files.resolved($0) ?? $0).inserted }
    guard twice.isEmpty else {
      throw Problems(twice.map { Diagnostic(.collection(.sameFile($0)), at: nil) })
    }
  }

  /// Adds a problem to the second and later files of a unit. Returns the indices of all files of such
  /// units, none of which can be trusted.
  private static func markRepeated(_ units: inout [CollectedUnit]) -> Set<Int> {
    var first: [Text: Int] = [:]
    var repeated: Set<Int> = []
    for index in units.indices {
      guard let name = units[index].name else { continue }
      guard let other = first[name], let place = units[other].name else {
        first[name] = index
        continue
      }
      repeated.formUnion([other, index])
      units[index].problems.append(
        Diagnostic(
          .collection(.repeatedUnit(name.string)), at: name,
          notes: [Diagnostic.Note(.firstHere, at: place)]))
    }
    return repeated
  }
}
