import Diagnostics
import Records
import Reports
import Texts
import Vietnamese

/// The form of the packets that are handed over to an archive: `so-bo/ho-so-nop-luu.rec`.
///
/// What TT 05/2025/TT-BNV asks for is known from others' reading of it alone, so names, order, lengths
/// and codes are data.
public struct PacketProfile: Sendable {
  /// The forms of packets there are.
  public enum Form: String, Sendable, CaseIterable {
    /// To another system.
    case sip
    /// To be kept in the same system.
    case aip
  }

  /// A field of a description.
  struct FieldRule: Sendable {
    /// The XML element: ASCII letters and digits.
    let name: String
    let isRequired: Bool
    let isDay: Bool
    /// The most letters that its value may have.
    let limit: Int?
    /// Where its value comes from; the first one that has one counts.
    let sources: [String]
  }

  /// A form of files that may be handed over.
  struct FileType: Sendable {
    let suffix: String
    let mimeType: String
    /// Files of it are to be made for archives.
    let isArchived: Bool
  }

  let form: Form
  /// `SIP`
  let type: String
  /// `urn:{ma_phong}:uuid-{UUID}`
  let idPattern: String
  /// The packet has PREMIS files.
  let isPreserved: Bool
  /// Fields of the hồ sơ that this form needs beside those that it describes.
  let needs: [String]
  let dossierFields: [FieldRule]
  let documentFields: [FieldRule]
  /// The ones that are taken first stand first.
  let fileTypes: [FileType]
  /// By the name of a field.
  private let codes: [String: [(code: String, name: String)]]

  /// What is read of a field, of a hồ sơ or of a document.
  private static let fieldRules = """
    %mandatory: ten dang
    %allowed: ten dang bat_buoc do_dai kieu lay
    %unique: ten bat_buoc do_dai kieu
    %type: ten regexp /^[A-Za-z][A-Za-z0-9]*$/
    %type: dang enum sip aip
    %type: bat_buoc enum co
    %type: do_dai range 1 100000
    %type: kieu enum ngay
    """

  private static let register = RegisterForm(
    "so-bo/ho-so-nop-luu.rec",
    """
    %rec: dang_goi
    %mandatory: dang loai ma
    %allowed: dang loai ma bao_quan can
    %unique: dang loai ma bao_quan
    %type: dang enum sip aip
    %type: bao_quan enum co

    %rec: dang_tep
    %mandatory: duoi mime
    %allowed: duoi mime pdf_a
    %unique: duoi mime pdf_a
    %type: duoi regexp /^[a-z0-9]+$/
    %type: pdf_a enum co

    %rec: truong_ho_so
    \(fieldRules)

    %rec: truong_van_ban
    \(fieldRules)

    %rec: ma_nop_luu
    %mandatory: truong ma ten
    %allowed: truong ma ten
    %unique: truong ma ten
    """)

  /// - Throws: what is wrong with the register.
  public init(_ form: Form, _ templates: TemplateCollection) throws(Problems) {
    let database = try templates.register(Self.register)
    let record = database?.records(ofType: "dang_goi").first {
      $0.field("dang")?.value.string == form.rawValue
    }
    guard let database, let record, let type = record.field("loai")?.value.string,
      let idPattern = record.field("ma")?.value.string
    else {
      throw Problems([Diagnostic(.archive(.handOver(.noPacketForm(form.rawValue))), at: nil)])
    }
    (self.form, self.type, self.idPattern) = (form, type, idPattern)
    isPreserved = record.field("bao_quan") != nil
    needs = record.values("can").map(\.string)
    func fields(_ type: String) -> [FieldRule] {
      database.records(ofType: type).filter { record in
        record.values("dang").contains { $0.isSpelled(form.rawValue) }
      }.compactMap { FieldRule($0) }
    }
    (dossierFields, documentFields) = (fields("truong_ho_so"), fields("truong_van_ban"))
    fileTypes = database.records(ofType: "dang_tep").compactMap { FileType($0) }
    codes = Dictionary(
      grouping: database.records(ofType: "ma_nop_luu"),
      by: { $0.field("truong")?.value.string ?? "" }
    ).mapValues { records in
      records.map { record in
        (record.field("ma")?.value.string ?? "", record.field("ten")?.value.string ?? "")
      }
    }
  }

  /// The code of a value that may be one, or the name of one; the value itself where there is no list.
  ///
  /// - Throws: that the list does not have it.
  func code(of value: DescribedValue, field: String) throws(Diagnostic) -> String {
    guard let list = codes[field] else { return value.text }
    let name = value.text.lowercased()
    if let known = list.first(where: { $0.code == value.text || $0.name.lowercased() == name }) {
      return known.code
    }
    throw Diagnostic(
      .archive(.handOver(.unknownCode(value.text, field: field, names: list.map(\.name)))),
      at: value.place)
  }
}

extension PacketProfile.FieldRule {
  fileprivate init?(_ record: Record) {
    guard let name = record.field("ten")?.value.string else { return nil }
    self.name = name
    isRequired = record.field("bat_buoc") != nil
    isDay = record.field("kieu") != nil
    limit = record.field("do_dai").flatMap { Int($0.value.string) }
    sources = record.values("lay").map(\.string)
  }
}

extension PacketProfile.FileType {
  fileprivate init?(_ record: Record) {
    guard let suffix = record.field("duoi")?.value.string,
      let mimeType = record.field("mime")?.value.string
    else { return nil }
    (self.suffix, self.mimeType) = (suffix, mimeType)
    isArchived = record.field("pdf_a") != nil
  }
}
