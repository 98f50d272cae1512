import Diagnostics
import Records
import Texts

/// Words by which facts are found in running texts: the register `so-bo/du-kien.rec`.
struct FactRegister: Sendable {
  /// What may stand before a person's name; one like `đ/c` is no row of words.
  private var addresses: [Phrase] = []
  /// The first words of these.
  private var addressStarts = PhraseTable()
  /// Titles beside those of ``TitleRegister``.
  private(set) var titles = PhraseTable()
  /// Words behind a title that tell what the person does.
  private(set) var titleEnds = PhraseTable()
  /// How names of bodies begin.
  private(set) var bodies = PhraseTable()
  /// Family names; a payload says nothing.
  private(set) var familyNames = PhraseTable()
  /// Units of time, whose numbers are no figures.
  private(set) var timeUnits = WordTable()
  /// The first words of ``addresses`` and ``bodies``.
  private(set) var firstWords = WordFilter()

  fileprivate static let form = RegisterForm(
    "so-bo/du-kien.rec",
    """
    %rec: xung_ho
    %mandatory: ten

    %rec: chuc_danh_khac
    %mandatory: ten

    %rec: het_chuc_danh
    %mandatory: chu

    %rec: co_quan
    %mandatory: ten

    %rec: ho
    %mandatory: ten

    %rec: thoi_gian
    %mandatory: ten
    """)

  static func read(
    in folder: TemplateFolder, into problems: inout [Diagnostic]
  ) throws(Diagnostic) -> FactRegister {
    var register = FactRegister()
    guard let database = try folder.register(form, into: &problems) else { return register }
    func values(_ field: String, ofType type: String) -> [Text] {
      database.records(ofType: type).flatMap { $0.values(field) }
    }
    for name in values("ten", ofType: "xung_ho") { register.add(address: name) }
    for name in values("ten", ofType: "chuc_danh_khac") { register.titles.insert(name, 0) }
    for word in values("chu", ofType: "het_chuc_danh") { register.titleEnds.insert(word, 0) }
    for name in values("ten", ofType: "co_quan") { register.bodies.insert(name, 0) }
    for name in values("ten", ofType: "ho") { register.familyNames.insert(name, 0) }
    for name in values("ten", ofType: "thoi_gian") {
      register.timeUnits.insert(WordTable.hash(name.bytes), 0)
    }
    register.firstWords.insert(register.addressStarts.firstWords)
    register.firstWords.insert(register.bodies.firstWords)
    return register
  }

  private mutating func add(address: Text) {
    var words = TextWords()
    words.split(address, marking: WordFilter())
    guard let first = words.first else { return }
    addresses.append(Phrase(address))
    addressStarts.insert(address.part(first.start..<first.end), 0)
  }

  /// The number of bytes of the form of address that a text begins with, at a word; nil for none.
  func addressLength(_ words: TextWords, at index: Int, in text: Text) -> Int? {
    guard addressStarts.match(words, at: index) != nil else { return nil }
    let rest = text.part(Int(words.range(at: index).start)..<text.range.bounds.upperBound).bytes
    return addresses.lazy.compactMap { $0.length(atStartOf: rest) }.max()
  }
}

extension TemplateCollection {
  /// The family names of the register.
  public func familyNames() throws(Problems) -> [Text] {
    try register(FactRegister.form)?.records(ofType: "ho").flatMap { $0.values("ten") } ?? []
  }
}
