import Diagnostics
import Texts
import Vietnamese

/// The days of the documents that records go into.
struct DocumentDays {
  typealias Day = (day: CalendarDate, text: Text)

  private let type: Int
  private let isOfDocuments: Bool
  /// By the index of the document; nil for one that has no such field. Of a day that is left open
  /// the first and the last that it may come to be.
  private let days: [(days: ClosedRange<CalendarDate>, text: Text)?]

  /// - Parameters:
  ///   - operand: the field of documents that gives their day.
  ///   - type: that of the records; documents themselves go into no other.
  init(_ operand: ResolvedDeclaration.Operand, for type: Int, _ data: CheckedData) {
    self.type = type
    isOfDocuments = data.schema.types[type].name.isSpelled(Schema.documentType)
    days = data.documents.documents.map { document in
      document.record.offsets(of: operand.column).first.flatMap { offset in
        let text = document.record.text(at: offset)
        if let day = CalendarDate(in: document.record, at: offset) { return (day...day, text) }
        return OpenDate(text)?.days.map { ($0, text) }
      }
    }
  }

  /// Of the documents that a record goes into, the first: a day that is left open is its last.
  func earliest(for record: TypedRecord, _ data: inout CheckedData) -> Day? {
    all(for: record, &data).map { ($0.days.upperBound, $0.text) }.min { $0.day < $1.day }
  }

  /// The last of them: a day that is left open is its first.
  func latest(for record: TypedRecord, _ data: inout CheckedData) -> Day? {
    all(for: record, &data).map { ($0.days.lowerBound, $0.text) }.max { $0.day < $1.day }
  }

