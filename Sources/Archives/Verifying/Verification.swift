import Diagnostics
import Glibc
import Reports
import Synchronization

/// The check of an archive: its bags, its store, its register and the heads that were signed.
public final class Verification: Sendable {
  let archive: Archive
  private let sums = FileSums()
  /// The sums of the files of the store that bags hold.
  private let stored = Mutex<Set<Checksum>>([])
  private let file: RegisterFile
  private let register: RegisterCheck
  /// Where bags lie that a run which was killed has decided to put in, by their places.
  private let drafts: [String: String]
  /// The problems of the register and of the archive's own files.
  public let problems: [Diagnostic]
  /// The places of bags, those of the register first.
  public let bags: [String]

  /// Reads the register of an archive.
  ///
  /// - Throws: that there is none.
  public init(_ archive: Archive) throws(Diagnostic) {
    self.archive = archive
    guard Archive.isArchive(archive.path) else {
      throw Diagnostic(.archive(.noArchive(path: archive.path)), at: nil)
    }
    let pending = try Commit.pending(in: archive)
    file = try RegisterFile(archive, pending)
    let register = try RegisterCheck(file, path: archive.registerPath)
    self.register = register
    drafts = pending?.drafts ?? [:]
    bags = register.bags + Self.bags(in: archive) { register.numbers[$0] == nil }
    let unfinished = Diagnostic(.archive(.register(.unfinished(path: archive.path))), at: nil)
    problems = register.problems + (pending == nil ? [] : [unfinished])
  }

  /// The head of the register.
  public var head: String { String(register.head.text.dropLast()) }

  /// The number of entries.
  public var count: Int { register.head.count }

  /// The bags that lie in an archive and are wanted.
  private static func bags(in archive: Archive, isWanted: (String) -> Bool) -> [String] {
    let base = "\(archive.path)/\(Archive.bags)"
    return folders(in: base).flatMap { file in
      folders(in: "\(base)/\(file)").map { "\(Archive.bags)/\(file)/\($0)" }.filter(isWanted)
    }
  }

  /// All names in a folder, in the order in which messages name them.
  private static func entries(in path: String) -> [(name: String, type: UInt8)] {
    SealedFiles.entries(in: path).sorted { $0.name < $1.name }
  }

  private static func folders(in path: String) -> [String] {
    entries(in: path).filter { Int32($0.type) != DT_REG }.map(\.name)
  }

  // MARK: Bags

  /// The entry of a bag; nil for one that the register does not have.
  func entry(ofBag place: String) -> RegisterText.Entry? {
    register.numbers[place].flatMap { number in
      let known = register.entries[number - 1]
      return RegisterText.entry(in: file, at: known.place, line: known.line)
    }
  }

  /// Where a bag of the archive lies.
  public func path(ofBag place: String) -> String {
    if let draft = drafts[place], Files.exists("\(archive.path)/\(draft)") {
      return "\(archive.path)/\(draft)"
    }
    return "\(archive.path)/\(place)"
  }

  /// What is wrong with a bag of the archive.
  public func problems(ofBag place: String) -> [Diagnostic] {
    let shown = "\(archive.path)/\(place)"
    let path = path(ofBag: place)
    for folder in [path, Files.folder(of: path)] where SealedFiles.isLink(folder) {
      return [Diagnostic(.archive(.bag(.notRegular(path: folder))), at: nil)]
    }
    guard let number = register.numbers[place] else {
      return BagCheck(path, shown: shown, sums).problems
        + [Diagnostic(.archive(.register(.notInRegister(path: shown))), at: nil)]
    }
    guard Files.isFolder(path) else {
      return [
        Diagnostic(.archive(.register(.missingBag(path: shown, number: number))), at: nil)
      ]
    }
    let check = BagCheck(path, shown: shown, sums)
    stored.withLock { stored in
      for entry in check.payload where entry.path.hasPrefix(BagPath.templates) {
        stored.insert(entry.sum)
      }
    }
    guard check.sum != nil, check.sum != register.entries[number - 1].bagSum else {
      return check.problems
    }
    // What the list of lists says now is not to be gone by.
    return [
      Diagnostic(.archive(.register(.notTheSealedBag(path: shown, number: number))), at: nil)
    ] + check.problems
  }

  // MARK: The store and the top of the archive

  /// What lies at the top of an archive.
  private static let own = [
    Archive.bags, Archive.register, Archive.head, Archive.readMe, Store.folder, ArchivePart.file,
  ]

