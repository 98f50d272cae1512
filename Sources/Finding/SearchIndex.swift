import Diagnostics
import Glibc
import Reports
import Texts
import Vietnamese

/// The index of the documents of one folder, an SQLite database with FTS5.
///
/// It holds nothing that is not in the data files: it may be removed at any time, and is made anew where
/// it is damaged or of another version.
final class SearchIndex {
  /// The name of the file in the searched folder.
  static let fileName = "tim-kiem.sqlite"
  /// To be raised with each change of the tables, of what is put into them, or of words.
  private static let version: Int64 = 2
  /// «BCtk», by which the file is known as ours.
  private static let applicationID: Int64 = 0x4243_746B

  private let connection: Connection
  /// The searched folder.
  private let folder: String
  private let root: Int32

  /// - Parameters:
  ///   - folder: the searched folder.
  ///   - root: the same, open.
  ///   - path: nil for an index in memory.
  init(of folder: String, _ root: Int32, at path: String?, anew: Bool) throws(SQLiteFailure) {
    (self.folder, self.root) = (folder, root)
    connection = try Connection(path)
    // Whoever makes an index of many files takes minutes.
    connection.waitForOthers(milliseconds: 600_000)
    if anew { try connection.reset() }
    // An empty journal stays where it is, so that a change of the index changes no folder.
    try connection.run("PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=NORMAL")
    try connection.run("PRAGMA cache_size=-65536; PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY")
    try WordTokenizer.register(in: connection)
    guard try !isOurs() else { return }
    guard try connection.number("SELECT count(*) FROM sqlite_schema") == 0 else {
      throw SQLiteFailure.notOurs("of another version")
    }
    try connection.changing { () throws(SQLiteFailure) in
      // Another program may have made them meanwhile.
      if try !isOurs() { try makeTables() }
    }
  }

  private func isOurs() throws(SQLiteFailure) -> Bool {
    let id = try connection.number("PRAGMA application_id")
    let version = try connection.number("PRAGMA user_version")
    return id == Self.applicationID && version == Self.version
  }

  private func makeTables() throws(SQLiteFailure) {
    let columns = DocumentRow.Column.allCases.map(\.name).joined(separator: ", ")
    let weights = DocumentRow.Column.allCases.map { String($0.weight) }.joined(separator: ", ")
    try connection.run(
      """
      CREATE VIRTUAL TABLE van_ban USING
        fts5(tep UNINDEXED, \(columns), tokenize='\(WordTokenizer.name)');
      INSERT INTO van_ban(van_ban, rank) VALUES ('rank', 'bm25(0, \(weights))');
      CREATE TABLE tu(khong_dau, co_dau, PRIMARY KEY (khong_dau, co_dau)) WITHOUT ROWID;
      CREATE TABLE trang_thai(
        ma INTEGER PRIMARY KEY, thu_muc TEXT, so_dang_ky BLOB, anh_chup BLOB);
      PRAGMA application_id=\(Self.applicationID);
      PRAGMA user_version=\(Self.version)
      """)
  }

  // MARK: Bringing it up to date

  /// The texts that are put into the index at once: what a kill loses, and what memory holds.
  private static let share = 32 << 20

  /// Makes the index say what the files say now.
  ///
  /// - Parameter progress: is told how many of how many files have been read.
  /// - Returns: the paths of the files that cannot be read, of which nothing is found.
  func update(progress: (Int, Int) -> Void) throws(SQLiteFailure) -> [String] {
    if try isOfKnownRegister() { return [] }
    var snapshot = try loadSnapshot()
    if let snapshot, snapshot.isCurrent(root) { return snapshot.unread }
    var total: Int?
    var isDone = false
    while !isDone {
      try connection.changing { () throws(SQLiteFailure) in
        let register = FolderSnapshot.registerStamp(root)
        let old = try loadSnapshot() ?? FolderSnapshot()
        let listing = FolderListing(root, since: old)
        var new = listing.snapshot
        try remove(listing.goneRows)
        let left = try read(&new)
        let waiting = new.files.count { $0.rows < 0 } + left.read
        if total == nil { total = waiting }
        progress(max(0, (total ?? 0) - (waiting - left.read)), total ?? 0)
        isDone = left.isAll
        new.postponeReading()
        let bytes = new.bytes
        let isWhole = isDone && new.unread.isEmpty
        if bytes != old.bytes || register != nil {
          try save(bytes, register: isWhole ? register : nil)
        }
        snapshot = new
      }
    }
    return snapshot?.unread ?? []
  }

  private func loadSnapshot() throws(SQLiteFailure) -> FolderSnapshot? {
    let statement = try connection.prepare("SELECT thu_muc, anh_chup FROM trang_thai WHERE ma = 1")
    guard try statement.next() else { return nil }
    // In the folder of all indexes two folders may have one name.
    guard statement.text(0) == Files.resolved(folder) || isInFolder else {
      throw SQLiteFailure.notOurs("of another folder")
    }
    guard let snapshot = FolderSnapshot(statement.bytes(1)) else {
      throw SQLiteFailure.damaged("damaged")
    }
    return snapshot
  }

