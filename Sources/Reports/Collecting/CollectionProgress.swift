import Diagnostics
import Texts

/// How far collecting has come: which units of a plan have reported, in which files, and what is wrong
/// with these.
public struct CollectionProgress: Sendable {
  /// A file among those of the units.
  public struct Report: Sendable {
    public let path: String
    /// The unit that the file is of, as it says; nil where it does not.
    public let unit: String?
    public let problems: [Diagnostic]
  }

  public struct Unit: Sendable {
    public let name: String
    /// None where the unit has not reported. Of several none can be added up.
    public let reports: [Report]

    /// Tells whether the unit's figures can be added up.
    public var isReady: Bool { reports.count == 1 && reports.allSatisfy(\.problems.isEmpty) }
  }

  /// The period of which the reports are to be.
  public let period: String
  /// In the order of the plan.
  public let units: [Unit]
  /// The files of no unit of the plan.
  public let strangers: [Report]

  /// - Parameter paths: the units' files, in any order.
  /// - Throws: what is wrong with the plan, or that a file is named twice; what is wrong with the units'
  ///   files does not.
  public init(
    _ plan: DataFile, units paths: [String], _ templates: TemplateCollection
  ) throws(Problems) {
    let plan = try CollectionPlan(plan, templates)
    let found = try CollectedUnits(paths, plan, templates).all
    period = plan.wanted.text.string
    units = plan.units.enumerated().map { index, name in
      Unit(name: name.string, reports: found.filter { $0.index == index }.map(Report.init))
    }
    strangers = found.filter { $0.index == nil }.map(Report.init)
  }
}

extension CollectionProgress.Report {
  fileprivate init(_ unit: CollectedUnit) {
    (path, problems) = (unit.path, unit.problems)
    self.unit = unit.name?.string
  }
}

extension DataFile {
  /// The unit of a plan that the file is of.
  ///
  /// - Throws: that it names none, or one that the plan does not have; what is wrong with the plan.
  public func unit(
    in plan: DataFile, _ templates: TemplateCollection
  ) throws(Problems) -> String {
    let plan = try CollectionPlan(plan, templates)
    return try Problems.collecting { () throws(Diagnostic) in
      let name = try value(at: plan.unitName)
      guard plan.index(of: name) != nil else { throw plan.unknownUnit(name) }
      return name.string
    }
  }
}
