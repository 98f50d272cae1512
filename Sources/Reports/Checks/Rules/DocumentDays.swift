import Diagnostics
import Texts
import Vietnamese

/// The days of the documents that records go into.
struct DocumentDays {
  typealias Day = (day: CalendarDate, text: Text)

  private let type: Int
  /// By the index of the document; nil for one that has no such field.
  private let days: [Day?]

  /// - Parameters:
  ///   - operand: the field of documents that gives their day.
  ///   - type: that of the records.
  init(_ operand: ResolvedDeclaration.Operand, for type: Int, _ data: CheckedData) {
    self.type = type
    days = data.documents.documents.map { document in
      document.record.offsets(of: operand.column).first.flatMap { offset in
        CalendarDate(in: document.record, at: offset).map {
          ($0, document.record.text(at: offset))
        }
      }
    }
  }

  /// Of the documents that a record goes into, the first.
  func earliest(for record: TypedRecord, _ data: inout CheckedData) -> Day? {
    all(for: record, &data).min { $0.day < $1.day }
  }

  /// The last.
  func latest(for record: TypedRecord, _ data: inout CheckedData) -> Day? {
    all(for: record, &data).max { $0.day < $1.day }
  }

  private func all(for record: TypedRecord, _ data: inout CheckedData) -> [Day] {
    data.documents.indices(for: record, ofType: type, among: data.records).compactMap { days[$0] }
  }
}

/// Checks that nothing is told before its day: a deadline that has passed, and what happened later.
struct FutureChecks {
  private let declaration: ResolvedDeclaration

  init(_ declaration: ResolvedDeclaration) {
    self.declaration = declaration
  }

  func problems(_ data: inout CheckedData) -> [Diagnostic] {
    switch declaration.relation {
    case .notBefore: passedDeadlines(&data)
    case .tells: toldTooSoon(&data)
    case .past: daysToCome(&data)
    default: outOfTime(data)
    }
  }

  // MARK: - Deadlines

  private func passedDeadlines(_ data: inout CheckedData) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let days = DocumentDays(declaration.operands[1], for: declaration.type, data)
    for record in data.records.records(ofType: declaration.type) {
      for value in record.texts(of: declaration.operands[0].column) {
        guard let deadline = try? Deadline(value) else { continue }
        if let last = deadline.lastDay, let day = days.latest(for: record, &data), last < day.day {
          let problem = CheckProblem.deadlinePassed(value.string, on: day.text.string)
          problems.append(declaration.broken(problem, at: value, comparedWith: [day.text]))
        } else if deadline.kind == .unread {
          problems.append(declaration.broken(.unreadDeadline(value.string), at: value))
        }
      }
    }
    return problems
  }

  // MARK: - Events

  /// Documents that tell of an event, or into which a record goes that does, before its day.
  private func toldTooSoon(_ data: inout CheckedData) -> [Diagnostic] {
    let operands = declaration.operands
    guard let event = Event(operands, data) else { return [] }
    var problems: [Diagnostic] = []
    let isOfDocuments = operands[0].type == declaration.type
    let days = DocumentDays(operands[0], for: declaration.type, data)
    for record in data.records.records(ofType: declaration.type) where declaration.isAbout(record) {
      let day =
        isOfDocuments
        ? record.offsets(of: operands[0].column).first.flatMap { offset in
          CalendarDate(in: record, at: offset).map { ($0, record.text(at: offset)) }
        } : days.earliest(for: record, &data)
      guard let day, event.isAfter(day.1), !event.isLeftOut(of: record) else { continue }
      let place = isOfDocuments ? day.1 : record.record.place
      let others = isOfDocuments ? [event.day] : [day.1, event.day]
      let problem = CheckProblem.toldTooSoon(day.1.string, event: event.written)
      problems.append(declaration.broken(problem, at: place, comparedWith: others))
    }
    return problems
  }

  /// Days in texts that tell of what was done, which are later than a document with the text.
  private func daysToCome(_ data: inout CheckedData) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let days = DocumentDays(declaration.operands[1], for: declaration.type, data)
    for record in data.records.records(ofType: declaration.type) {
      for offset in record.offsets(of: declaration.operands[0].column)
      where record.bytes(at: offset).span.mayHoldDay {
        guard let told = days.earliest(for: record, &data) else { continue }
        for (day, place) in record.text(at: offset).pastDays where told.day < day {
          let problem = CheckProblem.toldTooSoon(told.text.string, event: place.string)
          problems.append(declaration.broken(problem, at: place, comparedWith: [told.text]))
        }
      }
    }
    return problems
  }

  // MARK: - The period

  private func outOfTime(_ data: CheckedData) -> [Diagnostic] {
    let isCutoff = declaration.relation == .notBeforeCutoff
    guard let limit = isCutoff ? data.time.cutoff : data.time.begin else { return [] }
    var problems: [Diagnostic] = []
    for record in data.records.records(ofType: declaration.type) where declaration.isAbout(record) {
      for offset in record.offsets(of: declaration.operands[0].column) {
        guard let day = CalendarDate(in: record, at: offset), day < limit else { continue }
        let (value, written) = (record.text(at: offset), limit.written)
        let problem: CheckProblem =
          isCutoff
          ? .beforeCutoff(value.string, cutoff: written)
          : .beforePeriod(value.string, begin: written)
        problems.append(declaration.broken(problem, at: value))
      }
    }
    return problems
  }
}

