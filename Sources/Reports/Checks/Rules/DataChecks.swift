import Diagnostics
import Texts
import Records
import Vietnamese

/// What the schemas of some kinds of documents declare together, made ready for data files.
struct DeclaredChecks: Sendable {
  /// Those whose fields the schema knows.
  let declarations: [CheckDeclaration]
  let texts: TextFields
  /// What is wrong with the declarations.
  let problems: [Diagnostic]

  init(_ all: [CheckDeclaration], _ schema: Schema) {
    var problems: [Diagnostic] = []
    let distinct = all.distinct
    declarations = distinct.filter { $0.isRight(schema, &problems) }
    texts = TextFields(schema, distinct)
    self.problems = problems
  }
}

/// The checks across the fields of a data file, as its schemas declare them, and those of its
/// texts.
struct DataChecks {
  private let declared: DeclaredChecks
  private let registers: CheckRegisters
  private let time: ReportTime
  private let database: Database
  private let schema: Schema

  /// - Parameter time: that of the file; nil where it is not known yet.
  init(
    _ database: Database, _ schema: Schema, _ declared: DeclaredChecks,
    _ templates: TemplateCollection, time: ReportTime?
  ) {
    self.database = database
    self.declared = declared
    registers = templates.registers
    self.schema = schema
    self.time =
      time ?? ReportTime(database.matter(of: schema), among: templates.reportingRules)
  }

  /// - Parameter quick: what surely nothing is wrong with, and need not be looked at; nil to look
  ///   at everything.
  func problems(beside quick: QuickChecks? = nil, textsAreRight: Bool = false) -> [Diagnostic] {
    let isRight = quick?.declarationsAreRight ?? []
    var problems = declared.problems
    let declarations = declared.declarations
    var records = CheckedRecords(database, schema)
    let laws = LawChecks(registers.laws, time)
    var bodies = BodyChecks(registers.bodies, time)
    for index in declarations.indices {
      // What bodies were looked at, the texts must know.
      if quick != nil, isRight[index], declarations[index].relation != .body || textsAreRight {
        continue
      }
      let declaration = declarations[index]
      switch declaration.relation {
      case .part, .total, .rate, .change:
        problems += FigureChecks(declaration, among: declarations).problems(&records)
      case .inPeriod, .notAfter:
        problems += DateChecks(declaration, time).problems(&records)
      case .citation: problems += laws.problems(declaration, &records, closely: quick == nil)
      case .body: problems += bodies.problems(declaration, &records)
      case .afterPeriod, .comparablePeriod:
        problems += PeriodChecks(declaration).problems(&records)
      case .noBeginning, .noEnding, .belonging:
        problems += WordingChecks(declaration).problems(&records)
      case .hedge, .unit, .code, .headline: break
      }
    }
    let found = problems.withoutRepeatedDoubts
    return textsAreRight ? found : found + textProblems(laws, &bodies)
  }

  private func textProblems(_ laws: LawChecks, _ bodies: inout BodyChecks) -> [Diagnostic] {
    var slips = TypingSlips(registers, database.source.text)
    var problems: [Diagnostic] = []
    let looksForBodies = bodies.looksAtTexts
    var words = TextWords()
    for text in FileTexts(database, of: declared.texts) {
      words.take(text, marking: registers.spelling.slips.firstWords)
      for sign in slips.check(text, words) {
        problems += laws.problems(sign.number, sign.place, sign.date)
      }
      if looksForBodies { problems += bodies.problems(text, words) }
    }
    return problems + slips.problems
  }
}

/// Which fields hold running text: those to which the schema gives no type, and no code either.
struct TextFields: Sendable {
  private let schema: Schema
  /// By type, from `ma_hieu`.
  private let codes: [String: Set<Text>]
  /// By type, from `khong_giai_thich`: lines of a head, in which nothing is explained.
  private let headlines: [String: Set<Text>]

  init(_ schema: Schema, _ declarations: [CheckDeclaration]) {
    self.schema = schema
    func fields(_ relation: CheckDeclaration.Relation) -> [String: Set<Text>] {
      let own = declarations.filter { $0.relation == relation }
      return Dictionary(grouping: own) { $0.type.string }
        .mapValues { Set($0.flatMap(\.operands).map(\.field)) }
    }
    (codes, headlines) = (fields(.code), fields(.headline))
  }

  /// Whether a field is a line of a head.
  func isHeadline(_ field: Text, ofType name: String) -> Bool {
    guard let headlines = headlines[name], let rule = schema.type(named: name)?.rule(for: field)
    else { return false }
    return headlines.contains(rule.name)
  }

  /// Whether fields of a type are text, by their names; nil for a type that no schema has.
  func isText(ofType name: String) -> ((Text) -> Bool)? {
    guard let type = schema.type(named: name) else { return nil }
    let codes = codes[name] ?? []
    return { field in
      guard let rule = type.rule(for: field) else { return false }
      return rule.type == nil && !rule.isKey && !rule.isSingular && !codes.contains(rule.name)
    }
  }
}

extension Database {
  /// The values of the matter's first record, by their names in the schema.
  func matter(of schema: Schema) -> [String: Text] {
    let type = schema.type(named: Schema.matterType)
    let fields = recordSet(ofType: Schema.matterType)?.records.first.map { Array($0.fields) } ?? []
    let pairs = fields.map { field in
      ((type?.rule(for: field.name)?.name ?? field.name).string, field.value)
    }
    return Dictionary(pairs.filter { !$0.1.isEmpty }) { first, _ in first }
  }
}

extension CheckDeclaration {
  /// Whether the descriptors know the fields it names; a misspelt one would check nothing.
  fileprivate func isRight(_ schema: Schema, _ problems: inout [Diagnostic]) -> Bool {
    for operand in operands {
      var owner = type
      if case .all(let type) = operand.from { owner = type }
      // Another kind of document may bring that type.
      guard let type = schema.type(named: owner.string) else { return false }
      var fields = [operand.field]
      if case .linked(let link) = operand.from { fields.append(link) }
      for field in fields where type.rule(for: field) == nil {
        if case .all = operand.from { return false }
        let problem = CheckProblem.declarationOfUnknownField(field.string, type: owner.string)
        problems.append(Diagnostic(.check(problem), at: field))
        return false
      }
    }
    return true
  }
}

extension [CheckDeclaration] {
  /// The schema that all kinds share is read for each of them.
  fileprivate var distinct: [CheckDeclaration] {
    var seen: Set<String> = []
    return filter { seen.insert("\($0.place.source.name):\($0.place.range.start)").inserted }
  }
}
