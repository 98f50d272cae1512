import Diagnostics
import Texts
import Records
import Synchronization
import Vietnamese

/// Documents that reports cite, with their dates: the register `so-bo/luat.rec`.
struct LawRegister: Sendable {
  let laws: [Law]
  /// The kinds that a kind's sign may stand for: `PL` for Pháp lệnh.
  private let kinds: [Text: [Text]]
  /// The names of all kinds, folded.
  private let kindNames: Set<[UInt8]>
  /// The indices of laws by number and year.
  private let byNumber: [UInt64: [Int]]
  /// Finds laws by the letters of their signs, with the year and without.
  private let byCode = LawCodes()
  /// How bodies write their signs, by the signs of the bodies.
  private let forms: [String: (isOfParty: Bool, place: Text)]
  /// The names of issuing bodies.
  private let issuers: [Phrase]
  /// The names by which laws are cited without their sign, with the laws that have had each.
  private let names: [(name: Phrase, laws: [Int])]
  /// The kinds of documents that have such names.
  let namedKinds: PhraseTable

  private static let form = RegisterForm(
    "so-bo/luat.rec",
    """
    %rec: luat
    %mandatory: so_ky_hieu
    %allowed: loai co_quan ten ngay tu_ngay den_ngay thay_bang chua_ro kiem_chung
    %unique: so_ky_hieu loai co_quan ten ngay tu_ngay den_ngay thay_bang kiem_chung

    %rec: loai_van_ban
    %mandatory: ky_hieu ten
    %unique: ky_hieu

    %rec: ky_hieu_co_quan
    %mandatory: ky_hieu cach_viet
    %unique: cach_viet
    %type: cach_viet enum dang nha_nuoc
    """)

  /// A record of the register.
  struct Law: Sendable {
    let sign: Text
    let kind: Text?
    let issuer: Text?
    let title: Text?
    let issued: Text?
    let from: Text?
    let until: Text?
    let replacedBy: Text?
    /// The days of these; nil for what is none.
    let issuedDay: CalendarDate?
    let fromDay: CalendarDate?
    let untilDay: CalendarDate?
    /// The fields that were not verified.
    private let unsure: [Text]
    private let isUnsure: Bool

    init?(_ record: Record) {
      func value(_ name: String) -> Text? { record.field(name)?.value }
      guard let sign = value("so_ky_hieu") else { return nil }
      self.sign = sign
      (kind, issuer, title) = (value("loai"), value("co_quan"), value("ten"))
      (issued, from, until) = (value("ngay"), value("tu_ngay"), value("den_ngay"))
      let days = [issued, from, until].map { $0.flatMap { CalendarDate(dayOf: $0) } }
      (issuedDay, fromDay, untilDay) = (days[0], days[1], days[2])
      replacedBy = value("thay_bang")
      unsure = record.values("chua_ro")
      isUnsure = value("kiem_chung")?.isSpelled("chua") ?? false
    }

    /// The kinds of documents that are cited by their names.
    static let namedKinds = ["Luật", "Bộ luật", "Pháp lệnh"]

    /// The kind and the title as the law is cited by them, `Luật Tố cáo`; nil for one that only
    /// changes others, and for other kinds.
    var name: String? {
      guard let kind = kind?.string, Law.namedKinds.contains(kind), let title = title?.string,
        !title.hasPrefix("sửa đổi")
      else { return nil }
      return kind + " " + (title.hasPrefix("về ") ? String(title.dropFirst(3)) : title)
    }

    /// Tells whether the register describes the document instead of giving its title.
    var isDescribed: Bool { unsure.contains { $0.isSpelled("ten") } }

    func isSure(of field: String) -> Bool {
      !isUnsure && !unsure.contains { $0.isSpelled(field) }
    }
  }

  /// The entries of the register for a cited document.
  struct Match {
    /// The laws of the very sign.
    let laws: [Law]
    /// The sign that was most likely meant, where no law has this: `PL-UBTVQH11` for `PL-UBTVQH`,
    /// `217-QĐ/TW` for `217/QĐ-TW`; with its place in the register.
    let meant: (sign: String, place: Text)?
    /// The year in the cited sign.
    let year: Int?
  }

  static func read(
    in folder: TemplateFolder, into problems: inout [Diagnostic]
  ) throws(Diagnostic) -> LawRegister {
    guard let database = try folder.register(form, into: &problems) else {
      return LawRegister([], [:], [])
    }
    var kinds: [Text: [Text]] = [:]
    for record in database.records(ofType: "loai_van_ban") {
      guard let sign = record.field("ky_hieu")?.value else { continue }
      kinds[sign] = record.values("ten")
    }
    return LawRegister(
      database.records(ofType: "luat").compactMap(Law.init), kinds,
      Array(database.records(ofType: "ky_hieu_co_quan")))
  }

