import Diagnostics
import Records
import Texts
import Vietnamese

/// Checks hours in fields that hold them: that a day has them, that what begins ends later, and that the
/// rows of a timetable follow each other.
struct HourChecks {
  private let declaration: ResolvedDeclaration

  init(_ declaration: ResolvedDeclaration) { self.declaration = declaration }

  func problems(_ data: inout CheckedData) -> [Diagnostic] {
    declaration.relation == .hours ? hoursOfRecords(data) : rowsInTurn(&data)
  }

  // MARK: - Hours

  private func hoursOfRecords(_ data: borrowing CheckedData) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let columns = declaration.operands.map(\.column)
    for record in data.records.records(ofType: declaration.type) where declaration.isAbout(record) {
      for column in columns.prefix(2) {
        for text in record.texts(of: column) { problems += self.problems(in: text) }
      }
      // On another day it may end earlier.
      let hasOtherDay =
        columns.count > 2 && record.text(of: columns[2]).map { !$0.isBlank } ?? false
      guard columns.count > 1, !hasOtherDay, let start = record.text(of: columns[0]),
        let end = record.text(of: columns[1]), let first = start.onlyHour, let last = end.onlyHour,
        last.minutes < first.minutes
      else { continue }
      problems.append(reversed(end, after: start))
    }
    return problems
  }

  private func problems(in text: Text) -> [Diagnostic] {
    let hours = text.writtenHours
    let wrong = hours.filter { !$0.isOfDay }.map { hour in
      let place = text.part(hour.range)
      return declaration.broken(.form(.noSuchHour(place.string, isSure: true)), at: place)
    }
    guard wrong.isEmpty, hours.count == 2, !text.namesHalfOfDay,
      hours[1].minutes < hours[0].minutes
    else { return wrong }
    return [reversed(text.part(hours[1].range), after: text.part(hours[0].range))]
  }

  private func reversed(_ end: Text, after start: Text) -> Diagnostic {
    declaration.broken(
      .meeting(.endsBeforeStart(end.string, start: start.string)), at: end, comparedWith: [start])
  }

  // MARK: - Rows

  private func rowsInTurn(_ data: inout CheckedData) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let (hour, day) = (declaration.operands[0].column, declaration.operands[1].column)
    /// The beginning of the row above, by the documents it is in and its day.
    var before: [[Int]: (day: Text?, minutes: Int, text: Text)] = [:]
    for record in data.records.records(ofType: declaration.type) {
      guard let text = record.text(of: hour), let first = text.writtenHours.first, first.isOfDay,
        !text.namesHalfOfDay
      else { continue }
      let documents = data.documents.indices(
        for: record, ofType: declaration.type, among: data.records)
      let place = text.part(first.range)
      let ownDay = record.text(of: day).flatMap { $0.isBlank ? nil : $0 }
      if let last = before[documents], last.day == ownDay, first.minutes < last.minutes {
        problems.append(
          declaration.broken(
            .meeting(.outOfTurn(place.string, after: last.text.string)), at: place,
            comparedWith: [last.text]))
      }
      before[documents] = (ownDay, first.minutes, place)
    }
    return problems
  }
}

extension Text {
  /// The hour in a text that names one; nil where it names none, several, or one of which only a word
  /// tells the half of the day.
  var onlyHour: WrittenHour? {
    let hours = writtenHours
    guard hours.count == 1, hours[0].isOfDay, !namesHalfOfDay else { return nil }
    return hours[0]
  }

  /// Tells whether a word says which half of the day is meant: `2 giờ chiều`.
  fileprivate var namesHalfOfDay: Bool {
    words.contains { word in
      let letters = String(decoding: lowercased(word.bytes), as: UTF8.self).filter(\.isLetter)
      return ["chiều", "tối", "đêm"].contains(letters)
    }
  }
}
