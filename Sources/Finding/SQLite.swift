import CSQLite
import Diagnostics

/// What SQLite says where it fails.
struct SQLiteFailure: Error {
  let code: Int32
  /// In English, for those who change the program.
  let text: String

  /// A database that is none of ours.
  static func notOurs(_ text: String) -> SQLiteFailure {
    SQLiteFailure(code: SQLITE_NOTADB, text: text)
  }

  /// A database that holds what cannot be.
  static func damaged(_ text: String) -> SQLiteFailure {
    SQLiteFailure(code: SQLITE_CORRUPT, text: text)
  }

  /// Tells whether the file is no database, or one that is damaged or of another form: whatever is the
  /// fault neither of the machine nor of another program.
  var isDamage: Bool {
    ![
      SQLITE_BUSY, SQLITE_LOCKED, SQLITE_FULL, SQLITE_IOERR, SQLITE_NOMEM, SQLITE_READONLY,
      SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH, SQLITE_TOOBIG,
    ].contains(code)
  }
}

/// An open database. Only this file and `WordTokenizer.swift` call SQLite.
final class Connection {
  let handle: OpaquePointer

  /// - Parameter path: nil for a database in memory.
  init(_ path: String?) throws(SQLiteFailure) {
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOFOLLOW
    // A name before which stands a folder is never one that means something to SQLite.
    let name = path.map { $0.hasPrefix("/") ? $0 : "./" + $0 } ?? ":memory:"
    let code = sqlite3_open_v2(name, &opened, flags | SQLITE_OPEN_NOMUTEX, nil)
    guard let opened else { throw SQLiteFailure(code: SQLITE_NOMEM, text: "out of memory") }
    guard code == SQLITE_OK else {
      let failure = SQLiteFailure(
        code: code & 0xFF, text: String(cString: sqlite3_errmsg(opened)))
      sqlite3_close_v2(opened)
      throw failure
    }
    handle = opened
  }

  deinit { sqlite3_close_v2(handle) }

  /// Lets other programs that use the file go on first, for some time.
  func waitForOthers(milliseconds: Int32) { sqlite3_busy_timeout(handle, milliseconds) }

  /// Runs statements without values.
  func run(_ statements: String) throws(SQLiteFailure) {
    try check(sqlite3_exec(handle, statements, nil, nil, nil))
  }

  func prepare(_ statement: String) throws(SQLiteFailure) -> Statement {
    var prepared: OpaquePointer?
    try check(sqlite3_prepare_v2(handle, statement, -1, &prepared, nil))
    guard let prepared else { throw SQLiteFailure(code: SQLITE_MISUSE, text: "no statement") }
    return Statement(prepared, of: self)
  }

  /// The first number that a statement gives; 0 where it gives none.
  func number(_ statement: String) throws(SQLiteFailure) -> Int64 {
    let statement = try prepare(statement)
    return try statement.next() ? statement.integer(0) : 0
  }

  /// Makes changes all together or not at all.
  func changing<Result>(
    _ changes: () throws(SQLiteFailure) -> Result
  ) throws(SQLiteFailure) -> Result {
    try run("BEGIN IMMEDIATE")
    do throws(SQLiteFailure) {
      let result = try changes()
      try run("COMMIT")
      return result
    } catch {
      // After some failures there is nothing any more to take back.
      sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
      throw error
    }
  }

  /// Reads from the database as it is at one moment, whatever other programs do meanwhile.
  func reading<Result>(
    _ work: () throws(SQLiteFailure) -> Result
  ) throws(SQLiteFailure) -> Result {
    try run("BEGIN; SELECT count(*) FROM sqlite_schema")
    do throws(SQLiteFailure) {
      let result = try work()
      try run("COMMIT")
      return result
    } catch {
      sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
      throw error
    }
  }

  /// A number that changes when another program has changed the database.
  func dataVersion() throws(SQLiteFailure) -> Int64 { try number("PRAGMA data_version") }

