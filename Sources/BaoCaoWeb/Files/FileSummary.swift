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
    isBlank = file.problems.contains { $0.isOfNothing }
    documents = file.documents.map(\.title).joined(separator: ", ")
  }

  /// Of a file that cannot be read.
  init(unreadable: Void) {
    (office, period, errors, warnings, isBlank, documents) = ("", "", 1, 0, false, "")
  }
}

extension Office {
  /// The summaries of files from the database; none of those that changed since they were looked at.
  func summaries(of files: [DataFileName]) throws -> [DataFileName: FileSummary] {
    let known = try store.summaries()
    var found: [DataFileName: FileSummary] = [:]
    for file in files {
      if let (old, summary) = known[file.id], old == stamp(of: file) { found[file] = summary }
    }
    return found
  }

  /// Looks at files anew until the deadline.
  ///
  /// - Returns: those that are left.
  func summarize(_ files: [DataFileName], until deadline: ContinuousClock.Instant) throws
    -> [DataFileName]
  {
    var left = files[...]
    while let file = left.first, ContinuousClock.now < deadline {
      try store.keep(summary(of: file), of: file.id, stamp: stamp(of: file))
      left.removeFirst()
    }
    return Array(left)
  }

  private func summary(of file: DataFileName) -> FileSummary {
    guard let bytes = try? DataFile.readBytes(file.path), bytes.count <= FileKeeper.sizeLimit,
      let opened = try? workshop.open(file, FileState(bytes))
    else { return FileSummary(unreadable: ()) }
    return FileSummary(opened)
  }

  /// What changes with a file and with the templates.
  private func stamp(of file: DataFileName) -> String { "\(workshop.stamp) \(file.stamp)" }
}

/// Looks at all files that have changed, one after the other, beside the work of people.
actor SummaryKeeper {
  private var isAtWork = false
  private static let slice = Duration.milliseconds(300)

  /// Begins, where it is not under way.
  func catchUp(_ office: Office) {
    guard !isAtWork else { return }
    isAtWork = true
    Task {
      await lookAtAll(office)
      isAtWork = false
    }
  }

  private func lookAtAll(_ office: Office) async {
    let changed = try? await office.workshop.run {
      let files = office.folder.files()
      let known = try office.summaries(of: files)
      return files.filter { known[$0] == nil }
    }
    var left = changed ?? []
    while !left.isEmpty, !Task.isCancelled {
      let files = left
      let rest = try? await office.workshop.run {
        try office.summarize(files, until: .now + Self.slice)
      }
      left = rest ?? []
    }
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
