import Diagnostics
import Texts

/// A record descriptor taken apart: what `%rec` and the other special fields of one record say.
public struct Descriptor: Sendable {
  /// The name after `%rec`.
  public let type: Text
  /// The file after the type; whoever gives an ``ExternalReader`` has it read.
  public private(set) var externalFile: Text?
  public private(set) var doc: [Text] = []
  public internal(set) var mandatory: [Text] = []
  /// The fields of `%allowed`; nil when there is none, so that every field is allowed.
  public internal(set) var allowed: [Text]?
  public private(set) var prohibited: [Text] = []
  public internal(set) var key: Text?
  public internal(set) var unique: [Text] = []
  public private(set) var singular: [Text] = []
  public private(set) var auto: [Text] = []
  public private(set) var sort: [Text] = []
  public private(set) var size: RecordCount?
  public internal(set) var types: [TypeDeclaration] = []
  public internal(set) var typedefs: [TypeDeclaration] = []
  public private(set) var constraints: [SelectionExpression] = []
  /// The fields without a `%`: labels, units and whatever else a schema says of its fields.
  public private(set) var remarks: [Remark] = []
  /// The fields that the records below it declare, where it is one of a schema.
  public internal(set) var blocks: [FieldBlock] = []

  /// A field of `%type`, or a name of `%typedef`, and the type it has.
  public struct TypeDeclaration: Sendable {
    public let name: Text
    public let type: TypeExpression
    /// The name by which readers know more of the values; nil for a type that is written out.
    let typeName: Text?
    /// The place that notes about it point to.
    let place: Text

    init(name: Text, type: TypeExpression, typeName: Text? = nil, place: Text? = nil) {
      (self.name, self.type) = (name, type)
      self.typeName = typeName ?? type.name
      self.place = place ?? name
    }
  }

  /// Parses the descriptor of a record set; nil for a set without one.
  public init?(_ set: RecordSet, into problems: inout [Diagnostic]) {
    self.init(set, isSchema: false, into: &problems)
  }

  /// - Parameter isSchema: whether the records below it are blocks, which lines with `%` would
  /// rule.
  init?(_ set: RecordSet, isSchema: Bool, into problems: inout [Diagnostic]) {
    guard let record = set.descriptorRecord, let type = set.type else { return nil }
    self.type = type
    var parsing = Parsing(isSchema: isSchema)
    for field in record.fields { add(field, &parsing) }
    problems += parsing.problems
  }

  /// The state while a descriptor is being parsed.
  private struct Parsing {
    let isSchema: Bool
    var problems: [Diagnostic] = []
    var seenOnce: [SpecialField] = []

    mutating func report(_ problem: RecordsProblem, at place: Text) {
      problems.append(Diagnostic(.records(problem), at: place))
    }
  }
}

/// The fields of recutils that start with `%`.
enum SpecialField: String, CaseIterable {
  case rec = "%rec"
  case doc = "%doc"
  case mandatory = "%mandatory"
  case allowed = "%allowed"
  case prohibit = "%prohibit"
  case key = "%key"
  case unique = "%unique"
  case singular = "%singular"
  case auto = "%auto"
  case sort = "%sort"
  case size = "%size"
  case type = "%type"
  case typedef = "%typedef"
  case constraint = "%constraint"
  case confidential = "%confidential"

  private static let all = allCases

  /// The field of a name; nil for any other.
  init?(_ name: Text) {
    let isSpecial = name.withBytes { !$0.isEmpty && $0[0] == UInt8(ascii: "%") }
    guard isSpecial, let field = Self.all.first(where: { name.isSpelled($0.rawValue) }) else {
      return nil
    }
    self = field
  }

  /// The field that a name without `%` stands for in a schema, where `%mandatory` would have
  /// recutils demand the fields of its blocks.
  init?(schemaName name: Text) {
    if name.isSpelled("bat_buoc") {
      self = .mandatory
    } else if name.isSpelled("duoc_co") {
      self = .allowed
    } else if name.isSpelled("rang_buoc") {
      self = .constraint
    } else {
      return nil
    }
  }
}

extension Descriptor {
  private mutating func add(_ field: Field, _ parsing: inout Parsing) {
    let name = field.name
    guard name.withBytes({ !$0.isEmpty && $0[0] == UInt8(ascii: "%") }) else {
      let special = parsing.isSchema ? SpecialField(schemaName: name) : nil
      return special.map { add($0, field, &parsing) } ?? remarks.append(Remark(field))
    }
    guard let special = SpecialField(name) else {
      // One that stands for `%rec` is reported by the reader.
      if type.isPart(of: field.value) { return setExternalFile(field, &parsing) }
      let suggestion = nearest(to: name.string, among: SpecialField.allCases.map(\.rawValue))
      return parsing.report(
        .unknownSpecialField(name.string, suggestion: suggestion), at: name)
    }
    add(special, field, &parsing)
  }