  private init(_ laws: [Law], _ kinds: [Text: [Text]], _ bodies: [Record]) {
    (self.laws, self.kinds) = (laws, kinds)
    kindNames = Set(kinds.values.joined().map { folded($0.bytes) })
    var byNumber: [UInt64: [Int]] = [:]
    for (index, law) in laws.enumerated() {
      let startKey = law.sign.withBytes { NumberAndYear($0) }.map { LawRegister.key($0) }
      guard let key = startKey ?? (try? DocumentNumber(law.sign)).map(LawRegister.key) else {
        continue
      }
      byNumber[key, default: []].append(index)
    }
    self.byNumber = byNumber
    var forms: [String: (isOfParty: Bool, place: Text)] = [:]
    for body in bodies {
      guard let form = body.field("cach_viet")?.value else { continue }
      for sign in body.values("ky_hieu") { forms[sign.string] = (form.isSpelled("dang"), sign) }
    }
    self.forms = forms
    issuers = Set(laws.compactMap { $0.issuer?.string }).sorted().map { Phrase(Text($0)) }
    (names, namedKinds) = LawRegister.names(of: laws)
  }

  private static func names(of laws: [Law]) -> ([(name: Phrase, laws: [Int])], PhraseTable) {
    var indices: [String: [Int]] = [:]
    for (index, law) in laws.enumerated() {
      if let name = law.name { indices[name, default: []].append(index) }
    }
    func comesBefore(_ one: Int, _ other: Int) -> Bool {
      guard let day = laws[one].issuedDay, let next = laws[other].issuedDay else { return false }
      return day < next
    }
    var kinds = PhraseTable()
    for kind in Law.namedKinds { kinds.insert(Text(kind), 0) }
    // A name may be the beginning of another.
    let names = indices.sorted { ($1.key.utf8.count, $0.key) < ($0.key.utf8.count, $1.key) }
    return (names.map { (Phrase(Text($0.key)), $0.value.sorted(by: comesBefore)) }, kinds)
  }

  /// The laws of the name that stands at an offset of a text, the latest last, and where it ends; nil
  /// where there is none.
  func named(in text: Text, at start: Int) -> (laws: [Law], end: Int)? {
    let rest = text.bytes[start...]
    for (name, indices) in names {
      if let length = name.length(atStartOf: rest) {
        return (indices.map { laws[$0] }, start + length)
      }
    }
    return nil
  }

  /// The law that stands for another on a day, `Luật Tố cáo năm 2018 (25/2018/QH14)`, or the sign
  /// alone: what replaced it may be replaced itself.
  func replacement(of law: Law, on day: CalendarDate?) -> String? {
    guard var sign = law.replacedBy else { return nil }
    var last = match(sign)?.laws.first
    // As many steps as there are laws, should they replace each other.
    for _ in laws {
      guard let law = last, let until = law.untilDay, let day, until < day,
        let next = law.replacedBy
      else { break }
      (sign, last) = (next, match(next)?.laws.first)
    }
    guard let last, let name = last.name, let year = last.issuedDay?.year else {
      return sign.string
    }
    return "\(name) năm \(year) (\(sign.string))"
  }

  /// The signs of all laws.
  var signs: [String] { laws.map(\.sign.string) }

  /// The body that a text begins with; nil where the register has none.
  func issuer(atStartOf text: Text) -> Text? {
    let length = issuers.compactMap { $0.length(atStartOf: text.bytes) }.max()
    let start = text.range.bounds.lowerBound
    return length.map { text.part(start..<start + $0) }
  }

  /// The sign that was most likely meant by one that no law has: the one of a law with the same
  /// letters, or the right form of the body's signs.
  func meant(by sign: Text) -> (sign: String, place: Text)? {
    guard let code = SignCode(sign) else { return nil }
    if let near = byCode.indices(of: code, among: laws), near.count == 1,
      code.year != nil || laws[near[0]].isCounted(code)
    {
      return (laws[near[0]].sign.string, laws[near[0]].sign)
    }
    return (try? DocumentNumber(sign)).flatMap { inRightForm($0) }
  }

  /// A sign in the form of the Party for one of its bodies, in that of the state for others.
  private func inRightForm(_ number: DocumentNumber) -> (sign: String, place: Text)? {
    guard let kind = number.kind?.string, let issuer = number.issuer?.string,
      let form = forms[issuer], form.isOfParty != number.isOfParty, number.year == nil
    else { return nil }
    let plain = number.number.string
    return (
      form.isOfParty ? "\(plain)-\(kind)/\(issuer)" : "\(plain)/\(kind)-\(issuer)", form.place
    )
  }

