import Diagnostics
import Records

/// Words by which the parts of a document that exists are told: the register
/// `so-bo/van-ban-co-san.rec`. All are folded.
struct WordingRegister {
  /// With which the last paragraph begins: `trên đây là`.
  private(set) var closings: [String] = []
  /// With which the subject of a cited document begins, behind its issuer: `về`, `ban hành`.
  private(set) var subjectStarts: [String] = []
  /// Names of documents that are enclosed with a decision: `quy chế`.
  private(set) var enclosedNames: [String] = []
  /// What belongs to the name of a kind in its line: `liên tịch`.
  private(set) var nameExtensions: [String] = []
  /// With which the second line of a subject begins: `tháng`.
  private(set) var subjectContinuations: [String] = []
  /// Kinds of places in names of bodies: `phường`.
  private(set) var places: [String] = []
  /// With which the name of a body begins that stands below another one: `phòng`.
  private(set) var lowerBodies: [String] = []
  /// Before the number of a table: `bảng`.
  private(set) var tableNames: [String] = []
  /// Before the unit of a table, first that which the program prints: `đơn vị tính`.
  private(set) var units: [String] = []
  /// Before the source of a table: `nguồn`.
  private(set) var sources: [String] = []

  /// Before the address and numbers of the issuer, and the fields that these become: `điện thoại`.
  private(set) var contacts: [(start: String, field: String)] = []

  private static let form = RegisterForm(
    "so-bo/van-ban-co-san.rec",
    """
    %rec: cau_ket
    %mandatory: chu

    %rec: mo_trich_yeu
    %mandatory: chu

    %rec: van_ban_kem
    %mandatory: ten

    %rec: them_ten_loai
    %mandatory: chu

    %rec: noi_trich_yeu
    %mandatory: chu

    %rec: cap_noi
    %mandatory: ten

    %rec: co_quan_duoi
    %mandatory: ten

    %rec: dong_bang
    %mandatory: nghia chu
    %unique: nghia
    %type: nghia enum bang don_vi nguon

    %rec: dong_lien_he
    %mandatory: truong chu
    %unique: truong
    %type: truong enum dia_chi dien_thoai fax thu_dien_tu trang_dien_tu
    """)

  static func read(
    in folder: TemplateFolder, into problems: inout [Diagnostic]
  ) throws(Diagnostic) -> WordingRegister {
    var register = WordingRegister()
    guard let database = try folder.register(form, into: &problems) else { return register }
    func words(_ type: String, _ field: String = "chu", of meaning: String? = nil) -> [String] {
      database.records(ofType: type)
        .filter { record in
          meaning.map { record.field("nghia")?.value.isSpelled($0) ?? false } ?? true
        }
        .flatMap { $0.values(field) }.map(\.string.foldedText)
    }
    register.closings = words("cau_ket")
    register.subjectStarts = words("mo_trich_yeu")
    register.enclosedNames = words("van_ban_kem", "ten")
    register.nameExtensions = words("them_ten_loai")
    register.subjectContinuations = words("noi_trich_yeu")
    register.places = words("cap_noi", "ten")
    register.lowerBodies = words("co_quan_duoi", "ten")
    register.tableNames = words("dong_bang", of: "bang")
    register.units = words("dong_bang", of: "don_vi")
    register.sources = words("dong_bang", of: "nguon")
    register.contacts = database.records(ofType: "dong_lien_he").flatMap { record in
      let field = record.field("truong")?.value.string ?? ""
      return record.values("chu").map { (start: $0.string.foldedText, field: field) }
    }
    return register
  }
}

extension WordingRegister {
  /// Tells whether a line goes on with the subject above it: a time or a place.
  func continuesSubject(_ line: WrittenLine) -> Bool {
    (subjectContinuations + places).longest(atStartOf: line.folded) != nil
  }
}

extension [String] {
  /// The longest of the words with which a folded text begins.
  func longest(atStartOf folded: String) -> String? {
    filter { folded.beginsWithWords($0) }.max { $0.count < $1.count }
  }
}
