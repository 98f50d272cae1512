import Diagnostics
import Records
import Templating
import Texts
import Vietnamese

/// Units of measure and what their figures can be: the register `so-bo/don-vi.rec`.
struct UnitRegister: Sendable {
  private var units: [Unit] = []
  /// The names of these in small letters, and the number of words of the longest.
  private var names = WordTable()
  private var longestName = 0
  /// Words that tell of a growth, or how far a plan is met.
  private var exceeding: [Phrase] = []
  /// Words that may tell of that, and words that do at the end of a name.
  private var perhapsExceeding: [Phrase] = []
  private var exceedingAtEnd: [Phrase] = []
  private var averages: [Phrase] = []
  /// Words in small letters behind which a number is a name.
  private var numbered = WordTable()

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
    for name in database.records(ofType: "danh_so").flatMap({ $0.values("ten") }) {
      register.numbered.insert(WordTable.hash(lowercased(name.bytes)), 0)
    }
    register.averages = database.phrases("ten", ofType: "binh_quan")
    return register
  }

  private mutating func add(_ record: Record) {
    guard let kind = record.field("loai").flatMap({ Kind(rawValue: $0.value.string) }) else {
      return
    }
    let most = record.field("nhieu_nhat").flatMap { try? decimal(of: $0.value) }
    let unit = Unit(kind: kind, most: most.flatMap { Decimal($0) })
    for name in record.values("ten") { insert(unit, named: lowercased(name.bytes)) }
  }

  private mutating func insert(_ unit: Unit, named name: [UInt8]) {
    let hash = WordTable.hash(name)
    // The last that has a name counts.
    if let known = names.number(of: hash) {
      units[known] = unit
    } else {
      names.insert(hash, units.count)
      units.append(unit)
    }
    longestName = max(longestName, name.count { $0 == UInt8(ascii: " ") } + 1)
  }

  /// The unit of some small letters.
  private func unit(spelled small: Span<UInt8>) -> Unit? {
    names.number(of: WordTable.hash(small, 0, small.count)).map { units[$0] }
  }

  /// Finds a unit without its numeral: as it is written, in small letters, or by its first words, as
  /// `lượt` for `lượt công dân`. nil for an unknown one.
  func unit(_ text: Text) -> Unit? {
    if let known = text.withBytes({ unit(spelled: $0) }) { return known }
    let small = lowercased(text.bytes)
    if let known = unit(spelled: small.span) { return known }
    // «người/hộ» is an average, «nhà (m2)» an area.
    guard !small.contains(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "(") }) else {
      return nil
    }
    let length = nameLength(atStartOf: small.span)
    return length.flatMap { unit(spelled: small.span.extracting(0..<$0)) }
  }

  /// The number of bytes of the first words of some small letters that are the name of a unit, the
  /// longest; nil for none.
  func nameLength(atStartOf small: Span<UInt8>) -> Int? {
    var (length, start): (Int?, Int) = (nil, 0)
    for _ in 0..<longestName where start < small.count {
      let end = small.bytes.first(UInt8(ascii: " "), in: start..<small.count)
      if names.number(of: WordTable.hash(small, 0, end)) != nil { length = end }
      start = end + 1
    }
    return length
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
    var small = ByteBuffer()
    for word in words {
      if !small.isEmpty { small.append(UInt8(ascii: " ")) }
      word.withBytes { appendLowercased($0, to: &small) }
    }
    let phrase = small.span
    var start = 0
    while start < phrase.count {
      if numbered.number(of: WordTable.hash(phrase, start, phrase.count)) != nil { return true }
      start = phrase.bytes.first(UInt8(ascii: " "), in: start..<phrase.count) + 1
    }
    return false
  }

  func isAverage(_ texts: [Text]) -> Bool { texts.say(averages) }
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
