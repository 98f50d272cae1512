import Diagnostics
import Records
import Reports
import Templating

/// The words of the pages, in both languages, from `site/chu.rec` of the templates.
struct SiteWords: Sendable {
  let vietnamese: Value
  let english: Value
  private let words: [String: String]

  private static let form = RegisterForm(
    "site/chu.rec",
    """
    %rec: chu
    %key: ma
    %mandatory: ma vi en
    %allowed: ma vi en
    %unique: ma vi en
    """)

  init(_ templates: TemplateCollection) throws(Problems) {
    let records = try templates.register(Self.form)?.records(ofType: "chu") ?? []
    func words(_ language: String) -> [(String, String)] {
      records.compactMap { record in
        guard let key = record.field("ma"), let word = record.field(language) else { return nil }
        return (key.value.string, word.value.string)
      }
    }
    func map(_ words: [(String, String)]) -> Value {
      .map(ValueMap(words.map { (Key($0.0), Value($0.1)) }))
    }
    (vietnamese, english) = (map(words("vi")), map(words("en")))
    self.words = Dictionary(words("vi"), uniquingKeysWith: { first, _ in first })
  }

  /// The Vietnamese words of a key; the key itself where the register does not have it.
  subscript(key: String) -> String { words[key] ?? key }
}
