import Diagnostics
import Records
import Texts

/// Abbreviations in the finished documents: explained at their first use, as
/// «Quy chế dân chủ (QCDC)», explained once, and used from then on.
extension CheckedFile {
  static let ofAbbreviations = ["K141", "K142", "K146", "K147"]

  /// - Parameters:
  ///   - documents: plain texts.
  ///   - uses: those of the data. What a template says is no matter of the data.
  func abbreviationProblems(in documents: [OutputFile], _ uses: TermUses) -> [Diagnostic] {
    if uses.isEmpty { return [] }
    let fields = PlaceFields(database, textFields)
    var problems: [Diagnostic] = []
    var needless: [String: Text] = [:]
    var needed: Set<String> = []
    for document in documents where uses.mayBeWrong(in: document.bytes) {
      var reading = DocumentReading(document.bytes, uses, registers.abbreviations)
      reading.read(fields)
      problems += reading.problems
      needed.formUnion(reading.needed)
      needless.merge(reading.explained) { first, _ in first }
    }
    for (short, place) in needless where !needed.contains(short) {
      problems.append(Diagnostic(.check(.explainedForNothing(short)), at: place))
    }
    return problems
  }

}

/// What the schema says of the fields in which places of the data lie.
private struct PlaceFields {
  private let database: Database
  private let declared: TextFields

  init(_ database: Database, _ declared: TextFields) {
    (self.database, self.declared) = (database, declared)
  }

  /// Tells whether a place is in a line of a head.
  func isHeadline(_ place: Text) -> Bool {
    field(of: place).map { declared.isHeadline($0.name, ofType: $0.type) } ?? false
  }

  /// Tells whether a place is in a name that is written in full.
  func isFullName(_ place: Text) -> Bool {
    field(of: place).map { declared.isFullName($0.name, ofType: $0.type) } ?? false
  }

  private func field(of place: Text) -> (name: Text, type: String)? {
    let start = place.place.range.start
    guard let set = database.recordSet(at: place), let type = set.type else { return nil }
    let records = set.records
    let after = records.sortedIndex(after: { $0.place.range.start <= start })
    guard after > records.startIndex else { return nil }
    let field = records[after - 1].fields.first {
      $0.value.place.range.start <= start && start <= $0.value.place.range.end
    }
    return field.map { ($0.name, type.string) }
  }
}

/// One document, read from its beginning as its readers do.
private struct DocumentReading {
  private let bytes: [UInt8]
  private let uses: TermUses
  private let register: AbbreviationRegister
  private(set) var problems: [Diagnostic] = []
  /// Where the data explain what this document explains.
  private(set) var explained: [String: Text] = [:]
  /// Abbreviations that this document uses, or ought to.
  private(set) var needed: Set<String> = []
  /// Abbreviations that the reader has met.
  private var met: Set<String> = []

  init(_ bytes: [UInt8], _ uses: TermUses, _ register: AbbreviationRegister) {
    (self.bytes, self.uses, self.register) = (bytes, uses, register)
  }

  mutating func read(_ fields: PlaceFields) {
    var words = TextWords()
    words.split(Text(computed: bytes), marking: register.words)
    var explanations: Set<String> = []
    var writtenOut: Set<String> = []
    for mark in words.marked where register.words.mayHold(mark.key) {
      guard let term = Term(at: Int(mark.index), of: words, bytes, register) else { continue }
      let place = uses.place(of: term, words)
      switch term.form {
      case .explanation:
        if !explanations.insert(term.short).inserted, let place {
          problems.append(Diagnostic(.check(.explainedAgain(term.short)), at: place))
        }
        met.insert(term.short)
        if let place, explained[term.short] == nil { explained[term.short] = place }
      case .abbreviation:
        needed.insert(term.short)
        if met.contains(term.short) || place.map(fields.isHeadline) == true { continue }
        met.insert(term.short)
        guard let place else { continue }
        problems.append(
          Diagnostic(.check(.unexplained(term.short, meaning: term.meaning)), at: place))
      case .writtenOut:
        guard explanations.contains(term.short), let place, !fields.isHeadline(place),
          !fields.isFullName(place), writtenOut.insert(term.short).inserted
        else { continue }
        needed.insert(term.short)
        problems.append(
          Diagnostic(.check(.writtenOutAgain(term.short, meaning: term.meaning)), at: place))
      }
    }
  }
}

/// A term of the register of abbreviations, where a text uses it.
private struct Term {
  let short: String
  let meaning: String
  let form: Form
  /// The indices of its words.
  let words: Range<Int>

  enum Form {
    /// `BCĐ`
    case abbreviation
    /// `(BCĐ)`, behind what it stands for
    case explanation
    /// `Ban Chỉ đạo`, without the abbreviation behind it
    case writtenOut
  }

