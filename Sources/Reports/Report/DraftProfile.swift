import Diagnostics
import Records
import Texts

extension TemplateCollection {
  /// Tells whether what is missing is marked in documents, and they are marked as drafts.
  var makesDrafts: Bool { library.environment.undefined == .draft }

  /// The profile that a draft gets whose record names none: one that the kind allows, that goes with
  /// the words of the issuer, and that is in force on the date. nil where no draft is made.
  func likelyProfile(
    of record: Record, _ kind: DocumentKind, _ merged: MergedSchema
  ) -> LayoutProfile? {
    guard makesDrafts, record.field(Schema.profileField)?.value.isBlank ?? true else { return nil }
    var ignored: [Diagnostic] = []
    let rule = merged.headType(kind, into: &ignored)?.fields.first {
      $0.name.isSpelled(Schema.profileField)
    }
    var names = profiles.map(\.name)
    if case .enumeration(let words)? = rule?.type { names = words.map(\.string) }
    if let fitting = record.profiles(by: kind.shared.checks + kind.own.checks) {
      names = names.filter { fitting.contains($0) }
    }
    let allowed = names.compactMap { name in profiles.first { $0.name == name } }
    let date = LayoutFields.names.dropFirst().lazy
      .compactMap { record.field($0)?.value }.first { !$0.isBlank }
    let inForce = allowed.filter { profile in
      date.map { profile.isInForce(on: $0) } ?? profile.hasNoEnd
    }
    return inForce.first ?? allowed.last
  }
}

extension Record {
  /// The profiles that go with the words of the issuer, or else of another field of the head; nil
  /// where no word says anything.
  fileprivate func profiles(by declarations: [CheckDeclaration]) -> [String]? {
    let rules = declarations.filter { declaration in
      declaration.relation == .belonging
        && declaration.operands.last?.field.isSpelled(Schema.profileField) == true
    }
    var names = ["co_quan_ban_hanh", "co_quan_chu_quan"]
    for field in fields where !names.contains(field.name.string) { names.append(field.name.string) }
    for name in names {
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
