import Diagnostics
import Records
import Reports
import Templating

/// The words of the pages, in both languages, from `web/chu.rec` of the templates.
struct Wording: Sendable {
  private let vietnamese: ValueMap
  private let english: ValueMap
  private let words: [String: (vietnamese: String, english: String)]

  private static let form = RegisterForm(
    "web/chu.rec",
    """
    %rec: chu
    %key: ma
    %mandatory: ma vi en
    %allowed: ma vi en
    %unique: ma vi en
    """)

  init(_ templates: TemplateCollection) throws(Problems) {
    let records = try templates.register(Self.form)?.records(ofType: "chu") ?? []
    var words: [String: (vietnamese: String, english: String)] = [:]
    for record in records {
      guard let key = record.field("ma")?.value.string, let own = record.field("vi")?.value.string,
        let other = record.field("en")?.value.string
      else { continue }
      words[key] = (own, other)
    }
    self.words = words
    let keys = words.keys.sorted()
    vietnamese = ValueMap(keys.map { (Key($0), Value(words[$0]?.vietnamese ?? $0)) })
    english = ValueMap(keys.map { (Key($0), Value(words[$0]?.english ?? $0)) })
  }

  func all(in language: Language) -> ValueMap { language == .english ? english : vietnamese }

  /// The words of a key; the key itself where the register does not have it.
  func text(_ key: String, in language: Language) -> String {
    guard let found = words[key] else { return key }
    return language == .english ? found.english : found.vietnamese
  }
}
