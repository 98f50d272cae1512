import Diagnostics
import Texts
import Records
import Synchronization
import Templating

/// The schemas of the kinds of a data file's documents and the demands of the file itself, merged
/// into one, with all that is worked out from them.
final class MergedSchema: Sendable {
  /// In the order of the documents.
  let kinds: [DocumentKind]
  let schema: Schema
  let declared: DeclaredChecks
  let problems: [Diagnostic]
  /// The demands of a data file beside the schemas.
  let own: [Descriptor]
  /// Into the types of the schema; nil where it has none of that name.
  let matterType: Int?
  let documentType: Int?
  /// For each type of the schema how its records become variables.
  let types: [VariableType]

  /// A record type as a template sees it.
  struct VariableType {
    /// The name of the list of its records.
    let key: Key
    let mappings: RecordMappings
    /// The field in which a record says what documents it goes into; nil for types without one.
    let placement: Key?
  }

  /// - Parameter shared: what all kinds demand, for a file of which no document's kind is known.
  init(_ kinds: [DocumentKind], _ own: [Descriptor], orShared shared: SchemaPart?) {
    var problems: [Diagnostic] = []
    let parts = kinds.isEmpty ? shared.map { [$0] } ?? [] : MergedSchema.parts(kinds)
    schema = Schema(parts.flatMap(\.descriptors), own: own, into: &problems)
    var checks = parts.flatMap(\.checks)
    for descriptor in own { checks += descriptor.checkDeclarations(ofKind: nil, into: &problems) }
    declared = DeclaredChecks(checks, schema)
    matterType = schema.types.firstIndex { $0.name.string == Schema.matterType }
    documentType = schema.types.firstIndex { $0.name.string == Schema.documentType }
    // What a file demands may be shared with other files, in which its names do not stand.
    let own = own
    let placements = declared.declarations.filter { $0.relation == .placement }
    types = schema.types.map { type in
      let mappings = RecordMappings(of: type) { name in
        own.contains { $0.type.source === name.source } ? Text(name.string) : name
      }
      let placement = placements.first { $0.type == type.name }?.operands[0].field
      return VariableType(
        key: Key(type.name), mappings: mappings, placement: placement.map { Key($0.string) })
    }
    (self.kinds, self.own, self.problems) = (kinds, own, problems)
  }

  /// Lists the schema files: those for all kinds, then that of each kind, each once.
  static func parts(_ kinds: [DocumentKind]) -> [SchemaPart] {
    var parts: [SchemaPart] = []
    for part in kinds.map(\.shared) + kinds.map(\.own) where !parts.contains(where: { $0 === part })
    {
      parts.append(part)
    }
    return parts
  }

  func index(ofType name: Text) -> Int? { types.firstIndex { $0.key.text == name } }
}

extension MergedSchema {
  /// The demands on the head of a document; nil where there are none.
  func headType(_ kind: DocumentKind, into problems: inout [Diagnostic]) -> RecordType? {
    if !demandsOfHeads, let known = kind.headType { return known }
    let demands = (own + kind.descriptors).filter(\.isOfHeads)
    return RecordType(merging: demands, into: &problems)
  }

  /// The way from the heads of a kind's documents to maps; nil where nothing is demanded of them.
  func headMappings(_ kind: DocumentKind) -> RecordMappings? {
    if !demandsOfHeads, let known = kind.headMappings { return known }
    var ignored: [Diagnostic] = []
    return headType(kind, into: &ignored).map { RecordMappings(of: $0) }
  }

  /// Tells whether a data file itself demands something of them.
  private var demandsOfHeads: Bool {
    own.contains(where: \.isOfHeads)
  }
}

extension RecordMappings {
  /// Of records of a type, with the types of values that the schema names.
  ///
  /// - Parameter keyText: the text of a key by the name in the schema.
  convenience init(
    of type: RecordType, keyText: @escaping @Sendable (Text) -> Text = { $0 }
  ) {
    self.init(optional: type.optionalKeys(keyText)) { name in
      guard let rule = type.index(of: name) else { return (Key(name), .text) }
      let value = type.fields[rule].valueType
      return (Key(keyText(type.fields[rule].name)), value?.columnType ?? .text)
    }
  }
}