extension Span<UInt8> {
  /// Tells whether a day may stand in a text: by two slashes.
  fileprivate var mayHoldDay: Bool {
    var slashes = 0
    for index in indices where self[index] == UInt8(ascii: "/") { slashes += 1 }
    return slashes > 1
  }
}

extension Text {
  /// The days in a text of what was done, but for those until which or from which something is to
  /// be done.
  fileprivate var pastDays: [(CalendarDate, Text)] {
    let words = words
    return words.indices.compactMap { index in
      let bytes = words[index].bytes
      let digits = bytes.prefix { $0 == UInt8(ascii: "/") || $0 &- UInt8(ascii: "0") < 10 }
      let place = Text(
        source: source, range: SourceRange(start: digits.startIndex, end: digits.endIndex))
      guard let day = place.withBytes({ CalendarDate(commonForm: $0) }) else { return nil }
      let before = words[..<index].suffix(3).map { $0.string.lowercased() }
      let isAhead = before.contains { ["trước", "hạn", "từ", "tới", "sẽ"].contains($0) }
      let isUntil = before.contains("đến") && !before.contains("tính")
      return isAhead || isUntil ? nil : (day, place)
    }
  }
}

/// An event by the operands of `ke_lai: DAY EVENT PART UNLESS`: its day, the part of the day, and
/// the field in which a document says `khong`, that it does not tell of it.
private struct Event {
  let day: Text
  private let date: CalendarDate
  private let part: Text?
  private let unless: Int?

  init?(_ operands: [ResolvedDeclaration.Operand], _ data: CheckedData) {
    var texts = operands.dropFirst().prefix(2).map { operand in
      data.records.first(ofType: operand.type)?.text(of: operand.column)
    }
    guard let day = texts.removeFirst(), let date = CalendarDate(dayOf: day) else { return nil }
    (self.day, self.date, part) = (day, date, texts.first ?? nil)
    unless = operands.count > 3 ? operands[3].column : nil
  }

  func isLeftOut(of record: TypedRecord) -> Bool {
    unless.flatMap { record.text(of: $0) }?.isSpelled("khong") ?? false
  }

  /// Tells whether it is later than a day, perhaps with a time.
  func isAfter(_ told: Text) -> Bool {
    guard let told = try? DateWithTime(told) else { return false }
    guard told.date == date, let time = told.time, let begin else { return told.date < date }
    return time.hour < begin
  }

  /// The first hour of its part of the day.
  private var begin: Int? {
    part.flatMap { part in Self.hours.first { part.isSpelled($0.name) }?.hour }
  }

  private static let hours = [("sáng", 5), ("chiều", 12), ("tối", 17)].map { (name: $0, hour: $1) }

  var written: String { part.map { "\($0.string) \(date.written)" } ?? date.written }
}
