import Records
import Texts

extension RecordType {
  /// The field that names a record: the `%key`, or where there is none the first `%singular` field.
  var keyField: Text? {
    (fields.first(where: \.isKey) ?? fields.first(where: \.isSingular))?.name
  }

  /// The fields that identify a record, best first: its key, fields with `%singular`, and its name,
  /// the first mandatory field that is a text.
  var identifyingFields: [Text] {
    let name = fields.first { $0.isMandatory && $0.type == nil }
    return (fields.filter(\.isKey) + fields.filter(\.isSingular) + [name].compactMap { $0 })
      .map(\.name)
  }

  /// The name that the schema gives a field whose label may stand in its place.
  func name(of field: Field) -> Text { rule(for: field.name)?.name ?? field.name }
}
