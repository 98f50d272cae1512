import Diagnostics
import Texts
import Records
import Vietnamese

/// Checks cited documents against the register: the date, the sign, and whether they are in force.
///
/// A document that the register does not have is not looked at.
struct LawChecks {
  private let registers: CheckRegisters
  private let time: ReportTime
  /// The documents of whose time was told, or that were looked at in fields of their own.
  private var told: Set<Text> = []

  init(_ registers: CheckRegisters, _ time: ReportTime) {
    (self.registers, self.time) = (registers, time)
  }

  /// Checks the citations in fields of their own.
  mutating func problems(_ declaration: ResolvedDeclaration, _ data: CheckedData) -> [Diagnostic] {
    let columns = declaration.operands.map(\.column)
    func text(_ index: Int, in record: TypedRecord) -> Text? {
      index < columns.count ? record.text(of: columns[index]) : nil
    }
    var problems: [Diagnostic] = []
    for record in data.records.records(ofType: declaration.type) {
      guard let sign = record.text(of: columns[0]), let match = registers.laws.match(sign)
      else { continue }
      var found = self.problems(match, sign, text(1, in: record))
      if match.laws.count == 1 {
        found += inForce(match.laws[0], sign)
        told.insert(match.laws[0].sign)
      }
      found += CitationParts(
        sign: sign, kind: text(2, in: record), issuer: text(3, in: record),
        title: text(4, in: record)
      ).problems(match, registers.laws, isSameDocument: found.isEmpty || match.year != nil)
      // What only looks like a sign is none.
      if !found.isEmpty, (try? DocumentNumber(sign)) != nil { problems += found }
    }
    return problems
  }

  /// Checks a citation in a running text.
  mutating func problems(_ sign: FoundSign) -> [Diagnostic] {
    let match = registers.laws.match(sign.number)
    var found = problems(match, sign.place, sign.date)
    let kind = sign.kind.flatMap { registers.laws.isKind($0) ? $0 : nil }
    found += CitationParts(sign: sign.place, kind: kind, issuer: nil, title: nil)
      .problems(match, registers.laws, isSameDocument: found.isEmpty || match.year != nil)
    if match.laws.count == 1 { found += everInForce(match.laws[0], sign.place) }
    return found
  }

  /// Checks the laws that a running text cites by their names alone.
  ///
  /// - Parameter words: of the text, with the first words of the kinds marked.
  mutating func problems(_ text: Text, _ words: TextWords) -> [Diagnostic] {
    let kinds = registers.laws.namedKinds
    var problems: [Diagnostic] = []
    for mark in words.marked where kinds.firstWords.mayHold(mark.key) {
      let index = Int(mark.index)
      guard kinds.match(words, at: index) != nil,
        let (laws, end) = registers.laws.named(
          in: text, at: Int(words.range(at: index).start)),
        let name = FoundLawName(words, from: index, to: end, in: text)
      else { continue }
      problems += self.problems(name, laws, isChange: text.speaksOfChange(before: name.place))
    }
    return problems
  }

  /// The year or the day beside the name of a law, and whether it was in force; a name without
  /// either is that of all laws that have had it.
  ///
  /// - Parameter isChange: whether the year may be that of a law that changes it.
  private mutating func problems(
    _ name: FoundLawName, _ laws: [LawRegister.Law], isChange: Bool
  ) -> [Diagnostic] {
    var meant = laws
    if let date = name.date, let day = CalendarDate(dayOf: date) {
      meant = laws.filter { $0.issuedDay == day }
      if meant.isEmpty { return [ofOtherDate(name, date, laws)].compactMap { $0 } }
    } else if let year = name.year, !isOfReport(year.value) {
      meant = laws.filter { $0.issuedDay?.year == year.value }
      if meant.isEmpty { return isChange ? [] : [ofOtherYear(name, year, laws)].compactMap { $0 } }
    }
    guard let last = meant.last, meant.allSatisfy({ isFormer($0) }) else { return [] }
    return everInForce(last, name.place)
  }

  /// «Kết quả thực hiện Luật … năm 2024» tells when it was done.
  private func isOfReport(_ year: Int) -> Bool {
    guard let first = time.period?.firstDay, let last = time.period?.lastDay else { return false }
    return (first.year...last.year + 1).contains(year)
  }

  private func ofOtherDate(
    _ name: FoundLawName, _ date: Text, _ laws: [LawRegister.Law]
  ) -> Diagnostic? {
    guard let law = laws.last(where: { $0.issued != nil }), let known = law.issued else {
      return nil
    }
    return otherDate(law.issuedDay?.year, name.place, date, law, known)
  }

