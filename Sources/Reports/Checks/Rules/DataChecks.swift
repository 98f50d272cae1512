import Diagnostics
import Texts
import Records
import Vietnamese

/// The declarations of the schemas of some kinds of documents together, each held once.
struct DeclaredChecks: Sendable {
  /// The declarations whose fields the schema has.
  let declarations: [CheckDeclaration]
  let texts: TextFields
  /// The problems of the declarations themselves.
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
  private var data: CheckedData
  private var laws: LawChecks
  private var bodies: BodyChecks

  init(_ data: consuming CheckedData) {
    laws = LawChecks(data.registers, data.time)
    bodies = BodyChecks(data.registers, data.time)
    self.data = data
  }

  /// Tells of what is wrong across fields and in texts.
  mutating func problems(_ declarations: [ResolvedDeclaration]) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    for declaration in declarations { problems += self.problems(declaration) }
    let meeting = declarations.filter { $0.relation == .meeting }
    if !meeting.isEmpty { problems += MeetingChecks(meeting).problems(&data) }
    let minutes = declarations.filter { $0.relation == .minutes }
    if !minutes.isEmpty { problems += MinutesChecks(minutes).problems(&data) }
    // What bodies were looked at, the texts must know.
    return problems.withoutRepeatedDoubts.withoutInitialsThatGo.withoutNeedsToldTwice
      .withoutRepeatedEvents
      + textProblems(proseStarts(declarations))
  }

  /// The offsets of texts that templates read as Markdown.
  private func proseStarts(_ declarations: [ResolvedDeclaration]) -> Set<Int32> {
    var starts: Set<Int32> = []
    for declaration in declarations where declaration.relation == .prose {
      declaration.forEachValue(in: data) { value, _ in starts.insert(value.range.start) }
    }
    return starts
  }

  private mutating func problems(_ declaration: ResolvedDeclaration) -> [Diagnostic] {
    switch declaration.relation {
    case .part, .total, .rate, .change: FigureChecks(declaration).problems(&data)
    case .inPeriod, .notAfter, .inTime: DateChecks(declaration).problems(&data)
    case .citation: laws.problems(declaration, &data)
    case .body: bodies.problems(declaration, &data)
    case .afterPeriod, .comparablePeriod, .wholeYear, .partOfYear:
      PeriodChecks(declaration).problems(&data)
    case .beginning, .noBeginning, .noEnding, .requiredEnding, .belonging:
      WordingChecks(declaration).problems(&data)
    case .successive: PhaseChecks(declaration).problems(&data)
    case .mentioned: AnnexChecks(declaration).problems(data)
    case .leadsOn: LeadingOnChecks(declaration).problems(data)
    case .repetition: RepetitionChecks(declaration).problems(data)
    case .prose: ProseChecks(declaration).problems(data)
    case .capitals: LetterCaseChecks(declaration).problems(data)
    case .personName: PersonNameChecks(declaration).problems(data)
    case .initial: InitialChecks(declaration).problems(data)
    case .list: ListChecks(declaration).problems(data)
    case .place: PlaceChecks(declaration).problems(data)
    case .signature: SignatureChecks(declaration).problems(&data)
    case .documentSign: DocumentSignChecks(declaration).problems(&data)
    case .profileOfIssuer: ProfileChecks(declaration).problems(data)
    case .signers: SignerChecks(declaration).problems(&data)
    case .marks: MarkChecks(declaration).problems(data)
    case .notBefore, .tells, .past, .stillOpen, .notBeforePeriod, .notBeforeCutoff:
      FutureChecks(declaration).problems(&data)
    case .ofPeriod: TitlePeriodChecks(declaration).problems(data)
    case .samePlace: SamePlaceChecks(declaration).problems(data)
    case .agrees: LeadChecks(declaration).problems(&data)
    case .placement: PlacementChecks(declaration).problems(data)
    case .apart: DistinctChecks(declaration).problems(data)
    case .blanked: BlankChecks(declaration).problems(data)
    case .ratio: RatioChecks(declaration).problems(&data)
    case .hedge, .code, .headline, .fullName, .citedPlacement, .unprinted, .printedWith, .condition:
      []
    // Held together, from all of the schemas.
    case .meeting, .minutes: []
    case .unit: UnitChecks(declaration).problems(data)
    case .drawnTogether: ChartChecks(declaration).problems(&data)
    case .drawnColumn: ChartColumnChecks(declaration).problems(data)
    case .different: DifferenceChecks(declaration).problems(data)
    case .oneOf, .twoOf, .leadsTo: NeedChecks(declaration).problems(&data)
    case .hours, .hoursInTurn: HourChecks(declaration).problems(&data)
    case .attendance: AttendanceChecks(declaration).problems(&data)
    case .numbering: NumberingChecks(declaration).problems(data)
    case .ownArticle, .ownAnnex: ReferenceChecks(declaration).problems(&data)
    }
  }

  private mutating func textProblems(_ prose: Set<Int32>) -> [Diagnostic] {
    let (registers, database) = (data.registers, data.records.database)
    var slips = TypingSlips(registers, database.source.text)
    var signs = TypedSigns(database.source.text)
    let looksForBodies = bodies.looksAtTexts
    var marking = registers.spelling.slips.firstWords
    marking.insert(registers.laws.namedKinds.firstWords)
    if looksForBodies { marking.insert(registers.bodies.names.firstWords) }
    var problems: [Diagnostic] = []
    for field in data.records.texts {
      let text = database.value(ofField: field)
      signs.check(text, isProse: prose.contains(text.range.start))
      data.words.split(text, marking: marking)
      if let problem = nothing(text, field) { problems.append(problem) }
      laws.beginText()
      let found = slips.check(text, data.words)
      let cites = !found.isEmpty || laws.mayName(data.words)
      let told = cites ? data.firstDay(ofField: field) : nil
      for sign in found { problems += laws.problems(sign, in: text, told) }
      if cites { problems += laws.problems(text, data.words, told) }
      if looksForBodies, !laws.titles.contains(text.range.start) {
        problems += bodies.problems(text, data.words, except: laws.names)
      }
    }
    return problems + slips.problems + signs.problems
  }

  /// The problem of a text that says that there is nothing; nil for any other, and for those of which
  /// the data file itself says what they are.
  private func nothing(_ text: Text, _ field: Int) -> Diagnostic? {
    guard data.words.count <= 4, saysNothing(text), let run = data.records.run(ofField: field),
      let rule = run.rule(ofPrintable: field)
    else { return nil }
    let type = data.schema.types[run.type]
    let isNeeded =
      data.schema.countLimits[run.type].lowerBound > 0 || type.name.isSpelled(Schema.documentType)
    let gap: ValueProblem.Gap =
      if rule.isMandatory { isNeeded ? .neither : .record } else { .line }
    return Diagnostic(.value(.nothing(text.string, gap)), at: text)
  }

  /// The room for words, for the file that comes next.
  consuming func words() -> TextWords { data.words }
}

