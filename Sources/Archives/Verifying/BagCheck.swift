import Diagnostics
import Records
import Reports
import Texts

/// What is wrong with a bag. Stricter than BagIt: every file is named, every list is whole and there.
struct BagCheck {
  private(set) var problems: [Diagnostic] = []
  /// The sum of the list that stands for the whole bag; nil where that is missing.
  private(set) var sum: Checksum?
  /// The files that are not what their list says.
  private var changed: Set<String> = []
  /// The files below `data/`, with the sums they should have.
  private(set) var payload: [Manifest.Entry] = []
  private let path: String
  private let shown: String
  private let tree: SealedTree
  private let sums: FileSums

  /// - Parameters:
  ///   - path: of the bag.
  ///   - shown: how messages name it.
  init(_ path: String, shown: String, _ sums: FileSums) {
    (self.path, self.shown, self.sums) = (path, shown, sums)
    tree = SealedTree(path)
    for name in tree.odd.sorted() { tell(.notRegular(path: "\(shown)/\(name)")) }
    guard tree.files[BagPath.declaration] != nil else {
      tell(.notBag(path: shown))
      return
    }
    sum = sums.sum(of: "\(path)/\(BagPath.tagManifest)")
    let tags = manifest(BagPath.tagManifest)
    let listed = manifest(BagPath.manifest)
    payload = listed?.entries ?? []
    check(tags, isOf: { !$0.hasPrefix(BagPath.payload) && $0 != BagPath.tagManifest })
    check(listed, isOf: { $0.hasPrefix(BagPath.payload) })
    for name in [BagPath.info, BagPath.manifest, BagPath.buildRecord]
    where tags?.entries.contains(where: { $0.path == name }) == false {
      tell(.unlisted(bag: shown, file: name))
    }
    checkDeclaration()
    checkCount()
    checkBuildRecord()
  }

  private mutating func tell(_ problem: BagProblem) {
    problems.append(Diagnostic(.archive(.bag(problem)), at: nil))
  }

  private mutating func manifest(_ name: String) -> Manifest? {
    guard let bytes = bytes(name) else {
      tell(.missing(bag: shown, file: name))
      return nil
    }
    let manifest = Manifest(reading: bytes)
    for line in manifest.oddLines { tell(.oddManifest(path: "\(shown)/\(name)", line: line)) }
    return manifest
  }

  private func bytes(_ name: String) -> [UInt8]? {
    tree.files[name] == nil ? nil : try? Files.read("\(path)/\(name)")
  }

  /// Compares a list with the files that it is of.
  private mutating func check(_ manifest: Manifest?, isOf: (String) -> Bool) {
    guard let manifest else { return }
    let names = tree.files.keys.filter(isOf)
    var surplus = Set(names)
    var missing: [Manifest.Entry] = []
    var changed: [(entry: Manifest.Entry, found: Checksum?)] = []
    for entry in manifest.entries {
      surplus.remove(entry.path)
      guard isOf(entry.path) else {
        tell(.misplaced(bag: shown, file: entry.path))
        continue
      }
      guard let file = tree.files[entry.path] else {
        missing.append(entry)
        continue
      }
      let found = sums.knownSum(of: file.identity) ?? sums.sum(of: "\(path)/\(entry.path)")
      if found != entry.sum { changed.append((entry, found)) }
    }
    for name in surplus.sorted() {
      let found = sums.sum(of: "\(path)/\(name)")
      // A file that has another name now is one fault, not two.
      if let index = missing.firstIndex(where: { $0.sum == found }) {
        tell(.renamed(bag: shown, file: missing.remove(at: index).path, to: name))
      } else {
        tell(.surplus(path: "\(shown)/\(name)"))
      }
    }
    for entry in missing { tell(.missing(bag: shown, file: entry.path)) }
    for (entry, found) in changed {
      self.changed.insert(entry.path)
      let other = manifest.entries.first { $0.sum == found && $0.path != entry.path }
      tell(.changed(bag: shown, file: entry.path, contentOf: other?.path))
    }
  }

  private mutating func checkDeclaration() {
    if !changed.contains(BagPath.declaration),
      bytes(BagPath.declaration) != Array(BagDraft.declaration.utf8)
    {
      tell(.changed(bag: shown, file: BagPath.declaration, contentOf: nil))
    }
  }

  /// The number of files and bytes that `bag-info.txt` says.
  private mutating func checkCount() {
    guard let bytes = bytes(BagPath.info) else { return }
    let label = "Payload-Oxum: "
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    let files = tree.files.filter { $0.key.hasPrefix(BagPath.payload) }
    let counted = "\(files.values.reduce(0) { $0 + $1.size }).\(files.count)"
    guard let line = lines.first(where: { $0.hasPrefix(label) }) else {
      return tell(.wrongCount(bag: shown, said: "", counted: counted))
    }
    let said = String(line.dropFirst(label.count))
    if said != counted { tell(.wrongCount(bag: shown, said: said, counted: counted)) }
  }

  /// What the build record says of the files is what the list says.
  private mutating func checkBuildRecord() {
    guard let bytes = bytes(BagPath.buildRecord) else { return }
    guard BuildRecord(reading: bytes) != nil else {
      return tell(.oddRecord(path: "\(shown)/\(BagPath.buildRecord)"))
    }
    // A list that was changed has been told of.
    guard changed.isDisjoint(with: [BagPath.manifest, BagPath.buildRecord]) else { return }
    var ignored: [Diagnostic] = []
    let database = Database.read(Source(name: BagPath.buildRecord, bytes: bytes), into: &ignored)
    let records = [BuildRecord.inputType, BuildRecord.outputType].flatMap {
      database.records(ofType: $0)
    }
    let said = Set(
      records.compactMap { record -> Manifest.Entry? in
        guard let path = record.field("tep")?.value.string,
          let sum = record.field("sha256").flatMap({ Checksum($0.value.bytes) })
        else { return nil }
        return Manifest.Entry(path: path, sum: sum)
      })
    for entry in payload where !said.contains(entry) {
      tell(.notInRecord(bag: shown, file: entry.path))
    }
    for entry in said.subtracting(payload).sorted(by: { $0.path < $1.path })
    where !payload.contains(where: { $0.path == entry.path }) {
      tell(.notInRecord(bag: shown, file: entry.path))
    }
  }
}
