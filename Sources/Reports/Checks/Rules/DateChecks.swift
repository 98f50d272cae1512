import Diagnostics
import Texts
import Records
import Vietnamese

/// Checks days: inside the reporting period, and in order.
struct DateChecks {
  private let declaration: ResolvedDeclaration

  init(_ declaration: ResolvedDeclaration) {
    self.declaration = declaration
  }

  func problems(_ data: inout CheckedData) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let window = window(data)
    let latest =
      declaration.relation == .inPeriod
      ? nil : LatestDays(declaration.operands[1], for: declaration.type, data)
    for record in data.records.records(ofType: declaration.type) where declaration.isAbout(record) {
      for offset in record.offsets(of: declaration.operands[0].column) {
        guard let day = CalendarDate(in: record, at: offset) else { continue }
        if declaration.relation == .inPeriod {
          guard let window, !window.contains(day) else { continue }
          problems.append(outside(window, record.text(at: offset)))
        } else if let last = latest?.day(for: record, &data), last.day < day {
          problems.append(after(last.text, record.text(at: offset)))
        }
      }
    }
    return problems
  }

  /// The matter's own days make the window, so they are held against the rules alone.
  private func window(_ data: CheckedData) -> ClosedRange<CalendarDate>? {
    let isOfMatter = declaration.declaration.type.isSpelled(Schema.matterType)
    return isOfMatter ? data.time.widest : data.time.window
  }

  private func outside(_ window: ClosedRange<CalendarDate>, _ value: Text) -> Diagnostic {
    let problem = CheckProblem.outsidePeriod(
      value.string, from: window.lowerBound.written, until: window.upperBound.written)
    return declaration.broken(problem, at: value)
  }

  private func after(_ latest: Text, _ value: Text) -> Diagnostic {
    let (day, other) = (value.string, latest.string)
    let problem: CheckProblem =
      declaration.relation == .inTime ? .late(day, due: other) : .after(day, other: other)
    return declaration.broken(problem, at: value, comparedWith: [latest])
  }
}

/// The latest of the days that an operand names.
struct LatestDays {
  typealias Day = (day: CalendarDate, text: Text)

  private let operand: ResolvedDeclaration.Operand
  /// The latest day of all records, for an operand that names these.
  private var ofAll: Day?
  /// For an operand that names documents: of those that a record goes into, the first counts.
  private let ofDocuments: DocumentDays?

  /// - Parameter type: that of the records that are compared, of which each goes into some
  ///   documents; nil where all documents count.
  init(_ operand: ResolvedDeclaration.Operand, for type: Int? = nil, _ data: CheckedData) {
    self.operand = operand
    guard case .all = operand.origin else {
      ofDocuments = nil
      return
    }
    let isOfDocuments = data.schema.types[operand.type].name.isSpelled(Schema.documentType)
    ofDocuments = isOfDocuments ? type.map { DocumentDays(operand, for: $0, data) } : nil
    if ofDocuments != nil { return }
    for record in data.records.records(ofType: operand.type) {
      ofAll = latest(in: record, after: ofAll)
    }
  }

  /// Finds the latest day for a record; nil where there is none.
  func day(for record: TypedRecord, _ data: inout CheckedData) -> Day? {
    switch operand.origin {
    case .all:
      if let ofDocuments { return ofDocuments.earliest(for: record, &data) }
      return ofAll
    case .record: return latest(in: record, after: nil)
    case .linked(let link):
      var last: Day?
      for name in record.texts(of: link) {
        guard let target = data.record(ofType: operand.type, named: name) else { continue }
        last = latest(in: target, after: last)
      }
      return last
    }
  }

  private func latest(in record: TypedRecord, after other: Day?) -> Day? {
    var latest = other
    for offset in record.offsets(of: operand.column) {
      guard
        let day = CalendarDate(in: record, at: offset)
          ?? CalendarDate(latestDayOf: record.text(at: offset))
      else { continue }
      if latest.map({ $0.day < day }) ?? true { latest = (day, record.text(at: offset)) }
    }
    return latest
  }
}

extension CalendarDate {
  /// The day that a field gives; nil where it gives none.
  init?(in record: TypedRecord, at offset: Int) {
    let common = DateWithTime(commonForm: record.bytes(at: offset).span)?.date
    guard let day = common ?? CalendarDate(dayOf: record.text(at: offset)) else { return nil }
    self = day
  }
}