  /// Looks a sign up; nil for what is none, but a sign that the register has, or of whose number
  /// and year it has none, is not taken apart.
  func match(_ sign: Text) -> Match? {
    if let start = sign.withBytes({ NumberAndYear($0) }) {
      let near = byNumber[LawRegister.key(start)] ?? []
      if near.isEmpty {
        return Match(laws: [], meant: start.year == nil ? meant(by: sign) : nil, year: start.year)
      }
      if near.count == 1, laws[near[0]].sign == sign {
        return Match(laws: [laws[near[0]]], meant: nil, year: start.year)
      }
    }
    return (try? DocumentNumber(sign)).map { match($0, sign) }
  }

  private func match(_ number: DocumentNumber, _ sign: Text) -> Match {
    let near = (byNumber[LawRegister.key(number)] ?? []).compactMap { index in
      (try? DocumentNumber(laws[index].sign)).map { (law: laws[index], number: $0) }
    }
    let same = near.filter { $0.number.isSame(as: number) }.map(\.law)
    return Match(laws: same, meant: same.isEmpty ? meant(by: sign) : nil, year: number.year)
  }

  /// The kinds that the sign of a document allows; nil where it says nothing of it.
  func kinds(of number: DocumentNumber) -> [Text]? {
    if let kind = number.kind { return kinds[kind] }
    guard number.year != nil, number.issuer?.bytes.starts(with: "QH".utf8) ?? false else {
      return nil
    }
    return kinds[Text("QH")]
  }

  /// Tells whether a text is the name of a kind.
  func isKind(_ text: Text) -> Bool { kindNames.contains(folded(text.bytes)) }

  private static func key(_ sign: NumberAndYear) -> UInt64 { key(sign.number, sign.year) }

  private static func key(_ number: DocumentNumber) -> UInt64 {
    key(Int(number.number.string) ?? -1, number.year)
  }

  private static func key(_ number: Int, _ year: Int?) -> UInt64 {
    UInt64(truncatingIfNeeded: number) << 16 | UInt64(truncatingIfNeeded: year ?? 0)
  }
}

/// Laws by their signs, for one that the register does not have as it is written: put together when
/// the first is looked for.
private final class LawCodes: Sendable {
  private let known = Mutex<[SignCode: [Int]]?>(nil)

  /// - Parameter laws: always the same ones.
  func indices(of code: SignCode, among laws: [LawRegister.Law]) -> [Int]? {
    known.withLock { known in
      let codes = known ?? LawCodes.all(of: laws)
      known = codes
      return codes[code]
    }
  }

  private static func all(of laws: [LawRegister.Law]) -> [SignCode: [Int]] {
    var codes: [SignCode: [Int]] = [:]
    for (index, law) in laws.enumerated() {
      guard let code = SignCode(law.sign) else { continue }
      codes[code, default: []].append(index)
      // Only what is numbered anew each year has the year in its sign.
      if code.year != nil { codes[code.withoutYear, default: []].append(index) }
    }
    return codes
  }
}

/// A sign by its number, year and letters alone: `217-QĐ/TW` and `217/QĐ-TW` have one.
private struct SignCode: Hashable {
  let number: Int
  let year: Int?
  /// The capitals without their marks, and without the term of the Quốc hội.
  let letters: String

  private init(number: Int, year: Int?, letters: String) {
    (self.number, self.year, self.letters) = (number, year, letters)
  }

  init?(_ sign: Text) {
    let parts = sign.string.split { !$0.isLetter && !$0.isNumber && $0 != "&" }
    guard let first = parts.first, let number = Int(first), parts.count > 1 else { return nil }
    let year = parts[1].utf8.count == 4 ? Int(parts[1]) : nil
    let codes = parts.dropFirst(year == nil ? 1 : 2).joined().filter(\.isLetter)
    guard !codes.isEmpty else { return nil }
    let letters = codes.uppercased().replacing("Đ", with: "D")
    self.init(number: number, year: year, letters: letters)
  }

  var withoutYear: SignCode { SignCode(number: number, year: nil, letters: letters) }
}

extension LawRegister.Law {
  /// Tells whether a sign without a year may be its own: the Party's have none, and a decree or a
  /// circular always has one.
  fileprivate func isCounted(_ code: SignCode) -> Bool {
    guard let own = try? DocumentNumber(sign) else { return false }
    return own.year == nil || ["NĐ", "TT", "PL", nil].contains(own.kind?.string)
  }
}

extension DocumentNumber {
  /// Tells whether both are one sign, as 4/2015/NĐ-CP and 04/2015/NĐ-CP are.
  fileprivate func isSame(as other: DocumentNumber) -> Bool {
    plainNumber == other.plainNumber && year == other.year && isOfParty == other.isOfParty
      && kind == other.kind && issuer == other.issuer && unit == other.unit
  }

  fileprivate var plainNumber: Substring { number.string.drop { $0 == "0" } }
}