  /// Tells whether the index lies in the folder, with which it may be moved.
  private var isInFolder: Bool { Files.isRegular("\(folder)/\(Self.fileName)") }

  /// Tells whether the folder is an archive whose register is the one that the index knows. Sealing
  /// ends with an entry there, and what is sealed stays as it is: `verify` tells if it did not.
  private func isOfKnownRegister() throws(SQLiteFailure) -> Bool {
    guard let register = FolderSnapshot.registerStamp(root) else { return false }
    let statement = try connection.prepare(
      "SELECT thu_muc, so_dang_ky FROM trang_thai WHERE ma = 1")
    guard try statement.next() else { return false }
    return (isInFolder || statement.text(0) == Files.resolved(folder))
      && statement.bytes(1) == register.bytes
  }

  private func save(
    _ bytes: [UInt8], register: FolderSnapshot.Stamp?
  ) throws(SQLiteFailure) {
    let statement = try connection.prepare("REPLACE INTO trang_thai VALUES (1, ?1, ?2, ?3)")
    try statement.bind(1, Files.resolved(folder) ?? folder)
    try statement.bind(2, bytes: register?.bytes ?? [])
    try statement.bind(3, bytes: bytes)
    try statement.run()
  }

  private func remove(_ rows: [Range<Int64>]) throws(SQLiteFailure) {
    guard !rows.isEmpty else { return }
    let statement = try connection.prepare("DELETE FROM van_ban WHERE rowid = ?1")
    for row in rows.joined() {
      try statement.bind(1, row)
      try statement.run()
    }
  }

  /// Reads files that have not been read, as many as are put in at once.
  private func read(
    _ snapshot: inout FolderSnapshot
  ) throws(SQLiteFailure) -> (read: Int, isAll: Bool) {
    var writer: RowWriter?
    var (size, count) = (0, 0)
    for index in snapshot.files.indices where snapshot.files[index].rows < 0 {
      if size > Self.share { return (count, false) }
      let file = snapshot.files[index]
      let path = snapshot.path(of: file)
      if writer == nil { writer = try RowWriter(connection) }
      var rows: [DocumentRow]?
      do throws(Diagnostic) {
        let bytes = try Files.read("\(folder)/\(path)")
        size += bytes.count + 4096
        rows = try DocumentRow.rows(name: path, bytes: bytes)
      } catch {
        rows = nil
      }
      let shown =
        file.bag > 0 ? String(decoding: path.utf8.prefix(Int(file.bag)), as: UTF8.self) : path
      let wanted = (rows ?? []).ofBag(file.bag > 0 ? shown : nil)
      for (number, row) in wanted.enumerated() {
        try writer?.write(row, as: snapshot.nextRow + Int64(number), path: shown)
      }
      snapshot.set(rows: wanted.count, unread: rows == nil, of: index)
      count += 1
    }
    return (count, true)
  }

  // MARK: Searching

  /// The number of documents of one rank that are put in the order of their paths.
  private static let mostOfOneRank = 512

  /// The times that an index is looked at again which other programs change meanwhile.
  private static let mostLooks = 100

  /// Makes the index say what the files say now, and searches it as it is then: where another program
  /// makes it anew in between, it is made current once more.
  ///
  /// - Returns: the paths of the files that cannot be read, and what was found.
  func searchCurrent(
    _ query: SearchQuery, limit: Int, progress: (Int, Int) -> Void
  ) throws(SQLiteFailure) -> (unread: [String], found: (best: [IndexedDocument], count: Int)) {
    var looks = 0
    while true {
      looks += 1
      let version = try connection.dataVersion()
      let unread = try update(progress: progress)
      let found = try connection.reading {
        () throws(SQLiteFailure) -> (best: [IndexedDocument], count: Int)? in
        let isSame = try connection.dataVersion() == version
        return isSame || looks > Self.mostLooks ? try search(query, limit: limit) : nil
      }
      if let found { return (unread, found) }
    }
  }

  /// The best documents, and the number of all that are found.
  private func search(
    _ query: SearchQuery, limit: Int
  ) throws(SQLiteFailure) -> (best: [IndexedDocument], count: Int) {
    guard
      let expression = try query.expression(accented: { (word) throws(SQLiteFailure) in
        try self.accentedWords(of: word)
      })
    else { return ([], 0) }
    let statement = try connection.prepare(
      "SELECT rowid, rank FROM van_ban WHERE van_ban MATCH ?1")
    try statement.bind(1, text: expression)
    var best = BestRows(limit)
    while try statement.next() { best.add(statement.integer(0), statement.real(1)) }
    let paths = try connection.prepare("SELECT tep FROM van_ban WHERE rowid = ?1")
    var rows: [(score: Double, path: String, row: Int64)] = []
    for row in best.rows(withTies: Self.mostOfOneRank) {
      try paths.bind(1, row.number)
      guard try paths.next() else { throw SQLiteFailure.damaged("a row is missing") }
      rows.append((row.score, paths.text(0), row.number))
      try paths.reset()
    }
    rows.sort { ($0.score, $0.path, $0.row) < ($1.score, $1.path, $1.row) }
    let columns = DocumentRow.Column.allCases.map(\.name).joined(separator: ", ")
    let texts = try connection.prepare("SELECT \(columns) FROM van_ban WHERE rowid = ?1")
    var found: [IndexedDocument] = []
    for row in rows.prefix(limit) {
      try texts.bind(1, row.row)
      guard try texts.next() else { throw SQLiteFailure.damaged("a row is missing") }
      let values = DocumentRow.Column.allCases.map { texts.text(Int32($0.rawValue)) }
      found.append(IndexedDocument(path: row.path, score: row.score, texts: values))
      try texts.reset()
    }
    return (found, best.count)
  }

