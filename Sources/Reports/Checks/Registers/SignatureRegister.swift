import Diagnostics
import Records
import Texts

/// What stands in the block of a signature: the register `so-bo/chu-ky.rec`.
struct SignatureRegister: Sendable {
  private var profiles: [Text: Profile] = [:]
  private(set) var posts: [Post] = []
  private(set) var bodies: [Body] = []
  /// The marks of secrecy, which nobody types.
  private(set) var secrecyMarks: [Phrase] = []
  /// The marks of circulation, with the profiles that have them.
  private var circulation: [(mark: String, profiles: [Text])] = []
  private var copies: [(forms: [Text], profiles: [Text], code: String)] = []
  /// What may stand before a person's name, such as a rank.
  private(set) var titles: [Phrase] = []

  private static let form = RegisterForm(
    "so-bo/chu-ky.rec",
    """
    %rec: ky_hieu_van_ban
    %mandatory: the_thuc dau
    %allowed: khong_cua khong_mo_dau lien_tich
    %unique: dau lien_tich

    %rec: quyen_han
    %mandatory: chu the_thuc
    %allowed: day_du di_voi thu_tu truoc cap_pho
    %unique: chu day_du di_voi thu_tu truoc cap_pho
    %type: di_voi enum tap_the chuc_vu ca_hai chinh_minh
    %type: thu_tu range 1 2
    %type: cap_pho enum bat_buoc duoc khong

    %rec: chuc_vu
    %mandatory: ten
    %allowed: pho khong_ky_thay
    %unique: pho khong_ky_thay

    %rec: tap_the
    %mandatory: ten
    %allowed: ma chuc_vu ky_thay_mat ky_truc_tiep pho_khong_ky_thay
    %unique: ma pho_khong_ky_thay
    %type: pho_khong_ky_thay bool

    %rec: ban_sao
    %mandatory: hinh_thuc the_thuc ky_hieu
    %unique: ky_hieu

    %rec: luu_hanh
    %mandatory: chu the_thuc

    %rec: do_mat
    %mandatory: chu

    %rec: danh_xung
    %mandatory: ten
    """)

  /// What one layout profile has.
  struct Profile: Sendable {
    /// Between the number and the sign of a document: `/` or `-`.
    fileprivate(set) var separator: String?
    /// The codes of bodies whose documents are never laid out by this profile.
    fileprivate(set) var foreignCodes: Set<String> = []
    /// What no sign of a kind without a code begins with: `CV`.
    fileprivate(set) var unusedCodes: Set<String> = []
    /// What follows the code of the kind where several bodies issue a document: `LT`.
    fileprivate(set) var jointSuffix = ""
    fileprivate(set) var authorities: [Authority] = []
  }

  /// A mark such as `TM.`, with which a line of authority begins.
  struct Authority: Sendable {
    let mark: String
    /// The letters of the mark: `TM`.
    let letters: [UInt8]
    /// The words that the mark stands for, folded.
    let words: [UInt8]?
    let goesWith: Partner
    let line: Int
    let isLast: Bool
    let deputy: Deputy

    enum Partner: String, CaseIterable {
      case body = "tap_the"
      case post = "chuc_vu"
      case both = "ca_hai"
      /// The signer's own post.
      case own = "chinh_minh"
    }

    /// Whether the signer is the deputy of the post that the line names.
    enum Deputy: String, CaseIterable {
      case demanded = "bat_buoc"
      case allowed = "duoc"
      case refused = "khong"
    }
  }

  /// The post of a head.
  struct Post: Sendable {
    let name: String
    let folded: [UInt8]
    let deputy: String
    let foldedDeputy: [UInt8]
    /// The line to write instead of one that signs for this post; nil where one may.
    let insteadOfSigningFor: String?
  }

  /// A body on behalf of which somebody signs.
  struct Body: Sendable {
    let name: String
    /// The name in full, where an abbreviation of it is in use too.
    let fullName: String?
    let folded: [UInt8]
    /// Its code in the signs of documents; nil where none is known.
    let code: String?
    let signers: [String]
    /// The profiles in which somebody always signs on behalf of it.
    let signedForIn: Set<Text>
    /// The profiles in which its head signs for himself.
    let signedByHeadIn: Set<Text>
    /// Whether its deputy says for whom he signs.
    let deputySignsForHead: Bool
  }

