import Diagnostics
import Texts
import Records
import Synchronization

/// What is worked out of the schemas of some kinds of documents, and of the demands of a data file
/// beside them.
final class MergedSchema: Sendable {
  /// In the order of the documents.
  let kinds: [DocumentKind]
  let schema: Schema
  let declared: DeclaredChecks
  let problems: [Diagnostic]
  /// What a data file demands beside the schemas.
  let own: [Descriptor]
  /// Into the types of the schema; nil where it has none of that name.
  let matterType: Int?
  let documentType: Int?

  init(_ kinds: [DocumentKind], _ own: [Descriptor]) {
    var problems: [Diagnostic] = []
    schema = Schema(kinds.flatMap(\.descriptors), own: own, into: &problems)
    var checks = kinds.flatMap(\.checks)
    for descriptor in own { checks += descriptor.checkDeclarations(ofKind: nil, into: &problems) }
    declared = DeclaredChecks(checks, schema)
    matterType = schema.types.firstIndex { $0.name.string == Schema.matterType }
    documentType = schema.types.firstIndex { $0.name.string == Schema.documentType }
    (self.kinds, self.own, self.problems) = (kinds, own, problems)
  }
}

/// Which schemas are merged: the names of the kinds, and the text of what a file demands itself.
struct SchemaKey: Hashable, Sendable {
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

  func hash(into hasher: inout Hasher) { hasher.combine(hash) }

  static func == (left: SchemaKey, right: SchemaKey) -> Bool {
    left.hash == right.hash && left.own.count == right.own.count
      && left.own.span.hasSameBytes(as: right.own.span) && left.kinds == right.kinds
  }
}

/// A merged schema that further files use.
final class KnownSchema: Sendable {
  let merged: MergedSchema
  /// The file whose demands are in it.
  let source: Source?
  /// What threads have learned that are not checking a file now.
  private let memories = Mutex<[CheckMemory]>([])

  init(_ merged: MergedSchema, source: Source?) { (self.merged, self.source) = (merged, source) }

  func takeMemory() -> CheckMemory { memories.withLock { $0.popLast() } ?? CheckMemory(merged) }

  func takeBack(_ memory: CheckMemory) { memories.withLock { $0.append(memory) } }
}

/// The schema of a data file that is being checked.
struct FileSchema {
  var merged: MergedSchema
  /// nil where the schema is for this file alone.
  var memory: CheckMemory?
  /// Whether its demands stand in another file, so that it can tell what is right but not show
  /// where something is demanded.
  let isBorrowed: Bool
  /// Where the memory came from.
  fileprivate let known: KnownSchema?

  /// Keeps what was learned for the files that follow.
  func giveBack() {
    if let memory { known?.takeBack(memory) }
  }
}

extension TemplateCollection {
  /// The schema of some kinds taken together with what a file demands itself, and the checks that
  /// it declares; merged once for all data files that make the same documents.
  ///
  /// The memory is for the caller alone until it is given back.
  func schema(
    of kinds: [DocumentKind], for file: DataFile, into problems: inout [Diagnostic]
  ) -> FileSchema {
    let key = SchemaKey(kinds: kinds.map(\.name), own: file.ownDemands)
    if let known = schemas.withLock({ $0[key] }) {
      problems += known.merged.problems
      return FileSchema(
        merged: known.merged, memory: known.takeMemory(),
        isBorrowed: known.source.map { $0 !== file.source } ?? false, known: known)
    }
    var found: [Diagnostic] = []
    let own = file.ownDescriptors(folder, into: &found)
    let merged = MergedSchema(kinds, own)
    found += merged.problems
    problems += found
    // The kinds are few, their orders in files of ever new forms need not be.
    let canBeShared =
      own.isEmpty || found.isEmpty && own.allSatisfy(\.canBeShared)
    let known = KnownSchema(merged, source: own.isEmpty ? nil : file.source)
    let isShared =
      canBeShared
      && schemas.withLock { schemas in
        guard schemas.count < 64 else { return false }
        schemas[key] = known
        return true
      }
    return FileSchema(
      merged: merged, memory: isShared ? known.takeMemory() : nil, isBorrowed: false, known: known)
  }
}

extension DataFile {
  /// The descriptors of its own that demand something, as text; empty where there is none.
  fileprivate var ownDemands: [UInt8] {
    var text: [UInt8] = []
    for set in setsWithRules {
      guard let descriptor = set.descriptorRecord else { continue }
      text += descriptor.text.bytes
      text += "\n\n".utf8
    }
    return text
  }
}

extension Descriptor {
  /// Whether it stands for itself in every file: it names no other file, and says nothing of the
  /// documents, whose kinds differ.
  fileprivate var canBeShared: Bool {
    externalFile == nil && type.string != Schema.documentType
  }
}
