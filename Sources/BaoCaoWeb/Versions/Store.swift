import Crypto
import Diagnostics
import Foundation
import GRDB
import Reports

/// The database beside the data files: versions, people, sessions, and what was done. The data files
/// themselves stay files; without the database all of their last state is there.
struct Store: Sendable {
  static let file = "baocao-web.sqlite"

  let pool: DatabasePool

  init(path: String) throws {
    var configuration = Configuration()
    configuration.maximumReaderCount = 2
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { database in
      try database.execute(sql: "PRAGMA cache_size = -1024")
      // What was confirmed is on the disk, even if the power fails.
      try database.execute(sql: "PRAGMA synchronous = FULL")
    }
    do {
      pool = try DatabasePool(path: path, configuration: configuration)
      try Store.migrations.migrate(pool)
    } catch is DatabaseError {
      throw Diagnostic(
        .source(.cannotOpen(path: path, reason: .other)), at: nil)
    }
    // Passwords, even hashed, and sessions are for nobody else on this machine.
    for suffix in ["", "-wal", "-shm"] { chmod(path + suffix, 0o600) }
  }

  private static var migrations: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { database in
      try database.execute(
        sql: """
          CREATE TABLE content (
            sum BLOB PRIMARY KEY, bytes BLOB NOT NULL, size INTEGER NOT NULL, kept REAL NOT NULL
          ) WITHOUT ROWID;
          CREATE TABLE version (
            id INTEGER PRIMARY KEY AUTOINCREMENT, file TEXT NOT NULL, sum BLOB NOT NULL,
            time REAL NOT NULL, person TEXT NOT NULL, act TEXT NOT NULL
          );
          CREATE INDEX versionOfFile ON version (file, id);
          CREATE INDEX versionOfContent ON version (sum);
          CREATE TABLE person (
            id INTEGER PRIMARY KEY, login TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
            password TEXT NOT NULL, role TEXT NOT NULL, isClosed INTEGER NOT NULL DEFAULT 0
          );
          CREATE TABLE session (
            sum BLOB PRIMARY KEY, person INTEGER NOT NULL, token TEXT NOT NULL, seen REAL NOT NULL
          ) WITHOUT ROWID;
          CREATE TABLE attempt (login TEXT PRIMARY KEY, count INTEGER NOT NULL, time REAL NOT NULL);
          CREATE TABLE event (
            id INTEGER PRIMARY KEY AUTOINCREMENT, time REAL NOT NULL, person TEXT NOT NULL,
            act TEXT NOT NULL, object TEXT NOT NULL
          );
          CREATE TABLE state (
            file TEXT PRIMARY KEY, stamp TEXT NOT NULL, office TEXT NOT NULL, period TEXT NOT NULL,
            errors INTEGER NOT NULL, warnings INTEGER NOT NULL, isBlank INTEGER NOT NULL,
            documents TEXT NOT NULL
          );
          CREATE TABLE approval (
            file TEXT PRIMARY KEY, sum BLOB NOT NULL, person TEXT NOT NULL, time REAL NOT NULL
          );
          """)
    }
    migrator.registerMigration("2") { database in
      try database.execute(
        sql: "CREATE TABLE total (file TEXT PRIMARY KEY, plan TEXT NOT NULL)")
    }
    return migrator
  }
}

/// The SHA-256 of a data file's bytes, by which pages say what they were made of.
struct ContentSum: Hashable, Sendable {
  let bytes: Data

  init(of content: [UInt8]) { bytes = Data(SHA256.hash(data: content)) }

  init(bytes: Data) { self.bytes = bytes }

  /// Reads 64 digits of base 16.
  init?(_ text: String) {
    let digits = Array(text.utf8)
    guard digits.count == 64 else { return nil }
    var bytes = Data()
    for index in stride(from: 0, to: 64, by: 2) {
      let pair = String(decoding: digits[index...(index + 1)], as: UTF8.self)
      guard let byte = UInt8(pair, radix: 16) else { return nil }
      bytes.append(byte)
    }
    self.bytes = bytes
  }

  var text: String { bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
}
