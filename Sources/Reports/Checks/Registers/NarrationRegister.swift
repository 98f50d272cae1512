import Diagnostics
import Records
import Texts

/// Words by which a sentence tells of what was done or of what is to come: the register
/// `so-bo/loi-ke.rec`.
struct NarrationRegister: Sendable {
  /// A payload is an index of ``senses``.
  private(set) var words = PhraseTable()

  /// What a word says of the time of its sentence.
  enum Sense: String, Sendable, CaseIterable {
    case past = "da_qua"
    /// A verb that tells of an event, where no other word says when.
    case event = "viec"
    case ahead = "chua_toi"
  }

  private static let form = RegisterForm(
    "so-bo/loi-ke.rec",
    """
    %rec: loi_ke
    %mandatory: nghia chu
    %unique: nghia
    %type: nghia enum da_qua viec chua_toi
    """)

  static func read(
    in folder: TemplateFolder, into problems: inout [Diagnostic]
  ) throws(Diagnostic) -> NarrationRegister {
    var register = NarrationRegister()
    guard let database = try folder.register(form, into: &problems) else {
      return register
    }
    for record in database.records(ofType: "loi_ke") {
      guard let name = record.field("nghia")?.value,
        let index = Sense.allCases.firstIndex(where: { name.isSpelled($0.rawValue) })
      else { continue }
      for word in record.values("chu") { register.words.insert(word, index) }
    }
    return register
  }

  /// The sense of the words that begin at an index, and how many they are.
  func sense(_ words: TextWords, at index: Int) -> (sense: Sense, count: Int)? {
    self.words.match(words, at: index).map { (Sense.allCases[$0.payload], $0.count) }
  }
}
