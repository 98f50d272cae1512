import Diagnostics
import Reports

/// The files around a plan that is added up: the folders beside it that may hold the units' files, those
/// in the one that is chosen, and the files beside the plan.
struct UnitFolder: Sendable {
  let plan: DataFileName
  /// The names of the folders to choose among; the last one may not be there yet.
  let choices: [String]
  let chosen: String
  let files: [DataFileName]
  let siblings: [DataFileName]

  /// - Parameters:
  ///   - period: of the plan, after which a new folder is called.
  ///   - wish: the folder that is asked for; nil for the likely one.
  /// - Throws: that no such folder is offered.
  init(
    of plan: DataFileName, for period: String, choosing wish: String?, among all: [DataFileName]
  ) throws(PageFailure) {
    self.plan = plan
    let own = plan.folders
    var byFolder: [String: [DataFileName]] = [:]
    for file in all where file.folders.count == own.count + 1 && file.folders.starts(with: own) {
      byFolder[file.folders[own.count], default: []].append(file)
    }
    let fresh = PlainName(period).text
    let known = byFolder.keys.sorted()
    choices = known + (fresh.isEmpty || known.contains(fresh) ? [] : [fresh])
    let likely = known.contains(fresh) ? fresh : choices.first
    guard let chosen = wish ?? likely, choices.contains(chosen) else { throw .notFound }
    self.chosen = chosen
    files = byFolder[chosen] ?? []
    siblings = all.filter { $0.folders == own && $0 != plan }
  }

  /// The parts of the path of the folder with the units' files.
  var folders: [String] { plan.folders + [chosen] }

  func sibling(_ id: String) throws(PageFailure) -> DataFileName {
    guard let file = siblings.first(where: { $0.id == id }) else { throw .notFound }
    return file
  }

  func progress(
    _ plan: DataFile, _ templates: TemplateCollection
  ) throws(Problems) -> CollectionProgress {
    try CollectionProgress(plan, units: files.map(\.path), templates)
  }
}

extension DataFileName {
  /// The names of the folders that it lies in, below that of the office.
  var folders: [String] { id.split(separator: "~").dropLast().map(String.init) }

  /// Its own name without `.rec`.
  var stem: String { id.split(separator: "~").last.map(String.init) ?? id }
}
