import Diagnostics
import Glibc
import Reports
import Texts

/// Bags that were written whole, on their way into an archive together with their entries.
///
/// What is to be done is first written down as `.dang-ghi-so`: the length of the register, the
/// moves, and the entries. Before that file has its name nothing has changed; from then on all of it
/// is done, by the next run if this one is killed, and doing it twice does no harm.
struct Commit {
  struct Bag: Sendable {
    /// Where it was written, below the archive.
    let draft: String
    /// Where it belongs, below the archive.
    let place: String
  }

  /// Of the register before it.
  let registerLength: Int
  private let bags: [Bag]
  let entries: [UInt8]
  private let head: RegisterHead

  /// Puts bags into an archive, in the order given.
  ///
  /// - Parameter lock: of the archive.
  static func run(
    _ bags: [(bag: Bag, entry: RegisterEntry)], in archive: Archive, _ lock: borrowing ArchiveLock
  ) throws(Diagnostic) {
    guard !bags.isEmpty else { return }
    var (head, length) = try RegisterTail.read(archive)
    var entries: [UInt8] = []
    for (_, entry) in bags {
      if head.count == 0 {
        entries += Array(RegisterText.heading.utf8)
      } else {
        entries.append(0x0A)
      }
      let text = entry.text(number: head.count + 1, after: head.sum)
      entries += text.bytes
      head = RegisterHead(count: head.count + 1, sum: text.sum)
    }
    // What the journal speaks of is on the disk before it.
    lock.synchronize()
    let commit = Commit(
      registerLength: length, bags: bags.map(\.bag), entries: entries, head: head)
    try commit.write(to: archive)
    try commit.apply(to: archive)
  }

  /// Does what a run that was killed had decided to do.
  static func finish(_ archive: Archive) throws(Diagnostic) {
    guard let commit = try pending(in: archive) else { return }
    try commit.apply(to: archive)
  }

  private init(registerLength: Int, bags: [Bag], entries: [UInt8], head: RegisterHead) {
    (self.registerLength, self.bags) = (registerLength, bags)
    (self.entries, self.head) = (entries, head)
  }

  // MARK: The journal

  private func write(to archive: Archive) throws(Diagnostic) {
    var text = "\(registerLength) \(bags.count) \(head.count) \(head.sum.string)\n"
    for bag in bags { text += "\(bag.draft)\n\(bag.place)\n" }
    try Files.write((Array(text.utf8) + entries).span, to: archive.journalPath)
  }

  /// What is decided and may not be done yet; nil where there is nothing.
  static func pending(in archive: Archive) throws(Diagnostic) -> Commit? {
    guard Files.exists(archive.journalPath) else { return nil }
    let bytes = try Files.read(archive.journalPath)
    var rest = bytes[...]
    func line() -> String? {
      guard let end = rest.firstIndex(of: 0x0A) else { return nil }
      defer { rest = rest[(end + 1)...] }
      return String(decoding: rest[..<end], as: UTF8.self)
    }
    let odd = Diagnostic(.archive(.oddJournal(path: archive.journalPath)), at: nil)
    let words = line()?.split(separator: " ") ?? []
    guard words.count == 4, let length = Int(words[0]), let count = Int(words[1]),
      let number = Int(words[2]), let sum = Checksum(Array(words[3].utf8)), length >= 0
    else { throw odd }
    var bags: [Bag] = []
    for _ in 0..<max(0, count) {
      guard let draft = line(), let place = line(),
        draft.hasPrefix(Archive.scratchPrefix), place.hasPrefix("\(Archive.bags)/"),
        BagPath.isSafe(draft), BagPath.isSafe(place)
      else { throw odd }
      bags.append(Bag(draft: draft, place: place))
    }
    return Commit(
      registerLength: length, bags: bags, entries: Array(rest),
      head: RegisterHead(count: number, sum: sum))
  }

  // MARK: Doing it

  private func apply(to archive: Archive) throws(Diagnostic) {
    try appendEntries(archive)
    for bag in bags { try move(bag, archive) }
    try keepSignedHead(archive)
    try Files.write(Array(head.text.utf8).span, to: archive.headPath)
    guard unlink(archive.journalPath) == 0 else {
      throw SealedFiles.cannotWrite(archive.journalPath)
    }
  }

  private func appendEntries(_ archive: Archive) throws(Diagnostic) {
    let path = archive.registerPath
    let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else { throw SealedFiles.cannotWrite(path) }
    var status = stat()
    let isWritten =
      fstat(descriptor, &status) == 0 && Int(status.st_size) >= registerLength
      && ftruncate(descriptor, registerLength) == 0
      && lseek(descriptor, 0, SEEK_END) == registerLength
      && Files.writeAll(entries.span, to: descriptor) && fsync(descriptor) == 0
    let code = errno
    guard close(descriptor) == 0, isWritten else {
      errno = code
      throw SealedFiles.cannotWrite(path)
    }
  }

  private func move(_ bag: Bag, _ archive: Archive) throws(Diagnostic) {
    let (draft, place) = ("\(archive.path)/\(bag.draft)", "\(archive.path)/\(bag.place)")
    // It was moved before.
    if !Files.exists(draft), Files.exists(place) { return }
    try Files.makeFolder(Files.folder(of: place))
    try SealedFiles.move(draft, to: place)
  }

  /// Gives a head that was signed a name of its own: its signature holds for the entries it covers.
  private func keepSignedHead(_ archive: Archive) throws(Diagnostic) {
    let signatures = Signature.suffixes.filter { Files.exists(archive.headPath + $0) }
    guard !signatures.isEmpty, let signed = RegisterHead(try Files.read(archive.headPath)),
      signed != head
    else { return }
    let kept = "\(archive.path)/dau-so-\(signed.count).txt"
    try Files.write(Array(signed.text.utf8).span, to: kept)
    for suffix in signatures {
      try SealedFiles.move(archive.headPath + suffix, to: kept + suffix)
    }
  }

  // MARK: An archive as it is to be

  /// The places of its bags, by where they belong, below the archive.
  var drafts: [String: String] {
    Dictionary(bags.map { ($0.place, $0.draft) }, uniquingKeysWith: { one, _ in one })
  }
}
