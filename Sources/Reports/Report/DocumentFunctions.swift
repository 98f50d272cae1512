import Diagnostics
import Texts
import Templating
import Vietnamese

extension Function {
  /// The functions of document templates that look into the registers.
  static func ofDocuments(_ registers: CheckRegisters) -> [Function] {
    [citation(registers.laws), abbreviation(registers.abbreviations)]
  }

  /// `vb("120-KL/TW")`: a cited document, in full where the document cites it first and short
  /// afterwards. The wording is that of macros of the templates.
  private static func citation(_ laws: LawRegister) -> Function {
    Function("vb", Signature(["so_hieu", "da_het"], required: 1)) {
      (arguments, renderer) throws(Diagnostic) in
      guard let wanted = arguments[0]?.asText?.trimmed, !wanted.isEmpty else {
        let shown = arguments[0]?.printed.string ?? ""
        throw Diagnostic(.template(.badArgument(shown, of: "vb")), at: nil)
      }
      // In a draft the mark of a code that is still to be written stands for the document.
      if wanted.string.hasPrefix("⟦") { return arguments[0] ?? .undefined }
      let known = KnownDocuments(renderer.data, laws)
      let document = try known.document(wanted, mayBeFormer: arguments[1]?.isTrue ?? false)
      let profile = renderer.data?["the_thuc"] ?? .missing
      let full = try renderer.call(
        macro: "day_du", of: wordingTemplate, [.map(document.record), profile])
      let short = try renderer.call(
        macro: "gon", of: wordingTemplate, [.map(document.record), profile])
      return try renderer.text(firstOf: Text("vb \(document.key)"), first: full, later: short)
    }
  }

  private static let wordingTemplate = "khung/cau.md.jinja"

  /// `tat("HĐND")`: `Hội đồng nhân dân (HĐND)` the first time, and `HĐND` afterwards.
  private static func abbreviation(_ register: AbbreviationRegister) -> Function {
    Function("tat", Signature(["chu"], required: 1)) { (arguments, renderer) throws(Diagnostic) in
      guard let short = arguments[0]?.asText?.trimmed, !short.isEmpty else {
        let shown = arguments[0]?.printed.string ?? ""
        throw Diagnostic(.template(.badArgument(shown, of: "tat")), at: nil)
      }
      guard let meaning = register.meanings[short.string] else {
        let suggestion = nearest(to: short.string, among: register.meanings.keys.sorted())
        let problem = ReportProblem.unknownAbbreviation(short.string, suggestion: suggestion)
        throw Diagnostic(.report(problem), at: short)
      }
      let full = Text(computed: Array("\(meaning) (\(short.string))".utf8), from: short)
      return try renderer.text(
        firstOf: Text("tat \(short.string)"), first: .text(full), later: .text(short))
    }
  }
}

extension Filter {
  /// `lan_dau`: a text as it is the first time, and afterwards with what it explains in brackets short.
  static let firstTime = Filter(
    "lan_dau",
    rendering: { (value, renderer) throws(Diagnostic) in
      let text = value.printed
      var short = ByteBuffer()
      text.withBytes { appendAbbreviated($0, to: &short) }
      return try renderer.text(
        firstOf: Text("lan_dau \(text.string)"), first: value,
        later: .text(Text(computed: short.bytes, from: text)))
    })
}

/// The documents that a template can cite: those of the data file's `can_cu` records, then those of
/// the register of laws.
private struct KnownDocuments {
  /// The `can_cu` records.
  private let records: [ValueMap]
  private let laws: LawRegister
  /// The day of the document that cites, and how it is written.
  private let citing: (day: CalendarDate, text: Text)?

  struct Document {
    /// By this the document is known again, whether it is cited by its sign or by its code.
    let key: String
    let record: ValueMap
  }

  init(_ data: ValueMap?, _ laws: LawRegister) {
    self.laws = laws
    if case .items(let items)? = data?["can_cu"] {
      records = items.compactMap { if case .map(let record) = $0 { record } else { nil } }
    } else {
      records = []
    }
    guard case .map(let head)? = data?["van_ban"],
      let text = (head["ngay_ban_hanh"] ?? head["ngay_dang"])?.asText,
      let day = CalendarDate(dayOf: text) ?? OpenDate(text)?.days?.upperBound
    else {
      citing = nil
      return
    }
    citing = (day, text)
  }

  /// The document of a sign, or of the code of a `can_cu` record.
  ///
  /// - Parameter mayBeFormer: whether it may be no longer in force.
  func document(_ wanted: Text, mayBeFormer: Bool) throws(Diagnostic) -> Document {
    let fields = ["ma", "so_ky_hieu"]
    for field in fields {
      guard let record = records.first(where: { $0[field]?.asText == wanted }) else { continue }
      return Document(key: sign(of: record) ?? "\(wanted.string)", record: record)
    }
    if let law = laws.match(wanted)?.laws.first {
      try check(law, wanted, mayBeFormer: mayBeFormer)
      return Document(key: law.sign.string, record: law.record)
    }
    let names = records.flatMap { record in fields.compactMap { record[$0]?.asText?.string } }
    let suggestion =
      nearest(to: wanted.string, among: names) ?? laws.meant(by: wanted)?.sign
      ?? nearest(to: wanted.string, among: laws.signs)
    throw Diagnostic(
      .report(.unknownDocument(wanted.string, suggestion: suggestion)), at: wanted)
  }

  private func sign(of record: ValueMap) -> String? {
    record["so_ky_hieu"]?.asText.flatMap { $0.isEmpty ? nil : $0.string }
  }

  /// Refuses a law of the register that is not there yet, or no longer; `LawChecks` does so for the
  /// records of the data.
  private func check(
    _ law: LawRegister.Law, _ wanted: Text, mayBeFormer: Bool
  ) throws(Diagnostic) {
    guard let citing else { return }
    if let issued = law.issued, let day = law.issuedDay, citing.day < day, law.isSure(of: "ngay") {
      let problem = CheckProblem.notYetIssued(
        sign: wanted.string, issued: issued.string, on: citing.text.string)
      throw Diagnostic(problem, at: wanted, inRegister: issued)
    }
    if let until = law.until, let day = law.untilDay, day < citing.day, !mayBeFormer,
      law.isSure(of: "den_ngay")
    {
      let problem = CheckProblem.noLongerInForce(
        sign: wanted.string, until: until.string,
        replacedBy: laws.replacement(of: law, on: citing.day))
      throw Diagnostic(problem, at: wanted, inRegister: until)
    }
  }
}

extension LawRegister.Law {
  /// The law as a `can_cu` record: without a day that was not verified, and without a title that only
  /// describes it.
  fileprivate var record: ValueMap {
    let day: Value =
      isSure(of: "ngay") ? issued.map { .typed($0, TextType.date) } ?? .missing : .missing
    return ValueMap([
      (Key("ma"), .text(sign)), (Key("so_ky_hieu"), .text(sign)),
      (Key("loai"), Value(optional: kind)),
      (Key("ngay"), day), (Key("co_quan"), Value(optional: issuer)),
      (Key("trich_yeu"), isDescribed ? .missing : Value(optional: title)),
    ])
  }
}
