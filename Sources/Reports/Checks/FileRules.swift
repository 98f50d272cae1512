import Diagnostics
import Records
import Texts

/// The demands that a data file makes on its own records by its descriptors, with no schema beside
/// them; worked out once for the files that have the same descriptors.
struct FileRules: Sendable {
  /// The descriptor of each record set; nil for one without.
  private let descriptors: [Text?]
  /// Where the files are that descriptors name.
  private let folders: DescriptorFolders
  /// nil where the descriptors say no more than the types.
  private var demands: Demands?

  private struct Demands: Sendable {
    let schema: Schema
    var shapes: SchemaShapes
    /// What is wrong with the descriptors.
    let problems: [Diagnostic]

    mutating func brokenBy(_ database: Database) -> [Diagnostic] {
      problems + schema.fieldProblems(of: shapes.records(of: database), withHeads: true)
    }
  }

  init(_ sets: RecordSetList, in folders: DescriptorFolders) {
    self.folders = folders
    descriptors = sets.map { $0.descriptorRecord?.text }
    guard sets.contains(where: \.hasRules) else { return }
    var problems: [Diagnostic] = []
    let all = sets.flatMap { set in
      set.descriptors(
        reading: { (path) throws(Diagnostic) in try folders.source(path) }, into: &problems)
    }
    let schema = Schema(all, own: [], into: &problems)
    problems.removeAll { $0.isOfValueType }
    demands = Demands(schema: schema, shapes: SchemaShapes(schema), problems: problems)
  }

  /// Tells whether record sets have these descriptors.
  func areThose(of sets: RecordSetList) -> Bool {
    sets.count == descriptors.count
      && sets.indices.allSatisfy { sets[$0].descriptorRecord?.text == descriptors[$0] }
  }

  /// The type of the records of a set; nil where nothing is demanded of any.
  func type(of set: RecordSet) -> RecordType? {
    guard let demands, let name = set.type else { return nil }
    return demands.shapes.typeIndex(SourceBytes(name)).map { demands.schema.types[$0] }
  }

  /// Everything in which the records of a file with these descriptors differ from them.
  mutating func problems(of database: Database) -> [Diagnostic] {
    guard let found = demands?.brokenBy(database), !found.isEmpty else { return [] }
    if descriptors.allSatisfy({ $0 == nil || $0?.source === database.source }) { return found }
    // The places in the descriptors are those of another file.
    self = FileRules(database.recordSets, in: folders)
    return demands?.brokenBy(database) ?? []
  }
}

extension Diagnostic {
  /// Tells whether it misses a `%typedef` of a type that this program knows.
  fileprivate var isOfValueType: Bool {
    guard case .records(.unknownType(let name, _)) = kind else { return false }
    return ValueType(rawValue: name) != nil
  }
}

extension DataFile {
  /// Everything that is wrong with the file by itself: what is no text, how it is written, and how
  /// its records differ from its own rules.
  func problems(by rules: inout FileRules) -> [Diagnostic] {
    let found = irregularities + rules.problems(of: database)
    if found.isEmpty { return [] }
    // Names and values of a type may not hold them; any other text is the file's own affair.
    let unseen = InvisibleCharacters(in: database) { [rules] field, set in
      rules.type(of: set)?.rule(for: field.name).map { !$0.isReadClosely } ?? true
    }.problems.filter { $0.severity == .error }
    return (flaws.adding(unseen).explaining(found) + unseen).inOrder(from: source)
  }
}

extension FieldRule {
  /// Tells whether its values are more than texts for people.
  var isReadClosely: Bool {
    type != nil || valueType != nil || isKey || isSingular
  }
}
