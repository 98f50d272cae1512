import Diagnostics
import Records
import Texts
import Vietnamese

/// Checks that all documents of a file tell the same of a meeting: its days, its hour, its place and who
/// presides.
///
/// What a field tells is declared for each by `cuoc_hop`. A file may have documents on several meetings:
/// compared are those of one name, which one may give in fewer words, and those without a name, which are
/// on the meeting of the file. Two documents of one kind are on two meetings, whatever their names.
struct MeetingChecks {
  private let declarations: [ResolvedDeclaration]

  /// What a field tells of a meeting, as schemas declare it.
  enum Telling: String, CaseIterable {
    case name = "ten"
    case day = "ngay"
    case lastDay = "ngay_cuoi"
    case partOfDay = "buoi"
    case hour = "gio"
    /// The hour at which it really began.
    case realHour = "gio_that"
    /// The hours of one of its parts.
    case hoursOfPart = "gio_viec"
    case place = "noi"
    /// Who presides, or in records of people a name beside a part in the meeting.
    case chair = "chu_tri"
    /// A text of `Thời gian: …; địa điểm: …`, or of a sentence that begins with the day.
    case text = "loi"
  }

  init(_ declarations: [ResolvedDeclaration]) { self.declarations = declarations }

  func problems(_ data: inout CheckedData) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    for meeting in meetings(&data) where meeting.accounts.count > 1 {
      problems += meeting.problems(data.registers)
    }
    return problems
  }

  // MARK: - Accounts

  /// The accounts of each meeting; the first is that of the file's own.
  private func meetings(_ data: inout CheckedData) -> [Meeting] {
    var own = MeetingAccount()
    var ofDocuments = data.documents.documents.map { MeetingAccount(ofKind: $0.name.kind) }
    for declaration in declarations {
      guard let word = declaration.phrases.first,
        let telling = Telling(rawValue: word.text.string)
      else { continue }
      let name = data.schema.types[declaration.type].name
      for record in data.records.records(ofType: declaration.type) where declaration.isAbout(record)
      {
        let told = declaration.told(telling, in: record)
        if name.isSpelled(Schema.documentType) {
          if let index = data.documents.index(ofHead: record) {
            if telling == .name { ofDocuments[index].isOfNamed = true }
            ofDocuments[index].add(told, declaration)
          }
        } else if declaration.declaration.kind == nil {
          own.add(told, declaration)
        } else {
          let indices = data.documents.indices(
            for: record, ofType: declaration.type, among: data.records)
          for index in indices { ofDocuments[index].add(told, declaration) }
        }
      }
    }
    var meetings = [Meeting(own, data.registers)]
    for account in ofDocuments where !account.isEmpty {
      let words = account.name.map { data.registers.words(of: $0) }
      // A document that ought to give the name may be on any meeting.
      if words == nil, account.isOfNamed { continue }
      let index = meetings.firstIndex { meeting in
        guard let words else { return true }
        return meeting.words.map { $0.mayBe(words) } ?? meeting.isEmpty
      }
      guard let index else {
        meetings.append(Meeting(account, data.registers))
        continue
      }
      if meetings[index].has(account.kind) {
        meetings.append(Meeting(own, data.registers))
        meetings[meetings.count - 1].add(account, data.registers)
      } else {
        meetings[index].add(account, data.registers)
      }
    }
    return meetings
  }
}

extension ResolvedDeclaration {
  /// What a record tells by the fields of the declaration.
  fileprivate func told(
    _ telling: MeetingChecks.Telling, in record: TypedRecord
  ) -> [(MeetingChecks.Telling, Text)] {
    // Beside a name stands the field of the part that the person has.
    if telling == .chair, operands.count > 1 {
      let hasPart = record.text(of: operands[1].column)?.isSpelled(telling.rawValue) ?? false
      return hasPart ? record.texts(of: operands[0].column).map { (telling, $0) } : []
    }
    return operands.flatMap { record.texts(of: $0.column) }.filter { !$0.isBlank }.map {
      (telling, $0)
    }
  }
}

/// What one document tells of a meeting.
private struct MeetingAccount {
  typealias Told = (text: Text, by: ResolvedDeclaration)

  /// That of the document; nil for the record of the matter.
  let kind: String?
  /// Whether documents of its kind have a field for the name.
  var isOfNamed = false
  private(set) var name: Text?
  private var days: [(day: CalendarDate, told: Told)] = []
  private var lastDay: (day: CalendarDate, told: Told)?
  private(set) var partOfDay: Told?
  private(set) var hours: [(hour: WrittenHour, told: Told, isReal: Bool)] = []
  private(set) var parts: [(hour: WrittenHour, told: Told)] = []
  private(set) var places: [Told] = []
  private(set) var chairs: [Told] = []
  private(set) var texts: [Told] = []

  init(ofKind kind: String? = nil) { self.kind = kind }

  var isEmpty: Bool {
    days.isEmpty && lastDay == nil && partOfDay == nil && hours.isEmpty && parts.isEmpty
      && places.isEmpty && chairs.isEmpty && texts.isEmpty
  }

