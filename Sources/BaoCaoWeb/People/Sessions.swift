import Crypto
import Foundation
import GRDB

/// A browser that somebody came in with.
struct Session: Sendable {
  let person: Person
  /// What forms have to send back, so that no other page can send them.
  let token: String
  let sum: Data
}

extension Session {
  static let cookie = "baocao"
  /// The time, in seconds, after which a session that was not used is over.
  static let span = 12 * 3600.0
}

extension Store {
  /// Begins a session and returns what its cookie holds; only its sum is kept here.
  func beginSession(for person: Person, at time: Date = Date()) throws -> String {
    let secret = Secret.text()
    let now = time.timeIntervalSince1970
    try pool.write { database in
      try database.execute(
        sql: "DELETE FROM session WHERE seen < ?", arguments: [now - Session.span])
      try database.execute(
        sql: "INSERT INTO session (sum, person, token, seen) VALUES (?, ?, ?, ?)",
        arguments: [Self.sum(secret), person.id, Secret.text(), now])
    }
    return secret
  }

  /// The session of a cookie; nil for one that is over, or whose person may no longer come in.
  ///
  /// - Parameter alone: who it is where nobody has an account.
  func session(_ secret: String, alone: Person?, at time: Date = Date()) throws -> Session? {
    let (now, sum) = (time.timeIntervalSince1970, Self.sum(secret))
    let row = try pool.read {
      try Row.fetchOne($0, sql: "SELECT * FROM session WHERE sum = ?", arguments: [sum])
    }
    guard let row, now - row["seen"] < Session.span else { return nil }
    let owner: Int = row["person"]
    let person = owner == 0 ? alone : try person(owner)
    guard let person, !person.isClosed else { return nil }
    if now - row["seen"] > 60 {
      try pool.write {
        try $0.execute(sql: "UPDATE session SET seen = ? WHERE sum = ?", arguments: [now, sum])
      }
    }
    return Session(person: person, token: row["token"], sum: sum)
  }

  func end(_ session: Session) throws {
    try pool.write {
      try $0.execute(sql: "DELETE FROM session WHERE sum = ?", arguments: [session.sum])
    }
  }

  func endSessions(of person: Int) throws {
    try pool.write {
      try $0.execute(sql: "DELETE FROM session WHERE person = ?", arguments: [person])
    }
  }

  private static func sum(_ secret: String) -> Data { Data(SHA256.hash(data: Data(secret.utf8))) }
}
