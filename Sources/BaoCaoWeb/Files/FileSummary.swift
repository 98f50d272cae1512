import Diagnostics
import Foundation
import GRDB
import Reports

/// What the list of files says of one: whose it is, of which period, and in what state.
struct FileSummary: Sendable, FetchableRecord {
  let office: String
  let period: String
  let errors: Int
  let warnings: Int
  /// Tells whether no more is filled in than a blank form has.
  let isBlank: Bool
  /// The titles of its documents.
  let documents: String

  init(row: Row) {
    office = row["office"]
    period = row["period"]
    errors = row["errors"]
    warnings = row["warnings"]
    isBlank = row["isBlank"]
    documents = row["documents"]
  }

  init(_ file: OpenedFile) {
    let matter = file.form.section("su_viec")?.records.first?.values ?? [:]
    office = matter["co_quan"]?.first ?? ""
    period = matter["ky"]?.first ?? ""
    errors = file.count(.error)
    warnings = file.count(.warning)
    isBlank = file.problems.contains { $0.problem.kind.isOfNothing }
    documents = file.documents.map(\.title).joined(separator: ", ")
  }

  /// Of a file that cannot be read.
  init(unreadable: Void) {
    (office, period, errors, warnings, isBlank, documents) = ("", "", 1, 0, false, "")
  }
}

extension Kind {
  /// Tells whether a field is missing or empty: what a draft still lacks, and no mistake.
  fileprivate var isOfNothing: Bool {
    switch self {
    case .records(.missingField), .records(.emptyField), .report(.missingRecordType): true
    default: false
    }
  }
}

extension Office {
  /// The files whose summaries are worked out while somebody waits for the list; others are in the
  /// next one.
  private static let patience = Duration.milliseconds(700)

  /// The summaries of files, from the database where a file is as it was; nil for those that are not
  /// worked out yet.
  func summaries(of files: [DataFileName]) throws -> [DataFileName: FileSummary] {
    let known = try store.summaries()
    let deadline = ContinuousClock.now + Self.patience
    var found: [DataFileName: FileSummary] = [:]
    for file in files {
      let stamp = file.stamp
      if let (old, summary) = known[file.id], old == stamp {
        found[file] = summary
      } else if ContinuousClock.now < deadline {
        let summary = summary(of: file)
        try store.keep(summary, of: file.id, stamp: stamp)
        found[file] = summary
      }
    }
    return found
  }

  private func summary(of file: DataFileName) -> FileSummary {
    guard let bytes = try? DataFile.readBytes(file.path),
      let opened = try? workshop.open(file, FileState(bytes))
    else { return FileSummary(unreadable: ()) }
    return FileSummary(opened)
  }
}

extension DataFileName {
  /// What changes with the file: its size and the time of its last change.
  var stamp: String { Self.stamp(ofFile: path) }

  /// The same of any file; empty where there is none.
  static func stamp(ofFile path: String) -> String {
    var status = stat()
    guard stat(path, &status) == 0 else { return "" }
    return "\(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec) \(status.st_ino)"
  }
}

extension Store {
  fileprivate func summaries() throws -> [String: (stamp: String, summary: FileSummary)] {
    try pool.read { database in
      let rows = try Row.fetchAll(database, sql: "SELECT * FROM state")
      return Dictionary(
        rows.map { ($0["file"], ($0["stamp"], FileSummary(row: $0))) }, uniquingKeysWith: { $1 })
    }
  }

  fileprivate func keep(_ summary: FileSummary, of file: String, stamp: String) throws {
    try pool.write {
      try $0.execute(
        sql: """
          INSERT OR REPLACE INTO state
            (file, stamp, office, period, errors, warnings, isBlank, documents)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          file, stamp, summary.office, summary.period, summary.errors, summary.warnings,
          summary.isBlank, summary.documents,
        ])
    }
  }
}
