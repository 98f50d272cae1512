import Diagnostics
import Reports
import Templating

/// The XML files of a packet, made by templates like any other page.
struct PacketPages {
  private let templates: TemplateCollection
  private let identifiers: PacketIdentifiers
  private let id: String
  private let profile: PacketProfile
  private let time: String
  private let packet: Value

  private static let representation = "rep1"
  private static let folder = "representations/rep1/"
  private static let xml = "application/xml"

  init(
    _ templates: TemplateCollection, _ identifiers: PacketIdentifiers, id: String, title: String,
    _ profile: PacketProfile, _ time: String
  ) {
    (self.templates, self.identifiers, self.id) = (templates, identifiers, id)
    (self.profile, self.time) = (profile, time)
    packet = .texts([
      ("ma", id), ("loai", profile.type), ("tieu_de", title), ("ngay", time),
      ("chuong_trinh", ProgramVersion.program), ("phien_ban", ProgramVersion.number),
    ])
  }

  /// A group of files in METS.
  private struct Group {
    let name: String
    let files: [PacketFile]
    var isRepresentation = false
    /// The descriptions of its files, in their order.
    var descriptions: [PacketFile] = []
  }

  /// All files, what is described before what describes it.
  func files(
    _ values: PacketValues, _ documents: [PacketDocument], _ schemas: [PacketFile]
  ) throws(Problems) -> [PacketFile] {
    let data = zip(values.documents, documents).map { described, document in
      PacketFile(
        "\(Self.folder)data/\(described.name).\(document.type.suffix)", document,
        time: document.day?.midnight ?? time)
    }
    var descriptions: [PacketFile] = []
    for described in values.documents {
      descriptions.append(
        try page(
          "ead-van-ban", "\(Self.folder)metadata/descriptive/EAD_doc_\(described.name).xml",
          [("truong", Self.fields(described.description))]))
    }
    let inner = try preservation(
      "\(Self.folder)metadata/preservation/PREMIS_\(Self.representation).xml",
      of: Self.representation, data, documents)
    let innerMets = try mets(
      below: Self.folder, id: Self.representation, descriptions, inner,
      [Group(name: "Data", files: data, descriptions: descriptions)])
    let dossier = try page(
      "ead", "metadata/descriptive/EAD.xml", [("truong", Self.fields(values.dossier))])
    let outer = try preservation("metadata/preservation/PREMIS.xml", of: id, [], [])
    let readMe = try readMe(data, documents, hasSchemas: !schemas.isEmpty)
    var groups = [Group(name: "Documentation", files: [readMe])]
    if !schemas.isEmpty { groups.append(Group(name: "Schemas", files: schemas)) }
    groups.append(
      Group(
        name: "Representations/\(Self.representation)", files: [innerMets], isRepresentation: true))
    let outerMets = try mets(below: "", id: id, [dossier], outer, groups)
    return data + descriptions + inner + [innerMets, dossier] + outer + schemas
      + [readMe, outerMets]
  }

  private func preservation(
    _ path: String, of id: String, _ data: [PacketFile], _ documents: [PacketDocument]
  ) throws(Problems) -> [PacketFile] {
    guard profile.isPreserved else { return [] }
    let files = zip(data, documents).map { file, document -> Value in
      file.value(identifiers, below: Self.folder, ("ten_goc", Value(document.name)))
    }
    let own: Value = .texts([("ma", id), ("su_kien", identifiers.id("su-kien \(path)"))])
    return [try page("premis", path, [("muc", own), ("tep", .list(files))])]
  }

  private func mets(
    below base: String, id: String, _ descriptions: [PacketFile], _ preservation: [PacketFile],
    _ groups: [Group]
  ) throws(Problems) -> PacketFile {
    func own(_ part: String) -> String { identifiers.id("\(base)METS.xml \(part)") }
    func section(_ file: PacketFile) -> String { own("muc \(file.path)") }
    func listed(_ files: [PacketFile]) -> Value {
      .list(files.map { $0.value(identifiers, below: base, ("muc", Value(section($0)))) })
    }
    let groups = groups.map { group -> Value in
      let files = group.files.enumerated().map { index, file in
        let description = group.descriptions.isEmpty ? "" : section(group.descriptions[index])
        return file.value(identifiers, below: base, ("mo_ta", Value(description)))
      }
      return .map(
        ValueMap([
          (Key("id"), Value(own("nhom \(group.name)"))), (Key("ten"), Value(group.name)),
          (Key("id_nhanh"), Value(own("nhanh \(group.name)"))),
          (Key("la_ban_trinh_bay"), .bool(group.isRepresentation)), (Key("tep"), .list(files)),
        ]))
    }
    return try page(
      "mets", "\(base)METS.xml",
      [
        (
          "muc",
          .texts([
            ("ma", id), ("id_tep", own("tep")), ("id_cay", own("cay")), ("id_goc", own("goc")),
            ("id_mo_ta", own("mo-ta")),
          ])
        ), ("mo_ta", listed(descriptions)), ("bao_quan", listed(preservation)),
        ("nhom", .list(groups)),
      ])
  }

  private func readMe(
    _ data: [PacketFile], _ documents: [PacketDocument], hasSchemas: Bool
  ) throws(Problems) -> PacketFile {
    let files = zip(data, documents).map { file, document -> Value in
      .texts([
        ("ten", Files.name(of: file.path)), ("goi_niem", document.place),
        ("ma_niem", document.bagSum.string),
      ])
    }
    let bytes = try rendered(
      "doc-toi.txt", [("tep", .list(files)), ("co_luoc_do", .bool(hasSchemas))])
    return PacketFile(
      "documentation/\(Archive.readMe)", bytes, mimeType: "text/plain", time: time)
  }

  // MARK: Templates

  private func page(
    _ template: String, _ path: String, _ variables: [(String, Value)]
  ) throws(Problems) -> PacketFile {
    PacketFile(path, try rendered("\(template).xml", variables), mimeType: Self.xml, time: time)
  }

  private func rendered(
    _ template: String, _ variables: [(String, Value)]
  ) throws(Problems) -> [UInt8] {
    let name = "layouts/nop-luu-\(template).jinja"
    let all = ValueMap(([("goi", packet)] + variables).map { (Key($0.0), $0.1) })
    guard let page = try templates.page(name, all) else {
      throw Problems([Diagnostic(.source(.cannotOpen(path: name, reason: .notFound)), at: nil)])
    }
    return page
  }

  private static func fields(_ description: Description) -> Value {
    .list(description.fields.map { .texts([("ten", $0.name), ("gia_tri", $0.value)]) })
  }
}

extension Value {
  fileprivate static func texts(_ fields: [(String, String)]) -> Value {
    .map(ValueMap(fields.map { (Key($0.0), Value($0.1)) }))
  }
}

extension PacketFile {
  /// The file as templates know it.
  ///
  /// - Parameter base: the folder of the file that names it.
  fileprivate func value(
    _ identifiers: PacketIdentifiers, below base: String, _ more: (String, Value)
  ) -> Value {
    .map(
      ValueMap([
        (Key("id"), Value(identifiers.id(path))),
        (Key("duong_dan"), Value(String(path.dropFirst(base.count)))),
        (Key("mime"), Value(mimeType)), (Key("co"), .int(size)),
        (Key("sha256"), Value(sum.string)), (Key("ngay"), Value(time)), (Key(more.0), more.1),
      ]))
  }
}
