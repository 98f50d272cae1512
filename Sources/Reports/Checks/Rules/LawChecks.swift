import Diagnostics
import Texts
import Records
import Vietnamese

/// Cited documents against the register: the date, the sign, and whether they are in force.
///
/// A document that the register does not have is not looked at.
struct LawChecks {
  private let register: LawRegister
  private let time: ReportTime

  init(_ register: LawRegister, _ time: ReportTime) {
    (self.register, self.time) = (register, time)
  }

  /// Whether a citation in a field of its own is surely right; see ``problems(_:_:)``.
  func isSurelyRight(
    _ sign: SourceBytes, _ date: SourceBytes?, on lastDay: CalendarDate?
  ) -> Bool {
    guard let plain = PlainSign(sign.span) else { return false }
    let day = date.flatMap { CalendarDate(plain: $0.span) }
    if let laws = register.laws(plain) {
      guard laws.count == 1, SourceBytes(laws[0].sign).isSame(as: sign), let law = laws[0].days
      else { return false }
      guard date == nil || day.map({ $0 == law.issued ?? $0 }) ?? false,
        law.issued != nil || plain.year == nil
      else { return false }
      guard let lastDay else { return true }
      return law.until.map { lastDay <= $0 } ?? true
        && law.from.map { $0 <= lastDay } ?? true
    }
    guard let date, let year = plain.year else { return true }
    return day.map { $0.year == year } ?? date.isEmpty
  }

  /// The citations in fields of their own.
  ///
  /// - Parameter closely: look closely also at what is surely right.
  func problems(
    _ declaration: CheckDeclaration, _ records: inout CheckedRecords, closely: Bool
  ) -> [Diagnostic] {
    let type = declaration.type.string
    var problems: [Diagnostic] = []
    for record in records.records(of: type) {
      guard let sign = records.value(declaration.operands[0].field, in: record, of: type) else {
        continue
      }
      let date = declaration.operands.dropFirst().first
        .flatMap { records.value($0.field, in: record, of: type) }
      if !closely,
        isSurelyRight(SourceBytes(sign), date.map { SourceBytes($0) }, on: time.lastDay)
      {
        continue
      }
      guard let number = try? DocumentNumber(sign) else { continue }
      problems += self.problems(number, sign, date)
      problems += register.laws(number).count == 1 ? inForce(register.laws(number)[0], sign) : []
    }
    return problems
  }

  /// Its date and its sign; `date` as it stands beside it.
  func problems(_ number: DocumentNumber, _ sign: Text, _ date: Text?) -> [Diagnostic] {
    let laws = register.laws(number)
    if laws.isEmpty, let law = register.longer(number) {
      return [
        diagnostic(.otherSign(sign.string, known: law.sign.string), at: sign, law.sign)
      ]
    }
    guard let date, let day = try? calendarDate(date) else { return [] }
    let days = laws.compactMap { law in law.issued.flatMap { try? calendarDate($0) } }
    if let law = laws.first(where: { $0.issued != nil }), let known = law.issued {
      return days.contains(day) ? [] : [otherDate(number, sign, date, law, known)]
    }
    guard let year = number.year, year != day.year else { return [] }
    return [
      Diagnostic(
        .check(.otherYear(sign: sign.string, date: date.string)), at: date,
        notes: [Diagnostic.Note(.comparedWith, at: sign)])
    ]
  }

  private func otherDate(
    _ number: DocumentNumber, _ sign: Text, _ date: Text, _ law: LawRegister.Law, _ known: Text
  ) -> Diagnostic {
    let (name, written) = (sign.string, date.string)
    let problem: CheckProblem =
      if !law.isSure(of: "ngay") {
        .perhapsOtherDate(sign: name, written: written, known: known.string, .unverified)
      } else if number.year == nil {
        .perhapsOtherDate(sign: name, written: written, known: known.string, .countedByTerm)
      } else {
        .otherDate(sign: name, written: written, known: known.string)
      }
    return diagnostic(problem, at: date, known)
  }

  /// Whether it is in force on the last day of the period.
  private func inForce(_ law: LawRegister.Law, _ sign: Text) -> [Diagnostic] {
    guard let lastDay = time.lastDay else { return [] }
    if let until = law.until, let day = try? calendarDate(until), day < lastDay {
      let problem: CheckProblem =
        law.isSure(of: "den_ngay")
        ? .noLongerInForce(
          sign: sign.string, until: until.string, replacedBy: law.replacedBy)
        : .perhapsNoLongerInForce(
          sign: sign.string, until: until.string, replacedBy: law.replacedBy)
      return [diagnostic(problem, at: sign, until)]
    }
    if let from = law.from, let day = try? calendarDate(from), lastDay < day {
      let problem = CheckProblem.notYetInForce(sign: sign.string, from: from.string)
      return [diagnostic(problem, at: sign, from)]
    }
    return []
  }

  private func diagnostic(
    _ problem: CheckProblem, at place: Text, _ register: Text
  ) -> Diagnostic {
    Diagnostic(.check(problem), at: place, notes: [Diagnostic.Note(.inRegister, at: register)])
  }
}
