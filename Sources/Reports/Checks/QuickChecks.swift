import Diagnostics
import Records
import Vietnamese

/// One look at a data file, which tells what surely nothing is wrong with; only the rest is looked
/// at by the checks that say what is wrong. Nearly all files are right, and cost no more than this.
struct QuickChecks {
  private let known: KnownTime
  let laws: LawChecks
  let bodies: BodyRegister
  private let spelling: SpellingRegister
  /// Whether the records keep the rules of their types, those of documents' heads excepted.
  private(set) var fieldsAreRight = false
  /// Whether nothing is wrong with the days of the matter.
  var daysAreRight: Bool { !known.hasProblems }
  /// For each declaration of the schema.
  private(set) var declarationsAreRight: [Bool] = []
  private let database: Database

  init(
    _ database: Database, _ memory: CheckMemory, _ rules: [ReportingRules],
    _ registers: CheckRegisters
  ) {
    self.database = database
    (bodies, spelling) = (registers.bodies, registers.spelling)
    let typesAreKnown = memory.begin(database)
    known = memory.time(of: database, among: rules, registers)
    laws = LawChecks(registers.laws, known.time)
    fieldsAreRight =
      typesAreKnown && countsAreRight(memory) && rulesAreKept(memory) && referencesAreRight(memory)
    let checks = self
    declarationsAreRight = memory.declarations.map { $0.isSurelyRight(memory, checks) }
  }

  var time: ReportTime { known.time }

  var isAllRight: Bool {
    fieldsAreRight && daysAreRight && declarationsAreRight.allSatisfy { $0 }
  }

  private func countsAreRight(_ memory: CheckMemory) -> Bool {
    var counts = [Int](repeating: 0, count: memory.forms.count)
    for set in memory.sets where set.type >= 0 { counts[set.type] += set.forms.count }
    return memory.merged.schema.allowsCounts(counts)
  }

  private func rulesAreKept(_ memory: CheckMemory) -> Bool {
    var distinct = DistinctValues()
    swap(&distinct, &memory.distinct)
    defer { swap(&distinct, &memory.distinct) }
    for set in memory.sets where set.type >= 0 && set.type != memory.merged.documentType {
      distinct.beginSet()
      var index = 0
      for record in set.set.records {
        let form = set.forms[index]
        guard form.rules.areSurelyKept(by: record, &distinct), form.isSurelyTyped(record)
        else { return false }
        index += 1
      }
      // A type may demand a number of records.
      guard memory.merged.schema.types[set.type].size == nil,
        distinct.areSurelyDistinct()
      else { return false }
    }
    return true
  }

  private func referencesAreRight(_ memory: CheckMemory) -> Bool {
    var keys: [Int: [Text]] = [:]
    for type in memory.forms.indices {
      let isRight = memory.allRecords(of: type) { record, form in
        form.references.allSatisfy { reference in
          guard reference.type >= 0 else { return false }
          let known = keys[reference.type] ?? QuickChecks.keys(of: reference.type, memory)
          keys[reference.type] = known
          let value = record.value(at: reference.offset)
          return known.contains { $0 == value }
        }
      }
      if !isRight { return false }
    }
    return true
  }

  private static func keys(of type: Int, _ memory: CheckMemory) -> [Text] {
    var keys: [Text] = []
    _ = memory.allRecords(of: type) { record, form in
      for offset in form.key { keys.append(record.value(at: offset)) }
      return true
    }
    return keys
  }

  /// Whether the head of a document keeps the rules of its kind.
  func headIsRight(_ record: Record, ofKind kind: Int, _ memory: CheckMemory) -> Bool {
    guard let form = memory.form(of: record, inHeadsOf: kind) else { return false }
    memory.distinct.beginSet()
    return form.rules.areSurelyKept(by: record, &memory.distinct)
      && memory.distinct.areSurelyDistinct() && form.isSurelyTyped(record)
  }

  /// Whether running texts have no slips, and no signs or bodies that are wrong.
  func areRight(_ texts: FileTexts, _ memory: CheckMemory) -> Bool {
    var look = TextLook(for: known.starts)
    let source = SourceBytes(database.source)
    let bytes = source.span
    return texts.fields.allSatisfy { field in
      if let range = database.plainRange(ofField: Int(field)),
        look.isSurelyRight(bytes, range.bounds)
      {
        return true
      }
      return isRight(database.value(ofField: Int(field)), memory)
    }
  }

  private func isRight(_ text: Text, _ memory: CheckMemory) -> Bool {
    var slips = TypingSlips(spelling, text)
    var marking = spelling.slips.firstWords
    if let absent = known.absent { marking.insert(absent.firstWords) }
    var words = TextWords()
    swap(&words, &memory.words)
    defer { swap(&words, &memory.words) }
    words.take(text, marking: marking)
    for sign in slips.check(text, words) {
      guard laws.problems(sign.number, sign.place, sign.date).isEmpty else { return false }
    }
    return slips.problems.isEmpty && !(known.absent?.mayBeNamed(words) ?? false)
  }
}

extension Schema {
  /// Whether there are neither too few nor too many records of each of its types, by their index.
  func allowsCounts(_ counts: [Int]) -> Bool {
    zip(counts, countLimits).allSatisfy { $1.contains($0) }
  }
}
