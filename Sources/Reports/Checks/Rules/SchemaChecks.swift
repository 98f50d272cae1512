import Diagnostics
import Texts
import Records

/// The shapes of the records of all types of a schema.
struct SchemaShapes: Sendable {
  private let typeNames: [Text]
  /// Finds them where they are many.
  private var typeTable: NameTable?
  private var tables: [ShapeTable]
  /// A file of ever new shapes shall not be remembered.
  private static let mostRuns = 1024
  /// The types of the record sets of the file before, and its runs.
  private var typesBefore: [Int?] = []
  private var runsBefore: [TypedRecords.Run] = []

  /// - Parameters:
  ///   - columns: for each type the fields that checks ask for.
  ///   - texts: which fields hold running text; nil where nobody asks.
  ///   - printable: which fields a document is made to print; nil where nobody asks.
  init(
    _ schema: Schema, columns: [[Text]], _ texts: TextFields? = nil,
    _ printable: PrintableFields? = nil
  ) {
    typeNames = schema.types.map(\.name)
    if typeNames.count > SchemaShapes.fewTypes {
      typeTable = typeNames.enumerated().reduce(into: NameTable()) {
        $0.insert(SourceBytes($1.element), $1.offset)
      }
    }
    let ruled = schema.types.filter { !$0.name.isSpelled(Schema.documentType) }
    tables = schema.types.enumerated().map { index, type in
      let isText = texts.flatMap { $0.isText(ofType: type.name.string) }
      return ShapeTable(
        ShapeDemands(
          type: type, types: schema.types, ruledTypes: ruled,
          columns: columns[index],
          isText: isText ?? { _ in false },
          isPrintable: { printable?.contains($0, ofType: index) ?? false }))
    }
  }

  /// Makes those for checks of the schema alone, which ask for no columns.
  init(_ schema: Schema) {
    self.init(schema, columns: schema.types.map { _ in [] })
  }

  /// So many are found by looking at each as quickly as in a table.
  private static let fewTypes = 32

  /// Takes a file apart into records of the types.
  mutating func records(of database: Database) -> TypedRecords {
    for index in tables.indices { tables[index].beginFile() }
    var records = TypedRecords(database)
    for set in 0..<records.setCount {
      if let type = typeIndex(records.typeName(ofSet: set), set) {
        records.addSet(ofType: type, &tables[type], before: runsBefore)
      } else if let type = nearType(records, set) {
        records.addMisspeltSet(ofType: type, &tables[type])
      } else {
        records.addUnknownSet()
      }
    }
    typesBefore = records.types
    runsBefore = records.runs.count <= SchemaShapes.mostRuns ? records.runs : []
    return records
  }

  /// Finds a type by its name: mostly it is that of the set at the same place in the file before.
  private func typeIndex(_ name: SourceBytes?, _ set: Int) -> Int? {
    guard let name else { return nil }
    if set < typesBefore.count, let before = typesBefore[set],
      SourceBytes(typeNames[before]).isSame(as: name)
    {
      return before
    }
    return typeIndex(name)
  }

  func typeIndex(_ name: SourceBytes) -> Int? {
    if let typeTable { return typeTable.number(of: name) }
    return typeNames.firstIndex { SourceBytes($0).isSame(as: name) }
  }

  /// The type that a name was most likely meant to be; nobody misspells very many. A type of rows of
  /// the author's own tables is meant as it is.
  private func nearType(_ records: TypedRecords, _ set: Int) -> Int? {
    guard records.misspeltSets.count < 16, let name = records.typeName(ofSet: set)?.text.string,
      !records.database.tableRowTypes.contains(name),
      let near = nearest(to: name, among: typeNames.map(\.string))
    else { return nil }
    return typeNames.firstIndex { $0.isSpelled(near) }
  }
}

extension Schema {
  /// Finds everything in which the records differ from the schema, heads of documents excepted.
  func problems(of records: TypedRecords) -> [Diagnostic] {
    typeProblems(of: records) + countProblems(of: records)
      + fieldProblems(of: records, withHeads: false) + referenceProblems(of: records)
  }

