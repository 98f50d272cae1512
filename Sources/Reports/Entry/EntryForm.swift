import Diagnostics
import Records
import Texts

/// The form of one data file, made from the schemas alone: its sections in the order of the blank form,
/// with the records that the file has.
public struct EntryForm: Sendable {
  /// The sections that must be filled in, then those that may be. Record types that no schema knows are
  /// in none.
  public let sections: [EntrySection]
  private let database: Database

  /// - Throws: what keeps every schema from being read; what is wrong with the data does not.
  public init(of file: DataFile, _ templates: TemplateCollection) throws(Problems) {
    let schema = try EntrySchema(of: file, templates)
    let making = SectionMaking(file.database, schema)
    sections = EntryForm.order(of: schema, in: file.database).map {
      making.section(of: $0, isNeeded: $1)
    }
    database = file.database
  }

  /// The types of the sections, and whether there must be records of them: in the order of the blank form,
  /// behind them what nobody prints, or nobody writes by hand, where the file has it.
  static func order(
    of schema: EntrySchema, in database: Database
  ) -> [(type: RecordType, isNeeded: Bool)] {
    let types = schema.schema.types
    let (needed, optional) = schema.sections.others(among: types) { _ in false }
    let first = [Schema.matterType, Schema.documentType].compactMap { name in
      types.first { $0.name.isSpelled(name) }
    }
    let shown = first + needed + optional
    let others = types.filter { type in
      !shown.contains { $0.name == type.name }
        && !database.records(ofType: type.name.string).isEmpty
    }
    return (first + needed).map { ($0, true) } + (optional + others).map { ($0, false) }
  }

  /// The record and the field that a problem of the file is about: for a missing field the record that
  /// lacks it, and its name; nil for a problem of the file as a whole, or of another file.
  public func place(of problem: Diagnostic) -> EntryPlace? {
    guard let place = problem.place?.place,
      place.source === database.source || place.source.bytes == database.source.bytes,
      let found = database.record(holding: Int(place.range.start)),
      let section = sections.first(where: { $0.type == found.type }),
      found.index < section.records.count
    else { return nil }
    let missing: String? =
      switch problem.kind {
      case .records(.missingField(let field)): field.name
      default: nil
      }
    let name = missing.map { Text($0) } ?? found.name
    return EntryPlace(
      type: section.type, record: found.index,
      field: name.map { section.records[found.index].name(of: $0.string) })
  }
}

/// The records of one type in a form.
public struct EntrySection: Sendable {
  /// The record type, as `so_lieu`.
  public let type: String
  /// The first sentence of what the schema says of the type.
  public let title: String
  /// The rest of it; may be empty.
  public let guide: String
  /// Whether the documents cannot be made without records of the type.
  public let isNeeded: Bool
  /// Whether there is one record at most.
  public let isSingle: Bool
  /// The least number of records.
  public let least: Int
  /// The fields of a new record; of a document those that all kinds in the file share.
  public let fields: [EntryField]
  /// Those that the file has, of all its record sets of the type.
  public let records: [EntryRecord]
}

/// A record of a form.
public struct EntryRecord: Sendable {
  /// Its number among those of its type in the file, from 0.
  public let index: Int
  /// Those of the section, of a document those of its kind; behind them what the record has and the
  /// schema does not know.
  public let fields: [EntryField]
  /// What is filled in, by the names of the fields. Names are the schema's, also of a field that stands
  /// in the file by its label.
  public let values: [String: [String]]
  /// What it is called in a list: its key or the first field that is filled in, cut; empty for an empty
  /// record.
  public let title: String

  /// The name of a field that a problem names as the file does.
  fileprivate func name(of written: String) -> String {
    fields.first { $0.name == written }?.name
      ?? fields.first { $0.label.lowercased() == written.lowercased() }?.name ?? written
  }
}

/// A record of a data file, or a field of it.
public struct EntryPlace: Sendable, Hashable {
  public let type: String
  /// The number of the record among those of its type, from 0.
  public let record: Int
  /// nil for the record as a whole.
  public let field: String?

