import Diagnostics
import Texts

/// A line of a schema that recutils does not know, such as `nhan: ngay_hop Ngày họp`.
///
/// It holds the texts and not the field: schemas live longer than the data files they may stand in.
public struct Remark: Sendable {
  public let name: Text
  public let value: Text

  init(_ field: Field) { (name, value) = (field.name, field.value) }
}

/// A field that a schema declares in a record of its own, below the descriptor of its type:
///
///     truong: ngay_hop
///     nhan: Ngày họp
///     kieu: ngay
///     vi_du: 28/6/2018
///
/// A block with a label makes the field one that may stand in the data, once in a record. A block
/// without one adds to a field that another schema declares.
public struct FieldBlock: Sendable {
  public let name: Text
  public private(set) var label: Text?
  public private(set) var unit: Text?
  public private(set) var example: Text?
  public private(set) var help: Text?
  /// Whether every kind of documents may have the field, and none has to.
  public var isOptional: Bool { label != nil && presence == .optional }
  /// `khong_bat_dau`, `khong_ket_thuc`, `phai_ket_thuc` and `chu_dau`, for those who check texts.
  public private(set) var wordings: [Remark] = []
  /// The type as written: `ngay`, `enum co khong`.
  private(set) var type: Text?
  private(set) var presence = Presence.optional
  private(set) var isRepeatable = false
  private(set) var isKey = false

  /// The words of `bat_buoc`.
  enum Presence: String, CaseIterable {
    case mandatory = "co"
    case optional = "khong"
    /// The schema of each kind says whether its documents have the field.
    case byKind = "tuy_mau"
  }

  /// The words of lines that are true or not.
  private enum Answer: String, CaseIterable {
    case yes = "co"
    case no = "khong"
  }

  private enum Line: String, CaseIterable {
    case name = "truong"
    case label = "nhan"
    case type = "kieu"
    case unit = "don_vi"
    case example = "vi_du"
    case help = "giup"
    case presence = "bat_buoc"
    case repeatable = "nhieu_lan"
    case key = "khoa"
    case noBeginning = "khong_bat_dau"
    case noEnding = "khong_ket_thuc"
    case requiredEnding = "phai_ket_thuc"
    case initial = "chu_dau"

    static let all = allCases
  }

  /// Parses a block; nil for a record that does not say which field it declares.
  init?(_ record: Record, into problems: inout [Diagnostic]) {
    guard let name = record.field(Line.name.rawValue)?.value, name.isFieldName else {
      problems.append(Diagnostic(.block(.missingLine(Line.name.rawValue)), at: record.place))
      return nil
    }
    self.name = name
    for field in record.fields {
      do throws(Diagnostic) {
        try read(field)
      } catch {
        problems.append(error)
      }
    }
  }

  private mutating func read(_ field: Field) throws(Diagnostic) {
    // The reader warns of a line that only a descriptor may have.
    if SpecialField(field.name) != nil { return }
    guard let line = Line.all.first(where: { field.name.isSpelled($0.rawValue) }) else {
      throw .unknownLine(field.name, among: Line.all.map(\.rawValue))
    }
    switch line {
    case .name: if field.value.range != name.range { throw .repeatedLine(field) }
    case .label: try Self.set(&label, field)
    case .type: try Self.set(&type, field)
    case .unit: try Self.set(&unit, field)
    case .example: try Self.set(&example, field)
    case .help: try Self.set(&help, field)
    case .presence: presence = try Self.word(field)
    case .repeatable: isRepeatable = try Self.word(field) == Answer.yes
    case .key: isKey = try Self.word(field) == Answer.yes
    case .noBeginning, .noEnding, .requiredEnding, .initial: wordings.append(Remark(field))
    }
  }

  private static func set(_ text: inout Text?, _ field: Field) throws(Diagnostic) {
    guard text == nil else { throw .repeatedLine(field) }
    text = field.value.trimmed
  }

  private static func word<Word: RawRepresentable<String> & CaseIterable>(
    _ field: Field
  ) throws(Diagnostic) -> Word {
    let text = field.value.trimmed
    if let word = Word.allCases.first(where: { text.isSpelled($0.rawValue) }) { return word }
    let words = Word.allCases.map(\.rawValue)
    throw Diagnostic(
      .block(.wrongWord(line: field.name.string, words: words)),
      at: text.isEmpty ? field.name : text)
  }
}

extension Descriptor {
  /// Parses a descriptor of a schema and the blocks below it, which then stand for the lines that
  /// they replace.
  ///
  /// - Parameter types: what `kieu` may name; nil where the records of the set are data.
  public init?(_ set: RecordSet, blocks types: NamedTypes?, into problems: inout [Diagnostic]) {
    self.init(set, isSchema: types != nil, into: &problems)
    guard let types else { return }
    for declaration in self.types {
      if let name = declaration.type.name, let type = types[name] { define(type, as: name) }
    }
    var names: [Text] = []
    for record in set.records {
      guard let block = FieldBlock(record, into: &problems) else { continue }
      if let first = names.firstIndex(of: block.name) {
        problems.append(.declaredTwice(block.name, first: names[first]))
        continue
      }
      names.append(block.name)
      add(block)
      do throws(Diagnostic) {
        try addType(of: block, types)
      } catch {
        problems.append(error)
      }
    }
  }

  private mutating func add(_ block: FieldBlock) {
    blocks.append(block)
    if block.presence == .mandatory { mandatory.append(block.name) }
    if block.isKey { key = block.name }
    guard block.label != nil else { return }
    allowed = (allowed ?? []) + (block.presence == .optional ? [block.name] : [])
    if !block.isRepeatable { unique.append(block.name) }
  }

  private mutating func addType(of block: FieldBlock, _ named: NamedTypes) throws(Diagnostic) {
    guard let text = block.type else { return }
    let expression = try TypeExpression(text, after: block.name)
    guard case .named(let name) = expression, let type = named[name] else {
      // A name of `%typedef`, perhaps of another schema. The merged schemas tell of one that is not
      // there, with the nearest one that is.
      for type in named.types where expression.name != nil { define(type, as: type.name) }
      return types.append(TypeDeclaration(name: block.name, type: expression, place: text))
    }
    types.append(
      TypeDeclaration(
        name: block.name, type: .type(type.type), typeName: type.meaning, place: text))
    define(type, as: type.meaning)
  }

  /// Makes a named type known to the data files that use it in descriptors of their own.
  private mutating func define(_ type: NamedType, as name: Text) {
    guard !typedefs.contains(where: { $0.name == name }) else { return }
    typedefs.append(TypeDeclaration(name: name, type: .type(type.type)))
  }
}

extension RecordSet {
  /// Tells whether its records are blocks, in a file that may be a schema or data.
  var holdsBlocks: Bool { records.first?.place.isSpelled("truong") ?? false }
}

extension Diagnostic {
  static func unknownLine(_ name: Text, among known: [String]) -> Diagnostic {
    let suggestion = nearest(to: name.string, among: known)
    return Diagnostic(.block(.unknownLine(name.string, suggestion: suggestion)), at: name)
  }

  static func declaredTwice(_ name: Text, first: Text) -> Diagnostic {
    Diagnostic(
      .block(.declaredTwice(name.string)), at: name,
      notes: [Diagnostic.Note(.ruledHere, at: first)])
  }

  fileprivate static func repeatedLine(_ field: Field) -> Diagnostic {
    Diagnostic(.records(.repeatedSpecialField(field.name.string)), at: field.name)
  }
}

extension Kind {
  static func block(_ problem: BlockProblem) -> Kind { .records(.block(problem)) }
}