/// The key by which a merged schema is found again: the names of the kinds, and the text of the
/// descriptors with which a file makes demands itself.
struct SchemaKey: Equatable, Sendable {
  let kinds: [String]
  let own: [UInt8]
  /// Of both, worked out once.
  private let hash: UInt64

  init(kinds: [String], own: [UInt8]) {
    (self.kinds, self.own) = (kinds, own)
    hash = kinds.reduce(WordTable.hash(own.span, 0, own.count)) {
      $0 &* 31 &+ UInt64($1.utf8.count)
    }
  }

  static func == (left: SchemaKey, right: SchemaKey) -> Bool {
    left.hash == right.hash && left.own.count == right.own.count
      && left.own.span.hasSameBytes(as: right.own.span) && left.kinds == right.kinds
  }
}

/// A merged schema that further files use.
final class SharedSchema: Sendable {
  let merged: MergedSchema
  /// Of the file whose demands are in it.
  fileprivate let demands: [Demand]
  /// The plans that no thread is checking a file with now.
  private let plans = Mutex<[CheckPlan]>([])

  fileprivate init(_ merged: MergedSchema, demands: [Demand]) {
    (self.merged, self.demands) = (merged, demands)
  }

  fileprivate func takePlan() -> CheckPlan {
    plans.withLock { $0.popLast() } ?? CheckPlan(merged)
  }

  fileprivate func giveBack(_ plan: CheckPlan) { plans.withLock { $0.append(plan) } }
}

/// The schema of a data file that is being checked.
struct FileSchema: Sendable {
  let merged: MergedSchema
  /// Tells whether its demands stand in another file, so that places in it are those of that file.
  let isBorrowed: Bool
  /// The schema that other files use too; nil where it is for this file alone.
  fileprivate let shared: SharedSchema?

  /// The demands of the file that they were merged from.
  var demands: [Demand] { shared?.demands ?? [] }

  /// Works with a plan, which learns for the files that follow.
  func withPlan<Result>(_ work: (inout CheckPlan) -> Result) -> Result {
    var plan = shared?.takePlan() ?? CheckPlan(merged)
    defer { shared?.giveBack(plan) }
    return work(&plan)
  }
}

extension TemplateCollection {
  /// The schema of some kinds taken together with what a file demands itself, and the checks that
  /// it declares; merged once for all data files that make the same documents.
  func schema(
    of kinds: [DocumentKind], for file: DataFile, into problems: inout [Diagnostic]
  ) -> FileSchema {
    let demands = file.demands
    let names = kinds.map { $0.isVerbatim ? "\($0.name) \(Schema.verbatimType)" : $0.name }
    let key = SchemaKey(kinds: names, own: demands.flatMap { $0.text.bytes + [0] })
    if let shared = schemas.withLock({ $0.first { $0.key == key }?.schema }) {
      problems += shared.merged.problems
      let isBorrowed =
        shared.demands.first.map { $0.text.source !== file.source } ?? false
      return FileSchema(merged: shared.merged, isBorrowed: isBorrowed, shared: shared)
    }
    var found: [Diagnostic] = []
    let own = file.ownDescriptors(folder, into: &found)
    let isOwnRight = found.isEmpty
    let common = kinds.isEmpty ? sharedPart(into: &found) : nil
    let merged = MergedSchema(kinds, own, orShared: common)
    found += merged.problems
    problems += found
    // What was found in a file's own demands is told of that file alone. The kinds are few, their
    // orders in files of ever new forms need not be.
    let canBeShared =
      isOwnRight
      && (own.isEmpty
        || found.isEmpty && merged.declared.problems.isEmpty && own.allSatisfy(\.canBeShared))
    let shared = SharedSchema(merged, demands: demands)
    let isShared =
      canBeShared
      && schemas.withLock { schemas in
        guard schemas.count < 64 else { return false }
        schemas.append((key, shared))
        return true
      }
    return FileSchema(merged: merged, isBorrowed: false, shared: isShared ? shared : nil)
  }
}

extension DataFile {
  /// The descriptors of its own that demand something.
  var demands: [Demand] { setsWithRules.compactMap(\.descriptorRecord).map { Demand($0) } }
}

extension Descriptor {
  /// Tells whether it stands for itself in every file: it names no other file, and says nothing of
  /// the documents, whose kinds differ.
  fileprivate var canBeShared: Bool {
    externalFile == nil && type.string != Schema.documentType
  }
}
