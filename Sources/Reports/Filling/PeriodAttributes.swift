import Diagnostics
import Texts
import Records
import Templating
import Vietnamese

/// The days of the report that a data file is for: those that the office gives itself stand over
/// those of the rules it names.
struct ReportingDays: Sendable {
  private let rules: ReportingRules?
  private let own: [String: Text]

  static let none = ReportingDays(rules: nil, own: [:])

  private init(rules: ReportingRules?, own: [String: Text]) {
    self.rules = rules
    self.own = own
  }

  /// From the record of the matter; a rule book that is not there, or has no day for the period, is
  /// a problem.
  init(
    _ matter: ValueMap?, among known: [ReportingRules], into problems: inout [Diagnostic]
  ) {
    var own: [String: Text] = [:]
    for day in ReportingDay.allCases {
      own[day.ownField] = matter?[day.ownField]?.asText
    }
    self.own = own
    guard let name = matter?["che_do_bao_cao"]?.asText, !name.isEmpty else {
      rules = nil
      return
    }
    rules = known.first { $0.name == name.string }
    guard let rules else {
      let suggestion = nearest(to: name.string, among: known.map(\.name))
      let problem = ReportProblem.unknownReportingRules(
        name.string, suggestion: suggestion, known: known.map(\.name))
      problems.append(Diagnostic(.report(problem), at: name))
      return
    }
    guard own["so_lieu_den_ngay"] == nil,
      let period = matter?["ky"]?.asText.flatMap({ try? Period($0) })
    else { return }
    do throws(ValueProblem.NoReportingDay) {
      _ = try rules.day(.end, of: period)
    } catch {
      problems.append(Diagnostic(.value(.noReportingDay(period.written, error)), at: name))
    }
  }

  /// A value of the matter, with these days behind it where it is a period.
  func completing(_ value: Value, of key: Key) -> Value {
    guard case .typed(let text, let type) = value, type === TextType.period else { return value }
    let days = key.text.isSpelled("ky") ? self : ofOtherPeriods
    return .typed(text, .period(days))
  }

  fileprivate func day(_ wanted: ReportingDay, of period: Period, _ text: Text) throws(Diagnostic)
    -> Value
  {
    if let own = own[wanted.ownField], !own.isEmpty { return .typed(own, .date) }
    do throws(ValueProblem.NoReportingDay) {
      guard let rules else { throw .noRules }
      return Value(try rules.day(wanted, of: period), from: text)
    } catch {
      throw Diagnostic(.value(.noReportingDay(period.written, error)), at: text)
    }
  }

  /// For other periods than the reported one: by the rules alone.
  fileprivate var ofOtherPeriods: ReportingDays { ReportingDays(rules: rules, own: [:]) }
}

extension TextType {
  /// Periods of which no reporting days are known.
  static let period = period(ReportingDays.none)

  static func period(_ days: ReportingDays) -> TextType {
    TextType(
      "ky",
      attributes: [
        "nam", "nam_dau", "ten", "so_nam", "so_thang", "tu_ngay", "den_ngay", "cung_ky", "truoc",
        "sau", "so_lieu_tu_ngay", "chot_so_lieu", "han_gui",
      ]
    ) { (text, name) throws(Diagnostic) in
      let period = try Period(text)
      if let day = ReportingDay(rawValue: name) { return try days.day(day, of: period, text) }
      return try period.attribute(name, of: text, days.ofOtherPeriods)
    }
  }
}

extension Period {
  fileprivate func attribute(
    _ name: String, of text: Text, _ days: ReportingDays
  ) throws(Diagnostic) -> Value {
    switch name {
    case "nam": return .int(year)
    case "nam_dau": return .int(firstYear)
    case "so_nam": return isWholeYears ? .int(yearCount) : .missing
    case "so_thang": return monthCount.map { .int($0) } ?? .missing
    case "tu_ngay": return firstDay.map { Value($0, from: text) } ?? .missing
    case "den_ngay": return lastDay.map { Value($0, from: text) } ?? .missing
    case "cung_ky": return samePeriodLastYear.map { $0.value(from: text, days) } ?? .missing
    case "sau": return following.map { $0.value(from: text, days) } ?? .missing
    case "truoc":
      if let previous { return previous.value(from: text, days) }
      let lastYear = samePeriodLastYear?.written ?? ""
      throw Diagnostic(.value(.noPreviousPeriod(written, lastYear: lastYear)), at: text)
    default:
      var name = ByteBuffer()
      appendName(to: &name)
      return Value(computed: name.bytes)
    }
  }

  private func value(from origin: Text, _ days: ReportingDays) -> Value {
    .typed(Text(computed: Array(written.utf8), from: origin), .period(days))
  }
}

extension Schema {
  /// The first record of the matter, as templates see it.
  func matter(in database: Database) -> ValueMap? {
    guard let type = type(named: Schema.matterType),
      let record = database.recordSet(ofType: Schema.matterType)?.records.first
    else { return nil }
    return RecordMappings(of: type).map(record)
  }
}
