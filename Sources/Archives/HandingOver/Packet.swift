import Diagnostics
import Reports
import Templating
import Texts
import Vietnamese

/// The packet of a hồ sơ as TT 05/2025/TT-BNV has it, an E-ARK package with METS, PREMIS and
/// descriptions:
///
///     METS.xml
///     metadata/descriptive/EAD.xml
///     metadata/preservation/PREMIS.xml      of an AIP
///     representations/rep1/                 METS.xml, data/, metadata/
///     schemas/*.xsd                         those that are given
///     documentation/DOC-TOI.txt
///
/// What its XML looks like stands in templates `layouts/nop-luu-*.xml.jinja`.
public struct Packet: Sendable {
  /// The name of its folder.
  public let name: String
  public let count: Int
  private let files: [PacketFile]

  /// - Parameters:
  ///   - schemas: the paths of XML schemas that go into it.
  ///   - epoch: the value of `SOURCE_DATE_EPOCH`.
  /// - Throws: fields that are missing, too long or in no list; what is wrong with the templates.
  public init(
    of dossier: DossierFile, _ documents: [PacketDocument], _ profile: PacketProfile,
    _ templates: TemplateCollection, schemas: [String], epoch: String?
  ) throws(Problems) {
    let documents = documents.sorted(by: PacketDocument.precedes)
    let time = try Problems.collecting { () throws(Diagnostic) in
      try Self.time(of: documents, epoch)
    }
    let values = PacketValues(dossier, documents, profile)
    let descriptions = values.documents.map(\.description)
    try (values.dossier.problems + descriptions.flatMap(\.problems)).throwIfErrors()
    let identifiers = PacketIdentifiers(Self.key(of: dossier, documents, profile, time))
    let id = values.identifier(identifiers.uuid)
    name = id.replacing(":", with: "_")
    count = documents.count
    let pages = PacketPages(templates, identifiers, id: id, title: values.title, profile, time)
    files = try pages.files(values, documents, try Self.schemas(schemas, time))
  }

  private static func time(
    of documents: [PacketDocument], _ epoch: String?
  ) throws(Diagnostic) -> String {
    if let epoch { return try SourceDate(epoch).timeInVietnam }
    guard let day = documents.compactMap(\.day).max() else {
      throw Diagnostic(.archive(.handOver(.noDay)), at: nil)
    }
    return day.midnight
  }

  /// The sum of all that makes this packet another one than others.
  private static func key(
    of dossier: DossierFile, _ documents: [PacketDocument], _ profile: PacketProfile,
    _ time: String
  ) -> Checksum {
    var text = "\(profile.form.rawValue) \(time)\n\(Checksum(of: dossier.bytes).string)\n"
    for document in documents { text += "\(document.bagSum.string)  \(document.place)\n" }
    return Checksum(of: Array(text.utf8))
  }

  private static func schemas(_ paths: [String], _ time: String) throws(Problems) -> [PacketFile] {
    try Problems.collecting { () throws(Diagnostic) in
      try paths.map { (path) throws(Diagnostic) in
        PacketFile(
          "schemas/\(Files.name(of: path))", try Files.read(path), mimeType: "application/xml",
          time: time)
      }
    }
  }

  /// Writes the packet into a folder, whole or not at all.
  ///
  /// - Returns: its path.
  /// - Throws: that it is there already.
  public func write(below folder: String) throws(Diagnostic) -> String {
    try Files.makeFolder(folder)
    let lock = try ArchiveLock(folder)
    ScratchFolder.removeLeftovers(in: folder)
    let target = "\(folder)/\(name)"
    guard !Files.isThere(target) else {
      throw Diagnostic(.archive(.handOver(.packetExists(path: target))), at: nil)
    }
    let scratch = try ScratchFolder(in: folder)
    defer { scratch.remove() }
    let draft = "\(scratch.path)/goi"
    for place in Set(files.map { Files.folder(of: $0.path) }) {
      try Files.makeFolder(place == "." ? draft : "\(draft)/\(place)")
    }
    for file in files { try file.write(below: draft) }
    lock.synchronize()
    try SealedFiles.move(draft, to: target)
    lock.release()
    return target
  }
}

extension CalendarDate {
  /// Its beginning in Vietnam: `2026-08-10T00:00:00+07:00`.
  var midnight: String { "\(iso)T00:00:00+07:00" }
}

/// What is known of a hồ sơ and its documents, and the descriptions that are made of it.
struct PacketValues {
  struct Document {
    /// The name of its files: the code of the hồ sơ, a dot and the number in it.
    let name: String
    let description: Description
  }

  let dossier: Description
  let documents: [Document]
  /// The values by the names of their sources.
  private let values: [String: DescribedValue]
  private let idPattern: String

  init(_ file: DossierFile, _ documents: [PacketDocument], _ profile: PacketProfile) {
    let days = documents.compactMap { $0.values["issuedDate"]?.text }
    // What all documents say alike is said of the hồ sơ too.
    var values = (documents.first?.values ?? [:]).filter { name, value in
      documents.allSatisfy { $0.values[name]?.text == value.text }
    }
    values["so_van_ban"] = DescribedValue(String(documents.count))
    values["ngay_dau"] = days.min().map { DescribedValue($0) }
    values["ngay_cuoi"] = days.max().map { DescribedValue($0) }
    for field in file.record.fields {
      let text = field.value.string
      if !text.isEmpty { values[field.name.string] = DescribedValue(text, at: field.value) }
    }
    self.values = values
    idPattern = profile.idPattern
    let place = file.record.place
    let owner = place.source.name
    var dossier = Description(of: owner, at: place, profile.dossierFields, values, profile)
    for name in profile.needs where values[name] == nil {
      dossier.tellMissing(name, [name], owner, place)
    }
    self.dossier = dossier
    let code = values["ma_ho_so"]?.text ?? ""
    self.documents = documents.enumerated().map { index, document in
      let number = String(index + 1)
      var own = values.filter { !document.values.keys.contains($0.key) }
      own.merge(document.values) { _, new in new }
      own["so_thu_tu"] = DescribedValue(number)
      own["ma_van_ban"] = DescribedValue("\(code).\(number)")
      return Document(
        name: "\(code).\(number)",
        description: Description(
          of: document.shown, at: nil, profile.documentFields, own, profile))
    }
  }

  var title: String { values["tieu_de"]?.text ?? "" }

  /// The identifier of the packet.
  func identifier(_ uuid: String) -> String {
    var id = idPattern.replacing("{UUID}", with: uuid)
    for (name, value) in values { id = id.replacing("{\(name)}", with: value.text) }
    return id
  }
}
