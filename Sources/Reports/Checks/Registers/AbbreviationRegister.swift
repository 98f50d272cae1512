import Diagnostics
import Records
import Texts

/// Abbreviations and what they stand for: the register `so-bo/viet-tat.rec`.
struct AbbreviationRegister: Sendable {
  private(set) var meanings: [String: String] = [:]
  /// The same, of both what ``folded(_:)`` makes of them.
  private(set) var foldedMeanings: [[UInt8]: [UInt8]] = [:]
  /// The bytes of the longest abbreviation.
  private(set) var longest = 0
  /// The abbreviations to explain and the first words of what they stand for, to find both in a
  /// text.
  private(set) var words = WordFilter()
  /// The abbreviations to explain, by their hash.
  private var entries: [UInt64: Entry] = [:]
  /// The same, by the hash of the first word of what they stand for.
  private var entriesByFirstWord: [UInt64: [Entry]] = [:]

  /// An abbreviation that not every reader knows.
  struct Entry: Sendable {
    let short: String
    let meaning: String
    /// The hash of the abbreviation, as ``WordTable`` keeps it.
    let hash: UInt64
    /// Those of the words that it stands for.
    let words: [UInt64]

    /// Tells whether the words that it stands for are at a place, apart from the first.
    func stands(at index: Int, of text: TextWords) -> Bool {
      words.indices.dropFirst().allSatisfy {
        text.indices.contains(index + $0) && text.hash(at: index + $0) == words[$0]
      }
    }
  }

  private static let form = RegisterForm(
    "so-bo/viet-tat.rec",
    """
    %rec: viet_tat
    %mandatory: tat day_du
    %allowed: quen
    %unique: tat day_du quen
    %type: quen bool
    """)

  static func read(
    in folder: TemplateFolder, into problems: inout [Diagnostic]
  ) throws(Diagnostic) -> AbbreviationRegister {
    var register = AbbreviationRegister()
    guard let database = try folder.register(form, into: &problems) else {
      return register
    }
    for record in database.records(ofType: "viet_tat") {
      guard let short = record.field("tat")?.value.string else { continue }
      register.meanings[short] = record.field("day_du")?.value.string
      register.foldedMeanings[folded(Array(short.utf8)[...])] =
        record.field("day_du").map { folded($0.value.bytes) }
      register.longest = max(register.longest, short.utf8.count)
      if !(record.field("quen")?.value.isYes ?? false), let meaning = register.meanings[short] {
        register.insert(short, meaning)
      }
    }
    return register
  }

  private mutating func insert(_ short: String, _ meaning: String) {
    var words = TextWords()
    words.split(Text(meaning), marking: WordFilter())
    guard !words.isEmpty else { return }
    let entry = Entry(
      short: short, meaning: meaning, hash: WordTable.hash(short.utf8),
      words: words.indices.map { words.hash(at: $0) })
    entries[entry.hash] = entry
    self.words.insert(short.utf8)
    let first = String(meaning.prefix { $0.isLetter })
    for spelling in Set([first, first.prefix(1).uppercased() + String(first.dropFirst())]) {
      entriesByFirstWord[WordTable.hash(spelling.utf8), default: []].append(entry)
      self.words.insert(spelling.utf8)
    }
  }

  func entry(of hash: UInt64) -> Entry? { entries[hash] }

  func entries(beginningWith hash: UInt64) -> [Entry] { entriesByFirstWord[hash, default: []] }
}

/// The registers that checks look things up in, each read once.
final class CheckRegisters: Sendable {
  let laws: LawRegister
  let bodies: BodyRegister
  let abbreviations: AbbreviationRegister
  let spelling: SpellingRegister
  let places: PlaceRegister
  let signatures: SignatureRegister
  let units: UnitRegister
  let narration: NarrationRegister
  let issuers: IssuerRegister
  let profiles: [LayoutProfile]

  init(
    in folder: TemplateFolder, beside profiles: [LayoutProfile],
    into problems: inout [Diagnostic]
  ) throws(Diagnostic) {
    self.profiles = profiles
    laws = try LawRegister.read(in: folder, into: &problems)
    bodies = try BodyRegister.read(in: folder, into: &problems)
    abbreviations = try AbbreviationRegister.read(in: folder, into: &problems)
    spelling = try SpellingRegister.read(in: folder, into: &problems)
    places = try PlaceRegister.read(in: folder, into: &problems)
    signatures = try SignatureRegister.read(in: folder, into: &problems)
    units = try UnitRegister.read(in: folder, into: &problems)
    narration = try NarrationRegister.read(in: folder, into: &problems)
    issuers = try IssuerRegister.read(in: folder, into: &problems)
  }
}
