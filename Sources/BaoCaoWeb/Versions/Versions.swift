import Foundation
import GRDB

/// A state of a data file: when it came to be, by whom, and how.
struct Version: Sendable, FetchableRecord {
  let id: Int
  /// The file, as addresses name it.
  let file: String
  let sum: ContentSum
  let time: Date
  /// The name of who made it; empty for a change that was not made on the page.
  let person: String
  /// What was done: the key of its words in the register of wording.
  let act: Act

  enum Act: String {
    case edited = "sua"
    case made = "tao"
    case uploaded = "tai_len"
    case takenBack = "lay_lai"
    case changedOutside = "ngoai_trang"
    case collected = "tong_hop"
    case pasted = "dan"
    case removed = "xoa_ban_ghi"
    case renamed = "doi_ten"
    case deleted = "xoa"

    /// Tells whether it is done to the file and not to what stands in it.
    var isOfFile: Bool { self == .renamed || self == .deleted }
  }

  init(row: Row) {
    id = row["id"]
    file = row["file"]
    sum = ContentSum(bytes: row["sum"])
    time = Date(timeIntervalSince1970: row["time"])
    person = row["person"]
    act = Act(rawValue: row["act"]) ?? .edited
  }
}

extension Store {
  /// The versions of a file that are kept.
  static let versionLimit = 200
  /// Edits of one person within this time, in seconds, are one version.
  static let versionSpan = 120.0
  /// The time, in seconds, for which a page that was made of a state in between may send its edits.
  static let contentSpan = 7 * 86_400.0

  /// Keeps a state of a file. What one person changes within some minutes is one version.
  func keep(
    _ content: [UInt8], of file: String, by person: String, _ act: Version.Act,
    at time: Date = Date()
  ) throws {
    let sum = ContentSum(of: content)
    let now = time.timeIntervalSince1970
    try pool.write { database in
      try Self.store(content, sum, now, database)
      let last = try Version.fetchOne(
        database, sql: "SELECT * FROM version WHERE file = ? ORDER BY id DESC LIMIT 1",
        arguments: [file])
      if let last, last.sum == sum, !act.isOfFile, last.act != .deleted { return }
      if let last, act == .edited, last.act == .edited, last.person == person,
        now - last.time.timeIntervalSince1970 < Self.versionSpan
      {
        try database.execute(
          sql: "UPDATE version SET sum = ? WHERE id = ?", arguments: [sum.bytes, last.id])
      } else {
        try database.execute(
          sql: "INSERT INTO version (file, sum, time, person, act) VALUES (?, ?, ?, ?, ?)",
          arguments: [file, sum.bytes, now, person, act.rawValue])
      }
      try Self.clean(file, now, database)
    }
  }

  private static func store(
    _ content: [UInt8], _ sum: ContentSum, _ now: Double, _ database: GRDB.Database
  ) throws {
    try database.execute(
      sql: """
        INSERT INTO content (sum, bytes, size, kept) VALUES (?, ?, ?, ?)
        ON CONFLICT (sum) DO UPDATE SET kept = excluded.kept
        """,
      arguments: [sum.bytes, Deflated.bytes(of: content), content.count, now])
  }

  /// Takes away versions beyond the limit, and states that no version has and no page can still send
  /// edits of.
  private static func clean(_ file: String, _ now: Double, _ database: GRDB.Database) throws {
    try database.execute(
      sql: """
        DELETE FROM version WHERE file = ? AND id NOT IN
          (SELECT id FROM version WHERE file = ? ORDER BY id DESC LIMIT ?)
        """, arguments: [file, file, versionLimit])
    try database.execute(
      sql: """
        DELETE FROM content WHERE kept < ? AND sum NOT IN (SELECT sum FROM version)
        """, arguments: [now - contentSpan])
  }

  /// The versions of a file, the newest first.
  func versions(of file: String) throws -> [Version] {
    try pool.read {
      try Version.fetchAll(
        $0, sql: "SELECT * FROM version WHERE file = ? ORDER BY id DESC", arguments: [file])
    }
  }

  func version(_ id: Int, of file: String) throws -> Version? {
    try pool.read {
      try Version.fetchOne(
        $0, sql: "SELECT * FROM version WHERE file = ? AND id = ?", arguments: [file, id])
    }
  }

  /// The last version of each file that was deleted, the newest first.
  func deletions() throws -> [Version] {
    try pool.read {
      try Version.fetchAll(
        $0,
        sql: """
          SELECT * FROM version
          WHERE id IN (SELECT max(id) FROM version GROUP BY file) AND act = ? ORDER BY id DESC
          """, arguments: [Version.Act.deleted.rawValue])
    }
  }

  /// Lets what is known of a file be known of its new name.
  func rename(_ file: String, to new: String) throws {
    try pool.write { database in
      for (table, column) in [
        ("version", "file"), ("approval", "file"), ("total", "file"), ("total", "plan"),
      ] {
        try database.execute(
          sql: "UPDATE OR REPLACE \(table) SET \(column) = ? WHERE \(column) = ?",
          arguments: [new, file])
      }
    }
  }

  func lastSum(of file: String) throws -> ContentSum? {
    try pool.read {
      try Data.fetchOne(
        $0, sql: "SELECT sum FROM version WHERE file = ? ORDER BY id DESC LIMIT 1",
        arguments: [file])
    }.map { ContentSum(bytes: $0) }
  }

  /// The bytes of a state; nil for one that is no longer kept.
  func content(_ sum: ContentSum) throws -> [UInt8]? {
    let row = try pool.read {
      try Row.fetchOne(
        $0, sql: "SELECT bytes, size FROM content WHERE sum = ?", arguments: [sum.bytes])
    }
    guard let row else { return nil }
    return Deflated.content(row["bytes"], size: row["size"])
  }
}