  /// The days of the meeting, where the account gives the first of them.
  var allDays: (days: ClosedRange<CalendarDate>, told: Told)? {
    guard let first = days.min(by: { $0.day < $1.day }),
      let last = days.map(\.day).max()
    else { return nil }
    return (first.day...max(last, lastDay?.day ?? last), first.told)
  }

  /// The last day, where the account gives no other.
  var endAlone: CalendarDate? { days.isEmpty ? lastDay?.day : nil }

  mutating func add(
    _ all: [(MeetingChecks.Telling, Text)], _ declaration: ResolvedDeclaration
  ) {
    for (telling, text) in all { add(telling, (text, declaration)) }
  }

  private mutating func add(_ telling: MeetingChecks.Telling, _ told: Told) {
    switch telling {
    case .name: name = name ?? told.text
    case .day: if let day = CalendarDate(dayOf: told.text) { days.append((day, told)) }
    case .lastDay: lastDay = CalendarDate(dayOf: told.text).map { ($0, told) }
    case .partOfDay: partOfDay = partOfDay ?? told
    case .hour, .realHour:
      if let hour = told.text.onlyHour { hours.append((hour, told, telling == .realHour)) }
    case .hoursOfPart:
      parts += told.text.writtenHours.filter(\.isOfDay).map { ($0, told) }
    case .place: places.append(told)
    case .chair: chairs.append(told)
    case .text: read(told)
    }
  }

  /// `Thời gian: 08 giờ 00 phút, ngày 20/8/2026; địa điểm: Hội trường UBND phường`.
  private mutating func read(_ told: Told) {
    var hasLabels = false
    for piece in told.text.split(at: UInt8(ascii: ";")).map(\.trimmed) {
      let sides = piece.split(at: UInt8(ascii: ":"))
      guard sides.count > 1, let start = sides.dropFirst().first?.range.start else { continue }
      let value = piece.part(Int(start)..<piece.range.bounds.upperBound).trimmed
      switch sides[0].trimmed.inSmallLetters {
      case "thời gian":
        hasLabels = true
        for time in value.writtenTimes {
          guard let day = time.day() else { continue }
          days.append((day, (value.part(time.range), told.by)))
        }
        if let hour = value.writtenHours.first, value.writtenHours.count == 1, hour.isOfDay {
          hours.append((hour, (value.part(hour.range), told.by), false))
        }
      case "địa điểm":
        hasLabels = true
        places.append((value, told.by))
      case "chủ trì":
        hasLabels = true
        chairs.append((value, told.by))
      default: continue
      }
    }
    if !hasLabels { texts.append(told) }
  }
}

/// What the documents of a file tell of one meeting.
private struct Meeting {
  typealias Told = MeetingAccount.Told

  private(set) var accounts: [MeetingAccount] = []
  /// What the first account that has a name calls it, and the words of that.
  private(set) var name: Text?
  private(set) var words: [[UInt8]]?

  init(_ account: MeetingAccount, _ registers: CheckRegisters) { add(account, registers) }

  var isEmpty: Bool { accounts.allSatisfy(\.isEmpty) }

  func has(_ kind: String?) -> Bool { accounts.contains { $0.kind == kind } }

  mutating func add(_ account: MeetingAccount, _ registers: CheckRegisters) {
    accounts.append(account)
    guard name == nil, let found = account.name else { return }
    (name, words) = (found, registers.words(of: found))
  }

  func problems(_ registers: CheckRegisters) -> [Diagnostic] {
    days + hours + places(registers) + chairs
  }

  private func differs(_ told: Told, from other: Told) -> Diagnostic {
    told.by.broken(
      .meeting(.differs(told.text.string, other: other.text.string)), at: told.text,
      comparedWith: [other.text])
  }

  // MARK: - Days

  /// The days of the meeting: those that the first account gives, and those of others that have one of
  /// them too.
  private var knownDays: (days: ClosedRange<CalendarDate>, told: Told)? {
    guard var known = accounts.lazy.compactMap(\.allDays).first else { return nil }
    for account in accounts {
      if let end = account.endAlone, known.days.upperBound < end {
        known.days = known.days.lowerBound...end
      }
      guard let days = account.allDays?.days, days.overlaps(known.days) else { continue }
      known.days =
        min(days.lowerBound, known.days.lowerBound)...max(days.upperBound, known.days.upperBound)
    }
    return known
  }

  private var days: [Diagnostic] {
    guard let known = knownDays else { return [] }
    let others = accounts.compactMap(\.allDays).filter { !$0.days.overlaps(known.days) }
    return others.map { differs($0.told, from: known.told) }
      + accounts.flatMap(\.texts).compactMap { told in
        // «Ngày 30/9/2026, Đảng ủy phường tổ chức hội nghị giao ban …».
        guard let name, let time = told.text.writtenTimes.first,
          time.start == told.text.range.bounds.lowerBound,
          folded(told.text.bytes).span.first(of: folded(name.bytes).span, from: 0) != nil,
          let day = time.day(inYear: known.days.lowerBound.year), !known.days.contains(day)
        else { return nil }
        return differs((told.text.part(time.range), told.by), from: known.told)
      }
  }

