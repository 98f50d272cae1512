import Diagnostics
import Texts
import Records

/// The register of spelling, `so-bo/chinh-ta.rec`: frequent slips, words that are doubled
/// on purpose, words that the dictionary lacks.
struct SpellingRegister: Sendable {
  /// The slips; a payload is an index of ``corrections``.
  private(set) var slips = PhraseTable()
  private(set) var corrections: [Correction] = []
  /// Words that may stand twice.
  private(set) var doubled = PhraseTable()
  /// Words of two syllables whose first may follow the same syllable: «các ban ban hành».
  private(set) var compounds = PhraseTable()
  /// Words for the dictionary.
  private(set) var ownWords = SyllableDictionary()

  /// Names that begin with one capital, by their words: `Ủy ban`, `Nhân dân`.
  private(set) var names: [[String]] = []

  struct Correction: Sendable {
    let meant: String
    /// Whether it is wrong only where each of its words has a capital.
    let isOfCapitals: Bool
  }

  private static let form = RegisterForm(
    "so-bo/chinh-ta.rec",
    """
    %rec: loi_thuong_gap
    %mandatory: sai dung
    %unique: dung

    %rec: mot_chu_hoa
    %mandatory: ten

    %rec: tu_lay
    %mandatory: tu

    %rec: tu_ghep
    %mandatory: tu

    %rec: tu_rieng
    %mandatory: tu

    %rec: ten_rieng
    %mandatory: ten
    """)

  static func read(
    in folder: TemplateFolder, into problems: inout [Diagnostic]
  ) throws(Diagnostic) -> SpellingRegister {
    var register = SpellingRegister()
    guard let database = try folder.register(form, into: &problems) else {
      return register
    }
    for set in database.recordSets {
      for record in set.records { register.add(record, of: set.type?.string ?? "") }
    }
    return register
  }

  private mutating func add(_ record: Record, of type: String) {
    switch type {
    case "loi_thuong_gap":
      guard let right = record.values("dung").first else { return }
      for wrong in record.values("sai") { slips.insert(wrong, corrections.count) }
      corrections.append(Correction(meant: right.string, isOfCapitals: false))
    case "mot_chu_hoa":
      for name in record.values("ten") {
        slips.insert(name, corrections.count)
        corrections.append(Correction(meant: name.string, isOfCapitals: true))
      }
    case "tu_lay": for word in record.values("tu") { doubled.insert(word, 0) }
    case "tu_ghep": for word in record.values("tu") { compounds.insert(word, 0) }
    case "tu_rieng": for word in record.values("tu").flatMap(\.words) { ownWords.insert(word) }
    case "ten_rieng":
      names += record.values("ten").map { $0.words.map(\.string) }
    default: break
    }
  }
}
