import Diagnostics
import Texts
import Records
import Vietnamese

/// Documents that reports cite, with their dates: the register `so-bo/luat.rec`.
struct LawRegister: Sendable {
  private let laws: [Law]
  /// The kinds that a kind's sign may stand for: `PL` for Pháp lệnh.
  private let kinds: [Text: [Text]]
  /// The names of all kinds, folded.
  private let kindNames: Set<[UInt8]>
  /// The indices of laws by number and year.
  private let byNumber: [UInt64: [Int]]
  /// The names by which laws are cited without their sign, with the laws that have had each.
  private let names: [(name: Phrase, laws: [Int])]
  /// The kinds of documents that have such names.
  let namedKinds: PhraseTable

  static let file = "so-bo/luat.rec"

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

    func isSure(of field: String) -> Bool {
      !isUnsure && !unsure.contains { $0.isSpelled(field) }
    }
  }

  /// The entries of the register for a cited document.
  struct Match {
    /// The laws of the very sign.
    let laws: [Law]
    /// A law whose sign is the cited one with a longer issuer, where there is no other:
    /// `PL-UBTVQH11` for `PL-UBTVQH`.
    let longer: Law?
    /// The year in the cited sign.
    let year: Int?
  }

  static func read(
    in folder: TemplateFolder, into problems: inout [Diagnostic]
  ) throws(Diagnostic) -> LawRegister {
    guard let database = try folder.register(named: file, into: &problems) else {
      return LawRegister([], [:])
    }
    var kinds: [Text: [Text]] = [:]
    for record in database.records(ofType: "loai_van_ban") {
      guard let sign = record.field("ky_hieu")?.value else { continue }
      kinds[sign] = record.values("ten")
    }
    return LawRegister(database.records(ofType: "luat").compactMap(Law.init), kinds)
  }

  private init(_ laws: [Law], _ kinds: [Text: [Text]]) {
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

  /// The law that stands for another: `Luật Tố cáo năm 2018 (25/2018/QH14)`, or the sign alone.
  func replacement(of law: Law) -> String? {
    guard let sign = law.replacedBy else { return nil }
    guard let other = match(sign)?.laws.first, let name = other.name,
      let year = other.issuedDay?.year
    else { return sign.string }
    return "\(name) năm \(year) (\(sign.string))"
  }

  /// Looks a sign up; nil for what is none, but a sign that the register has, or of whose number
  /// and year it has none, is not taken apart.
  func match(_ sign: Text) -> Match? {
    if let start = sign.withBytes({ NumberAndYear($0) }) {
      let near = byNumber[LawRegister.key(start)] ?? []
      if near.isEmpty { return Match(laws: [], longer: nil, year: start.year) }
      if near.count == 1, laws[near[0]].sign == sign {
        return Match(laws: [laws[near[0]]], longer: nil, year: start.year)
      }
    }
    return (try? DocumentNumber(sign)).map { match($0) }
  }

  func match(_ number: DocumentNumber) -> Match {
    let near = (byNumber[LawRegister.key(number)] ?? []).compactMap { index in
      (try? DocumentNumber(laws[index].sign)).map { (law: laws[index], number: $0) }
    }
    let same = near.filter { $0.number.isSame(as: number) }.map(\.law)
    var longer: Law?
    if same.isEmpty, number.year != nil, let issuer = number.issuer {
      longer =
        near.first { near in
          near.number.plainNumber == number.plainNumber && near.number.kind == number.kind
            && near.number.issuer?.bytes.starts(with: issuer.bytes) ?? false
        }?.law
    }
    return Match(laws: same, longer: longer, year: number.year)
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

extension DocumentNumber {
  /// Tells whether both are one sign, as 4/2015/NĐ-CP and 04/2015/NĐ-CP are.
  fileprivate func isSame(as other: DocumentNumber) -> Bool {
    plainNumber == other.plainNumber && year == other.year && isOfParty == other.isOfParty
      && kind == other.kind && issuer == other.issuer && unit == other.unit
  }

  fileprivate var plainNumber: Substring { number.string.drop { $0 == "0" } }
}
