import GRDB

/// Somebody who works with the page.
struct Person: Sendable, FetchableRecord {
  let id: Int
  /// What is typed to come in.
  let login: String
  /// The name that others see.
  let name: String
  let role: Role
  let isClosed: Bool

  init(row: Row) {
    id = row["id"]
    login = row["login"]
    name = row["name"]
    role = Role(rawValue: row["role"]) ?? .reads
    isClosed = row["isClosed"]
  }

  /// The one person of a machine where nobody else comes in.
  init(alone name: String) {
    (id, login, self.name, role, isClosed) = (0, "", name, .manages, false)
  }
}

/// What somebody may do. Each role has the rights of those before it.
enum Role: String, CaseIterable, Sendable {
  case reads = "doc"
  case writes = "viet"
  case approves = "duyet"
  case manages = "quan_ly"

  func has(_ right: Right) -> Bool { rank >= right.rawValue }

  private var rank: Int { Role.allCases.firstIndex(of: self) ?? 0 }
}

/// What a role is needed for, by the rank of the least one.
enum Right: Int, Sendable {
  case read, write, approve, manage
}
