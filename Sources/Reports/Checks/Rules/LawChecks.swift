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
  /// Where names and titles of laws stand in the text at hand; words in them name no bodies.
  private(set) var names: [Range<Int>] = []
  /// Where fields begin that hold the title of a law.
  private(set) var titles: Set<Int32> = []

  init(_ registers: CheckRegisters, _ time: ReportTime) {
    (self.registers, self.time) = (registers, time)
  }

  /// Checks the citations in fields of their own.
  mutating func problems(
    _ declaration: ResolvedDeclaration, _ data: inout CheckedData
  ) -> [Diagnostic] {
    let columns = declaration.operands.map(\.column)
    func text(_ index: Int, in record: TypedRecord) -> Text? {
      index < columns.count ? record.text(of: columns[index]) : nil
    }
    var problems: [Diagnostic] = []
    for record in data.records.records(ofType: declaration.type) where declaration.isAbout(record) {
      guard let sign = record.text(of: columns[0]), !sign.isEmpty else {
        problems += named(text(2, in: record), text(4, in: record), text(1, in: record))
        continue
      }
      guard let match = registers.laws.match(sign) else { continue }
      let date = text(1, in: record)
      var found = self.problems(match, sign, date)
      if match.laws.count == 1 {
        let isTooEarly =
          date == nil
          ? notYetIssued(match.laws[0], sign, data.firstDay(of: record, declaration.type)) : nil
        found += isTooEarly.map { [$0] } ?? inForce(match.laws[0], sign)
        told.insert(match.laws[0].sign)
        if let title = text(4, in: record), match.laws[0].title != nil {
          titles.insert(title.range.start)
        }
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

  /// Checks a law that is cited by its kind, its title and its day, without a sign.
  private mutating func named(_ kind: Text?, _ title: Text?, _ date: Text?) -> [Diagnostic] {
    guard let kind, let title else { return [] }
    let name = Text("\(kind.string) \(title.withoutPreposition)")
    guard let (laws, end) = registers.laws.named(in: name, at: 0), end == name.count else {
      return []
    }
    titles.insert(title.range.start)
    var meant = laws
    if let date, let day = CalendarDate(writtenIn: date) {
      meant = laws.filter { $0.issuedDay == day }
      if meant.isEmpty {
        guard let law = laws.last(where: { $0.issuedDay?.year == day.year }) ?? laws.last,
          let known = law.issued
        else { return [] }
        return [otherDate(law.issuedDay?.year, name, date, law, known)]
      }
    }
    guard let last = meant.last else { return [] }
    told.insert(last.sign)
    return inForce(last, title, named: name.string)
  }

  /// Checks a citation in a running text.
  ///
  /// - Parameter told: the day of the first document with the text.
  mutating func problems(
    _ sign: FoundSign, in text: Text, _ told: DocumentDays.Day?
  ) -> [Diagnostic] {
    guard sign.isWhole else {
      return registers.laws.meant(by: sign.sign).map { meant in
        let problem = CheckProblem.otherSign(sign.place.string, known: meant.sign)
        return [Diagnostic(problem, at: sign.place, inRegister: meant.place)]
      } ?? []
    }
    guard let match = registers.laws.match(sign.sign) else { return [] }
    var found = problems(match, sign.place, sign.date)
    let kind = sign.kind.flatMap { registers.laws.isKind($0) ? $0 : nil }
    let issuer = sign.issuer.flatMap { registers.laws.issuer(atStartOf: $0) }
    found += CitationParts(sign: sign.place, kind: kind, issuer: issuer, title: nil)
      .problems(match, registers.laws, isSameDocument: found.isEmpty || match.year != nil)
    let law = match.laws.count == 1 ? match.laws[0] : nil
    if let title = law?.title { markTitle(title, in: text, after: sign.range.upperBound) }
    if let problem = notYetIssued(law, sign, told) { return found + [problem] }
    if let law { found += everInForce(law, sign.place) }
    return found
  }

  /// Begins a new text.
  mutating func beginText() { names.removeAll { _ in true } }

  /// Marks the place of a title behind a sign.
  private mutating func markTitle(_ title: Text, in text: Text, after offset: Int) {
    let rest = text.part(offset..<min(text.range.bounds.upperBound, offset + 300))
    guard let place = Phrase(Text(title.withoutPreposition)).place(in: rest) else { return }
    names.append(place.range.bounds)
  }

  /// The problem of a document that is cited before it was issued.
  private func notYetIssued(
    _ law: LawRegister.Law?, _ sign: FoundSign, _ told: DocumentDays.Day?
  ) -> Diagnostic? {
    if let law { return notYetIssued(law, sign.place, told) }
    guard let date = sign.date, let day = CalendarDate(writtenIn: date), let told, told.day < day
    else { return nil }
    let problem = CheckProblem.notYetIssued(
      sign: sign.place.string, issued: date.string, on: told.text.string)
    return Diagnostic(
      .check(problem), at: sign.place, notes: [Diagnostic.Note(.comparedWith, at: told.text)])
  }

  private func notYetIssued(
    _ law: LawRegister.Law, _ sign: Text, _ told: DocumentDays.Day?
  ) -> Diagnostic? {
    guard let told, let issued = law.issued, let day = law.issuedDay, told.day < day else {
      return nil
    }
    let (name, known, written) = (sign.string, issued.string, told.text.string)
    let problem: CheckProblem =
      law.isSure(of: "ngay")
      ? .notYetIssued(sign: name, issued: known, on: written)
      : .perhapsNotYetIssued(sign: name, issued: known, on: written)
    return Diagnostic(problem, at: sign, inRegister: issued)
  }

  /// Tells whether a law may be named in a text, by its words.
  func mayName(_ words: TextWords) -> Bool {
    let kinds = registers.laws.namedKinds
    return words.marked.contains {
      kinds.firstWords.mayHold($0.key) && kinds.match(words, at: Int($0.index)) != nil
    }
  }

  /// Checks the laws that a running text cites by their names alone.
  ///
  /// - Parameter words: of the text, with the first words of the kinds marked.
  mutating func problems(
    _ text: Text, _ words: TextWords, _ told: DocumentDays.Day?
  ) -> [Diagnostic] {
    let kinds = registers.laws.namedKinds
    var problems: [Diagnostic] = []
    for mark in words.marked where kinds.firstWords.mayHold(mark.key) {
      let index = Int(mark.index)
      guard kinds.match(words, at: index) != nil,
        let (laws, end) = registers.laws.named(
          in: text, at: Int(words.range(at: index).start))
      else { continue }
      names.append(Int(words.range(at: index).start)..<end)
      guard let name = FoundLawName(words, from: index, to: end, in: text) else { continue }
      let isChange = text.speaksOfChange(before: name.place)
      problems += self.problems(name, laws, told, isChange: isChange)
    }
    return problems
  }

  /// The year or the day beside the name of a law, and whether it was in force; a name without
  /// either is that of all laws that have had it.
  ///
  /// - Parameter isChange: whether the year may be that of a law that changes it.
  private mutating func problems(
    _ name: FoundLawName, _ laws: [LawRegister.Law], _ told: DocumentDays.Day?, isChange: Bool
  ) -> [Diagnostic] {
    var meant = laws
    if let date = name.date, let day = CalendarDate(writtenIn: date) {
      meant = laws.filter { $0.issuedDay == day }
      if meant.isEmpty { return [ofOtherDate(name, date, laws)].compactMap { $0 } }
    } else if let year = name.year, !isOfReport(year.value) {
      meant = laws.filter { $0.issuedDay?.year == year.value }
      if meant.isEmpty { return isChange ? [] : [ofOtherYear(name, year, laws)].compactMap { $0 } }
    }
    guard let last = meant.last else { return [] }
    if meant.count < laws.count || laws.count == 1, name.date != nil || name.year != nil,
      let problem = notYetIssued(meant[0], name.place, told)
    {
      return [problem]
    }
    return meant.allSatisfy({ isFormer($0) }) ? everInForce(last, name.place) : []
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
      sign: sign.string, until: until.string, replacedBy: replacement(of: law))
    return [Diagnostic(problem, at: sign, inRegister: until)]
  }

  private func replacement(of law: LawRegister.Law) -> String? {
    registers.laws.replacement(of: law, on: time.lastDay)
  }

  /// Its date and its sign; `date` as it stands beside it.
  private func problems(
    _ match: LawRegister.Match, _ sign: Text, _ date: Text?
  ) -> [Diagnostic] {
    if match.laws.isEmpty, let meant = match.meant {
      let problem = CheckProblem.otherSign(sign.string, known: meant.sign)
      return [Diagnostic(problem, at: sign, inRegister: meant.place)]
    }
    guard let date, let day = CalendarDate(writtenIn: date) else { return [] }
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
  private func inForce(
    _ law: LawRegister.Law, _ place: Text, named name: String? = nil
  ) -> [Diagnostic] {
    guard let lastDay = time.lastDay else { return [] }
    let name = name ?? place.string
    if let until = law.until, let day = law.untilDay, day < lastDay {
      let problem: CheckProblem =
        law.isSure(of: "den_ngay")
        ? .noLongerInForce(sign: name, until: until.string, replacedBy: replacement(of: law))
        : .perhapsNoLongerInForce(sign: name, until: until.string, replacedBy: replacement(of: law))
      return [Diagnostic(problem, at: place, inRegister: until)]
    }
    if let from = law.from, let day = law.fromDay, lastDay < day {
      let problem = CheckProblem.notYetInForce(sign: name, from: from.string)
      return [Diagnostic(problem, at: place, inRegister: from)]
    }
    return []
  }
}

private let changing = folded(Array("sửa đổi".utf8)[...])

extension CalendarDate {
  /// The first day in a text, in any form.
  init?(writtenIn text: Text) {
    guard let day = CalendarDate(dayOf: text) ?? text.writtenTimes.first?.day() else { return nil }
    self = day
  }
}

extension Text {
  /// A title without the word that leads on to it.
  fileprivate var withoutPreposition: String {
    isSpelled("về") || !string.lowercased().hasPrefix("về ") ? string : String(string.dropFirst(3))
  }
}

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
