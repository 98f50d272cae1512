import Diagnostics
import Records

/// Abbreviations and what they stand for: the register `so-bo/viet-tat.rec`.
struct AbbreviationRegister: Sendable {
  private(set) var meanings: [String: String] = [:]
  /// The same, of both what ``folded(_:)`` makes of them.
  private(set) var foldedMeanings: [[UInt8]: [UInt8]] = [:]
  /// The bytes of the longest abbreviation.
  private(set) var longest = 0
  /// The abbreviations, to find them in a text.
  private(set) var words = WordFilter()
  /// The abbreviations that every reader knows.
  private(set) var known: Set<String> = []

  static let file = "so-bo/viet-tat.rec"

  static func read(
    in folder: TemplateFolder, into problems: inout [Diagnostic]
  ) throws(Diagnostic) -> AbbreviationRegister {
    var register = AbbreviationRegister()
    guard let database = try folder.register(named: file, into: &problems) else {
      return register
    }
    for record in database.records(ofType: "viet_tat") {
      guard let short = record.field("tat")?.value.string else { continue }
      register.words.insert(short.utf8)
      register.meanings[short] = record.field("day_du")?.value.string
      register.foldedMeanings[folded(Array(short.utf8)[...])] =
        record.field("day_du").map { folded($0.value.bytes) }
      register.longest = max(register.longest, short.utf8.count)
      if record.field("quen")?.value.string == "yes" { register.known.insert(short) }
    }
    return register
  }
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

  init(in folder: TemplateFolder, into problems: inout [Diagnostic]) throws(Diagnostic) {
    laws = try LawRegister.read(in: folder, into: &problems)
    bodies = try BodyRegister.read(in: folder, into: &problems)
    abbreviations = try AbbreviationRegister.read(in: folder, into: &problems)
    spelling = try SpellingRegister.read(in: folder, into: &problems)
    places = try PlaceRegister.read(in: folder, into: &problems)
    signatures = try SignatureRegister.read(in: folder, into: &problems)
    units = try UnitRegister.read(in: folder, into: &problems)
    narration = try NarrationRegister.read(in: folder, into: &problems)
  }
}
