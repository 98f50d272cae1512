import Texts
import Records
import Vietnamese

/// One look at a data file, which tells what surely nothing is wrong with; only the rest is looked
/// at by the checks that say what is wrong. Nearly all files are right, and cost no more than this.
struct QuickChecks {
  let file: KnownFile
  private let known: KnownTime
  let registers: CheckRegisters
  /// Whether the records keep the rules of their types, those of documents' heads excepted.
  private(set) var fieldsAreRight = false
  /// For each declaration of the schema.
  private(set) var declarationsAreRight: [Bool] = []

  init(
    _ database: Database, _ memory: CheckMemory, _ rules: [ReportingRules],
    _ registers: CheckRegisters
  ) {
    self.registers = registers
    file = memory.begin(database)
    known = memory.time(of: file, among: rules, registers)
    fieldsAreRight =
      file.setsAreKnown && countsAreRight(memory) && rulesAreKept(memory) && referencesAreRight()
    declarationsAreRight = rightDeclarations(memory)
  }

  var time: ReportTime { known.time }
  var laws: LawChecks { LawChecks(registers.laws, time) }
  /// Whether nothing is wrong with the days of the matter.
  var daysAreRight: Bool { !known.hasProblems }

  var isAllRight: Bool {
    fieldsAreRight && daysAreRight && declarationsAreRight.allSatisfy { $0 }
  }

  private func rightDeclarations(_ memory: CheckMemory) -> [Bool] {
    memory.declarations.map { $0.isSurelyRight(file, memory, self) }
  }

  private func countsAreRight(_ memory: CheckMemory) -> Bool {
    let schema = memory.merged.schema
    return schema.allowsCounts(file.counts(ofTypes: schema.types.count))
  }

  private func rulesAreKept(_ memory: CheckMemory) -> Bool {
    var distinct = DistinctValues()
    swap(&distinct, &memory.distinct)
    defer { swap(&distinct, &memory.distinct) }
    distinct.beginSet()
    var set = -1
    for run in file.runs where run.type != memory.merged.documentType {
      if run.set != set {
        guard distinct.areSurelyDistinct() else { return false }
        distinct.beginSet()
        set = run.set
      }
      let isRight = file.allRecords(of: run) { record, form in
        form.rules.areSurelyKept(by: record, &distinct) && form.isSurelyTyped(record)
      }
      guard isRight else { return false }
    }
    return distinct.areSurelyDistinct()
  }

  private func referencesAreRight() -> Bool {
    var keys: [Int: [SourceBytes]] = [:]
    return file.runs.allSatisfy { run in
      guard !run.form.references.isEmpty else { return true }
      return file.allRecords(of: run) { record, form in
        form.references.allSatisfy { reference in
          guard reference.type >= 0 else { return false }
          let known = keys[reference.type] ?? self.keys(of: reference.type)
          keys[reference.type] = known
          let value = record[reference.offset]
          return known.contains { $0.isSame(as: value) }
        }
      }
    }
  }

  private func keys(of type: Int) -> [SourceBytes] {
    var keys: [SourceBytes] = []
    _ = file.allRecords(of: type) { record, form in
      for offset in form.key { keys.append(record[offset]) }
      return true
    }
    return keys
  }

  /// The form of the head of a document that keeps the rules of its kind; nil where that is not
  /// sure.
  func rightHead(_ record: Record, ofKind kind: Int, _ memory: CheckMemory) -> KnownForm? {
    let values = RecordBytes(file.values, firstField: record.firstField)
    guard let form = memory.form(of: record, values, inHeadsOf: kind) else { return nil }
    memory.distinct.beginSet()
    let isRight =
      form.rules.areSurelyKept(by: values, &memory.distinct)
      && memory.distinct.areSurelyDistinct() && form.isSurelyTyped(values)
    return isRight ? form : nil
  }

  /// Whether running texts have no slips, and no signs or bodies that are wrong.
  func textsAreRight(_ memory: CheckMemory) -> Bool {
    var look = TextLook(for: known.starts)
    let source = file.values.text
    let bytes = source.span
    return file.allTexts { field in
      if let range = file.values.plainRange(ofField: field),
        look.isSurelyRight(bytes, range.bounds)
      {
        return true
      }
      return isRight(file.database.value(ofField: field), memory)
    }
  }

  private func isRight(_ text: Text, _ memory: CheckMemory) -> Bool {
    var slips = TypingSlips(registers, text)
    var marking = registers.spelling.slips.firstWords
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
