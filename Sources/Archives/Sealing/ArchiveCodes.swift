import Diagnostics
import Records
import Reports
import Texts
import Vietnamese

/// The codes by which archives describe documents: `so-bo/luu-tru.rec`.
public struct ArchiveCodes: Sendable {
  /// By the name of a kind of documents in small letters: `báo cáo`.
  private var types: [String: String] = [:]
  private var otherType: String?
  /// Fields whose values are the same in all descriptions, in the order of the register.
  private var defaults: [(field: String, code: String)] = []

  private static let form = RegisterForm(
    "so-bo/luu-tru.rec",
    """
    %rec: ma_luu_tru
    %mandatory: truong ma ten

    %rec: mac_dinh_luu_tru
    %mandatory: truong ma
    """)

  /// - Throws: what is wrong with the register.
  public init(_ templates: TemplateCollection) throws(Problems) {
    guard let database = try templates.register(Self.form) else { return }
    for record in database.records(ofType: "ma_luu_tru") {
      guard record.field("truong")?.value.string == "typeName",
        let code = record.field("ma")?.value.string, let name = record.field("ten")?.value.string
      else { continue }
      types[Self.folded(name)] = code
      otherType = code
    }
    for record in database.records(ofType: "mac_dinh_luu_tru") {
      if let field = record.field("truong")?.value.string,
        let code = record.field("ma")?.value.string
      {
        defaults.append((field, code))
      }
    }
  }

  /// The fields that TT 05/2025/TT-BNV has of a document, as far as they are known.
  func description(of document: SealedDocument) -> [(name: String, value: String)] {
    let said = document.description
    var fields: [(String, String?)] = [
      ("typeName", code(ofType: said.type)),
      ("codeNumber", said.number),
      ("codeNotation", said.notation),
      ("issuedDate", said.day?.iso),
      ("organName", said.issuer),
      ("subject", said.subject),
      ("autograph", said.signer),
    ]
    fields += defaults.map { ($0.field, $0.code) }
    return fields.compactMap { name, value in value.map { (name, $0) } }
  }

  /// A letter has no name of its kind; what is in no list is the last of it, «Khác».
  private func code(ofType type: String?) -> String? {
    types[Self.folded(type ?? "Công văn")] ?? otherType
  }

  private static func folded(_ name: String) -> String { name.lowercased() }
}