/// The fields that hold running text: those to which the schema gives no type, and no code either.
struct TextFields: Sendable {
  private let schema: Schema
  /// The fields that hold codes, by type; from `ma_hieu`.
  private let codes: [String: Set<Text>]
  /// The lines of heads, in which nothing is explained, by type; from `khong_giai_thich`.
  private let headlines: [String: Set<Text>]
  /// The names that are written in full wherever they stand, by type; from `viet_day_du`.
  private let fullNames: [String: Set<Text>]

  init(_ schema: Schema, _ declarations: [CheckDeclaration]) {
    self.schema = schema
    func fields(_ relation: CheckDeclaration.Relation) -> [String: Set<Text>] {
      let own = declarations.filter { $0.relation == relation }
      return Dictionary(grouping: own) { $0.type.string }
        .mapValues { Set($0.flatMap(\.operands).map(\.field)) }
    }
    (codes, headlines, fullNames) = (fields(.code), fields(.headline), fields(.fullName))
  }

  /// Tells whether a field is a line of a head.
  func isHeadline(_ field: Text, ofType name: String) -> Bool {
    isDeclared(field, ofType: name, in: headlines)
  }

  /// Tells whether a field is a name that is written in full.
  func isFullName(_ field: Text, ofType name: String) -> Bool {
    isDeclared(field, ofType: name, in: fullNames)
  }

  private func isDeclared(
    _ field: Text, ofType name: String, in fields: [String: Set<Text>]
  ) -> Bool {
    guard let fields = fields[name], let rule = schema.type(named: name)?.rule(for: field)
    else { return false }
    return fields.contains(rule.name)
  }

  /// Tells whether fields of a type are text, by their names; nil for a type that no schema has.
  func isText(ofType name: String) -> (@Sendable (Text) -> Bool)? {
    guard let type = schema.type(named: name) else { return nil }
    let codes = codes[name] ?? []
    return { field in
      guard let rule = type.index(of: field) else { return false }
      return type.fields[rule].type == nil && !type.fields[rule].isKey
        && !type.fields[rule].isSingular && !codes.contains(type.fields[rule].name)
    }
  }
}

extension CheckDeclaration {
  /// Tells whether the descriptors know the fields it names; a misspelt one would check nothing.
  fileprivate func isRight(_ schema: Schema, _ problems: inout [Diagnostic]) -> Bool {
    for operand in operands {
      var owner = type
      if case .all(let type) = operand.from { owner = type }
      // Another kind of document may bring that type.
      guard let type = schema.types.firstIndex(where: { $0.name == owner }) else { return false }
      var fields = [operand.field]
      if case .linked(let link) = operand.from { fields.append(link) }
      for field in fields where schema.types[type].index(of: field) == nil {
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
    var seen: [(file: String, starts: Set<Int32>)] = []
    return filter { declaration in
      let (file, start) = (declaration.place.source.name, declaration.place.range.start)
      guard let index = seen.lastIndex(where: { $0.file == file }) else {
        seen.append((file, [start]))
        return true
      }
      return seen[index].starts.insert(start).inserted
    }
  }
}