  // MARK: - Hours

  /// How many minutes later than it was called a meeting may begin, or earlier.
  private static let delay = 60

  private var hours: [Diagnostic] {
    let all = accounts.flatMap(\.hours)
    guard let first = all.first else { return [] }
    var problems = all.dropFirst().compactMap { other -> Diagnostic? in
      let delay = first.isReal || other.isReal ? Self.delay : 0
      return abs(other.hour.minutes - first.hour.minutes) > delay
        ? differs(other.told, from: first.told) : nil
    }
    // A day of a meeting of several may have any hours.
    guard let known = knownDays, known.days.lowerBound == known.days.upperBound else {
      return problems
    }
    let parts = accounts.flatMap(\.parts)
    if let start = parts.min(by: { $0.hour.minutes < $1.hour.minutes }),
      let end = parts.map(\.hour.minutes).max(),
      !(start.hour.minutes...end).contains(first.hour.minutes)
    {
      problems.append(differs(start.told, from: first.told))
    }
    if let part = accounts.lazy.compactMap(\.partOfDay).first,
      let range = Self.partsOfDay.first(where: { part.text.isSpelled($0.name) })?.minutes,
      !range.contains(first.hour.minutes)
    {
      problems.append(differs(first.told, from: part))
    }
    return problems
  }

  /// In minutes from midnight.
  private static let partsOfDay = [
    (name: "sáng", minutes: 0..<12 * 60), (name: "chiều", minutes: 12 * 60..<19 * 60),
    (name: "tối", minutes: 17 * 60..<24 * 60),
  ]

  // MARK: - Places and people

  private func places(_ registers: CheckRegisters) -> [Diagnostic] {
    let all = accounts.flatMap(\.places)
    guard let first = all.first else { return [] }
    let words = registers.words(of: first.text)
    return all.dropFirst().compactMap { other in
      let found = registers.words(of: other.text)
      // A room is in a building.
      let areOfOneKind = found.namesBuilding == words.namesBuilding
      return areOfOneKind && !found.isPart(of: words) && !words.isPart(of: found)
        ? differs(other, from: first) : nil
    }
  }

  /// Held against those with the part in the data is a text that names a person.
  private var chairs: [Diagnostic] {
    let known = accounts[0].chairs
    guard let first = known.first else { return [] }
    let names = known.map { folded($0.text.bytes) }
    return accounts.dropFirst().flatMap(\.chairs).compactMap { other in
      // Who presides may be called by the last part of the name.
      guard let name = other.text.nameAtStart,
        !names.contains(where: { $0.ends(with: folded(name.bytes)) })
      else { return nil }
      return differs((name, other.by), from: first)
    }
  }
}

extension CheckRegisters {
  /// The words of a name in small letters, with abbreviations written out.
  fileprivate func words(of text: Text) -> [[UInt8]] {
    folded(text.bytes).split { !$0.isOfWord }.flatMap { word in
      let word = Array(word)
      return abbreviations.foldedMeanings[word]?.split { !$0.isOfWord }.map(Array.init) ?? [word]
    }
  }
}

extension [[UInt8]] {
  /// Tells whether all words stand in another text too.
  fileprivate func isPart(of other: Self) -> Bool { Set(other).isSuperset(of: self) }

  /// Tells whether it may name the same meeting, in fewer words or in more.
  fileprivate func mayBe(_ other: Self) -> Bool {
    first == other.first && (isPart(of: other) || other.isPart(of: self))
  }

  /// `trụ sở UBND phường`.
  fileprivate var namesBuilding: Bool {
    count > 1 && self[0].string == "trụ" && self[1].string == "sở"
  }
}

extension Text {
  /// The name of a person at the start, behind `Đồng chí`, `Ông` or `Bà`, and before a mark or the end:
  /// two words and more with capitals.
  fileprivate var nameAtStart: Text? {
    var words = self.words[...]
    switch words.first?.inSmallLetters {
    case "đồng": words = words.dropFirst(2)
    case "đ/c", "ông", "bà": words = words.dropFirst()
    default: break
    }
    guard let first = words.first else { return nil }
    var count = 0
    for word in words {
      if count > 0, ["-", "–"].contains(word.string) { break }
      guard word.bytes.beginsWithCapital else { return nil }
      count += 1
      guard word.bytes.last.map({ ",;.".utf8.contains($0) }) ?? false else { continue }
      let end = word.range.bounds.upperBound - 1
      return count > 1 ? part(first.range.bounds.lowerBound..<end) : nil
    }
    guard count > 1 else { return nil }
    let last = words[words.startIndex + count - 1]
    return part(first.range.bounds.lowerBound..<last.range.bounds.upperBound)
  }
}
