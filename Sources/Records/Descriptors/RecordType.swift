import Diagnostics
import Synchronization
import Texts

/// The demands on the records of one type: the descriptors of that type merged, their types
/// resolved. Made once from the schema files and shared by all data files.
public struct RecordType: Sendable {
  public let name: Text
  /// Every field that the descriptors name, in the order of first mention.
  public private(set) var fields: [FieldRule] = []
  /// Tells whether there is an `%allowed`, so that fields it does not list are refused.
  public private(set) var isClosed = false
  public private(set) var size: RecordCount?
  /// The expressions that every record must fulfil, in the order of the descriptors.
  public private(set) var constraints: [SelectionExpression] = []
  /// The demands on each field, which the checking of values asks first.
  private(set) var demands: [Demands] = []
  private var indexByHash: [UInt64: Int] = [:]
  /// The fields whose hash another field has already.
  private var colliding: [Int] = []
  private var labels: [FieldLabel] = []
  private let labelIndex = LabelIndex()

  /// Merges descriptors of the same type: lists are united; of types, labels and sizes the later
  /// descriptor's stands. nil for no descriptors.
  public init?(merging descriptors: [Descriptor], into problems: inout [Diagnostic]) {
    guard let first = descriptors.first else { return nil }
    name = first.type
    var typedefs = Typedefs(descriptors)
    for descriptor in descriptors { add(descriptor) }
    for descriptor in descriptors { addTypes(of: descriptor, &typedefs) }
    for descriptor in descriptors { checkAuto(of: descriptor, into: &problems) }
    problems += typedefs.problems
    demands = fields.map(Demands.init)
  }

  /// The rule of a field by its name, or by its label whatever its case: `Người chủ trì`.
  public func rule(for name: Text) -> FieldRule? {
    index(of: name).map { fields[$0] }
  }

  /// The place of that rule among the fields.
  public func index(of name: Text) -> Int? {
    if let index = indexByHash[name.wordHash] {
      return fields[index].name == name ? index : colliding.first { fields[$0].name == name }
    }
    return name.isFieldName ? nil : labelIndex.index(of: name, among: labels)
  }
}

/// A label and the index of the field that it is of.
private struct FieldLabel: Sendable {
  let text: Text
  let index: Int
}

/// Finds fields by their labels, whatever the case. Few files have labels in place of names, so
/// that the labels are put into small letters when the first one is looked for.
private final class LabelIndex: Sendable {
  private let indices = Mutex<[String: Int]?>(nil)

  /// - Parameter labels: always the same ones; the last of several equal labels counts.
  func index(of name: Text, among labels: [FieldLabel]) -> Int? {
    indices.withLock { indices in
      let known =
        indices
        ?? Dictionary(labels.map { ($0.text.string.lowercased(), $0.index) }) { $1 }
      indices = known
      return known[name.string.lowercased()]
    }
  }
}

/// The demands on one field.
public struct FieldRule: Sendable {
  public let name: Text
  /// The label, from `nhan: FIELD Label` or the block of the field.
  public internal(set) var label: Text?
  /// The unit, from `don_vi: FIELD unit`.
  public internal(set) var unit: Text?
  /// The example, from `vi_du: FIELD example`.
  public internal(set) var example: Text?
  /// The help, from `giup: FIELD help`.
  public internal(set) var help: Text?
  /// The type; nil where the schema gives none.
  public internal(set) var type: FieldType?
  /// The `%typedef` that the schema names as its type, so that a reader may know more of it.
  public internal(set) var typeName: Text?
  /// The place where a descriptor gives it a type.
  public internal(set) var typedAt: Text?
  /// The place where a descriptor demands it; nil where it is optional.
  public internal(set) var mandatoryAt: Text?
  public internal(set) var prohibitedAt: Text?
  public internal(set) var isAllowed = false
  public internal(set) var isUnique = false
  public internal(set) var isSingular = false
  public internal(set) var isKey = false

  init(_ name: Text) {
    self.name = name
  }

  public var isMandatory: Bool { mandatoryAt != nil }
  public var named: NamedField {
    NamedField(
      name.string, label: label?.string, example: example?.string, help: help?.string)
  }
}

/// The demands of a ``FieldRule``, small enough to be looked at for every field of every record.
struct Demands: OptionSet, Sendable {
  let rawValue: UInt8

  static let mandatory = Demands(rawValue: 1)
  static let prohibited = Demands(rawValue: 2)
  static let allowed = Demands(rawValue: 4)
  static let unique = Demands(rawValue: 8)
  static let singular = Demands(rawValue: 16)
  static let key = Demands(rawValue: 32)
  static let typed = Demands(rawValue: 64)
  /// The demands for which the value must be looked at.
  static let ofValue: Demands = [.mandatory, .singular, .key, .typed]

  init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  init(_ rule: FieldRule) {
    self = []
    if rule.mandatoryAt != nil { insert(.mandatory) }
    if rule.prohibitedAt != nil { insert(.prohibited) }
    if rule.isAllowed { insert(.allowed) }
    if rule.isUnique { insert(.unique) }
    if rule.isSingular { insert(.singular) }
    if rule.isKey { insert(.key) }
    if rule.type != nil { insert(.typed) }
  }
}

