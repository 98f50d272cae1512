import Diagnostics
import Texts
import Records
import Vietnamese

/// Whether the bodies that the data names were there at the time.
struct BodyChecks {
  private let register: BodyRegister
  private let time: ReportTime
  /// Running texts may speak of former times: one warning a body and file.
  private var told: Set<Int> = []
  /// Where the values begin that were looked at as names of bodies.
  private var looked: Set<Int32> = []
  private var words = TextWords()

  init(_ register: BodyRegister, _ time: ReportTime) {
    (self.register, self.time) = (register, time)
  }

  /// The bodies of a field that names one, on the day the declaration says.
  mutating func problems(
    _ declaration: CheckDeclaration, _ records: inout CheckedRecords
  ) -> [Diagnostic] {
    let type = declaration.type.string
    var problems: [Diagnostic] = []
    for record in records.records(of: type) {
      let own = declaration.operands.dropFirst().first.flatMap {
        records.latestDay($0, record, of: type)?.day
      }
      guard let day = own ?? time.lastDay, !register.allExist(from: day, until: day) else {
        continue
      }
      for value in records.values(declaration.operands[0].field, in: record, of: type) {
        looked.insert(value.place.range.start)
        words.take(value, marking: register.names.firstWords)
        forEachBody(value, words) { index, place in
          let body = register.bodies[index]
          guard let absence = body.absence(on: day) else { return }
          let problem: CheckProblem =
            body.isSure
            ? .noSuchBody(place.string, absence, on: day.written)
            : .perhapsNoSuchBody(place.string, absence, on: day.written)
          problems.append(
            Diagnostic(
              .check(problem), at: place,
              notes: [Diagnostic.Note(.inRegister, at: body.place)]))
        }
      }
    }
    return problems
  }

  /// Whether running texts need to be looked at.
  var looksAtTexts: Bool {
    guard let first = time.period?.firstDay, let last = time.lastDay else { return false }
    return !register.allExist(from: first, until: last)
  }

  /// A body in a running text that was there on no day of the period.
  mutating func problems(_ text: Text, _ words: TextWords) -> [Diagnostic] {
    guard let first = time.period?.firstDay, let last = time.lastDay else { return [] }
    var problems: [Diagnostic] = []
    forEachBody(text, words) { index, place in
      let body = register.bodies[index]
      guard body.absence(on: first) != nil, let absence = body.absence(on: last),
        !looked.contains(text.place.range.start), told.insert(index).inserted
      else { return }
      let problem = CheckProblem.perhapsNoSuchBody(place.string, absence, on: last.written)
      problems.append(
        Diagnostic(
          .check(problem), at: place, notes: [Diagnostic.Note(.inRegister, at: body.place)]))
    }
    return problems
  }

  private func forEachBody(_ text: Text, _ words: TextWords, _ visit: (Int, Text) -> Void) {
    let firstWords = register.names.firstWords
    var index = 0
    while index < words.count {
      guard firstWords.mayHold(words[index].key),
        let match = register.names.match(words, at: index)
      else {
        index += 1
        continue
      }
      let end = words[index + match.count - 1].end
      visit(
        match.payload,
        Text(source: text.source, range: SourceRange(start: words[index].start, end: end)))
      index += match.count
    }
  }
}
