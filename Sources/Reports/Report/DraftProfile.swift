import Diagnostics
import Records
import Texts

extension TemplateCollection {
  /// Tells whether what is missing is marked in documents, and they are marked as drafts.
  var makesDrafts: Bool { library.environment.undefined == .draft }

  /// The profile of a document whose record names none: that of the issuer's kind of bodies on the
  /// day of the document. A draft takes one that may fit where these do not tell; nil for none.
  func chosenProfile(
    of record: Record, _ kind: DocumentKind, _ merged: MergedSchema
  ) -> LayoutProfile? {
    guard record.firstFilled(Schema.profileField) == nil else { return nil }
    return registers.profile(byHead: record)
      ?? (makesDrafts ? likelyProfile(of: record, kind, merged) : nil)
  }

  /// One that the kind allows, that goes with the issuer or with the words of the head, and that is in
  /// force on the date.
  private func likelyProfile(
    of record: Record, _ kind: DocumentKind, _ merged: MergedSchema
  ) -> LayoutProfile? {
    var ignored: [Diagnostic] = []
    let rule = merged.headType(kind, into: &ignored)?.fields.first {
      $0.name.isSpelled(Schema.profileField)
    }
    var names = profiles.map(\.name)
    if case .enumeration(let words)? = rule?.type { names = words.map(\.string) }
    let issuer = registers.issuers.kind(
      of: record.firstFilled(HeadFields.issuer), under: record.firstFilled(HeadFields.superior))
    if let fitting = issuer?.kind.profiles
      ?? record.profiles(by: kind.shared.checks + kind.own.checks)
    {
      names = names.filter { fitting.contains($0) }
    }
    let allowed = names.compactMap { name in profiles.first { $0.name == name } }
    let date = LayoutFields.names.dropFirst().lazy
      .compactMap { record.field($0)?.value }.first { !$0.isBlank }
    return allowed.profile(on: date) ?? allowed.last
  }
}

extension Record {
  /// The profiles that go with the words of a field of the head; nil where no word says anything.
  fileprivate func profiles(by declarations: [CheckDeclaration]) -> [String]? {
    let rules = declarations.filter { declaration in
      declaration.relation == .belonging
        && declaration.operands.last?.field.isSpelled(Schema.profileField) == true
    }
    for name in fields.map(\.name.string) {
      let values = values(name)
      let found = rules.filter { rule in
        rule.operands.dropLast().contains { $0.field.isSpelled(name) }
          && values.contains { rule.phrases[0].place(in: $0) != nil }
      }
      if let first = found.first { return first.phrases.dropFirst().map(\.text.string) }
    }
    return nil
  }
}
