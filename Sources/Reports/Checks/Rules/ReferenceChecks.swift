import Diagnostics
import Records
import Texts
import Vietnamese

/// Checks what texts say by hand of parts of their own document: `Như Điều 3`, `danh sách kèm theo`.
///
/// A text that names another document, `Điều 5 Luật Cư trú`, may mean that one and is passed over.
struct ReferenceChecks {
  private let declaration: ResolvedDeclaration

  init(_ declaration: ResolvedDeclaration) { self.declaration = declaration }

  func problems(_ data: inout CheckedData) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let isOfArticles = declaration.relation == .ownArticle
    let parts = isOfArticles ? PartsOfDocuments.articles(&data) : .annexes(&data)
    for record in data.records.records(ofType: declaration.type) where declaration.isAbout(record) {
      let indices = documents(of: record, &data)
      guard !indices.isEmpty, indices.allSatisfy({ parts.isKnown(at: $0, declaration, data) })
      else { continue }
      let count = indices.map { parts.count(at: $0) }.max() ?? 0
      for text in declaration.operands.flatMap({ record.texts(of: $0.column) })
      where !text.namesOtherDocument {
        if isOfArticles {
          for article in text.articles where article.number > count {
            problems.append(missing(article.place, .articles(count)))
          }
        } else if count == 0, let place = annex(in: text) {
          problems.append(missing(place, .noAnnex))
        }
      }
    }
    return problems
  }

  private func missing(_ place: Text, _ known: NumberingProblem.Known) -> Diagnostic {
    declaration.broken(.numbering(.noSuchPart(place.string, known: known)), at: place)
  }

  private func annex(in text: Text) -> Text? {
    declaration.phrases.lazy.compactMap { $0.place(in: text) }.first
  }

  /// The documents that a record goes into; of a head its own.
  private func documents(of record: TypedRecord, _ data: inout CheckedData) -> [Int] {
    guard data.schema.types[declaration.type].name.isSpelled(Schema.documentType) else {
      return data.documents.indices(for: record, ofType: declaration.type, among: data.records)
        .filter { index in
          declaration.declaration.kind.map { $0 == data.documents.documents[index].name.kind }
            ?? true
        }
    }
    return data.documents.index(ofHead: record).map { [$0] } ?? []
  }
}

/// How many parts of one sort each document of a file has.
private struct PartsOfDocuments {
  /// By the index of the document.
  private var counts: [Int: Int] = [:]
  private let isOfArticles: Bool
  /// Whether an annex is a document of the file by itself.
  private var hasAnnexAlone = false

  private static let annexKind = "phu-luc"

  /// The articles: sections of the first level. One in an annex counts too, where articles may be its.
  static func articles(_ data: inout CheckedData) -> PartsOfDocuments {
    var parts = PartsOfDocuments(isOfArticles: true)
    parts.count("phan", &data) { record in
      record.firstFilled("cap").map { $0.isSpelled("1") } ?? true
    }
    return parts
  }

  /// Annexes and tables, which may be a list that is enclosed.
  static func annexes(_ data: inout CheckedData) -> PartsOfDocuments {
    var parts = PartsOfDocuments(isOfArticles: false)
    parts.hasAnnexAlone = data.documents.documents.contains { $0.name.kind == annexKind }
    for type in ["phu_luc", "bang"] { parts.count(type, &data) { _ in true } }
    parts.count("phan", &data) { $0.firstFilled("bang") != nil }
    return parts
  }

  private init(isOfArticles: Bool) { self.isOfArticles = isOfArticles }

  private mutating func count(
    _ name: String, _ data: inout CheckedData, _ isCounted: (Record) -> Bool
  ) {
    guard let type = data.schema.types.firstIndex(where: { $0.name.isSpelled(name) }) else {
      return
    }
    for record in data.records.records(ofType: type) where isCounted(record.record) {
      for index in data.documents.indices(for: record, ofType: type, among: data.records) {
        counts[index, default: 0] += 1
      }
    }
  }

  func count(at index: Int) -> Int { counts[index] ?? 0 }

  /// Tells whether all parts of a document are known: its sections are articles, or it has no annexes but
  /// those of the file.
  func isKnown(
    at index: Int, _ declaration: ResolvedDeclaration, _ data: borrowing CheckedData
  ) -> Bool {
    let document = data.documents.documents[index]
    guard isOfArticles else {
      let kind = data.kinds.first { $0.name == document.name.kind }
      return !hasAnnexAlone && kind.map { $0.annexTemplate == nil } ?? false
    }
    let numbering = document.record.record.firstFilled("kieu_so")
    // The kinds that declare it number by articles where nothing else is said.
    let isByArticles =
      declaration.declaration.kind == nil ? numbering?.isSpelled("dieu") ?? false : numbering == nil
    return isByArticles && count(at: index) > 0
  }
}

extension Text {
  /// The articles that it names by number.
  fileprivate var articles: [(number: Int, place: Text)] {
    let words = self.words
    return zip(words, words.dropFirst()).compactMap { word, next in
      guard word.isSpelled("Điều") || word.isSpelled("điều") else { return nil }
      let digits = next.bytes.prefix { isDigit($0) }
      let rest = next.bytes.dropFirst(digits.count).first
      guard digits.count < 4, let number = digits.number,
        rest.map({ ",.;:)".utf8.contains($0) }) ?? true
      else { return nil }
      return (number, part(word.range.bounds.lowerBound..<digits.endIndex))
    }
  }

  /// Tells whether it names another document than its own, of which an article or annex may be.
  fileprivate var namesOtherDocument: Bool {
    let words = self.words.map(\.inSmallLetters)
    let text = (" " + words.joined(separator: " ") + " ").replacing(" quyết định này", with: "")
    return Self.kindsOfDocuments.contains { text.contains($0) }
  }

  /// How other documents are called; the own one is «Quyết định này».
  private static let kindsOfDocuments = [
    " luật", " hiến pháp", " pháp lệnh", " nghị ", " thông tư", " điều lệ", " quy chế", " quy định",
    " hướng dẫn", " chỉ thị", " kết luận", " số ", " quyết định ", " kế hoạch của", " công văn",
    " tờ trình", " báo cáo", " thông báo", " hợp đồng", " đề án", " phương án", " [[",
  ]
}
