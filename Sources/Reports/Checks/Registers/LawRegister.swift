import Diagnostics
import Texts
import Records
import Vietnamese

/// Documents that reports cite, with their dates: the register `so-bo/luat.rec`.
struct LawRegister: Sendable {
  private let bySign: [String: [Law]]
  /// By number, year and kind, for signs whose issuer is written short: `34/2007/PL`.
  private let byNumber: [String: [Law]]
  /// By number and year alone; nil where that of a law is not plain.
  private let byPlainSign: [PlainSign: [Law]]?

  static let file = "so-bo/luat.rec"

  /// A record of the register.
  struct Law: Sendable {
    let sign: Text
    let issuer: String?
    let issued: Text?
    let from: Text?
    let until: Text?
    let replacedBy: String?
    /// Its days; nil where one is given that is none.
    let days: (issued: CalendarDate?, from: CalendarDate?, until: CalendarDate?)?
    /// The fields that were not verified.
    private let unsure: Set<String>

    init?(_ record: Record) {
      func value(_ name: String) -> Text? { record.field(name)?.value }
      guard let sign = value("so_ky_hieu") else { return nil }
      self.sign = sign
      issuer = value("co_quan")?.string
      (issued, from, until) = (value("ngay"), value("tu_ngay"), value("den_ngay"))
      replacedBy = value("thay_bang")?.string
      let known = [issued, from, until].map { $0.flatMap { try? calendarDate($0) } }
      let areRight = zip(known, [issued, from, until]).allSatisfy { ($0 == nil) == ($1 == nil) }
      days = areRight ? (known[0], known[1], known[2]) : nil
      let marked = record.fields.filter { $0.name.string == "chua_ro" }.map(\.value.string)
      unsure =
        value("kiem_chung")?.string == "chua"
        ? ["ngay", "tu_ngay", "den_ngay"] : Set(marked)
    }

    func isSure(of field: String) -> Bool { !unsure.contains(field) }
  }

  static func read(
    in folder: TemplateFolder, into problems: inout [Diagnostic]
  ) throws(Diagnostic) -> LawRegister {
    guard let source = try folder.source(named: file) else { return LawRegister([]) }
    let database = Database.read(source, into: &problems)
    return LawRegister(database.records(ofType: "luat").compactMap(Law.init))
  }

  private init(_ laws: [Law]) {
    let plain = laws.map { law in (law.sign.withBytes { PlainSign($0) }, law) }
    byPlainSign =
      plain.contains { $0.0 == nil }
      ? nil
      : Dictionary(grouping: plain.compactMap { sign, law in sign.map { ($0, law) } }) { $0.0 }
        .mapValues { $0.map(\.1) }
    bySign = Dictionary(grouping: laws) { law in
      (try? DocumentNumber(law.sign))?.key ?? law.sign.string
    }
    byNumber = Dictionary(grouping: laws) { law in
      (try? DocumentNumber(law.sign))?.keyWithoutIssuer ?? ""
    }
  }

  /// The laws of a number and year, whatever their kind and issuer; nil where there surely is none.
  func laws(_ sign: PlainSign) -> [Law]? { byPlainSign.map { $0[sign] } ?? [] }

  func laws(_ number: DocumentNumber) -> [Law] { bySign[number.key] ?? [] }

  /// A law whose sign is the cited one with a longer issuer: `PL-UBTVQH11` for `PL-UBTVQH`.
  func longer(_ number: DocumentNumber) -> Law? {
    guard let key = number.keyWithoutIssuer, let issuer = number.issuer?.string else { return nil }
    return byNumber[key]?.first { law in
      (try? DocumentNumber(law.sign))?.issuer?.string.hasPrefix(issuer) ?? false
    }
  }
}

extension DocumentNumber {
  /// The same for 4/2015/NĐ-CP and 04/2015/NĐ-CP.
  fileprivate var key: String {
    let parts = [kind?.string, issuer?.string, unit?.string].map { $0 ?? "" }
    return "\(plainNumber)/\(year ?? 0)/\(parts.joined(separator: "/"))/\(isOfParty)"
  }

  fileprivate var keyWithoutIssuer: String? {
    year.map { "\(plainNumber)/\($0)/\(kind?.string ?? "")" }
  }

  private var plainNumber: Substring { number.string.drop { $0 == "0" } }
}
