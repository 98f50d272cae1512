import Foundation
import GRDB

/// The accounts, and what was done by whom.
extension Store {
  func hasPeople() throws -> Bool {
    try pool.read { try Int.fetchOne($0, sql: "SELECT 1 FROM person LIMIT 1") } != nil
  }

  func people() throws -> [Person] {
    try pool.read { try Person.fetchAll($0, sql: "SELECT * FROM person ORDER BY login") }
  }

  func person(_ id: Int) throws -> Person? {
    try pool.read {
      try Person.fetchOne($0, sql: "SELECT * FROM person WHERE id = ?", arguments: [id])
    }
  }

  /// Adds an account.
  ///
  /// - Returns: false where the login is taken.
  func add(login: String, name: String, password: String, role: Role) throws -> Bool {
    let hashed = try Password.hashed(password)
    return try pool.write { database in
      let taken = try Int.fetchOne(
        database, sql: "SELECT 1 FROM person WHERE login = ?", arguments: [login])
      guard taken == nil else { return false }
      try database.execute(
        sql: "INSERT INTO person (login, name, password, role) VALUES (?, ?, ?, ?)",
        arguments: [login, name, hashed, role.rawValue])
      return true
    }
  }

  /// Changes the role of an account, or closes it.
  ///
  /// - Throws: `NobodyManages` where nobody would be left who manages accounts.
  func change(_ id: Int, role: Role, isClosed: Bool) throws {
    try pool.write { database in
      try database.execute(
        sql: "UPDATE person SET role = ?, isClosed = ? WHERE id = ?",
        arguments: [role.rawValue, isClosed, id])
      let left = try Int.fetchOne(
        database, sql: "SELECT count(*) FROM person WHERE role = ? AND NOT isClosed",
        arguments: [Role.manages.rawValue])
      if left == 0 { throw NobodyManages() }
    }
  }

  func setPassword(_ id: Int, _ password: String) throws {
    let hashed = try Password.hashed(password)
    try pool.write {
      try $0.execute(
        sql: "UPDATE person SET password = ? WHERE id = ?", arguments: [hashed, id])
    }
    try endSessions(of: id)
  }

  /// The person of a login and password; nil for a wrong one.
  ///
  /// - Throws: `PageFailure.tooMany` where wrong ones came before and it is not yet time.
  func person(login: String, password: String, at time: Date = Date()) throws -> Person? {
    let now = time.timeIntervalSince1970
    let known = try pool.read { database in
      (
        try Row.fetchOne(
          database, sql: "SELECT * FROM person WHERE login = ? AND NOT isClosed",
          arguments: [login]),
        try Row.fetchOne(
          database, sql: "SELECT * FROM attempt WHERE login = ?", arguments: [login])
      )
    }
    if let attempt = known.1, now < attempt["time"] + Self.wait(after: attempt["count"]) {
      throw PageFailure.tooMany
    }
    // A login that nobody has takes as long as one with a wrong password.
    let hashed: String = known.0?["password"] ?? Self.nobody
    let isRight = try Password.isRight(password, hashed)
    guard isRight, let row = known.0 else {
      try note(wrong: login, now)
      return nil
    }
    try pool.write {
      try $0.execute(sql: "DELETE FROM attempt WHERE login = ?", arguments: [login])
    }
    return Person(row: row)
  }

  private func note(wrong login: String, _ now: Double) throws {
    try pool.write { database in
      try database.execute(
        sql: """
          INSERT INTO attempt (login, count, time) VALUES (?, 1, ?)
          ON CONFLICT (login) DO UPDATE SET count = count + 1, time = excluded.time
          """, arguments: [login, now])
      // Of logins that somebody makes up, no more than some are remembered.
      try database.execute(
        sql: """
          DELETE FROM attempt WHERE login NOT IN (SELECT login FROM attempt ORDER BY time DESC LIMIT 1000)
          """)
    }
  }

  /// The seconds that have to pass after some wrong passwords: none after four, then 10, 20, 40 …, at
  /// most ten minutes.
  static func wait(after count: Int) -> Double {
    count < 5 ? 0 : min(600, 10 * pow(2, Double(min(count - 5, 10))))
  }

  private static let nobody =
    "scrypt$16384$8$5$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="

  /// Writes down what somebody did.
  func note(_ act: String, _ object: String, by person: String) throws {
    try pool.write { database in
      try database.execute(
        sql: "INSERT INTO event (time, person, act, object) VALUES (?, ?, ?, ?)",
        arguments: [Date().timeIntervalSince1970, person, act, object])
      try database.execute(
        sql: "DELETE FROM event WHERE id <= (SELECT max(id) FROM event) - ?",
        arguments: [Event.limit])
    }
  }

  /// What was done last, the newest first.
  func events(limit: Int) throws -> [Event] {
    try pool.read {
      try Event.fetchAll(
        $0, sql: "SELECT * FROM event ORDER BY id DESC LIMIT ?", arguments: [limit])
    }
  }
}

/// The change would leave nobody who manages accounts.
struct NobodyManages: Error {}

/// Something that somebody did.
struct Event: Sendable, FetchableRecord {
  let time: Date
  let person: String
  /// The key of its words in the register of wording.
  let act: String
  /// The file or person that it was done to.
  let object: String

  static let limit = 100_000

  init(row: Row) {
    time = Date(timeIntervalSince1970: row["time"])
    person = row["person"]
    act = row["act"]
    object = row["object"]
  }
}