  private func ofOtherYear(
    _ name: FoundLawName, _ year: (value: Int, place: Text), _ laws: [LawRegister.Law]
  ) -> Diagnostic? {
    let known = laws.compactMap { law in
      law.issuedDay.map { "\($0.year) (\(law.sign.string))" }
    }
    guard let issued = laws.last(where: { $0.issued != nil })?.issued else { return nil }
    let problem = CheckProblem.otherYearOfName(
      name.place.string, year: year.place.string, known: known)
    return Diagnostic(problem, at: year.place, inRegister: issued)
  }

  private func isFormer(_ law: LawRegister.Law) -> Bool {
    guard let firstDay = time.period?.firstDay, let day = law.untilDay else { return false }
    return day < firstDay
  }

  /// Tells once of a document that was in force on no day of the period: a running text may speak of
  /// former times.
  private mutating func everInForce(_ law: LawRegister.Law, _ sign: Text) -> [Diagnostic] {
    guard isFormer(law), let until = law.until, told.insert(law.sign).inserted else { return [] }
    let problem = CheckProblem.formerLaw(
      sign: sign.string, until: until.string, replacedBy: registers.laws.replacement(of: law))
    return [Diagnostic(problem, at: sign, inRegister: until)]
  }

  /// Its date and its sign; `date` as it stands beside it.
  private func problems(
    _ match: LawRegister.Match, _ sign: Text, _ date: Text?
  ) -> [Diagnostic] {
    if match.laws.isEmpty, let law = match.longer {
      let problem = CheckProblem.otherSign(sign.string, known: law.sign.string)
      return [Diagnostic(problem, at: sign, inRegister: law.sign)]
    }
    guard let date, let day = CalendarDate(dayOf: date) else { return [] }
    if let law = match.laws.first(where: { $0.issued != nil }), let known = law.issued {
      return match.laws.contains { $0.issuedDay == day }
        ? [] : [otherDate(match.year, sign, date, law, known)]
    }
    guard let year = match.year, year != day.year else { return [] }
    return [
      Diagnostic(
        .check(.otherYear(sign: sign.string, date: date.string)), at: date,
        notes: [Diagnostic.Note(.comparedWith, at: sign)])
    ]
  }

  private func otherDate(
    _ year: Int?, _ sign: Text, _ date: Text, _ law: LawRegister.Law, _ known: Text
  ) -> Diagnostic {
    let (name, written) = (sign.string, date.string)
    let problem: CheckProblem =
      if !law.isSure(of: "ngay") {
        .perhapsOtherDate(sign: name, written: written, known: known.string, .unverified)
      } else if year == nil {
        .perhapsOtherDate(sign: name, written: written, known: known.string, .countedByTerm)
      } else {
        .otherDate(sign: name, written: written, known: known.string)
      }
    return Diagnostic(problem, at: date, inRegister: known)
  }

  /// Tells whether it is in force on the last day of the period.
  private func inForce(_ law: LawRegister.Law, _ sign: Text) -> [Diagnostic] {
    guard let lastDay = time.lastDay else { return [] }
    if let until = law.until, let day = law.untilDay, day < lastDay {
      let problem: CheckProblem =
        law.isSure(of: "den_ngay")
        ? .noLongerInForce(
          sign: sign.string, until: until.string, replacedBy: law.replacedBy?.string)
        : .perhapsNoLongerInForce(
          sign: sign.string, until: until.string, replacedBy: law.replacedBy?.string)
      return [Diagnostic(problem, at: sign, inRegister: until)]
    }
    if let from = law.from, let day = law.fromDay, lastDay < day {
      let problem = CheckProblem.notYetInForce(sign: sign.string, from: from.string)
      return [Diagnostic(problem, at: sign, inRegister: from)]
    }
    return []
  }
}

private let changing = folded(Array("sửa đổi".utf8)[...])

extension Text {
  /// Tells whether words before a law's name say that another law changes it.
  fileprivate func speaksOfChange(before name: Text) -> Bool {
    let start = range.bounds.lowerBound
    let before = source.bytes[
      max(start, name.range.bounds.lowerBound - 80)..<name.range.bounds.lowerBound]
    return folded(before).span.first(of: changing.span, from: 0) != nil
  }
}

extension Diagnostic {
  /// The problem of a text that a register contradicts, with the place in the register.
  init(_ problem: CheckProblem, at place: Text, inRegister register: Text) {
    self.init(.check(problem), at: place, notes: [Diagnostic.Note(.inRegister, at: register)])
  }
}
