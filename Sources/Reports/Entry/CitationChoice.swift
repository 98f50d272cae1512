import Diagnostics
import Records
import Texts
import Vietnamese

/// A document of the register of laws that a citation may be filled in with.
public struct CitationChoice: Sendable {
  /// `Luật Thực hiện dân chủ ở cơ sở, 10/2022/QH15`.
  public let title: String
  /// What is to be known of it: that it is not in force, and what stands for it; nil for nothing.
  public let note: String?
  /// The values of the fields of a citation, by their names.
  public let values: [String: [String]]
}

extension TemplateCollection {
  /// The documents of the register of laws in which all of some words stand, with accents or without; the
  /// last one may be the beginning of a word. Those in force come first, then those that say little else, then
  /// the latest.
  ///
  /// - Parameters:
  ///   - limit: the most to give.
  ///   - file: the file in which it is to be cited: on the day of its documents it should be in force; nil
  ///     to be told of all that has ended.
  /// - Throws: what is wrong with the schema of citations.
  public func citationChoices(
    matching words: String, limit: Int, for file: DataFile?
  ) throws(Problems) -> [CitationChoice] {
    var problems: [Diagnostic] = []
    let part = sharedPart(into: &problems)
    try problems.throwIfErrors()
    guard let fields = part.flatMap({ CitationFields($0) }) else { return [] }
    let wanted = SearchWord.words(of: words)
    let day = file?.latestDay
    let found = registers.laws.laws.filter { $0.holds(wanted) }.map { law in
      (law: law, note: registers.laws.note(on: law, day), sign: law.sign.string)
    }
    let sorted = found.sorted { one, other in
      if (one.note == nil) != (other.note == nil) { return one.note == nil }
      if !wanted.isEmpty, one.law.titleLength != other.law.titleLength {
        return one.law.titleLength < other.law.titleLength
      }
      if let day = one.law.issuedDay, let next = other.law.issuedDay, day != next {
        return next < day
      }
      return one.sign < other.sign
    }
    return sorted.prefix(max(limit, 0)).map { law, note, sign in
      let name =
        law.name
        ?? [law.kind?.string, law.title?.string].compactMap(\.self)
        .joined(separator: " ")
      return CitationChoice(
        title: [name, sign].filter { !$0.isEmpty }.joined(separator: ", "), note: note,
        values: fields.values(of: law))
    }
  }

  /// The same, told of all that has ended.
  public func citationChoices(
    matching words: String, limit: Int
  ) throws(Problems) -> [CitationChoice] {
    try citationChoices(matching: words, limit: limit, for: nil)
  }
}

extension DataFile {
  /// The latest day of its documents.
  fileprivate var latestDay: CalendarDate? {
    documentRecords(ofKind: nil).compactMap { $0.field(HeadFields.date)?.value }
      .compactMap { CalendarDate(latestDayOf: $0) }.max { $0 < $1 }
  }
}

/// The names of the fields of a citation, from the schema's `vien_dan: SIGN DAY KIND ISSUER TITLE` and the
/// key of the type.
private struct CitationFields {
  private let key: String?
  private let names: [String]

  /// nil where no type of records has all of them.
  init?(_ part: SchemaPart) {
    let citation = part.checks.first { declaration in
      let own = part.descriptors.filter { $0.type == declaration.type }
      return declaration.relation == .citation && declaration.operands.count == 5
        && own.contains { $0.key != nil }
    }
    guard let citation else { return nil }
    names = citation.operands.map(\.field.string)
    key = part.descriptors.first { $0.type == citation.type && $0.key != nil }?.key?.string
  }

  func values(of law: LawRegister.Law) -> [String: [String]] {
    var values: [String: [String]] = [:]
    if let key { values[key] = [law.shortCode] }
    let texts = [
      law.sign.string, law.issued?.string, law.kind?.string, law.issuer?.string, law.citedTitle,
    ]
    for (name, text) in zip(names, texts) { if let text { values[name] = [text] } }
    return values
  }
}

extension LawRegister.Law {
  /// Tells whether all words stand in its sign, kind, title or issuer.
  fileprivate func holds(_ wanted: [SearchWord]) -> Bool {
    let texts = [sign, kind, title, issuer].compactMap { $0?.string }
    let own = texts.flatMap { SearchWord.words(of: $0) }
    return wanted.enumerated().allSatisfy { index, word in
      own.contains { other in
        word.finds(other)
          || index == wanted.count - 1 && !word.isAccented && other.plain.starts(with: word.plain)
      }
    }
  }

  fileprivate var titleLength: Int { title?.words.count ?? 0 }

  /// The title as it follows the name of the kind: of a law without its «về»; nil where the register only
  /// describes the document.
  fileprivate var citedTitle: String? {
    guard !isDescribed, let title = title?.string else { return nil }
    let isNamed = Self.namedKinds.contains(kind?.string ?? "")
    return isNamed && title.hasPrefix("về ") ? String(title.dropFirst(3)) : title
  }

  /// A code for other records to name it by: `KL120` of a Kết luận with the number 120.
  fileprivate var shortCode: String {
    let initials = (kind?.string ?? "").split(separator: " ").compactMap(\.first)
    let letters = withoutMarks(String(initials).uppercased())
    return letters + sign.string.prefix { $0.isNumber }
  }
}

extension LawRegister {
  /// What is to be known of a law on a day.
  fileprivate func note(on law: Law, _ day: CalendarDate?) -> String? {
    func unsure(_ field: String) -> String { law.isSure(of: field) ? "" : " (chưa kiểm chứng)" }
    if let until = law.untilDay, let written = law.until, day.map({ until < $0 }) ?? true {
      let next = replacement(of: law, on: day).map { "; thay bằng \($0)" } ?? ""
      return "Hết hiệu lực sau ngày \(written.string)\(unsure("den_ngay"))\(next)"
    }
    if let from = law.fromDay, let written = law.from, let day, day < from {
      return "Có hiệu lực từ ngày \(written.string)\(unsure("tu_ngay"))"
    }
    return nil
  }
}
