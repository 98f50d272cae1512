import Diagnostics
import Texts
import Records
import Vietnamese

/// A merged schema made ready for the checking of data files, with what one file teaches for those
/// that follow: the shapes of records, and the time that reports of one period are of.
struct CheckPlan: Sendable {
  let merged: MergedSchema
  private let declarations: [ResolvedDeclaration]
  private var shapes: SchemaShapes
  private var heads: [Head]
  private var times: [ReportTime] = []
  private var words = TextWords()

  /// Offices report for few periods; files of ever new ones shall not be remembered for ever.
  private static let mostTimes = 16

  /// The demands on the heads of a kind of documents.
  private struct Head: Sendable {
    /// The shapes of heads; nil where nothing right is demanded.
    var shapes: ShapeTable?
    /// The problems of the demands themselves.
    var problems: [Diagnostic]
  }

  init(_ merged: MergedSchema) {
    self.merged = merged
    var columns = DeclaredColumns(merged.schema)
    let neighbours = DeclarationNeighbours(merged.declared.declarations)
    declarations = merged.declared.declarations.compactMap {
      ResolvedDeclaration($0, among: neighbours, &columns)
    }
    shapes = SchemaShapes(
      merged.schema, columns: columns.fields, merged.declared.texts, PrintableFields(of: merged))
    let types = merged.schema.types
    heads = merged.kinds.map { kind in
      var problems: [Diagnostic] = []
      let shapes = merged.headType(kind, into: &problems).map { type in
        ShapeTable(
          ShapeDemands(
            type: type, types: types, ruledTypes: types,
            columns: LayoutFields.names.map { Text($0) }, isText: { _ in false }))
      }
      return Head(shapes: shapes, problems: problems)
    }
  }

  /// Takes a file apart.
  mutating func records(of database: Database) -> TypedRecords {
    for index in heads.indices { heads[index].shapes?.beginFile() }
    return shapes.records(of: database)
  }

  // MARK: - Heads

  /// Checks the head of a document; nil where nothing right is demanded of it.
  ///
  /// - Parameter kind: the index of its kind.
  mutating func checkHead(
    _ record: Record, in records: TypedRecords, ofKind kind: Int, _ problems: inout [Diagnostic]
  ) -> LayoutFields? {
    problems += heads[kind].problems
    guard var shapes = heads[kind].shapes.take() else { return nil }
    let head = records.record(record, &shapes)
    var check = RecordCheck(shapes.type)
    let keepsRules = check.check(record, head.shape.rules)
    let typed = head.shape.typedProblems(of: head, keepsRules: keepsRules)
    problems += check.problems.suggestingValues.preferring(typed)
    heads[kind].shapes = shapes
    return LayoutFields(head)
  }

  // MARK: - Time

  /// The time that a file's report is of.
  mutating func time(
    of records: TypedRecords, among rules: [ReportingRules]
  ) -> ReportTime {
    let matter = merged.matterType.flatMap { records.first(ofType: $0) }
    if let known = times.first(where: { $0.isOf(matter) }) { return known }
    let time = ReportTime(matter, records.database, merged.schema, among: rules)
    if times.count == CheckPlan.mostTimes { times.removeAll() }
    times.append(time)
    return time
  }

  // MARK: - Declarations

  /// Tells of what is wrong across fields and in texts.
  mutating func declaredProblems(
    _ records: TypedRecords, _ time: ReportTime, _ registers: CheckRegisters
  ) -> [Diagnostic] {
    var room = TextWords()
    swap(&room, &words)
    let documents = FileDocuments(records, type: merged.documentType, declarations)
    var checks = DataChecks(
      CheckedData(records, merged.schema, of: merged.kinds, time, registers, room, documents))
    let problems = checks.problems(declarations)
    words = checks.words()
    return merged.declared.problems + problems
  }
}