  private mutating func add(
    _ special: SpecialField, _ field: Field, _ parsing: inout Parsing
  ) {
    switch special {
    case .rec: setExternalFile(field, &parsing)
    case .doc: doc.append(field.value)
    case .mandatory: mandatory += names(field, &parsing)
    case .allowed: allowed = (allowed ?? []) + names(field, &parsing)
    case .prohibit: prohibited += names(field, &parsing)
    case .unique: unique += names(field, &parsing)
    case .singular: singular += names(field, &parsing)
    case .auto: auto += names(field, &parsing)
    case .key: key = single(.key, field, &parsing) ? names(field, &parsing).first : key
    case .sort: sort = single(.sort, field, &parsing) ? names(field, &parsing) : sort
    case .size: size = single(.size, field, &parsing) ? count(field, &parsing) : size
    case .type: addTypes(field, &parsing)
    case .typedef: addTypedef(field, &parsing)
    case .constraint: addConstraint(field, &parsing)
    case .confidential: parsing.report(.confidential, at: field.name)
    }
  }

  private mutating func setExternalFile(_ field: Field, _ parsing: inout Parsing) {
    let words = field.value.words.dropFirst()
    guard externalFile == nil, let path = words.first else { return }
    if words.count > 1 {
      parsing.report(.external(.furtherWords), at: words[words.startIndex + 1])
    } else if let problem = path.problemAsExternalFile {
      parsing.report(.external(problem), at: path)
    } else {
      externalFile = path
    }
  }

  /// Reports a special field that stands twice.
  private func single(
    _ special: SpecialField, _ field: Field, _ parsing: inout Parsing
  ) -> Bool {
    guard parsing.seenOnce.contains(special) else {
      parsing.seenOnce.append(special)
      return true
    }
    parsing.report(.repeatedSpecialField(special.rawValue), at: field.name)
    return false
  }

  private func names(_ field: Field, _ parsing: inout Parsing) -> [Text] {
    let names = field.value.words
    let isOne = field.name.isSpelled(SpecialField.key.rawValue)
    if let bad = names.first(where: { !$0.isFieldName }) {
      parsing.report(.badFieldList(special: field.name.string), at: bad)
      return names.filter(\.isFieldName)
    }
    if names.isEmpty || (isOne && names.count > 1) {
      parsing.report(.badFieldList(special: field.name.string), at: names.last ?? field.name)
    }
    return names
  }

  private func count(_ field: Field, _ parsing: inout Parsing) -> RecordCount? {
    let count = RecordCount(field.value)
    if count == nil { parsing.report(.badSize, at: field.value.isEmpty ? field.name : field.value) }
    return count
  }

  private mutating func addTypes(_ field: Field, _ parsing: inout Parsing) {
    var words = Words(field.value)
    let list = words.next()
    let names = list?.separated(by: UInt8(ascii: ",")) ?? []
    guard let list, names.allSatisfy(\.isFieldName) else {
      return parsing.report(.badType(.noFieldName), at: list ?? field.name)
    }
    let place = words.rest()
    do {
      let type = try TypeExpression(place, after: list)
      types += names.map { TypeDeclaration(name: $0, type: type) }
    } catch {
      parsing.problems.append(error)
    }
  }

  private mutating func addConstraint(_ field: Field, _ parsing: inout Parsing) {
    do throws(Diagnostic) {
      constraints.append(try SelectionExpression(field.value))
    } catch {
      var error = error
      if error.place?.isEmpty ?? true { error.place = field.name }
      parsing.problems.append(error)
    }
  }

  private mutating func addTypedef(_ field: Field, _ parsing: inout Parsing) {
    var words = Words(field.value)
    guard let name = words.next(), name.isTypeName else {
      return parsing.report(
        .badType(.noTypeName), at: field.value.isEmpty ? field.name : field.value)
    }
    do {
      typedefs.append(
        TypeDeclaration(name: name, type: try TypeExpression(words.rest(), after: name)))
    } catch {
      parsing.problems.append(error)
    }
  }
}

extension RecordCount {
  /// Reads the value of `%size`: a number, perhaps after `<`, `<=`, `>` or `>=`.
  init?(_ text: Text) {
    let text = text.trimmed
    let sign = text.bytes.prefix {
      $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "=")
    }
    let rest = Text(
      source: text.source, range: SourceRange(start: sign.endIndex, end: Int(text.range.end)))
    guard let number = rest.trimmed.integer, number >= 0 else { return nil }
    switch String(decoding: sign, as: UTF8.self) {
    case "": self = .exactly(number)
    case "<": self = .atMost(number - 1)
    case "<=": self = .atMost(number)
    case ">": self = .atLeast(number + 1)
    case ">=": self = .atLeast(number)
    default: return nil
    }
  }
}

extension Text {
  fileprivate func isPart(of other: Text) -> Bool {
    source === other.source && other.range.start <= range.start && range.end <= other.range.end
  }

  func separated(by separator: UInt8) -> [Text] {
    bytes.split(separator: separator, omittingEmptySubsequences: false).map {
      Text(source: source, range: SourceRange(start: $0.startIndex, end: $0.endIndex))
    }
  }
}