  /// Reads the term that begins with a word; nil for other words, for signs such as BC/BCĐ, for
  /// longer names that hold the term, such as Ban Chỉ đạo 35 and Trưởng Ban Chỉ đạo, and for what every reader knows.
  init?(
    at index: Int, of all: TextWords, _ bytes: [UInt8], _ register: AbbreviationRegister
  ) {
    if let entry = register.entry(of: all.hash(at: index)) {
      (short, meaning) = (entry.short, entry.meaning)
      words = index..<index + 1
      form = Term.isInBrackets(all[index], bytes) ? .explanation : .abbreviation
      if Term.isInSign(all[index], bytes) { return nil }
      return
    }
    let entries = register.entries(beginningWith: all.hash(at: index))
    guard let entry = entries.first(where: { $0.stands(at: index, of: all) }) else { return nil }
    (short, meaning, form) = (entry.short, entry.meaning, .writtenOut)
    words = index..<index + entry.words.count
    let isBehindName = index > 0 && all.followsBlank(at: index) && all[index - 1].kind != .small
    if isBehindName { return nil }
    guard all.indices.contains(words.upperBound) else { return }
    let next = all[words.upperBound]
    if next.followsBlank, next.kind != .small { return nil }
    if next.hash == entry.hash, Term.isInBrackets(next, bytes) { return nil }
  }

  private static func isInBrackets(_ word: Word, _ bytes: [UInt8]) -> Bool {
    guard word.start > 0, word.end < bytes.count, bytes[word.end] == UInt8(ascii: ")") else {
      return false
    }
    if bytes[word.start - 1] == UInt8(ascii: "(") { return true }
    return leadingIn.contains { bytes[..<word.start].ends(with: $0) }
  }

  /// `(sau đây gọi là BCĐ)` explains as well as `(BCĐ)`.
  private static let leadingIn = [
    "(sau đây gọi là ", "(sau đây gọi tắt là ", "(gọi tắt là ", "(viết tắt là ",
    "(sau đây viết tắt là ", "(sau đây viết là ",
  ].map { Array($0.utf8) }

  private static func isInSign(_ word: Word, _ bytes: [UInt8]) -> Bool {
    [word.start - 1, word.end].contains { index in
      bytes.indices.contains(index)
        && (bytes[index] == UInt8(ascii: "/") || bytes[index] == UInt8(ascii: "-"))
    }
  }
}

extension ArraySlice<UInt8> {
  fileprivate func ends(with other: [UInt8]) -> Bool { suffix(other.count).elementsEqual(other) }
}

/// The terms in the texts of the data.
struct TermUses {
  private var uses: [UInt64: [Use]] = [:]
  /// The abbreviations of what the data write out.
  private var writtenOut: Set<String> = []
  /// Whether the data have an abbreviation themselves.
  private(set) var hasShort = false

  var isEmpty: Bool { uses.isEmpty }

  /// Tells whether a document may use a term as it must not: what the data write out only where the
  /// document has the abbreviation too.
  ///
  /// - Parameter text: of the document, be its body Markdown still.
  func mayBeWrong(in text: [UInt8]) -> Bool {
    if hasShort { return true }
    return writtenOut.contains { short in
      let bytes = Array(short.utf8)
      return text.span.first(of: bytes.span, from: 0) != nil || !bytes.allSatisfy(\.isOfWord)
    }
  }

  private struct Use {
    let place: Text
    let form: Term.Form
    /// The hashes of the three words before it and the three behind it.
    let neighbours: [UInt64?]
  }

  mutating func insert(
    _ text: Text, _ words: TextWords, _ register: AbbreviationRegister
  ) {
    for mark in words.marked where register.words.mayHold(mark.key) {
      guard let term = Term(at: Int(mark.index), of: words, text.source.bytes, register) else {
        continue
      }
      let range = SourceRange(
        start: Int(words.range(at: term.words.lowerBound).start),
        end: Int(words.range(at: term.words.upperBound - 1).end))
      let use = Use(
        place: Text(source: text.source, range: range), form: term.form,
        neighbours: words.neighbours(of: term.words))
      uses[words.hash(at: term.words.lowerBound), default: []].append(use)
      if term.form == .writtenOut { writtenOut.insert(term.short) } else { hasShort = true }
    }
  }

  /// Finds a term of a document in the data: with the same neighbours, or else its first use of
  /// that form.
  fileprivate func place(of term: Term, _ document: TextWords) -> Text? {
    let wanted = document.neighbours(of: term.words)
    var best: (place: Text, same: Int)?
    // Further uses of one word are no nearer: whoever has a thousand finds the others by himself.
    let all = uses[document.hash(at: term.words.lowerBound), default: []]
    for use in all.prefix(Self.mostUses) where use.form == term.form {
      let same = zip(wanted, use.neighbours).count { $0 != nil && $0 == $1 }
      if same > best?.same ?? -1 { best = (use.place, same) }
    }
    return best?.place
  }

  private static let mostUses = 200
}

extension TextWords {
  fileprivate func neighbours(of words: Range<Int>) -> [UInt64?] {
    let before = words.lowerBound - 3..<words.lowerBound
    let behind = words.upperBound..<words.upperBound + 3
    return (Array(before) + behind).map { indices.contains($0) ? hash(at: $0) : nil }
  }
}
