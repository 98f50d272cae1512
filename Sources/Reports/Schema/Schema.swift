import Diagnostics
import Texts
import Records
import Templating

/// What the kinds of a data file's documents demand of its records, all taken together.
struct Schema: Sendable {
  let types: [RecordType]
  private let least: [String: (count: Int, place: Text)]
  private let most: [String: Int]
  /// How many records there may be of each type.
  let countLimits: [ClosedRange<Int>]

  /// The records of one document: the head and the signature.
  static let documentType = "van_ban"
  /// Its field that names the kind.
  static let kindField = "mau"
  /// The one record whose fields are variables of their own: the matter that is reported.
  static let matterType = "su_viec"

  /// - Parameter own: what the data file demands beside it, of the types that the kinds know.
  init(_ descriptors: [Descriptor], own: [Descriptor], into problems: inout [Diagnostic]) {
    var names: [String] = []
    var groups: [String: [Descriptor]] = [:]
    var least: [String: (count: Int, place: Text)] = [:]
    var most: [String: Int] = [:]
    for descriptor in descriptors {
      let name = descriptor.type.string
      if groups[name] == nil { names.append(name) }
      groups[name, default: []].append(descriptor)
      if descriptor.leastCount > least[name]?.count ?? 0 {
        least[name] = (descriptor.leastCount, descriptor.type)
      }
      most[name] = descriptor.mostCount ?? most[name]
    }
    var types: [RecordType] = []
    for name in names {
      let merged = own.filter { $0.type.string == name } + (groups[name] ?? [])
      let type = RecordType(merging: merged, into: &problems)
      if let type { types.append(type) }
    }
    self.types = types
    self.least = least
    self.most = most.merging([Schema.matterType: 1]) { $1 }
    let limits = (least, self.most)
    countLimits = types.map { type in
      let few = limits.0[type.name.string]?.count ?? 0
      return few...max(few, limits.1[type.name.string] ?? Int.max)
    }
  }

  func type(named name: String) -> RecordType? { types.first { $0.name.string == name } }

  /// Everything in which the records differ from the schema.
  func check(_ database: Database) -> [Diagnostic] {
    checkTypes(database) + checkCounts(database) + checkFields(database)
      + checkReferences(database)
  }

  /// A field of the type `rec TYPE` must name the key of one of those records.
  func checkReferences(_ database: Database) -> [Diagnostic] {
    var keys: [String: Set<String>] = [:]
    var problems: [Diagnostic] = []
    for set in database.recordSets {
      guard let type = set.type.flatMap({ self.type(named: $0.string) }) else { continue }
      for rule in type.fields {
        guard case .record(let target)? = rule.type else { continue }
        let known = keys[target.string] ?? self.keys(of: target.string, in: database)
        keys[target.string] = known
        for field in set.records.flatMap(\.fields)
        where type.rule(for: field.name)?.name == rule.name {
          let value = field.value.string
          if known.contains(value) { continue }
          let suggestion = meant(value, among: known.sorted())
          problems.append(
            Diagnostic(
              .report(.unknownReference(value, type: target.string, suggestion: suggestion)),
              at: field.value))
        }
      }
    }
    return problems
  }

  private func keys(of name: String, in database: Database) -> Set<String> {
    guard let type = type(named: name), let key = type.fields.first(where: \.isKey) else {
      return []
    }
    let fields = database.records(ofType: name).flatMap(\.fields)
    return Set(fields.filter { type.rule(for: $0.name)?.name == key.name }.map(\.value.string))
  }

  private func checkTypes(_ database: Database) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    for set in database.recordSets {
      guard let type = set.type else {
        let place = set.records.first?.place
        problems.append(Diagnostic(.report(.untypedRecord), at: place))
        continue
      }
      if self.type(named: type.string) == nil {
        let suggestion = nearest(to: type.string, among: types.map(\.name.string))
        problems.append(
          Diagnostic(
            .report(.unknownRecordType(type.string, suggestion: suggestion)), at: type))
      }
    }
    return problems
  }

  private func checkCounts(_ database: Database) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    for type in types {
      let name = type.name.string
      let records = database.records(ofType: name)
      if let (least, place) = least[name], records.count < least {
        let end = database.recordSet(ofType: name)?.type ?? database.source.firstLine
        problems.append(
          Diagnostic(
            .report(.missingRecordType(name, least: least)), at: end,
            notes: [Diagnostic.Note(.ruledHere, at: place)]))
      }
      if let most = most[name], records.count > most {
        problems.append(
          Diagnostic(.report(.tooManyRecords(name, most: most)), at: records[most].place))
      }
    }
    return problems
  }

  /// The rules of the fields, and the Vietnamese types that a regular expression cannot check.
  func checkFields(_ database: Database) -> [Diagnostic] {
    let ruled = types.filter { $0.name.string != Schema.documentType }
    return database.check(against: ruled).suggestingValues.preferring(typedProblems(database))
  }

  func typedProblems(_ database: Database) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    for set in database.recordSets {
      guard let name = set.type?.string, name != Schema.documentType,
        let type = type(named: name)
      else { continue }
      for record in set.records { problems += type.typedProblems(of: record) }
    }
    return problems
  }
}

extension RecordType {
  /// Values that are not of the Vietnamese type that the schema names.
  func typedProblems(of record: Record) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    for field in record.fields {
      guard let type = valueType(of: field.name), !field.value.isEmpty else { continue }
      do throws(Diagnostic) {
        try type.check(field.value)
        let isRefused = rule(for: field.name)?.type?.lack(of: field.value) != nil
        if isRefused, let problem = type.wordsAroundFigure(field.value) { problems.append(problem) }
      } catch {
        problems.append(error)
      }
    }
    return problems
  }

  func valueType(of name: Text) -> ValueType? {
    rule(for: name)?.typeName.flatMap { ValueType(rawValue: $0.string) }
  }

  /// The fields it allows, as keys.
  var optionalKeys: [Key] {
    fields.filter { $0.isAllowed && !$0.isMandatory }.map { Key($0.name) }
  }
}

extension [Diagnostic] {
  /// These and `better` ones, which replace a plain wrong value that they point to, or to a part of.
  func preferring(_ better: [Diagnostic]) -> [Diagnostic] {
    let places = better.compactMap { $0.place?.place.range }
    let kept = filter { problem in
      guard case .records(.wrongValue) = problem.kind, let range = problem.place?.place.range
      else { return true }
      return !places.contains { range.start <= $0.start && $0.end <= range.end }
    }
    return kept + better
  }
}

extension Source {
  /// Where a message about the file as a whole points to.
  var firstLine: Text {
    let line = lineRange(at: 0)
    return Text(source: self, range: SourceRange(start: line.lowerBound, end: line.upperBound))
  }
}
