import Diagnostics
import Texts
import Records
import Vietnamese

/// Checks the period that is reported, and others beside it: the next, and the one that figures are
/// compared with.
struct PeriodChecks {
  private let declaration: ResolvedDeclaration

  init(_ declaration: ResolvedDeclaration) {
    self.declaration = declaration
  }

  func problems(_ data: inout CheckedData) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    for record in data.records.records(ofType: declaration.type) {
      guard let last = declaration.operands.last, let own = record.text(of: last.column),
        let period = own.withBytes({ Period(commonForm: $0) }) ?? (try? Period(own))
      else { continue }
      for value in record.texts(of: declaration.operands[0].column) {
        guard let problem = problem(value, period, own) else { continue }
        let others = declaration.operands.count > 1 ? [own] : []
        problems.append(declaration.broken(problem, at: value, comparedWith: others))
      }
    }
    return problems
  }

  private func problem(_ value: Text, _ period: Period, _ own: Text) -> CheckProblem? {
    switch declaration.relation {
    case .afterPeriod: notAfter(value, period, own)
    case .comparablePeriod: notComparable(value, period, own)
    case .wholeYear:
      period.isWholeYears
        ? nil : .periodOfOtherKind(own.string, kind: declaration.declaration.kind, isWhole: true)
    case .partOfYear:
      // A review may stand in the middle of a term, or behind the first five years of a resolution.
      period.isWholeYears && !period.isOfManyYears
        ? .periodOfOtherKind(own.string, kind: declaration.declaration.kind, isWhole: false) : nil
    default: nil
    }
  }

  /// The next period may be a longer one that the reported begins: two months, then the year.
  private func notAfter(_ value: Text, _ period: Period, _ own: Text) -> CheckProblem? {
    guard let next = try? Period(value), next.endsAfter(period) == false else { return nil }
    return .periodNotAfter(
      value.string, other: own.string, example: (period.next ?? period.rest)?.written)
  }

  private func notComparable(_ value: Text, _ period: Period, _ own: Text) -> CheckProblem? {
    guard let other = ComparedPeriod(value, of: period).period,
      other.isComparable(with: period) == false
    else { return nil }
    return .periodNotComparable(
      value.string, other: own.string, example: period.compared ?? period.written)
  }
}

/// Checks the periods that a title names: that of the file and the next one, or a part of that; the
/// year of these.
struct TitlePeriodChecks {
  private let declaration: ResolvedDeclaration

  init(_ declaration: ResolvedDeclaration) { self.declaration = declaration }

  func problems(_ data: borrowing CheckedData) -> [Diagnostic] {
    let known = declaration.operands.dropFirst().compactMap { operand in
      data.records.first(ofType: operand.type)?.text(of: operand.column)
    }
    let periods = known.compactMap { try? Period($0) }
    // Where the next period is not after this one, that is what is wrong.
    guard let own = known.first, periods.count == known.count, periods.count == 2,
      periods[1].endsAfter(periods[0]) ?? false
    else { return [] }
    var problems: [Diagnostic] = []
    for record in data.records.records(ofType: declaration.type) where declaration.isAbout(record) {
      for title in record.texts(of: declaration.operands[0].column) {
        for place in others(in: title, periods) {
          let problem = CheckProblem.titleOfOtherPeriod(
            place.string, known: periods.map(\.written))
          problems.append(declaration.broken(problem, at: place, comparedWith: [own]))
        }
      }
    }
    return problems
  }

  /// The periods in a title that are none of these.
  private func others(in title: Text, _ periods: [Period]) -> [Text] {
    let times = title.writtenTimes
    return times.indices.compactMap { index in
      guard let year = times[index...].first(where: { $0.year != nil })?.year,
        let period = times[index].period(inYear: year),
        !periods.contains(where: { period.isOf($0) }), !periods[1].holds(period),
        !title.isOfOther(times[index])
      else { return nil }
      return title.part(times[index].start..<times[index].range.upperBound)
    }
  }
}

extension Text {
  /// Tells whether a time is that of a law, `Luật Tố cáo năm 2018`, or what is compared with.
  fileprivate func isOfOther(_ time: WrittenTime) -> Bool {
    let before = part(range.bounds.lowerBound..<time.start).words.map { $0.string.lowercased() }
    let isCompared = before.suffix(3).contains("với") || before.last == "kỳ"
    return isCompared || time.part == .year && before.contains { ["luật", "lệnh"].contains($0) }
  }
}

/// The period of `cùng kỳ năm 2023`, `cùng kỳ`, or of a period's own name; nil for anything else.
private struct ComparedPeriod {
  let period: Period?

  init(_ text: Text, of own: Period) {
    let words = text.words
    let isSame = lowercased(words.prefix(2).flatMap(\.bytes)[...]).elementsEqual("cùngkỳ".utf8)
    guard isSame else {
      period = try? Period(text)
      return
    }
    let year = words.last.flatMap { $0.bytes.count == 4 ? Int($0.string) : nil }
    // «cùng kỳ năm …» says nothing of several years.
    guard let year, !own.isOfManyYears, case let last = own.samePeriodLastYear else {
      period = nil
      return
    }
    period = year == own.year - 1 ? last : Period(own.kind, of: year)
  }
}

extension Period {
  /// Tells whether it ends later; nil where one of the two has no last day.
  func endsAfter(_ other: Period) -> Bool? {
    guard let end = lastDay, let otherEnd = other.lastDay else { return nil }
    return otherEnd < end
  }

  /// Tells whether it begins earlier and is as long; nil where one of the two has no first day.
  func isComparable(with later: Period) -> Bool? {
    guard let day = firstDay, let laterDay = later.firstDay else { return nil }
    return day < laterDay && length == later.length
  }

  /// Tells whether it is the same part of another year, or as many years, or weeks.
  func isAlike(_ other: Period) -> Bool {
    if case .days = kind { return length == other.length && self == other.samePeriodLastYear }
    return kind == other.kind
  }

  /// The period that this one is mostly compared with, as a sentence says it: `cùng kỳ năm 2025`,
  /// `năm 2025`, `giai đoạn 2016-2020`.
  var compared: String? {
    isWholeYears ? samePeriodLastYear?.written : year > 1 ? "cùng kỳ năm \(year - 1)" : nil
  }

  /// Tells whether it is another period, its year, or a month in it; of several years or a school
  /// year all that lies in it.
  fileprivate func isOf(_ other: Period) -> Bool {
    if case .month = kind { return other.holds(self) }
    if other.firstYear < other.year { return self == other || other.holds(self) || overlaps(other) }
    return self == other || kind == .year && year == other.year
  }

  /// Tells whether it is a year that the other names.
  private func overlaps(_ other: Period) -> Bool {
    kind == .year && (other.firstYear...other.year).contains(year)
  }

  /// Tells whether the other is a part of it, or the same days.
  fileprivate func holds(_ other: Period) -> Bool {
    guard let first = firstDay, let last = lastDay, let otherFirst = other.firstDay,
      let otherLast = other.lastDay
    else { return false }
    return first <= otherFirst && otherLast <= last
  }

  /// The next period of the same length, or else what is left of the year.
  var following: Period? { next ?? rest }

  /// The rest of the year behind it: nine months leave three.
  fileprivate var rest: Period? {
    guard let months, months.first == 1, case .firstMonths(let count) = kind else {
      return Period(kind, of: year + 1)
    }
    return count == 11 ? Period(.month(12), of: year) : Period(.lastMonths(12 - count), of: year)
  }
}
