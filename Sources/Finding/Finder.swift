import Diagnostics
import Glibc
import Reports
import Texts

/// A document that was found.
public struct FoundDocument: Sendable {
  /// The data file, or in an archive the bag, as the user would type it.
  public let path: String
  public let kind: String
  /// Number and sign: `05/BC-UBND`.
  public let number: MarkedText?
  public let day: String?
  /// The body that issues it; of several the first.
  public let issuer: MarkedText?
  public let subject: MarkedText?
  /// The sentence of the prose that has the words, cut where it is long; nil where only the head has
  /// them.
  public let sentence: MarkedText?
  let score: Double
}

/// Looks for documents in folders and archives.
public struct Finder {
  /// The best documents, and how many there are in all.
  public private(set) var documents: [FoundDocument] = []
  public private(set) var count = 0
  /// What could not be looked into. Warnings.
  public private(set) var problems: [Diagnostic] = []

  /// - Parameters:
  ///   - anew: makes the index of each folder anew.
  ///   - progress: is told how many of how many files of a folder have been read into its index.
  public init(
    _ query: SearchQuery, in folders: [String], limit: Int, anew: Bool,
    progress: (Int, Int) -> Void
  ) throws(Diagnostic) {
    var seen: Set<String> = []
    for folder in folders where seen.insert(Files.resolved(folder) ?? folder).inserted {
      try search(folder, query, limit, anew, progress)
    }
    documents.sort { ($0.score, $0.path, $0.kind) < ($1.score, $1.path, $1.kind) }
    documents = Array(documents.prefix(limit))
  }

  private mutating func search(
    _ folder: String, _ query: SearchQuery, _ limit: Int, _ anew: Bool,
    _ progress: (Int, Int) -> Void
  ) throws(Diagnostic) {
    let root = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard root >= 0 else {
      // It says why.
      _ = try Files.names(in: folder)
      return
    }
    defer { close(root) }
    var last: (place: IndexPlace, failure: SQLiteFailure)?
    for place in IndexPlace.places(for: folder) {
      do throws(SQLiteFailure) {
        try search(folder, root, at: place, query, limit, anew, progress)
        if place == .memory {
          problems.append(Diagnostic(.finding(.indexNotKept(folder: folder)), at: nil))
        }
        return
      } catch {
        guard place.mayBeReplaced(after: error) else {
          throw Finder.problem(error, place, folder)
        }
        last = (place, error)
      }
    }
    if let last { throw Finder.problem(last.failure, last.place, folder) }
  }

  /// Searches with an index at a place, which is made anew where it is damaged or not ours.
  private mutating func search(
    _ folder: String, _ root: Int32, at place: IndexPlace, _ query: SearchQuery, _ limit: Int,
    _ anew: Bool, _ progress: (Int, Int) -> Void
  ) throws(SQLiteFailure) {
    do throws(SQLiteFailure) {
      return try searchOnce(folder, root, at: place, query, limit, anew, progress)
    } catch {
      guard error.isDamage, !anew else { throw error }
    }
    try searchOnce(folder, root, at: place, query, limit, true, progress)
  }

  private mutating func searchOnce(
    _ folder: String, _ root: Int32, at place: IndexPlace, _ query: SearchQuery, _ limit: Int,
    _ anew: Bool, _ progress: (Int, Int) -> Void
  ) throws(SQLiteFailure) {
    place.prepare()
    let index = try SearchIndex(of: folder, root, at: place.path, anew: anew)
    let (unread, (found, total)) = try index.searchCurrent(query, limit: limit, progress: progress)
    let finder = PhraseFinder(query)
    documents += found.map { FoundDocument($0, in: folder, finder) }
    count += total
    if !unread.isEmpty {
      let paths = unread.prefix(3).map { Finder.path($0, in: folder) }
      problems.append(
        Diagnostic(.finding(.unreadFiles(paths: paths, count: unread.count)), at: nil))
    }
  }

  fileprivate static func path(_ path: String, in folder: String) -> String {
    folder == "." ? path : folder.hasSuffix("/") ? folder + path : "\(folder)/\(path)"
  }

  // MARK: Problems

  private static func problem(
    _ failure: SQLiteFailure, _ place: IndexPlace, _ folder: String
  ) -> Diagnostic {
    let path = place.path ?? folder
    guard let reason = failure.reason else {
      return Diagnostic(.source(.output(.inUse(path: path))), at: nil)
    }
    return Diagnostic(.source(.cannotWrite(path: path, reason: reason)), at: nil)
  }
}

extension FoundDocument {
  fileprivate init(_ document: IndexedDocument, in folder: String, _ finder: PhraseFinder) {
    path = Finder.path(document.path, in: folder)
    kind = document[.kind].first.map(String.init) ?? ""
    number = document[.number].first.map(finder.marked)
    day = document[.day].first.map(String.init)
    issuer = document[.issuer].first.map(finder.marked)
    subject = document[.subject].first.map(finder.marked)
    sentence = finder.sentence(in: document[.prose])
    score = document.score
  }
}

/// Where the index of a folder may lie, in the order of preference.
enum IndexPlace: Equatable {
  case inFolder(String)
  case inCache(folder: String, String)
  case memory

  static func places(for folder: String) -> [IndexPlace] {
    var places: [IndexPlace] = []
    let own = "\(folder)/\(SearchIndex.fileName)"
    if access(folder, W_OK) == 0 || Files.isRegular(own) { places.append(.inFolder(own)) }
    if let cache = cacheFolder {
      let key = (Files.resolved(folder) ?? folder).utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) {
        ($0 ^ UInt64($1)) &* 0x100_0000_01B3
      }
      places.append(.inCache(folder: cache, "\(cache)/\(String(key, radix: 16)).sqlite"))
    }
    return places + [.memory]
  }

  private static var cacheFolder: String? {
    func value(_ name: String) -> String? {
      getenv(name).map { String(cString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    let base = value("XDG_CACHE_HOME") ?? value("HOME").map { $0 + "/.cache" }
    return base.map { $0 + "/baocao/tim-kiem" }
  }

  /// nil for memory.
  var path: String? {
    switch self {
    case .inFolder(let path), .inCache(_, let path): path
    case .memory: nil
    }
  }

  /// Makes the folder that it lies in. Where that fails, so does the opening of the index.
  func prepare() {
    if case .inCache(let folder, _) = self { try? Files.makeFolder(folder) }
  }

  /// Tells whether the next place is tried, where this one cannot be written.
  func mayBeReplaced(after failure: SQLiteFailure) -> Bool {
    self != .memory && failure.isOfPlace
  }
}
