import Diagnostics
import Texts

/// The kinds by the names that their documents have above the subject (`ten_loai`).
struct ImportableKinds {
  private let kinds: [DocumentKind]

  init(_ templates: TemplateCollection) throws(Problems) { kinds = try templates.allKinds() }

  /// The kinds that take a document as it is (`nhap: co`), by name.
  var names: [String] { kinds.filter(\.takesWrittenDocuments).map(\.name) }

  /// The kind without a name above its subject: a letter.
  var letter: DocumentKind? {
    kinds.first { $0.takesWrittenDocuments && $0.documentName == nil }
  }

  /// The kind that a person chose.
  func kind(named name: String) throws(Problems) -> DocumentKind {
    guard let kind = kinds.first(where: { $0.name == name }) else {
      let known = kinds.map(\.name)
      throw Problems([
        Diagnostic(
          .report(
            .unknownKind(name, suggestion: nearest(to: name, among: known), known: known)), at: nil)
      ])
    }
    return try checked(kind)
  }

  /// The kind whose documents have a name, which is folded.
  func kind(ofDocuments name: String) throws(Problems) -> DocumentKind? {
    let named = kinds.filter { $0.documentName?.foldedText == name }
    guard let kind = named.first(where: \.takesWrittenDocuments) ?? named.first else { return nil }
    return try checked(kind)
  }

  private func checked(_ kind: DocumentKind) throws(Problems) -> DocumentKind {
    guard kind.takesWrittenDocuments else {
      throw Problems([
        Diagnostic(.importing(.kindWithOwnFields(kind.name, known: names)), at: nil)
      ])
    }
    return kind
  }

  /// The name of a kind with which a line begins, folded, the longest; what follows it in the line.
  func name(atStartOf line: WrittenLine) -> (name: String, rest: String)? {
    let name = kinds.compactMap(\.documentName).map(\.foldedText).longest(atStartOf: line.folded)
    guard let name else { return nil }
    return (name, String(line.text.dropFirst(name.count)).cleaned)
  }
}

extension DocumentKind {
  /// `BÁO CÁO`; nil for a letter.
  var documentName: String? { record["ten_loai"]?.asText?.string }

  /// Whether a document that exists can become data of this kind: its body is sections alone.
  var takesWrittenDocuments: Bool { record["nhap"]?.asText?.isSpelled("co") ?? false }

  /// The fields without which the templates print sentences of their own (`nhap_can`).
  var fieldsAgainstOwnWords: [String] {
    switch record["nhap_can"] {
    case .items(let items)?: items.compactMap { $0.asText?.string }
    case let value?: value.asText.map { [$0.string] } ?? []
    case nil: []
    }
  }

  /// Tells whether a head of this kind may have a field.
  func takes(_ field: String) -> Bool {
    headType?.rule(for: Text(field)).map { $0.isAllowed || $0.isMandatory } ?? false
  }
}
