import Diagnostics
import Texts
import Records
import Templating

/// The demands of the kinds of a data file's documents on its records, all taken together.
struct Schema: Sendable {
  let types: [RecordType]
  let least: [String: (count: Int, place: Text)]
  let most: [String: Int]
  /// The number of records that there may be of each type.
  let countLimits: [ClosedRange<Int>]

  /// The records of one document: the head and the signature.
  static let documentType = "van_ban"
  /// Its field that names the kind.
  static let kindField = "mau"
  /// Its field that names the layout profile.
  static let profileField = "the_thuc"
  /// Its field that holds the number.
  static let numberField = "so"
  /// The records of figures, and the fields that hold the unit of measure and what makes it inexact.
  static let figureType = "so_lieu"
  static let unitField = "don_vi"
  static let hedgeField = "uoc"
  /// The one record whose fields are variables of their own: the matter that is reported.
  static let matterType = "su_viec"

  /// The records of a text that is kept word for word, a block each.
  static let verbatimType = "nguyen_van"
  /// Its field for a cell of a row, which has its place when it is empty, too.
  static let cellField = "o"
  /// Its field for the file of a picture.
  static let shownFileField = "tep"

  /// Its fields that name the period, and the one that figures are compared with.
  static let periodField = "ky"
  static let comparedPeriodField = "ky_so_sanh"

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
    let ownGroups = own.isEmpty ? [:] : Dictionary(grouping: own, by: \.type.string)
    for name in names {
      let merged = (ownGroups[name] ?? []) + (groups[name] ?? [])
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

  func type(named name: String) -> RecordType? {
    types.indices.first { types[$0].name.isSpelled(name) }.map { types[$0] }
  }
}

extension RecordType {
  /// Values that are not of the Vietnamese type that the schema names.
  func typedProblems(of record: Record) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    for field in record.fields {
      guard let rule = rule(for: field.name), rule.type != nil || rule.valueType != nil else {
        continue
      }
      let problem =
        if let type = rule.valueType {
          type.problem(of: field.value, by: rule, unit: rule.unit ?? record.unit)
        } else {
          rule.problem(ofNothing: field.value, isFigure: false)
        }
      if let problem { problems.append(problem) }
    }
    return problems
  }

  func valueType(of name: Text) -> ValueType? {
    rule(for: name)?.valueType
  }

  /// The fields it allows and does not demand, as keys.
  func optionalKeys(_ text: (Text) -> Text) -> [Key] {
    fields.lazy.filter { $0.isAllowed && !$0.isMandatory }.map { Key(text($0.name)) }
  }

  /// Everything wrong with one record.
  func check(_ record: Record, among types: [RecordType]) -> [Diagnostic] {
    problems(of: record, among: types).suggestingValues.preferring(typedProblems(of: record))
  }
}

extension [Diagnostic] {
  /// These and `better` ones, which replace a plain wrong value that they point to, or to a part
  /// of.
  func preferring(_ better: [Diagnostic]) -> [Diagnostic] {
    let places = better.compactMap { $0.place?.place.range }.sorted { $0.start < $1.start }
    let kept = filter { problem in
      guard case .records(.wrongValue) = problem.kind, let range = problem.place?.place.range
      else { return true }
      let first = places.sortedIndex(after: { $0.start < range.start })
      return !places[first...].prefix { $0.start <= range.end }.contains { $0.end <= range.end }
    }
    return kept + better
  }
}

extension Record {
  /// The unit of measure of the record's figures; nil where it has none.
  var unit: Text? { field(Schema.unitField)?.value }
}

extension Source {
  /// The place for a message about the file as a whole.
  var firstLine: Text {
    let line = lineRange(at: 0)
    return Text(source: self, range: SourceRange(start: line.lowerBound, end: line.upperBound))
  }
}
