import Diagnostics
import Records
import Templating

/// The words of pages that are no documents, in both languages, from a register of the templates.
public struct PageWords: Sendable {
  public let vietnamese: ValueMap
  public let english: ValueMap
  private let words: [String: (vietnamese: String, english: String)]

  /// - Parameter file: its path in the template folder; records `chu` with `ma`, `vi` and `en`.
  /// - Throws: what is wrong with the register.
  public init(_ file: String, _ templates: TemplateCollection) throws(Problems) {
    let form = RegisterForm(
      file,
      """
      %rec: chu
      %key: ma
      %mandatory: ma vi en
      %allowed: ma vi en
      %unique: ma vi en
      """)
    let records = try templates.register(form)?.records(ofType: "chu") ?? []
    var words: [String: (vietnamese: String, english: String)] = [:]
    for record in records {
      guard let key = record.field("ma")?.value.string, let own = record.field("vi")?.value.string,
        let other = record.field("en")?.value.string
      else { continue }
      words[key] = (own, other)
    }
    self.words = words
    let sorted = words.sorted { $0.key < $1.key }
    vietnamese = ValueMap(sorted.map { (Key($0.key), Value($0.value.vietnamese)) })
    english = ValueMap(sorted.map { (Key($0.key), Value($0.value.english)) })
  }

  public func all(in language: Language) -> ValueMap {
    language == .english ? english : vietnamese
  }

  /// The words of a key; the key itself where the register does not have it.
  public func text(_ key: String, in language: Language) -> String {
    guard let found = words[key] else { return key }
    return language == .english ? found.english : found.vietnamese
  }

  /// The Vietnamese words of a key.
  public subscript(key: String) -> String { text(key, in: .vietnamese) }
}
