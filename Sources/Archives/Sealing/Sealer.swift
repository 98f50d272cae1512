import Diagnostics
import Glibc
import Reports
import Synchronization
import Vietnamese

/// Seals documents into an archive: each becomes a bag with all that it was made of, and an entry in
/// the register.
public final class Sealer: Sendable {
  public let writer: ArchiveWriter
  private let templates: TemplateFolder
  private let codes: ArchiveCodes
  /// The day that `SOURCE_DATE_EPOCH` gives; nil where it is not set.
  private let day: String?
  private let objects = Mutex<[String: Store.Object]>([:])
  private let sealedTemplates: SealedTemplates

  /// - Parameters:
  ///   - epoch: the value of `SOURCE_DATE_EPOCH`, seconds since 1970.
  ///   - part: the part of a job that this archive is to hold; nil where it holds all.
  /// - Throws: that the folder is no archive, what is wrong with the register of codes.
  public init(
    _ archive: Archive, templates: TemplateCollection, _ codes: ArchiveCodes, epoch: String?,
    part: ArchivePart? = nil
  ) throws(Diagnostic) {
    (self.templates, self.codes) = (templates.folder, codes)
    day = try epoch.map { (text) throws(Diagnostic) in try SourceDate(text).day.iso }
    writer = try ArchiveWriter(archive, part: part)
    sealedTemplates = SealedTemplates(templates)
  }

  // MARK: What is sealed already

  /// The newest bags of a data file, if they are all as they would be made now: of the same data,
  /// pictures, templates and formats. nil where something has changed.
  ///
  /// - Parameters:
  ///   - name: of the data file.
  ///   - folder: where it lies.
  public func unchangedBags(of name: String, _ bytes: [UInt8], in folder: String, _ making: Making)
    -> [String]?
  {
    guard let base = Sealer.base(of: name) else { return nil }
    let sum = Checksum(of: bytes)
    var unchanged: [String] = []
    for place in newestBags(in: base) {
      let bag = "\(writer.archive.path)/\(place)"
      guard let text = try? Files.read("\(bag)/\(BagPath.manifest)") else { return nil }
      let entries = Manifest(reading: text).entries
      let data = BagPath.data + name
      guard entries.contains(where: { $0.path == data && $0.sum == sum }) else { continue }
      guard let text = try? Files.read("\(bag)/\(BagPath.buildRecord)"),
        let record = BuildRecord(reading: text), record.making.isLike(making),
        sealedTemplates.areUnchanged(entries),
        entries.allSatisfy({ isUnchanged($0, but: data, in: folder) })
      else { return nil }
      unchanged.append(place)
    }
    return unchanged.isEmpty ? nil : unchanged
  }

  private func isUnchanged(_ entry: Manifest.Entry, but data: String, in folder: String) -> Bool {
    guard entry.path.hasPrefix(BagPath.data), entry.path != data else { return true }
    let path = Files.stored(String(entry.path.dropFirst(BagPath.data.count)), in: folder)
    guard let bytes = try? Files.read("\(folder)/\(path)") else { return false }
    return Checksum(of: bytes) == entry.sum
  }

  /// The last revision of each document of a data file, below the archive.
  private func newestBags(in base: String) -> [String] {
    var newest: [String: Int] = [:]
    for (name, type) in SealedFiles.entries(in: "\(writer.archive.path)/\(base)")
    where Int32(type) != DT_REG && !name.hasPrefix(".") {
      let document = ArchiveWriter.withoutRevision("\(base)/\(name)")
      newest[document] = max(newest[document] ?? 1, ArchiveWriter.revision(of: name))
    }
    return newest.sorted { $0.key < $1.key }.map { ArchiveWriter.place($0.key, $0.value) }
  }

  private static func base(of name: String) -> String? {
    let stem = DataFile.isNamed(name) ? String(name.dropLast(4)) : name
    guard BagPath.isSafe(stem), BagPath.isSafe(name), !stem.hasPrefix("."), !stem.contains("/")
    else { return nil }
    return "\(Archive.bags)/\(stem)"
  }

  // MARK: Writing

  /// Writes the bag of a document.
  ///
  /// - Returns: nil where the archive has the same bag already.
  public func draft(_ document: SealedDocument) throws(Diagnostic) -> ArchiveWriter.Draft? {
    let name = document.data.path
    guard let folder = Sealer.base(of: name), !document.description.name.contains(".") else {
      throw Diagnostic(.archive(.unsafeName(name)), at: nil)
    }
    let base = "\(folder)/\(document.description.name)"
    let (files, sum) = try files(of: document, id: String(base.dropFirst(Archive.bags.count + 1)))
    for file in files where !BagPath.isSafe(file.path) {
      throw Diagnostic(.archive(.unsafeName(file.path)), at: nil)
    }
    return try writer.draft(at: base, sum, entryFields(document), looksBack: false) {
      (draft) throws(Diagnostic) in
      try writer.write(files, to: draft)
    }
  }

