import GRDB
import Reports

/// The totals that were made of plans on the page, so that they can be made anew.
extension Store {
  func keep(total: DataFileName, of plan: DataFileName) throws {
    try pool.write {
      try $0.execute(
        sql: "INSERT OR REPLACE INTO total (file, plan) VALUES (?, ?)",
        arguments: [total.id, plan.id])
    }
  }

  /// The totals of a plan, the last one that was added up first.
  func totals(of plan: DataFileName) throws -> [String] {
    try pool.read {
      try String.fetchAll(
        $0,
        sql: """
          SELECT file FROM total WHERE plan = ?
          ORDER BY (SELECT max(id) FROM version WHERE version.file = total.file) DESC
          """, arguments: [plan.id])
    }
  }

  /// Tells whether a state of a file is as it came out of adding up, without a word by anybody.
  func isCollected(_ sum: ContentSum, _ file: DataFileName) throws -> Bool {
    try pool.read {
      try Bool.fetchOne(
        $0, sql: "SELECT EXISTS (SELECT 1 FROM version WHERE file = ? AND sum = ? AND act = ?)",
        arguments: [file.id, sum.bytes, Version.Act.collected.rawValue]) ?? false
    }
  }
}

extension Office {
  /// The totals of a plan that may be written over: nobody has written anything into them since.
  func replaceableTotals(of folder: UnitFolder) throws -> [DataFileName] {
    let ids = try store.totals(of: folder.plan)
    return try ids.compactMap { id in folder.siblings.first { $0.id == id } }.filter { file in
      guard let bytes = try? DataFile.readBytes(file.path) else { return false }
      return try store.isCollected(ContentSum(of: bytes), file)
    }
  }
}
