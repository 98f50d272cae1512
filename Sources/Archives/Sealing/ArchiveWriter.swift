import Diagnostics
import Glibc
import Reports
import Synchronization

/// Writes bags beside an archive, and puts them into it together with their entries.
public final class ArchiveWriter: Sendable {
  public let archive: Archive
  let store: Store
  private let scratch: ScratchFolder
  private let drafts = Atomic(0)

  /// A bag that was written whole and waits for its place.
  public struct Draft: Sendable {
    let commit: Commit.Bag
    let entry: RegisterEntry
    /// Whether an older revision that is the same counts as the same: not where a document has gone back
    /// to what it was.
    let looksBack: Bool
    /// The place without the number of a revision.
    let base: String
    /// Where the bag will lie, below the archive.
    public var place: String { commit.place }
  }

  /// - Parameter part: the part of a job that the archive is to hold; nil where it holds all.
  /// - Throws: that the folder is no archive.
  public init(_ archive: Archive, part: ArchivePart? = nil) throws(Diagnostic) {
    self.archive = archive
    try archive.open(as: part)
    scratch = try ScratchFolder(in: archive.path)
    store = Store(archive: archive.path, scratch: scratch.path)
  }

  /// Ends the run. What it has not put into the archive is gone.
  public func close() {
    // What a commit has written down is still to be moved by the next run.
    if !Files.exists(archive.journalPath) { scratch.remove() }
  }

  /// The place of a revision of a bag.
  static func place(_ base: String, _ revision: Int) -> String {
    revision == 1 ? base : "\(base).\(revision)"
  }

  /// `goi/a/so-ket.2` is a revision of `goi/a/so-ket`.
  static func withoutRevision(_ place: String) -> String {
    let folder = Files.folder(of: place)
    let name = Files.name(of: place).prefix { $0 != "." }
    return "\(folder)/\(name)"
  }

  /// 2 for `goi/a/so-ket.2`, 1 for `goi/a/so-ket`.
  static func revision(of place: String) -> Int {
    Int(Files.name(of: place).drop { $0 != "." }.dropFirst()) ?? 1
  }

  // MARK: Writing

  /// Copies the files of a bag of another archive; those of templates come from the store.
  func draft(
    copying bag: String, to base: String, _ sum: Checksum, _ fields: [(name: String, value: String)]
  ) throws(Diagnostic) -> Draft? {
    try draft(at: base, sum, fields, looksBack: true) { (draft) throws(Diagnostic) in
      var made: Set<String> = []
      for name in SealedTree(bag).files.keys.sorted() {
        let (from, path) = ("\(bag)/\(name)", "\(draft)/\(name)")
        let folder = Files.folder(of: path)
        if made.insert(folder).inserted { try Files.makeFolder(folder) }
        if name.hasPrefix(BagPath.templates) || name == BagPath.readMe {
          try store.place(try store.add(try Files.read(from)).sum, at: path)
        } else if link(from, path) != 0 {
          try SealedFiles.write(try Files.read(from), to: path)
        }
      }
    }
  }

  /// Writes a bag beside the archive, unless it has the same one.
  func draft(
    at base: String, _ sum: Checksum, _ fields: [(name: String, value: String)], looksBack: Bool,
    _ write: (String) throws(Diagnostic) -> Void
  ) throws(Diagnostic) -> Draft? {
    let (revision, isThere) = next(base, sum, looksBack: looksBack)
    if isThere { return nil }
    let draft = "\(scratch.path)/\(drafts.add(1, ordering: .relaxed).newValue)"
    try write(draft)
    let relative = String(draft.dropFirst(archive.path.utf8.count + 1))
    let place = ArchiveWriter.place(base, revision)
    return Draft(
      commit: Commit.Bag(draft: relative, place: place),
      entry: RegisterEntry(bag: place, sum: sum, fields: fields), looksBack: looksBack, base: base)
  }

  /// The number that the next revision of a bag has, and whether the archive has the same one: the last, or
  /// where `looksBack` any.
  private func next(
    _ base: String, _ sum: Checksum, looksBack: Bool
  ) -> (revision: Int, isThere: Bool) {
    var revision = 1
    var (isThere, isLast) = (false, false)
    while Files.exists("\(archive.path)/\(ArchiveWriter.place(base, revision))") {
      isLast = hasBag(ArchiveWriter.place(base, revision), sum)
      isThere = isThere || isLast
      revision += 1
    }
    return (revision, looksBack ? isThere : isLast)
  }

  /// Writes the files of a bag.
  func write(_ files: [BagDraft.File], to draft: String) throws(Diagnostic) {
    var made: Set<String> = []
    for file in files {
      let path = "\(draft)/\(file.path)"
      let folder = Files.folder(of: path)
      if made.insert(folder).inserted { try Files.makeFolder(folder) }
      if let bytes = file.bytes {
        try SealedFiles.write(bytes, to: path)
      } else {
        try store.place(file.sum, at: path)
      }
    }
  }

  private func hasBag(_ place: String, _ sum: Checksum) -> Bool {
    let path = "\(archive.path)/\(place)/\(BagPath.tagManifest)"
    return (try? Files.read(path)).map { Checksum(of: $0) } == sum
  }

  // MARK: Into the archive

  /// Puts bags into the archive, in the order given, all or none.
  ///
  /// - Returns: where they lie, below the archive; without those that another run has put in meanwhile.
  public func commit(_ drafts: [Draft]) throws(Diagnostic) -> [String] {
    let lock = try ArchiveLock(archive.path)
    try Commit.finish(archive)
    var bags: [(bag: Commit.Bag, entry: RegisterEntry)] = []
    for draft in drafts {
      let (revision, isThere) = next(
        draft.base, draft.entry.sum, looksBack: draft.looksBack)
      if isThere { continue }
      let place = ArchiveWriter.place(draft.base, revision)
      let entry = RegisterEntry(bag: place, sum: draft.entry.sum, fields: draft.entry.fields)
      bags.append((Commit.Bag(draft: draft.commit.draft, place: place), entry))
    }
    try Commit.run(bags, in: archive, lock)
    lock.release()
    return bags.map(\.bag.place)
  }
}
