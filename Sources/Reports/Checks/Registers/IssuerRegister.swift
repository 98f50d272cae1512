import Diagnostics
import Records
import Texts

/// Kinds of bodies that issue documents and the layout profiles of each: the register
/// `so-bo/co-quan-ban-hanh.rec`.
struct IssuerRegister: Sendable {
  private var kinds: [Kind] = []
  private var names: [(phrase: Phrase, kind: Int)] = []

  private static let form = RegisterForm(
    "so-bo/co-quan-ban-hanh.rec",
    """
    %rec: loai_co_quan
    %mandatory: ten the_thuc
    %allowed: cung_theo
    """)

  struct Kind: Sendable {
    /// Its place in the register.
    let index: Int
    /// The profiles of which that in force is taken.
    let profiles: [String]
    /// Those that a document may name besides.
    let alsoTaken: [String]

    func takes(_ profile: Text) -> Bool {
      (profiles + alsoTaken).contains { profile.isSpelled($0) }
    }
  }

  /// A kind that the head of a document tells.
  struct Found {
    let kind: Kind
    /// The name in the head by which it is told.
    let place: Text
    /// Tells whether a line begins with the name, so that there is no doubt.
    let isSure: Bool
  }

  static func read(
    in folder: TemplateFolder, into problems: inout [Diagnostic]
  ) throws(Diagnostic) -> IssuerRegister {
    var register = IssuerRegister()
    guard let database = try folder.register(form, into: &problems) else { return register }
    for record in database.records(ofType: "loai_co_quan") { register.add(record) }
    return register
  }

  private mutating func add(_ record: Record) {
    for name in record.values("ten") where !name.isEmpty {
      names.append((Phrase(name), kinds.count))
    }
    kinds.append(
      Kind(
        index: kinds.count, profiles: record.values("the_thuc").map(\.string),
        alsoTaken: record.values("cung_theo").map(\.string)))
  }

  /// The kind of a body by its name, or by that of the body above it.
  func kind(of issuer: Text?, under superior: Text?) -> Found? {
    let lines = [issuer, superior].compactMap(\.self).filter { !$0.isEmpty }
    return lines.lazy.compactMap { kind(atStartOf: $0) }.first
      ?? lines.lazy.compactMap { kind(within: $0) }.first
  }

  private func kind(atStartOf line: Text) -> Found? {
    let folded = Reports.folded(line.bytes)
    var longest = 0
    var kind: Int?
    for index in names.indices {
      let count = names[index].phrase.folded.count
      guard count > longest, folded.begins(with: names[index].phrase.folded) else { continue }
      (longest, kind) = (count, names[index].kind)
    }
    guard let kind else { return nil }
    let bounds = line.range.bounds
    let place = line.part(bounds.lowerBound..<min(bounds.lowerBound + longest, bounds.upperBound))
    return Found(kind: kinds[kind], place: place, isSure: true)
  }

  private func kind(within line: Text) -> Found? {
    // «SỞ» is a part of many words.
    let found = names.filter { $0.phrase.text.string.count > 3 }.compactMap { name in
      name.phrase.place(in: line).map { (place: $0, kind: name.kind) }
    }
    guard let name = found.max(by: { $0.place.count < $1.place.count }) else { return nil }
    return Found(kind: kinds[name.kind], place: name.place, isSure: false)
  }
}

extension CheckRegisters {
  func profile(named name: Text) -> LayoutProfile? {
    profiles.first { name.isSpelled($0.name) }
  }

  /// The profile of a kind of bodies on a day; nil for none.
  func profile(of kind: IssuerRegister.Kind, on date: Text?) -> LayoutProfile? {
    kind.profiles.compactMap { name in profiles.first { $0.name == name } }.profile(on: date)
  }

  /// The profile of a document by the bodies and the day of its head; nil where these do not tell.
  func profile(byHead record: Record) -> LayoutProfile? {
    profile(
      of: record.firstFilled(HeadFields.issuer), under: record.firstFilled(HeadFields.superior),
      on: record.firstFilled(HeadFields.date))
  }

  private func profile(of issuer: Text?, under superior: Text?, on date: Text?) -> LayoutProfile? {
    guard issuer != nil, let found = issuers.kind(of: issuer, under: superior) else { return nil }
    return profile(of: found.kind, on: date)
  }

  /// The profile by which the head of a document is checked: that which it names, or that of its
  /// bodies where it names none, or one that is surely not theirs.
  func profile(ofHead record: Record) -> LayoutProfile? {
    guard let named = record.firstFilled(Schema.profileField) else {
      return profile(byHead: record)
    }
    let found = issuers.kind(
      of: record.firstFilled(HeadFields.issuer), under: record.firstFilled(HeadFields.superior))
    guard let found, found.isSure, !found.kind.takes(named) else { return profile(named: named) }
    return profile(byHead: record) ?? profile(named: named)
  }

  /// The profile of a copy: named in its record, or else that of the body that makes it.
  func profile(ofCopy record: Record) -> LayoutProfile? {
    record.firstFilled(Schema.profileField).map { profile(named: $0) }
      ?? profile(of: record.firstFilled("co_quan"), under: nil, on: record.firstFilled("ngay"))
  }
}

/// The fields of a head by which a profile is chosen.
enum HeadFields {
  static let issuer = "co_quan_ban_hanh"
  static let superior = "co_quan_chu_quan"
  /// In a decision the head or the body whose power it is.
  static let power = "tham_quyen"
  static let date = "ngay_ban_hanh"
  /// The bodies that issue it with the first.
  static let jointIssuer = "co_quan_cung_ban_hanh"
}

extension Record {
  /// The first value of a field; nil where it is blank.
  func firstFilled(_ name: String) -> Text? {
    field(name).flatMap { $0.value.isBlank ? nil : $0.value }
  }
}