  private func typeProblems(of records: TypedRecords) -> [Diagnostic] {
    let unknown = records.types.indices.filter { records.types[$0] == nil }
    if unknown.isEmpty, records.misspeltSets.isEmpty { return [] }
    let rows = records.database.tableRowTypes
    return (unknown + records.misspeltSets).filter { index in
      !(records.database.recordSets[index].type.map { rows.contains($0.string) } ?? false)
    }.map { index in
      let set = records.database.recordSets[index]
      guard let type = set.type else {
        return Diagnostic(
          .report(.untypedRecord(likeliest: Schema.matterType)), at: set.records.first?.place)
      }
      let suggestion = nearest(to: type.string, among: types.map(\.name.string))
      return Diagnostic(
        .report(
          .unknownRecordType(
            type.string, suggestion: suggestion, known: KnownNames(types.map(\.name.string)))),
        at: type)
    }
  }

  private func countProblems(of records: TypedRecords) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let (counts, database) = (records.counts(ofTypes: types.count), records.database)
    for (index, count) in counts.enumerated() where !countLimits[index].contains(count) {
      let name = types[index].name.string
      if let (least, place) = least[name], count < least {
        let end = database.recordSet(ofType: name)?.type ?? database.source.firstLine
        problems.append(
          Diagnostic(
            .report(.missingRecordType(name, least: least)), at: end,
            notes: [Diagnostic.Note(.ruledHere, at: place)]))
      }
      if let most = most[name], count > most {
        let surplus = database.records(ofType: name)[most]
        problems.append(
          Diagnostic(.report(.tooManyRecords(name, most: most)), at: surplus.place))
      }
    }
    return problems
  }

  /// Checks the rules of the fields, and the Vietnamese types that a regular expression cannot
  /// check.
  ///
  /// - Parameter withHeads: whether heads of documents are records as others are.
  func fieldProblems(of records: TypedRecords, withHeads: Bool) -> [Diagnostic] {
    var (problems, typed): ([Diagnostic], [Diagnostic]) = ([], [])
    var run = 0
    for (set, type) in records.types.enumerated() {
      guard let type else { continue }
      let first = run
      while run < records.runs.count, records.runs[run].set == set { run += 1 }
      if !withHeads, types[type].name.isSpelled(Schema.documentType) { continue }
      var check = RecordCheck(types[type])
      if types[type].size != nil { check.checkCount(of: records.database.recordSets[set]) }
      for run in first..<run {
        let shape = records.runs[run].shape
        if shape.demandsNothing { continue }
        for record in records.records(ofRun: run) {
          let keepsRules = check.check(record.record, shape.rules)
          typed += shape.typedProblems(of: record, keepsRules: keepsRules)
        }
      }
      problems += check.problems
    }
    return problems.inTextOrder.suggestingValues.preferring(typed)
  }

  /// Checks that fields of the type `rec TYPE` name the key of one of those records.
  func referenceProblems(of records: TypedRecords) -> [Diagnostic] {
    var keys: [Int: NameTable] = [:]
    var suggestions = Suggestions()
    var problems: [Diagnostic] = []
    for (run, references) in records.runs.map(\.shape.references).enumerated()
    where !references.isEmpty {
      for record in records.records(ofRun: run) {
        for reference in references {
          var known = NameTable()
          if let type = reference.type {
            known = keys[type] ?? records.keys(ofType: type)
            keys[type] = known
          }
          guard known.number(of: record.bytes(at: reference.offset)) == nil else { continue }
          let value = record.text(at: reference.offset)
          let problem = ReportProblem.unknownReference(
            value.string, type: reference.typeName.string,
            suggestion: suggestions.nearest(to: value.string, reference.type, among: known))
          problems.append(Diagnostic(.report(problem), at: value))
        }
      }
    }
    return problems
  }
}

extension TypedRecords {
  /// The values of the `%key` of a type.
  fileprivate func keys(ofType type: Int) -> NameTable {
    var keys = NameTable()
    for record in records(ofType: type) {
      for offset in record.shape.keys { keys.insert(record.bytes(at: offset), 0) }
    }
    return keys
  }
}