  private func all(
    for record: TypedRecord, _ data: inout CheckedData
  ) -> [(days: ClosedRange<CalendarDate>, text: Text)] {
    if isOfDocuments {
      return data.documents.index(ofHead: record).flatMap { days[$0] }.map { [$0] } ?? []
    }
    return data.documents.indices(for: record, ofType: type, among: data.records)
      .compactMap { days[$0] }
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
    case .stillOpen: passedDeadlinesInTexts(&data)
    default: outOfTime(data)
    }
  }

  // MARK: - Deadlines

  private func passedDeadlines(_ data: inout CheckedData) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let days = DocumentDays(declaration.operands[1], for: declaration.type, data)
    let field = data.schema.types[declaration.type].rule(for: declaration.operands[0].field)
    let isDay = field?.valueType == .ngayVanBan
    for record in data.records.records(ofType: declaration.type) {
      for value in record.texts(of: declaration.operands[0].column) {
        if isDay {
          // A day, as that of a copy, is no deadline.
          guard let last = CalendarDate(latestDayOf: value),
            let day = days.latest(for: record, &data), last < day.day
          else { continue }
          let problem = CheckProblem.after(day.text.string, other: value.string)
          problems.append(declaration.broken(problem, at: value, comparedWith: [day.text]))
          continue
        }
        guard let deadline = try? Deadline(value) else { continue }
        if deadline.isReversed {
          problems.append(declaration.broken(.reversedDeadline(value.string), at: value))
        } else if deadline.kind == .unread {
          problems.append(declaration.broken(.unreadDeadline(value.string), at: value))
        } else if let last = deadline.lastDay, let first = deadline.firstLastDay,
          let day = days.latest(for: record, &data), first < day.day
        {
          // Of several days some may have passed, where the task has begun.
          let problem: CheckProblem =
            last < day.day
            ? .deadlinePassed(value.string, on: day.text.string)
            : .partOfDeadlinePassed(value.string, first.written, on: day.text.string)
          problems.append(declaration.broken(problem, at: value, comparedWith: [day.text]))
        }
      }
    }
    return problems
  }

  /// Times in texts before which something is to be done, which a document with the text leaves
  /// behind: `trước ngày 15/5/2026`, `hoàn thành trong quý I năm 2026`.
  private func passedDeadlinesInTexts(_ data: inout CheckedData) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let days = DocumentDays(declaration.operands[1], for: declaration.type, data)
    forEachTimedText(&data) { text, times, record, data in
      guard let day = days.latest(for: record, &data) else { return }
      for (index, time) in times.enumerated() {
        // Older ones are those of a law: «đất giao trước ngày 15/10/1993».
        guard let last = lastDay(of: time, times[index...]), last < day.day,
          day.day.year - 1 <= last.year, let place = text.deadline(at: time),
          !isOfThing(place, in: text)
        else { continue }
        let problem = CheckProblem.perhapsDeadlinePassed(place.string, on: day.text.string)
        problems.append(declaration.broken(problem, at: place, comparedWith: [day.text]))
      }
    }
    return problems
  }

  /// Tells whether the day is that of a thing and not of a task: `đơn tồn đọng trước ngày 01/01/2026`.
  private func isOfThing(_ place: Text, in text: Text) -> Bool {
    let before = text.part(text.range.bounds.lowerBound..<place.range.bounds.lowerBound).words
    return before.last.map { Self.wordsOfThings.contains($0.inSmallLetters) } ?? false
  }

  private static let wordsOfThings: Set<String> = [
    "đọng", "tồn", "từ", "công", "lập", "sinh", "giao", "dựng", "cấp", "nhận", "hành", "sẵn", "có",
  ]

  /// Visits the texts that say something of days and periods.
  private func forEachTimedText(
    _ data: inout CheckedData,
    _ visit: (Text, [WrittenTime], TypedRecord, inout CheckedData) -> Void
  ) {
    for record in data.records.records(ofType: declaration.type) where declaration.isAbout(record) {
      for offset in record.offsets(of: declaration.operands[0].column)
      where record.bytes(at: offset).span.hasDigit {
        let text = record.text(at: offset)
        let times = text.writtenTimes
        if !times.isEmpty { visit(text, times, record, &data) }
      }
    }
  }

  private func lastDay(
    of time: WrittenTime, _ rest: ArraySlice<WrittenTime>
  ) -> CalendarDate? {
    guard time.isNamed || time.year != nil,
      let year = time.year ?? rest.first(where: { $0.year != nil })?.year
    else { return nil }
    return time.days(inYear: year)?.upperBound
  }

  // MARK: - Events

  /// Documents that tell of an event, or into which a record goes that does, before its day.
  private func toldTooSoon(_ data: inout CheckedData) -> [Diagnostic] {
    let operands = declaration.operands
    guard let event = Event(operands, data) else { return [] }
    var problems: [Diagnostic] = []
    let isOfDocuments = operands[0].type == declaration.type
    let days = DocumentDays(operands[0], for: declaration.type, data)
    /// The days of the documents that were told of: one may have many records that tell of the event.
    var told: Set<SourceRange> = []
    for record in data.records.records(ofType: declaration.type) where declaration.isAbout(record) {
      guard let day = days.earliest(for: record, &data), event.isAfter(day),
        !event.isLeftOut(of: record), told.insert(day.text.range).inserted
      else { continue }
      let others = isOfDocuments ? [event.day] : [event.day, record.record.place]
      let problem = CheckProblem.toldTooSoon(day.text.string, event: event.written)
      problems.append(declaration.broken(problem, at: day.text, comparedWith: others))
    }
    return problems
  }

  /// Days and periods in texts that tell of what was done, which are later than a document with the
  /// text.
  private func daysToCome(_ data: inout CheckedData) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let days = DocumentDays(declaration.operands[1], for: declaration.type, data)
    forEachTimedText(&data) { text, times, record, data in
      guard let told = days.earliest(for: record, &data) else { return }
      for (index, time) in times.enumerated() {
        guard let days = self.days(of: time, times[index...], told.day, data.time) else { continue }
        if let window = data.time.window, days.upperBound < window.lowerBound,
          text.isAsOf(time)
        {
          let place = text.part(time.range)
          let problem = CheckProblem.perhapsOutsidePeriod(
            place.string, from: window.lowerBound.written, until: window.upperBound.written)
          problems.append(declaration.broken(problem, at: place))
          continue
        }
        guard
          let later = text.part(of: time, days, after: told.day),
          !data.registers.laws.areCited(in: text, with: time)
        else { continue }
        let sentence = ToldSentence(around: time, in: text, data.registers.narration, &data.words)
        guard let problem = problem(of: time, in: text, sentence.sense, later, told.text) else {
          continue
        }
        problems.append(problem)
      }
    }
    return problems
  }

  /// The days of a time in a text; nil where it is not sure that these are meant.
  ///
  /// A day without a year is the last one before the document, unless that was before the period.
  private func days(
    of time: WrittenTime, _ rest: ArraySlice<WrittenTime>, _ told: CalendarDate,
    _ period: ReportTime
  ) -> ClosedRange<CalendarDate>? {
    if let year = time.year { return (1900...2200).contains(year) ? time.days() : nil }
    guard time.isNamed else { return nil }
    if let year = rest.first(where: { $0.year != nil })?.year { return time.days(inYear: year) }
    guard let begin = period.begin, let day = time.day(inYear: told.year), told < day,
      let before = time.day(inYear: told.year - 1), before < begin
    else { return nil }
    return day...day
  }

  private func problem(
    of time: WrittenTime, in text: Text, _ sense: ToldSense, _ later: LaterPart, _ told: Text
  ) -> Diagnostic? {
    let isDay = if case .day = time.part { true } else { false }
    let place = text.part((isDay ? time.range.lowerBound : later.start)..<time.range.upperBound)
    switch sense {
    case .ahead: return nil
    case .open where !isDay || time.year == nil: return nil
    case .past where time.year != nil && later.isSure:
      let problem = CheckProblem.dayToCome(told.string, day: place.string)
      return declaration.broken(problem, at: place, comparedWith: [told])
    case .open, .past:
      let problem = CheckProblem.perhapsDayToCome(told.string, day: place.string)
      return declaration.broken(problem, at: place, comparedWith: [told])
    }
  }

  // MARK: - The period

  private func outOfTime(_ data: CheckedData) -> [Diagnostic] {
    let isCutoff = declaration.relation == .notBeforeCutoff
    guard let limit = isCutoff ? data.time.cutoff : data.time.begin else { return [] }
    let field = declaration.operands[0].field
    let isOfPost = data.schema.types[declaration.type].rule(for: field)?.valueType == .ngayGio
    var problems: [Diagnostic] = []
    for record in data.records.records(ofType: declaration.type) where declaration.isAbout(record) {
      for offset in record.offsets(of: declaration.operands[0].column) {
        guard
          let day = CalendarDate(in: record, at: offset)
            ?? CalendarDate(latestDayOf: record.text(at: offset)), day < limit
        else { continue }
        let (value, written) = (record.text(at: offset), limit.written)
        let problem: CheckProblem =
          if isCutoff {
            // A post of a meeting gives the figures that are there.
            isOfPost
              ? .perhapsBeforeCutoff(value.string, cutoff: written)
              : .beforeCutoff(value.string, cutoff: written)
          } else {
            .beforePeriod(value.string, begin: written)
          }
        problems.append(declaration.broken(problem, at: value))
      }
    }
    return problems
  }
}

