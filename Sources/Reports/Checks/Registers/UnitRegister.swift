import Diagnostics
import Records
import Templating
import Texts
import Vietnamese

/// Units of measure and what their figures can be: the register `so-bo/don-vi.rec`.
struct UnitRegister: Sendable {
  private var units: [Text: Unit] = [:]
  /// Words that tell of a growth, or how far a plan is met.
  private var exceeding: [Phrase] = []
  /// Words that may tell of that, and words that do at the end of a name.
  private var perhapsExceeding: [Phrase] = []
  private var exceedingAtEnd: [Phrase] = []
  private var averages: [Phrase] = []
  /// Words in small letters behind which a number is a name.
  private var numbered: Set<Text> = []

  private static let form = RegisterForm(
    "so-bo/don-vi.rec",
    """
    %rec: don_vi_tinh
    %mandatory: ten loai
    %allowed: nhieu_nhat
    %unique: loai nhieu_nhat
    %type: loai enum dem tien ty_le khac

    %rec: vuot_muc
    %mandatory: ten

    %rec: co_le_vuot_muc
    %allowed: ten cuoi

    %rec: danh_so
    %mandatory: ten

    %rec: binh_quan
    %mandatory: ten
    """)

  /// What the figures of a unit count.
  enum Kind: String {
    case count = "dem"
    case money = "tien"
    case share = "ty_le"
    case other = "khac"
  }

  struct Unit: Sendable {
    let kind: Kind
    /// The whole of which a share is a part; nil for other units.
    let most: Decimal?
  }

  static func read(
    in folder: TemplateFolder, into problems: inout [Diagnostic]
  ) throws(Diagnostic) -> UnitRegister {
    var register = UnitRegister()
    guard let database = try folder.register(form, into: &problems) else {
      return register
    }
    for record in database.records(ofType: "don_vi_tinh") { register.add(record) }
    register.exceeding = database.phrases("ten", ofType: "vuot_muc")
    register.perhapsExceeding = database.phrases("ten", ofType: "co_le_vuot_muc")
    register.exceedingAtEnd = database.phrases("cuoi", ofType: "co_le_vuot_muc")
    register.numbered = Set(
      database.records(ofType: "danh_so").flatMap { $0.values("ten") }.map(UnitRegister.key))
    register.averages = database.phrases("ten", ofType: "binh_quan")
    return register
  }

  private mutating func add(_ record: Record) {
    guard let kind = record.field("loai").flatMap({ Kind(rawValue: $0.value.string) }) else {
      return
    }
    let most = record.field("nhieu_nhat").flatMap { try? decimal(of: $0.value) }
    let unit = Unit(kind: kind, most: most.flatMap { Decimal($0) })
    for name in record.values("ten") { units[UnitRegister.key(name)] = unit }
  }

  private static func key(_ unit: Text) -> Text { Text(computed: lowercased(unit.bytes)) }

  /// Finds a unit without its numeral: as it is written, in small letters, or by its first words, as
  /// `lượt` for `lượt công dân`. nil for an unknown one.
  func unit(_ text: Text) -> Unit? {
    if let known = units[text] { return known }
    let key = UnitRegister.key(text)
    if let known = units[key] { return known }
    // «người/hộ» is an average, «nhà (m2)» an area.
    guard !key.bytes.contains(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "(") }) else {
      return nil
    }
    return key.beginnings.lazy.compactMap { units[$0] }.first
  }

  /// The first words of a text that are the name of a unit, the longest; nil for none.
  func name(atStartOf text: Text) -> Text? {
    (CollectionOfOne(text) + text.beginnings).first { units[UnitRegister.key($0)] != nil }
  }

  /// Tells whether texts on a figure say that it may be more than the whole: that it is a growth, or
  /// how far a plan is met.
  ///
  /// - Parameter name: that of the figure.
  func excess(_ texts: [Text], name: Text?) -> Excess {
    if texts.say(exceeding) { return .allowed }
    let doesEnd = exceedingAtEnd.contains { phrase in
      name.map { phrase.place(in: $0)?.range.end == $0.range.end } ?? false
    }
    return doesEnd || texts.say(perhapsExceeding) ? .perhaps : .impossible
  }

  enum Excess {
    case allowed
    case perhaps
    case impossible
  }

  /// Tells whether a number behind some words is a name: `Đề án 06`, `mức độ 4`.
  func isNumbered(_ words: [Text]) -> Bool {
    words.indices.contains { index in
      let phrase = words[index...].map(\.string).joined(separator: " ")
      return numbered.contains(UnitRegister.key(Text(phrase)))
    }
  }

  func isAverage(_ texts: [Text]) -> Bool { texts.say(averages) }
}

extension Text {
  /// What stands before each of its blanks, the longest first.
  fileprivate var beginnings: [Text] {
    let ends = bytes.indices.filter { bytes[$0] == UInt8(ascii: " ") }
    return ends.reversed().map { part(bytes.startIndex..<$0) }
  }
}

extension [Text] {
  fileprivate func say(_ phrases: [Phrase]) -> Bool {
    contains { text in phrases.contains { $0.place(in: text) != nil } }
  }
}

extension Database {
  fileprivate func phrases(_ field: String, ofType type: String) -> [Phrase] {
    records(ofType: type).flatMap { $0.values(field) }.map(Phrase.init)
  }
}