  public init(type: String, record: Int, field: String?) {
    (self.type, self.record, self.field) = (type, record, field)
  }
}

/// The making of sections from a file and its schema.
private struct SectionMaking {
  private let database: Database
  private let schema: EntrySchema
  private static let longestTitle = 60

  init(_ database: Database, _ schema: EntrySchema) {
    (self.database, self.schema) = (database, schema)
  }

  func section(of type: RecordType, isNeeded: Bool) -> EntrySection {
    let name = type.name.string
    let records = database.records(ofType: name)
    let making = FieldMaking(schema, type.name, records, database)
    let isHead = name == Schema.documentType
    let told = type.headFieldsToldElsewhere
    let fields = making.fields(schema.sharedFields(of: type), told: isHead ? told : [])
    let doc = Self.doc(of: type, schema.descriptors)
    return EntrySection(
      type: name, title: doc.title, guide: doc.guide, isNeeded: isNeeded,
      isSingle: schema.schema.most[name] == 1, least: schema.sections.leastCount(ofType: name),
      fields: fields,
      records: records.enumerated().map { index, record in
        let kind = isHead ? record.kindName : nil
        let own = schema.type(named: name, ofKind: kind) ?? type
        let all =
          isHead
          ? making.fields(
            schema.fields(of: own, ofKind: kind), told: own.headFieldsToldElsewhere) : fields
        return entry(record, index, own, all, making)
      })
  }

  private func entry(
    _ record: Record, _ index: Int, _ type: RecordType, _ fields: [EntryField],
    _ making: FieldMaking
  ) -> EntryRecord {
    let values = record.entryValues(type)
    var others: [EntryField] = []
    for field in record.fields {
      let name = type.name(of: field)
      guard !(fields + others).contains(where: { $0.name == name.string }) else { continue }
      others.append(making.unknownField(name))
    }
    return EntryRecord(
      index: index, fields: fields + others, values: values,
      title: title(values, type, fields + others))
  }

  private func title(
    _ values: [String: [String]], _ type: RecordType, _ fields: [EntryField]
  ) -> String {
    if type.name.isSpelled(Schema.documentType), let kind = values[Schema.kindField]?.first,
      let known = schema.kindNames.first(where: { $0.name == kind })
    {
      return known.title
    }
    let names = type.identifyingFields.map(\.string) + fields.map(\.name)
    let value = names.lazy.compactMap { values[$0]?.first }.first ?? ""
    let words = value.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return words.count > Self.longestTitle
      ? words.prefix(Self.longestTitle - 1) + "…" : words
  }

  /// What a schema says of a type, or the blank form of documents: the first sentence and the rest.
  private static func doc(
    of type: RecordType, _ descriptors: [Descriptor]
  ) -> (title: String, guide: String) {
    let own = descriptors.first { $0.type == type.name && !$0.doc.isEmpty }?.doc.first?.string
    let doc = type.name.isSpelled(Schema.documentType) ? FormText.documents : own
    let words = (doc ?? type.name.string).split(whereSeparator: \.isWhitespace)
    let end = words.firstIndex { $0.hasSuffix(".") } ?? words.endIndex
    let title = words[...(end < words.endIndex ? end : words.endIndex - 1)].joined(separator: " ")
    let guide = words.dropFirst(end + 1).joined(separator: " ")
    return (title.hasSuffix(".") ? String(title.dropLast()) : title, guide)
  }
}

extension Record {
  /// What is filled in, by the names of the fields. A cell of a text that is kept word for word has its
  /// place when it is empty, too.
  func entryValues(_ type: RecordType) -> [String: [String]] {
    var values: [String: [String]] = [:]
    for field in fields {
      let name = type.name(of: field).string
      if !field.value.isBlank || type.keepsBlanks(name) {
        values[name, default: []].append(field.value.string)
      }
    }
    return values
  }
}

extension RecordType {
  /// Tells whether a field without a value is more than one that is not filled in.
  func keepsBlanks(_ field: String) -> Bool {
    name.isSpelled(Schema.verbatimType) && field == Schema.cellField
  }
}