  private func files(
    of document: SealedDocument, id: String
  ) throws(Diagnostic) -> (files: [BagDraft.File], sum: Checksum) {
    var bag = BagDraft()
    bag.add(BagDraft.File(BagPath.data + document.data.path, document.data.bytes))
    for file in document.beside { bag.add(BagDraft.File(BagPath.data + file.path, file.bytes)) }
    for name in document.templates {
      bag.add(BagDraft.File(BagPath.templates + name, stored: try object(named: name)))
    }
    for file in document.outputs { bag.add(BagDraft.File(BagPath.outputs + file.path, file.bytes)) }
    let day = day ?? document.description.day?.iso
    bag.add(
      BagDraft.File(
        BagPath.buildRecord, BuildRecord.text(of: document, bag.payload, day: day, codes)))
    bag.add(
      BagDraft.File(BagPath.readMe, stored: try writer.store.add(Array(ReadMe.text.utf8))))
    var info: [(label: String, value: String)] = []
    if let issuer = document.description.issuer { info.append(("Source-Organization", issuer)) }
    if let subject = document.description.subject {
      info.append(("External-Description", subject))
    }
    info.append(("External-Identifier", id))
    if let day { info.append(("Bagging-Date", day)) }
    info.append(("Bag-Software-Agent", ProgramVersion.text))
    return bag.files(info: info)
  }

  /// A file of the templates in the store.
  private func object(named name: String) throws(Diagnostic) -> Store.Object {
    if let known = objects.withLock({ $0[name] }) { return known }
    let object = try writer.store.add(try templates.bytes(named: name))
    objects.withLock { $0[name] = object }
    return object
  }

  /// What the register says of a document, so that nobody has to open its bag.
  private func entryFields(_ document: SealedDocument) -> [(name: String, value: String)] {
    let said = document.description
    let sign = [said.number, said.notation].compactMap(\.self).joined(separator: "/")
    let fields: [(String, String?)] = [
      (RegisterEntry.fileField, document.data.path), ("mau", said.kind), ("so_ky_hieu", sign),
      (RegisterEntry.issueDayField, said.day?.iso), (RegisterEntry.issuerField, said.issuer),
      ("trich_yeu", said.subject),
      (RegisterEntry.dayField, day),
    ]
    return fields.compactMap { name, value in
      value.flatMap { $0.isEmpty ? nil : (name, $0) }
    }
  }
}

extension Making {
  /// Tells whether documents are made in the same way, whatever engine prints them.
  fileprivate func isLike(_ other: Making) -> Bool {
    (formats, isArchived, isTwoSided) == (other.formats, other.isArchived, other.isTwoSided)
  }
}

/// The templates as they are now, beside those that bags hold.
private final class SealedTemplates: Sendable {
  private let folder: TemplateFolder
  private let registerNames: [String]
  private struct Known {
    var names: [String]?
    /// By name; nil for one that is not there.
    var sums: [String: Checksum?] = [:]
    /// By the sum of a list of templates with their sums.
    var verdicts: [Checksum: Bool] = [:]
  }
  private let known = Mutex(Known())

  init(_ templates: TemplateCollection) {
    (folder, registerNames) = (templates.folder, templates.registerNames)
  }

  /// Tells whether documents would be made of the same templates as a bag was.
  func areUnchanged(_ entries: [Manifest.Entry]) -> Bool {
    let sealed = entries.filter { $0.path.hasPrefix(BagPath.templates) }
    let key = Checksum(of: Manifest(sealed).text)
    return known.withLock { known in
      if let verdict = known.verdicts[key] { return verdict }
      let verdict = areUnchanged(sealed, &known)
      known.verdicts[key] = verdict
      return verdict
    }
  }

  private func areUnchanged(_ sealed: [Manifest.Entry], _ known: inout Known) -> Bool {
    let names = known.names ?? folder.files
    known.names = names
    let sums = Dictionary(
      sealed.map { (String($0.path.dropFirst(BagPath.templates.count)), $0.sum) },
      uniquingKeysWith: { one, _ in one })
    for (name, sum) in sums where self.sum(of: name, &known) != sum { return false }
    // A new register, or a new template of one of its kinds, would be among them.
    let kinds = Set(names.filter { $0.hasSuffix("/mau.rec") }.map { Files.folder(of: $0) })
    return names.allSatisfy { name in
      if sums[name] != nil { return true }
      let place = Files.folder(of: name)
      return kinds.contains(place)
        ? sums["\(place)/mau.rec"] == nil : !registerNames.contains(name)
    }
  }

  private func sum(of name: String, _ known: inout Known) -> Checksum? {
    if let sum = known.sums[name] { return sum }
    let sum = (try? folder.bytes(named: name)).map { Checksum(of: $0) }
    known.sums[name] = .some(sum)
    return sum
  }
}