  /// The words with accents that the documents have for a word without.
  private func accentedWords(of plain: [UInt8]) throws(SQLiteFailure) -> [[UInt8]] {
    let statement = try connection.prepare("SELECT co_dau FROM tu WHERE khong_dau = ?1")
    try statement.bind(1, text: plain)
    var words: [[UInt8]] = []
    while try statement.next() { words.append(statement.bytes(0)) }
    return words
  }
}

/// A document that was found, with the texts of its columns.
struct IndexedDocument {
  let path: String
  let score: Double
  fileprivate let texts: [String]

  init(path: String, score: Double, texts: [String]) {
    (self.path, self.score, self.texts) = (path, score, texts)
  }

  /// The values of a column.
  subscript(column: DocumentRow.Column) -> [Substring] {
    texts[column.rawValue].split(separator: "\n")
  }
}

/// The rows with the lowest scores, which are the best.
struct BestRows {
  private(set) var count = 0
  private let limit: Int
  private var rows: [(number: Int64, score: Double)] = []

  init(_ limit: Int) { self.limit = limit }

  mutating func add(_ number: Int64, _ score: Double) {
    count += 1
    if let worst, score > worst { return }
    rows.append((number, score))
    if rows.count >= 2 * limit + 4096 { trim() }
  }

  /// No row with a higher score can be among the best any more.
  private var worst: Double?

  private mutating func trim() {
    rows.sort { ($0.score, $0.number) < ($1.score, $1.number) }
    guard rows.count > limit, limit > 0 else { return }
    let last = rows[limit - 1].score
    worst = last
    rows.removeAll { $0.score > last }
    // Of a great many of one score those that came first.
    if rows.count > limit + 1024 { rows.removeLast(rows.count - limit - 1024) }
  }

  func rows(withTies ties: Int) -> [(number: Int64, score: Double)] {
    var copy = self
    copy.trim()
    return Array(copy.rows.prefix(limit + ties))
  }
}

/// Puts rows into the index, and each word with accents that it does not know yet.
private final class RowWriter {
  private let rowInsertion: Statement
  private let wordInsertion: Statement
  private var known: Set<[UInt8]> = []

  init(_ connection: Connection) throws(SQLiteFailure) {
    let columns = DocumentRow.Column.allCases.map(\.name)
    let places = (0..<columns.count).map { "?\($0 + 3)" }.joined(separator: ", ")
    rowInsertion = try connection.prepare(
      "INSERT INTO van_ban(rowid, tep, \(columns.joined(separator: ", "))) VALUES (?1, ?2, \(places))"
    )
    wordInsertion = try connection.prepare("INSERT OR IGNORE INTO tu VALUES (?1, ?2)")
  }

  func write(_ row: DocumentRow, as number: Int64, path: String) throws(SQLiteFailure) {
    try rowInsertion.bind(1, number)
    try rowInsertion.bind(2, path)
    for column in DocumentRow.Column.allCases {
      let text = row[column]
      try rowInsertion.bind(Int32(column.rawValue) + 3, text: text)
      try addWords(of: text)
    }
    try rowInsertion.run()
  }

  private func addWords(of text: [UInt8]) throws(SQLiteFailure) {
    var scanner = SearchWordScanner()
    var offset = 0
    while scanner.next(in: text.span, from: offset) != nil {
      offset = scanner.end
      guard scanner.isAccented else { continue }
      let word = scanner.word
      guard known.insert(word.exact).inserted else { continue }
      try wordInsertion.bind(1, text: WordTokenizer.term(plain: word.plain))
      try wordInsertion.bind(2, text: WordTokenizer.term(exact: word.exact))
      try wordInsertion.run()
    }
  }
}

extension [DocumentRow] {
  /// Of a bag the document that is its own; all where none has its name.
  fileprivate func ofBag(_ path: String?) -> [DocumentRow] {
    guard let path else { return self }
    let name = Files.name(of: path)
    let own = filter { $0.name == name }
    return own.isEmpty ? self : own
  }
}

extension FolderSnapshot {
  /// The paths of the files that could not be read.
  fileprivate var unread: [String] {
    files.filter { $0.isUnread != 0 }.map { path(of: $0) }
  }
}