  /// What is wrong with the store and with what lies beside it, after all bags were looked at.
  public func problemsBesideBags() -> [Diagnostic] {
    var problems = problemsOfStore()
    for (name, _) in Self.entries(in: archive.path)
    where !Self.own.contains(name) && !Self.isPassing(name) && !Self.isHead(name)
      && !Self.isIndex(name)
    {
      problems.append(
        Diagnostic(.archive(.bag(.surplus(path: "\(archive.path)/\(name)"))), at: nil))
    }
    let base = "\(archive.path)/\(Archive.bags)"
    for file in [""] + Self.folders(in: base).map({ "/\($0)" }) {
      for (name, type) in Self.entries(in: base + file) where Int32(type) == DT_REG {
        problems.append(
          Diagnostic(.archive(.bag(.surplus(path: "\(base)\(file)/\(name)"))), at: nil))
      }
    }
    for name in Self.own where SealedFiles.isLink("\(archive.path)/\(name)") {
      problems.append(
        Diagnostic(.archive(.bag(.notRegular(path: "\(archive.path)/\(name)"))), at: nil))
    }
    let readMe = "\(archive.path)/\(Archive.readMe)"
    if !Files.exists(readMe) {
      problems.append(
        Diagnostic(.archive(.bag(.missing(bag: archive.path, file: Archive.readMe))), at: nil))
    } else if let sum = sums.sum(of: readMe), sum != Checksum(of: Array(ReadMe.text.utf8)),
      !Files.exists("\(archive.path)/\(Store.path(of: sum))")
    {
      // That of another version lies in the store, as packets have it too.
      problems.append(
        Diagnostic(
          .archive(.bag(.changed(bag: archive.path, file: Archive.readMe, contentOf: nil))), at: nil
        ))
    }
    return problems
  }

  /// What is wrong with the files of the store: one that bags hold is not there, has other bytes, or has
  /// another name.
  private func problemsOfStore() -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let store = "\(archive.path)/\(Store.folder)"
    for (name, type) in Self.entries(in: store) {
      let path = "\(store)/\(name)"
      guard Int32(type) != DT_REG, !SealedFiles.isLink(path) else {
        problems.append(Diagnostic(.archive(.bag(.surplus(path: path))), at: nil))
        continue
      }
      for (object, _) in Self.entries(in: path) {
        problems += problem(ofObject: "\(path)/\(object)", object, in: name).map { [$0] } ?? []
      }
    }
    let missing = stored.withLock { $0 }.map(Store.path).filter {
      !Files.exists("\(archive.path)/\($0)")
    }
    return problems
      + missing.sorted().map {
        Diagnostic(.archive(.bag(.missing(bag: archive.path, file: $0))), at: nil)
      }
  }

  private func problem(ofObject path: String, _ name: String, in folder: String) -> Diagnostic? {
    guard name.hasPrefix(folder), let sum = Checksum(name.utf8) else {
      return Diagnostic(.archive(.bag(.surplus(path: path))), at: nil)
    }
    return sums.sum(of: path) == sum
      ? nil : Diagnostic(.archive(.changedObject(path: path)), at: nil)
  }

  private static func isHead(_ name: String) -> Bool {
    name.hasPrefix("dau-so") && ([".txt"] + Signature.suffixes).contains { name.hasSuffix($0) }
  }

  /// Tells whether a name is of what a run writes or has left.
  private static func isPassing(_ name: String) -> Bool {
    name == Archive.journal
      || [Archive.scratchPrefix, Files.temporaryPrefix].contains { name.hasPrefix($0) }
  }

  /// The index of searches, which can be thrown away.
  private static func isIndex(_ name: String) -> Bool { name.hasPrefix("tim-kiem.sqlite") }

  // MARK: Heads

  /// What is wrong with the heads that the archive keeps.
  public func problemsOfHeads() -> [Diagnostic] {
    var problems: [Diagnostic] = []
    // A run that was killed has not written it anew.
    if drafts.isEmpty, register.head.count > 0 {
      let said = (try? Files.read(archive.headPath)).flatMap { RegisterHead($0) }
      if said != register.head {
        problems.append(
          Diagnostic(.archive(.register(.wrongHead(path: archive.headPath))), at: nil))
      }
    }
    for (name, _) in Self.entries(in: archive.path)
    where name.hasPrefix("dau-so-") && name.hasSuffix(".txt") {
      problems += problem(ofHeadIn: "\(archive.path)/\(name)").map { [$0] } ?? []
    }
    return problems
  }

  /// Compares a head that was written down once with the entry that it is of.
  public func problem(ofHeadIn path: String) -> Diagnostic? {
    let bytes: [UInt8]
    do throws(Diagnostic) { bytes = try Files.read(path) } catch { return error }
    guard let head = RegisterHead(bytes) else {
      return Diagnostic(.archive(.register(.oddHead(path: path))), at: nil)
    }
    guard head.count > 0, head.count <= register.entries.count else {
      return Diagnostic(
        .archive(
          .register(.registerCut(path: path, said: head.count, count: register.entries.count))),
        at: nil)
    }
    let entry = register.entries[head.count - 1]
    return entry.own == head.sum
      ? nil : Diagnostic(.archive(.register(.wrongHead(path: path))), at: nil)
  }

  /// The heads that have a signature beside them, and the names of the signatures.
  public var signatures: [(head: String, signature: String)] {
    Self.entries(in: archive.path).map(\.name).compactMap { name in
      guard let suffix = Signature.suffixes.first(where: { name.hasSuffix($0) }),
        name.hasPrefix("dau-so")
      else { return nil }
      let path = "\(archive.path)/\(name)"
      return (String(path.dropLast(suffix.count)), path)
    }
  }
}

extension Archive {
  /// What is wrong with a bag that lies in no archive.
  public static func problems(ofBagAt path: String) -> [Diagnostic] {
    BagCheck(path, shown: path, FileSums()).problems
  }
}
