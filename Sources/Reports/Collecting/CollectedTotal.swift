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
    let units = try CollectedUnits(paths, plan, templates)
    let problems = units.problems
    if !leavesOut { try problems.throwIfErrors() }
    let good = units.good
    guard !good.isEmpty else {
      let place = plan.units.first
      throw Problems(problems + [Diagnostic(.collection(.noUnits), at: place)])
    }
    var total = Totals(plan, good, leftOut: units.bad)
    try total.addUp()
    if let lastYear { try total.compare(with: lastYear) }
    bytes = total.text()
    warnings = total.warnings
    (reported, expected) = (good.count, plan.units.count)
  }
}