extension Span<UInt8> {
  /// Tells whether a day or a period may stand in a text.
  fileprivate var hasDigit: Bool {
    for index in indices where self[index] &- UInt8(ascii: "0") < 10 { return true }
    return false
  }
}

extension LawRegister {
  /// Tells whether a day is that of a document that a text cites: `Nghị định 59/2023/NĐ-CP ngày
  /// 14/8/2023`, `Luật Lưu trữ ngày 21/6/2024`.
  fileprivate func areCited(in text: Text, with time: WrittenTime) -> Bool {
    let words = text.part(text.range.bounds.lowerBound..<time.start).words
    guard let last = words.last?.string else { return false }
    if last.contains("/"), last.contains(where: \.isUppercase) { return true }
    let end = words.last?.range.bounds.upperBound
    return words.suffix(30).contains { named(in: text, at: $0.range.bounds.lowerBound)?.end == end }
  }
}

/// What of a time in a text is later than the document.
private struct LaterPart {
  /// The offset where the words for it begin.
  let start: Int
  /// Whether a report cannot tell of it; of what is done by the end of the month people write before.
  let isSure: Bool
}

extension Text {
  /// What of a time that it names is after a day: all of it, or the end that it speaks of, `cuối
  /// tháng 6/2026`, `đến hết quý II năm 2026`.
  fileprivate func part(
    of time: WrittenTime, _ days: ClosedRange<CalendarDate>, after day: CalendarDate
  ) -> LaterPart? {
    if day < days.lowerBound { return LaterPart(start: time.start, isSure: true) }
    let longest = 16
    let start = max(range.bounds.lowerBound, time.start - longest)
    guard day < days.upperBound, let word = part(start..<time.start).words.last else { return nil }
    let name = word.inSmallLetters
    guard let first = name == "hết" ? days.upperBound : name == "cuối" ? days.lastThird : nil,
      day < first
    else { return nil }
    return LaterPart(start: word.range.bounds.lowerBound, isSure: name == "cuối")
  }
}