  static func read(
    in folder: TemplateFolder, into problems: inout [Diagnostic]
  ) throws(Diagnostic) -> SignatureRegister {
    var register = SignatureRegister()
    guard let database = try folder.register(form, into: &problems) else {
      return register
    }
    for record in database.records(ofType: "ky_hieu_van_ban") {
      for profile in record.filled("the_thuc") {
        let separator = record.filled("dau").first?.string
        register.profiles[profile, default: Profile()].separator = separator
        let codes = record.filled("khong_cua").map(\.string)
        register.profiles[profile, default: Profile()].foreignCodes.formUnion(codes)
        let unused = record.filled("khong_mo_dau").map(\.string)
        register.profiles[profile, default: Profile()].unusedCodes.formUnion(unused)
        register.profiles[profile, default: Profile()].jointSuffix =
          record.filled("lien_tich").first?.string ?? ""
      }
    }
    for record in database.records(ofType: "quyen_han") { register.addAuthority(record) }
    for record in database.records(ofType: "chuc_vu") { register.addPosts(record) }
    for record in database.records(ofType: "tap_the") {
      let signers = record.filled("chuc_vu").map(\.string)
      let names = record.filled("ten")
      let isShort = names.dropFirst().contains { !$0.bytes.contains(0x20) }
      register.bodies += names.map {
        Body(
          name: $0.string, fullName: isShort ? names[0].string : nil,
          folded: Reports.folded($0.bytes), code: record.filled("ma").first?.string,
          signers: signers,
          signedForIn: Set(record.filled("ky_thay_mat")),
          signedByHeadIn: Set(record.filled("ky_truc_tiep")),
          deputySignsForHead: !record.filled("pho_khong_ky_thay").contains(where: \.isYes))
      }
    }
    register.addMarks(database)
    for record in database.records(ofType: "danh_xung") {
      register.titles += record.filled("ten").map(Phrase.init)
    }
    return register
  }

  private mutating func addMarks(_ database: Database) {
    for record in database.records(ofType: "ban_sao") {
      guard let code = record.filled("ky_hieu").first?.string else { continue }
      copies.append((record.filled("hinh_thuc"), record.filled("the_thuc"), code))
    }
    for record in database.records(ofType: "luu_hanh") {
      circulation += record.filled("chu").map { ($0.string, record.filled("the_thuc")) }
    }
    for record in database.records(ofType: "do_mat") {
      secrecyMarks += record.filled("chu").map(Phrase.init)
    }
  }

  private mutating func addAuthority(_ record: Record) {
    func word<Word: RawRepresentable<String> & CaseIterable>(_ field: String) -> Word? {
      record.filled(field).first.flatMap { Word(rawValue: $0.string) }
    }
    guard let mark = record.filled("chu").first else { return }
    let authority = Authority(
      mark: mark.string,
      letters: mark.bytes.filter { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "/") },
      words: record.filled("day_du").first.map { folded($0.bytes) },
      goesWith: word("di_voi") ?? .both, line: record.filled("thu_tu").first?.string == "2" ? 2 : 1,
      isLast: record.filled("truoc").first?.isSpelled("khong") ?? false,
      deputy: word("cap_pho") ?? .allowed)
    for profile in record.filled("the_thuc") {
      profiles[profile, default: Profile()].authorities.append(authority)
    }
  }

  private mutating func addPosts(_ record: Record) {
    let instead = record.filled("khong_ky_thay").first?.string
    for name in record.filled("ten") {
      let deputy = record.filled("pho").first?.string ?? "PHÓ \(name.string)"
      posts.append(
        Post(
          name: name.string, folded: Reports.folded(name.bytes), deputy: deputy,
          foldedDeputy: Reports.folded(Array(deputy.utf8)[...]), insteadOfSigningFor: instead))
    }
  }

  func profile(_ name: Text) -> Profile? { profiles[name] }

  /// The marks of circulation that a profile has.
  func circulationMarks(in profile: String) -> [String] {
    circulation.filter { $0.profiles.contains { $0.isSpelled(profile) } }.map(\.mark)
  }

  /// The code with which the sign of a copy begins; nil where none is known.
  func code(ofCopy form: Text, in profile: String) -> String? {
    copies.first { copy in
      copy.forms.contains(form) && copy.profiles.contains { $0.isSpelled(profile) }
    }?.code
  }

  /// The names of the profiles that write a mark of these letters as a text begins.
  func profiles(with letters: [UInt8], writtenAtStartOf text: Text) -> [String] {
    let own = profiles.filter { profile in
      profile.value.authorities.contains {
        $0.letters == letters && text.bytes.starts(with: Array("\($0.mark) ".utf8))
      }
    }
    return own.keys.map(\.string).sorted()
  }

  /// The head's post that a text begins with, the longest; nil for none.
  func post(atStartOf text: [UInt8]) -> Post? {
    posts.filter { text.begins(with: $0.folded) }.max { $0.folded.count < $1.folded.count }
  }

  /// The body that a text begins with, the longest; nil for none.
  func body(atStartOf text: [UInt8]) -> Body? {
    bodies.filter { text.begins(with: $0.folded) }.max { $0.folded.count < $1.folded.count }
  }
}

extension Record {
  /// The values of all fields of a name, without empty ones.
  fileprivate func filled(_ name: String) -> [Text] { values(name).filter { !$0.isEmpty } }
}

extension [UInt8] {
  /// Tells whether the text begins with words, and no word goes on behind them.
  func begins(with words: [UInt8]) -> Bool {
    starts(with: words) && (count == words.count || self[words.count] == 0x20)
  }

  /// Tells whether the text ends with words, and no word goes on before them.
  func ends(with words: [UInt8]) -> Bool {
    suffix(words.count).elementsEqual(words)
      && (count == words.count || self[count - words.count - 1] == 0x20)
  }
}