  /// Makes it an empty database, also where the file is damaged or none. Other programs that use the
  /// file see the one or the other.
  func reset() throws(SQLiteFailure) {
    try check(baocao_sqlite3_reset_database(handle, 1))
    defer { _ = baocao_sqlite3_reset_database(handle, 0) }
    try run("VACUUM")
  }

  fileprivate func check(_ code: Int32) throws(SQLiteFailure) {
    guard code != SQLITE_OK else { return }
    throw SQLiteFailure(code: code & 0xFF, text: String(cString: sqlite3_errmsg(handle)))
  }
}

/// A statement with places for values.
final class Statement {
  private let handle: OpaquePointer
  private let database: Connection

  fileprivate init(_ handle: OpaquePointer, of database: Connection) {
    (self.handle, self.database) = (handle, database)
  }

  deinit { sqlite3_finalize(handle) }

  /// A value that SQLite copies.
  private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  /// Puts a text at a place; places count from 1.
  func bind(_ place: Int32, _ text: String) throws(SQLiteFailure) {
    try bind(place, text: Array(text.utf8))
  }

  func bind(_ place: Int32, text: [UInt8]) throws(SQLiteFailure) {
    // SQLite takes no address for nothing, and stores that: of an empty text there is one byte.
    let code = (text.isEmpty ? [0] : text).withUnsafeBytes {
      sqlite3_bind_text64(
        handle, place, $0.baseAddress.map { $0.assumingMemoryBound(to: CChar.self) },
        UInt64(text.count), Self.copied, UInt8(SQLITE_UTF8))
    }
    try database.check(code)
  }

  func bind(_ place: Int32, bytes: [UInt8]) throws(SQLiteFailure) {
    let code = bytes.withUnsafeBytes {
      sqlite3_bind_blob64(handle, place, $0.baseAddress, UInt64($0.count), Self.copied)
    }
    try database.check(code)
  }

  func bind(_ place: Int32, _ number: Int64) throws(SQLiteFailure) {
    try database.check(sqlite3_bind_int64(handle, place, number))
  }

  /// Puts a pointer of a type that is known by name.
  func bind(_ place: Int32, pointer: UnsafeMutableRawPointer, type: StaticString)
    throws(SQLiteFailure)
  {
    let name = UnsafeRawPointer(type.utf8Start).assumingMemoryBound(to: CChar.self)
    try database.check(sqlite3_bind_pointer(handle, place, pointer, name, nil))
  }

  /// Goes to the next row of the result.
  func next() throws(SQLiteFailure) -> Bool {
    let code = sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    if code != SQLITE_DONE { try database.check(code) }
    return false
  }

  /// Runs it to its end, and makes it ready to be run once more with other values.
  func run() throws(SQLiteFailure) {
    while try next() {}
    try reset()
  }

  func reset() throws(SQLiteFailure) { try database.check(sqlite3_reset(handle)) }

  /// A column of the row; columns count from 0.
  func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }
  func real(_ column: Int32) -> Double { sqlite3_column_double(handle, column) }
  func text(_ column: Int32) -> String { String(decoding: bytes(column), as: UTF8.self) }

  /// A text or a blob as it lies in the database.
  func bytes(_ column: Int32) -> [UInt8] {
    // The bytes are asked for first, which makes a text of whatever it is.
    guard let start = sqlite3_column_blob(handle, column) else { return [] }
    let count = Int(sqlite3_column_bytes(handle, column))
    return Array(UnsafeRawBufferPointer(start: start, count: count))
  }
}

extension SQLiteFailure {
  /// Why the index cannot be used; nil where another program has it for too long.
  var reason: SystemReason? {
    switch code {
    case SQLITE_BUSY, SQLITE_LOCKED: nil
    case SQLITE_FULL: .noSpace
    case SQLITE_NOMEM: .noMemory
    case SQLITE_TOOBIG: .tooLarge
    case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH: .notAllowed
    case SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_NOTADB: .diskFault
    default: .other
    }
  }

  /// Tells whether nothing can be written where the file is or would be.
  var isOfPlace: Bool {
    [SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH].contains(code)
  }
}
