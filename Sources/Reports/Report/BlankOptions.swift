import Diagnostics
import Records
import Texts

extension DataFile {
  /// The file without the fields that may be left out and have no value: in a form that is filled in
  /// they need not be deleted.
  func withoutBlankOptions(_ templates: TemplateCollection, ofKind kind: String?) -> DataFile {
    let blank = database.blankFields
    guard !blank.isEmpty else { return self }
    let wanted = WantedDocuments(of: self, ofKind: kind, templates)
    var ignored: [Diagnostic] = []
    let merged = templates.schema(of: wanted.kinds, for: self, into: &ignored).merged
    var heads: [Int: RecordType] = [:]
    for (record, kind) in wanted.documents {
      heads[record.firstField] = merged.headType(kind, into: &ignored)
    }
    var omitted: [Int] = []
    var left = blank[...]
    for set in database.recordSets {
      let isVerbatim = set.type?.isSpelled(Schema.verbatimType) ?? false
      for record in set.records {
        let numbers = record.firstField..<record.firstField + record.fields.count
        let own = left.drop { $0 < numbers.lowerBound }.prefix { $0 < numbers.upperBound }
        left = left.drop { $0 < numbers.upperBound }
        guard !own.isEmpty,
          let type = heads[record.firstField] ?? set.type.flatMap({ merged.schema.type(of: $0) })
        else { continue }
        omitted += own.filter { number in
          let field = record.fields[number]
          if isVerbatim, field.name.isSpelled(Schema.cellField) { return false }
          return type.rule(for: field.name).map { $0.isAllowed && !$0.isMandatory } ?? false
        }
      }
    }
    return omitted.isEmpty ? self : omitting(omitted)
  }
}

extension Schema {
  fileprivate func type(of name: Text) -> RecordType? { types.first { $0.name == name } }
}
