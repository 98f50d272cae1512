import Records
import Texts

/// A field of a form.
public struct EntryField: Sendable {
  public let name: String
  /// What the schema calls it; the name where it says nothing.
  public let label: String
  public let unit, example, help: String?
  /// Whether a record is not right without it.
  public let isRequired: Bool
  /// Whether a record may have it several times, each a line of a list.
  public let isRepeated: Bool
  public let input: EntryInput
  /// The field of the same record that has the value of the last period, to be shown beside this one.
  public let comparedWith: String?
  /// The titles of documents by name, where those are what is chosen among.
  fileprivate let documentTitles: [String: String]?

  /// The words for the values to choose among, where they are known: `chủ trì` for `chu_tri`.
  public var choiceLabels: [String: String] {
    guard case .choice(let values) = input else { return [:] }
    if let documentTitles {
      return documentTitles.filter { values.contains($0.key) }
    }
    let said = explanations(of: values, in: help).filter { !$0.words.isEmpty }
    return Dictionary(said.map { ($0.value, $0.words) }) { first, _ in first }
  }
}

/// How a field is filled in.
public enum EntryInput: Sendable, Equatable {
  /// A short text.
  case line
  /// A long text.
  ///
  /// - Parameter marks: whether it is read as Markdown.
  case prose(marks: Bool)
  case day
  /// A day that may be left to be filled in by hand, as `…/6/2026`.
  case openDay
  case dayTime
  /// A figure as people write it, `1.400` or `13,5`.
  case figure
  case whole
  /// One of these words.
  case choice([String])
  /// `co`, and where it is allowed `khong`; nothing says that nobody decided.
  case yesNo
  /// A person with an office, as `Nguyễn Văn A, Phó Bí thư Quận ủy`.
  case person
  case period
  case deadline
  case documentNumber
  /// An address in the net.
  case address
  /// The path of a picture, counted from the folder of the data file.
  case picture
}

/// The making of the fields of a record type.
struct FieldMaking {
  private let schema: EntrySchema
  private let type: Text
  private let database: Database
  /// The fields that are read as Markdown, and those that say what documents a record goes into.
  private let prose: Set<Text>
  private let placements: Set<Text>
  private let compared: [String: String]
  /// The lengths of the longest values.
  private var longest: [Text: Int] = [:]
  /// A text from this length on is a long one.
  private static let longText = 60

  init(_ schema: EntrySchema, _ type: Text, _ records: [Record], _ database: Database) {
    (self.schema, self.type, self.database) = (schema, type, database)
    func fields(_ relation: CheckDeclaration.Relation) -> [[Text]] {
      schema.declarations.filter { $0.type == type && $0.relation == relation }
        .map { $0.operands.map(\.field) }
    }
    prose = Set(fields(.prose).joined())
    placements = Set((fields(.placement) + fields(.citedPlacement)).compactMap(\.first))
    let own = schema.descriptors.filter { $0.type == type }
    compared = own.reduce(into: [:]) { all, descriptor in
      for (figure, old) in descriptor.compared { all[old] = figure }
    }
    for record in records {
      for field in record.fields {
        longest[field.name] = max(longest[field.name] ?? 0, field.value.string.count)
      }
    }
  }

  func fields(_ rules: [FieldRule], told: Set<String>) -> [EntryField] {
    rules.map { rule in
      let input = input(of: rule)
      return EntryField(
        name: rule.name.string, label: rule.label?.string ?? rule.name.string,
        unit: rule.unit?.string, example: rule.example?.string, help: rule.help?.string,
        isRequired: rule.isNeeded(told: told), isRepeated: rule.isRepeatable, input: input,
        comparedWith: compared[rule.name.string],
        documentTitles: isKindField(rule) || rule.type == nil ? schema.documentTitles : nil)
    }
  }

  /// A field that a record has and the schema does not know.
  func unknownField(_ name: Text) -> EntryField {
    EntryField(
      name: name.string, label: name.string, unit: nil, example: nil, help: nil,
      isRequired: false, isRepeated: false,
      input: longest[name] ?? 0 >= Self.longText ? .prose(marks: false) : .line,
      comparedWith: nil, documentTitles: nil)
  }

  // MARK: - Inputs

  private func input(of rule: FieldRule) -> EntryInput {
    if isKindField(rule) { return .choice(schema.kindNames.map(\.name)) }
    if DataFile.namesPicture(rule.name, ofType: type) { return .picture }
    if let type = rule.valueType { return type.input }
    if rule.typeName?.isSpelled("dia_chi_mang") ?? false { return .address }
    if let type = rule.type { return input(of: type) }
    if prose.contains(rule.name) { return .prose(marks: true) }
    if placements.contains(rule.name), !schema.kinds.isEmpty { return .choice(documentNames) }
    let example = rule.example?.string.count ?? 0
    return max(example, longest[rule.name] ?? 0) >= Self.longText ? .prose(marks: false) : .line
  }

  private func input(of type: FieldType) -> EntryInput {
    switch type {
    case .integer, .range: return .whole
    case .boolean: return .yesNo
    case .date: return .day
    case .regexp(let expression):
      return expression.listedWords.map { .choice($0) } ?? .line
    case .enumeration(let words):
      let values = words.map(\.string)
      return values == ["co"] || Set(values) == ["co", "khong"] ? .yesNo : .choice(values)
    case .record(let other):
      let keys = keys(ofType: other.string)
      return keys.isEmpty ? .line : .choice(keys)
    case .real, .line, .size, .field, .email, .uuid: return .line
    }
  }

  private func isKindField(_ rule: FieldRule) -> Bool {
    type.isSpelled(Schema.documentType) && rule.name.isSpelled(Schema.kindField)
  }

  /// The keys of the records that the file has of a type.
  private func keys(ofType name: String) -> [String] {
    guard let key = schema.schema.type(named: name)?.keyField?.string else { return [] }
    var keys: [String] = []
    for value in database.records(ofType: name).compactMap({ $0.field(key)?.value })
    where !value.isBlank && !keys.contains(value.string) {
      keys.append(value.string)
    }
    return keys
  }

  /// The names by which records say what documents they go into: the kind, and of further ones of a kind
  /// the kind with a number.
  private var documentNames: [String] {
    var counts: [String: Int] = [:]
    return database.records(ofType: Schema.documentType).compactMap(\.kindName).map { kind in
      counts[kind, default: 0] += 1
      return counts[kind] == 1 ? kind : "\(kind)-\(counts[kind] ?? 0)"
    }
  }
}

extension ValueType {
  fileprivate var input: EntryInput {
    switch self {
    case .ngay: .day
    case .ngayVanBan: .openDay
    case .ngayGio: .dayTime
    case .so: .figure
    case .soNguyen: .whole
    case .ky: .period
    case .soKyHieu: .documentNumber
    case .nguoi: .person
    case .thoiHan: .deadline
    case .tyLe, .tien: .line
    }
  }
}

extension RegularExpression {
  /// The words of an expression that is a plain list of them, `^(sáng|chiều|tối)$`; nil for any other.
  fileprivate var listedWords: [String]? {
    guard pattern.hasPrefix("^("), pattern.hasSuffix(")$") else { return nil }
    let list = pattern.dropFirst(2).dropLast(2)
    let isPlain = list.allSatisfy { $0.isLetter || $0.isNumber || " -_|".contains($0) }
    return isPlain ? list.split(separator: "|").map(String.init) : nil
  }
}
