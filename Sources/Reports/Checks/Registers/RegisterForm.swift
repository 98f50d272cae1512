import Diagnostics
import Records
import Texts

/// What the program reads of a file of the templates: descriptors that hold beside the file's own.
///
/// A file of the templates is changed by hand. What the program would pass over without a word, a
/// field that is misspelt or a type without records, is told as the file is read. A file that wants
/// no records of a type says so, with `%size: 0`.
public struct RegisterForm: Sendable {
  /// The path in the template folder.
  let file: String
  private let descriptors: [Descriptor]
  /// Where the descriptors stand, which is no place to show.
  private let source: Source

  /// - Parameter text: for each type the fields without which a record is of no use, those that
  ///   are read besides, and those of which one value is read.
  public init(_ file: String, _ text: String) {
    self.file = file
    source = Source(name: file, bytes: Array(text.utf8))
    var problems: [Diagnostic] = []
    descriptors = Database.read(source, into: &problems).recordSets.compactMap {
      Descriptor($0, into: &problems)
    }
    assert(problems.isEmpty)
  }

  /// Finds what is wrong in a register, of which all is read.
  ///
  /// - Parameter path: the file with the folder of the templates.
  func problems(of database: Database, path: String) -> [Diagnostic] {
    let unknown = database.recordSets.compactMap { unknownType($0) }
    let missing = missing(in: database, path: path, misspelt: unknown)
    let untyped = missing.isEmpty ? database.firstUntypedRecord.map { untypedRecord($0) } : nil
    var found: [Diagnostic] = []
    let own = database.recordSets.map { $0.descriptors(reading: nil, into: &found) }
    let broken = database.check(with: descriptors, own: own, found: found)
    let declarations = own.joined().flatMap(\.unknownDeclarations)
    return
      (unknown + [untyped].compactMap(\.self) + mistakes(in: broken) + declarations).inTextOrder
      + missing
  }

  /// Finds what is wrong in the records of its types, in a file that has others too.
  func problems(ofRecordsIn database: Database) -> [Diagnostic] {
    let sets = database.recordSets.filter { set in
      descriptors.contains { $0.type == set.type }
    }
    return mistakes(in: database.check(recordsOf: descriptors)) + sets.unknownDeclarations
  }

  private func mistakes(in problems: [Diagnostic]) -> [Diagnostic] {
    // The reader warned of a line in a record that only a descriptor may have.
    problems.filter { !$0.isOfUnknownField || $0.place?.bytes.first != UInt8(ascii: "%") }.map {
      problem in
      var problem = problem
      problem.notes.removeAll { $0.place?.place.source === source }
      return problem
    }
  }

  private func unknownType(_ set: RecordSet) -> Diagnostic? {
    guard let type = set.type, !descriptors.contains(where: { $0.type == type }) else {
      return nil
    }
    let name = type.string
    let suggestion = nearest(to: name, among: descriptors.map(\.type.string))
    let known = KnownNames(descriptors.map(\.type.string))
    return Diagnostic(
      .report(.unknownRecordType(name, suggestion: suggestion, known: known)), at: type)
  }

  private func untypedRecord(_ record: Record) -> Diagnostic {
    let type = descriptors.first?.type.string ?? ""
    return Diagnostic(.report(.untypedRecord(likeliest: type)), at: record.place)
  }

  /// The types of which there are no records though none are not asked for; not those that a
  /// misspelt name stands for.
  private func missing(
    in database: Database, path: String, misspelt: [Diagnostic]
  ) -> [Diagnostic] {
    let meant = misspelt.compactMap(\.suggestedType)
    let types = descriptors.map(\.type.string).filter { type in
      let sets = database.recordSets.filter { $0.type?.isSpelled(type) ?? false }
      return !meant.contains(type) && sets.allSatisfy { $0.records.isEmpty && !$0.mayBeEmpty }
    }
    guard let first = types.first else { return [] }
    let descriptor = database.recordSets.first { $0.type?.isSpelled(first) ?? false }
    let place = descriptor?.type ?? database.firstUntypedRecord?.place
    return [
      Diagnostic(
        .report(.emptyRegister(path, types: types)), at: place ?? database.source.firstLine)
    ]
  }
}

extension Database {
  /// The first record that stands before any `%rec`.
  fileprivate var firstUntypedRecord: Record? {
    recordSets.first { $0.type == nil && !$0.records.isEmpty }?.records.first
  }
}

extension [RecordSet] {
  /// The lines of their descriptors that nobody reads.
  fileprivate var unknownDeclarations: [Diagnostic] {
    // What else is wrong with them is told by the check of their records.
    var told: [Diagnostic] = []
    return compactMap { Descriptor($0, into: &told) }.flatMap(\.unknownDeclarations)
  }
}

extension RecordSet {
  /// Tells whether its descriptor has a `%size` that no records keep.
  fileprivate var mayBeEmpty: Bool {
    // What is wrong with it is told elsewhere.
    var told: [Diagnostic] = []
    return Descriptor(self, into: &told)?.size?.allows(0) ?? false
  }
}

extension Diagnostic {
  fileprivate var isOfUnknownField: Bool {
    if case .records(.fieldNotAllowed) = kind { true } else { false }
  }

  fileprivate var suggestedType: String? {
    guard case .report(.unknownRecordType(_, let suggestion, _)) = kind else { return nil }
    return suggestion
  }
}
