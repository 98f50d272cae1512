import Diagnostics
import Texts
import Records
import Vietnamese

/// Checks whether the bodies that the data names were there at the time.
struct BodyChecks {
  private let registers: CheckRegisters
  private let time: ReportTime
  /// Running texts may speak of former times: one warning a body and file.
  private var told: Set<Int> = []
  /// The places of values that were looked at as names of bodies: texts say no more of them.
  private var looked: Set<Int32> = []
  /// Tells whether all bodies were there on a day.
  private var areComplete: [CalendarDate: Bool] = [:]

  init(_ registers: CheckRegisters, _ time: ReportTime) {
    (self.registers, self.time) = (registers, time)
  }

  /// Checks the bodies of a field that names one, on the day the declaration says.
  mutating func problems(
    _ declaration: ResolvedDeclaration, _ data: inout CheckedData
  ) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let days = declaration.operands.dropFirst().first.map { LatestDays($0, data) }
    for record in data.records.records(ofType: declaration.type) {
      let offsets = record.offsets(of: declaration.operands[0].column)
      guard !offsets.isEmpty, declaration.isAbout(record),
        let day = days?.day(for: record, &data)?.day ?? time.lastDay,
        !areAllThere(on: day)
      else { continue }
      for value in offsets.map({ record.text(at: $0) }) {
        looked.insert(value.place.range.start)
        data.words.split(value, marking: registers.bodies.names.firstWords)
        registers.bodies.forEachBody(in: value, data.words) { index, place in
          let body = registers.bodies.bodies[index]
          guard let absence = body.absence(on: day) else { return }
          let problem: CheckProblem =
            body.isSure
            ? .noSuchBody(place.string, absence, on: day.written)
            : .perhapsNoSuchBody(place.string, absence, on: day.written)
          problems.append(Diagnostic(problem, at: place, inRegister: body.place))
        }
      }
    }
    return problems
  }

  private mutating func areAllThere(on day: CalendarDate) -> Bool {
    if let known = areComplete[day] { return known }
    let areThere = registers.bodies.allExist(from: day, until: day)
    areComplete[day] = areThere
    return areThere
  }

  /// Tells whether running texts need to be looked at.
  var looksAtTexts: Bool {
    guard let first = time.period?.firstDay, let last = time.lastDay else { return false }
    return !registers.bodies.allExist(from: first, until: last)
  }

  /// Tells of bodies in a running text that were there on no day of the period.
  ///
  /// - Parameters:
  ///   - words: of the text, with the first words of names marked.
  ///   - titles: where names of laws stand, in which no bodies are named.
  mutating func problems(
    _ text: Text, _ words: TextWords, except titles: [Range<Int>]
  ) -> [Diagnostic] {
    guard let first = time.period?.firstDay, let last = time.lastDay else { return [] }
    // The period may go on when the report is written.
    let day = min(last, time.window?.upperBound ?? last)
    var problems: [Diagnostic] = []
    registers.bodies.forEachBody(in: text, words) { index, place in
      let body = registers.bodies.bodies[index]
      guard body.absence(on: first) != nil, let absence = body.absence(on: last),
        !looked.contains(text.place.range.start),
        !titles.contains(where: { $0.contains(place.range.bounds.lowerBound) }),
        !text.speaksOfFormer(place, until: body.until), !text.isNameOfPerson(place),
        told.insert(index).inserted
      else { return }
      let problem = CheckProblem.perhapsNoSuchBody(place.string, absence, on: day.written)
      problems.append(Diagnostic(problem, at: place, inRegister: body.place))
    }
    return problems
  }
}

extension Text {
  /// Tells whether a text itself puts a body into the past: `UBND quận Hải Châu (cũ)`, `Trước ngày
  /// 01/7/2025, quận Hải Châu …`.
  fileprivate func speaksOfFormer(_ body: Text, until last: CalendarDate?) -> Bool {
    let (start, end) = (body.range.bounds.lowerBound, body.range.bounds.upperBound)
    let behind = part(end..<min(end + 40, range.bounds.upperBound)).words
    let clause = behind.prefix(1 + (behind.firstIndex { $0.bytes.last == 0x2C } ?? behind.count))
    if clause.contains(where: { ["cũ", "(cũ)", "(cũ),", "cũ,"].contains($0.string) }) {
      return true
    }
    guard let last else { return false }
    let sentence = part(sentenceStart(before: start)..<end)
    return sentence.writtenTimes.contains { time in
      guard let days = time.days() else { return false }
      let isBefore =
        sentence.part(sentence.range.bounds.lowerBound..<time.start).words.last?
        .inSmallLetters == "trước"
      return isBefore ? days.lowerBound <= (last.adding(days: 1) ?? last) : days.lowerBound <= last
    }
  }

  /// Tells whether it is a part of a person's name: `ông Quận Văn Hùng`.
  fileprivate func isNameOfPerson(_ body: Text) -> Bool {
    let start = body.range.bounds.lowerBound
    let before = part(max(range.bounds.lowerBound, start - 20)..<start).words.last
    return body.bytes.beginsWithCapital
      && ["ông", "bà", "anh", "chị", "chí"].contains(before?.inSmallLetters ?? "")
  }
}

extension BodyRegister {
  /// Calls `visit` with the index and the place of each body that a text names.
  fileprivate func forEachBody(
    in text: Text, _ words: TextWords, _ visit: (Int, Text) -> Void
  ) {
    var next = 0
    for mark in words.marked where names.firstWords.mayHold(mark.key) {
      let index = Int(mark.index)
      // Names do not overlap.
      guard index >= next, let match = names.match(words, at: index) else {
        continue
      }
      next = index + match.count
      let range = words.range(at: index).joined(with: words.range(at: next - 1))
      visit(match.payload, Text(source: text.source, range: range))
    }
  }
}