extension RecordType {
  private mutating func add(_ descriptor: Descriptor) {
    for name in descriptor.mandatory { edit(name) { $0.mandatoryAt = $0.mandatoryAt ?? name } }
    for name in descriptor.mandatory + (descriptor.allowed ?? []) {
      edit(name) { $0.isAllowed = true }
    }
    for name in descriptor.prohibited { edit(name) { $0.prohibitedAt = name } }
    for name in descriptor.unique { edit(name) { $0.isUnique = true } }
    for name in descriptor.singular { edit(name) { $0.isSingular = true } }
    if let key = descriptor.key { edit(key) { ($0.isKey, $0.isAllowed) = (true, true) } }
    for remark in descriptor.remarks { add(remark) }
    for block in descriptor.blocks { add(block) }
    isClosed = isClosed || descriptor.allowed != nil
    size = descriptor.size ?? size
    constraints += descriptor.constraints
  }

  /// A remark about a field: the name of the field, then the text.
  private mutating func add(_ remark: Remark) {
    guard let kind = FieldRemark(remark.name) else { return }
    var words = Words(remark.value)
    guard let name = words.next(), name.isFieldName else { return }
    let text = words.rest()
    switch kind {
    case .label:
      let index = edit(name) { $0.label = text }
      labels.append(FieldLabel(text: text, index: index))
    case .unit: edit(name) { $0.unit = text }
    case .example: edit(name) { $0.example = text }
    case .help: edit(name) { $0.help = text }
    }
  }

  private mutating func add(_ block: FieldBlock) {
    let index = edit(block.name) {
      $0.label = block.label ?? $0.label
      $0.unit = block.unit ?? $0.unit
      $0.example = block.example ?? $0.example
      $0.help = block.help ?? $0.help
    }
    if let label = block.label { labels.append(FieldLabel(text: label, index: index)) }
  }

  private mutating func addTypes(of descriptor: Descriptor, _ typedefs: inout Typedefs) {
    for declaration in descriptor.types {
      let type = typedefs.type(of: declaration.type)
      edit(declaration.name) {
        ($0.type, $0.typeName, $0.typedAt) = (type, declaration.typeName, declaration.place)
      }
    }
  }

  private func checkAuto(of descriptor: Descriptor, into problems: inout [Diagnostic]) {
    for name in descriptor.auto {
      switch index(of: name).flatMap({ fields[$0].type }) {
      case nil, .integer?, .range?, .date?, .uuid?: break
      default: problems.append(Diagnostic(.records(.badAuto(field: name.string)), at: name))
      }
    }
  }

  @discardableResult
  private mutating func edit(_ name: Text, _ change: (inout FieldRule) -> Void) -> Int {
    let index = index(of: name) ?? fields.count
    if index == fields.count {
      fields.append(FieldRule(name))
      if indexByHash[name.wordHash] == nil {
        indexByHash[name.wordHash] = index
      } else {
        colliding.append(index)
      }
    }
    change(&fields[index])
    return index
  }
}

/// The remarks of a descriptor about a field.
private enum FieldRemark: String, CaseIterable {
  case label = "nhan"
  case unit = "don_vi"
  case example = "vi_du"
  case help = "giup"

  init?(_ name: Text) {
    guard let remark = Self.allCases.first(where: { name.isSpelled($0.rawValue) }) else {
      return nil
    }
    self = remark
  }
}

extension Remark {
  /// The names of remarks about a field, and those that stand for fields of recutils in a schema.
  public static let names =
    FieldRemark.allCases.map(\.rawValue) + ["bat_buoc", "duoc_co", "rang_buoc"]
}

/// The `%typedef`s of merged descriptors; a later definition stands over an earlier one.
private struct Typedefs {
  private var definitions: [Text: TypeExpression] = [:]
  private var resolved: [Text: FieldType?] = [:]
  var problems: [Diagnostic] = []

  init(_ descriptors: [Descriptor]) {
    let all = descriptors.flatMap(\.typedefs)
    for typedef in all { definitions[typedef.name] = typedef.type }
    for typedef in all { _ = type(of: typedef.type) }
  }

  mutating func type(of expression: TypeExpression) -> FieldType? {
    switch expression {
    case .type(let type): type
    case .named(let name): resolve(name)
    }
  }

  /// Follows the chain of names once; every name on it is resolved with it.
  private mutating func resolve(_ name: Text) -> FieldType? {
    var chain: [Text] = []
    var seen: Set<Text> = []
    var next: Text? = name
    var result: FieldType?
    while let current = next {
      next = nil
      if let known = resolved[current] {
        result = known
      } else if !seen.insert(current).inserted {
        reportCircle(chain, at: current)
      } else {
        chain.append(current)
        switch definitions[current] {
        case .type(let type)?: result = type
        case .named(let other)?: next = other
        case nil: reportUnknown(current)
        }
      }
    }
    for name in chain { resolved[name] = .some(result) }
    return result
  }

  private mutating func reportCircle(_ chain: [Text], at name: Text) {
    let start = chain.firstIndex(of: name) ?? 0
    let names = (chain[start...] + [name]).map(\.string)
    problems.append(Diagnostic(.records(.circularType(names)), at: name))
  }

  private mutating func reportUnknown(_ name: Text) {
    let known = TypeExpression.keywords + definitions.keys.map(\.string)
    let suggestion = nearest(to: name.string, among: known)
    problems.append(
      Diagnostic(.records(.unknownType(name.string, suggestion: suggestion)), at: name))
  }
}