extension ClosedRange<CalendarDate> {
  /// The first day of its last third: of a month the 21st.
  fileprivate var lastThird: CalendarDate? {
    let (year, month) = (upperBound.year, upperBound.month)
    let count = month - lowerBound.month + 1
    return count == 1
      ? CalendarDate(year: year, month: month, day: 21)
      : CalendarDate(year: year, month: month - count / 3 + 1, day: 1)
  }
}

extension Text {
  /// Tells whether a text begins with figures as of a day: `Tính đến ngày 14/6/2026, …`.
  fileprivate func isAsOf(_ time: WrittenTime) -> Bool {
    guard case .day = time.part, time.start - range.bounds.lowerBound < 30 else { return false }
    let words = part(range.bounds.lowerBound..<time.start).words.map(\.inSmallLetters)
    return words == ["tính", "đến"] || words == ["tính", "đến", "hết"]
  }
}

extension Text {
  /// The words of a deadline at a time: `trước ngày 15/5/2026`; nil where none of these is before it.
  fileprivate func deadline(at time: WrittenTime) -> Text? {
    let before = part(range.bounds.lowerBound..<time.start).words.suffix(2)
    guard let last = before.last else { return nil }
    let words = before.map { $0.string.lowercased() }
    let isDeadline =
      switch words.last {
      case "trước", "hạn", "chậm", "muộn": true
      case "nhất", "là": ["chậm", "muộn", "nhất", "hạn"].contains(words[0])
      case "trong", "vào", "đến", "tới": ["xong", "thành", "hạn", "nhất"].contains(words[0])
      default: false
      }
    guard isDeadline else { return nil }
    return part(last.range.bounds.lowerBound..<time.range.upperBound)
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
  func isAfter(_ told: DocumentDays.Day) -> Bool {
    guard told.day == date, let begin, let time = (try? DateWithTime(told.text))?.time else {
      return told.day < date
    }
    return time.hour < begin
  }

  /// The first hour of its part of the day.
  private var begin: Int? {
    part.flatMap { part in Self.hours.first { part.isSpelled($0.name) }?.hour }
  }

  /// No meeting begins earlier; what is told of it is told when it has begun.
  private static let hours = [("sáng", 7), ("chiều", 13), ("tối", 18)].map { (name: $0, hour: $1) }

  var written: String { part.map { "\($0.string) \(date.written)" } ?? date.written }
}

extension [Diagnostic] {
  /// Tells once of a document that tells of an event too soon, though the document itself and records in
  /// it do.
  var withoutRepeatedEvents: [Diagnostic] {
    var places: Set<SourceRange> = []
    return filter { problem in
      guard case .check(.toldTooSoon) = problem.kind, let place = problem.place else { return true }
      return places.insert(place.range).inserted
    }
  }
}
