import Texts
import Records
import Vietnamese

/// The fields that checks ask for, by the index of their type.
struct DeclaredColumns {
  private let schema: Schema
  private(set) var fields: [[Text]]

  init(_ schema: Schema) {
    self.schema = schema
    fields = schema.types.map { type in
      type.name.string == Schema.matterType ? ReportTime.fields.map { Text($0) } : []
    }
  }

  fileprivate mutating func column(_ field: Text, ofType type: Int) -> Int {
    guard type >= 0 else { return -1 }
    if let known = fields[type].firstIndex(of: field) { return known }
    fields[type].append(field)
    return fields[type].count - 1
  }

  fileprivate func typeIndex(_ name: Text) -> Int {
    schema.types.firstIndex { $0.name == name } ?? -1
  }
}

/// A declaration made ready to be told at once of records that it surely does not complain of.
/// Where it is not sure, the declaration's own checks look at all records.
final class QuickDeclaration: Sendable {
  let relation: CheckDeclaration.Relation
  let type: Int
  let operands: [Operand]
  let phrases: [Phrase]
  let phraseBytes: PhraseBytes

  struct Operand: Sendable {
    let origin: Origin
    let type: Int
    let column: Int
    /// The fields of a figure's unit and hedge, which the schema declares once at most.
    let units: [Int]
    let hedges: [Int]

    enum Origin: Sendable { case record, linked(by: Int), all }

    var isOfRecord: Bool {
      if case .record = origin { true } else { false }
    }
  }

  /// nil where there is no day.
  private struct LatestDay { let day: CalendarDate? }

  init(
    _ declaration: CheckDeclaration, _ merged: MergedSchema, _ columns: inout DeclaredColumns
  ) {
    relation = declaration.relation
    (phrases, phraseBytes) = (declaration.phrases, PhraseBytes(declaration.phrases))
    let own = columns.typeIndex(declaration.type)
    type = own
    operands = declaration.operands.map { operand in
      var (origin, type, name) = (Operand.Origin.record, own, declaration.type)
      switch operand.from {
      case .record: break
      case .linked(let link): origin = .linked(by: columns.column(link, ofType: own))
      case .all(let other): (origin, type, name) = (.all, columns.typeIndex(other), other)
      }
      func beside(_ relation: CheckDeclaration.Relation) -> [Int] {
        merged.declared.declarations
          .filter {
            $0.relation == relation && $0.type == name && $0.operands[0].field == operand.field
          }
          .map { columns.column($0.operands[1].field, ofType: type) }
      }
      let column = columns.column(operand.field, ofType: type)
      return Operand(
        origin: origin, type: type, column: column, units: beside(.unit), hedges: beside(.hedge))
    }
  }

  /// Whether nothing is to be complained of; false where it must be looked at closely.
  func isSurelyRight(_ file: KnownFile, _ memory: CheckMemory, _ checks: QuickChecks) -> Bool {
    switch relation {
    case .hedge, .unit, .code, .headline: true
    case .part, .total, .rate, .change: areFiguresRight(file)
    case .inPeriod: areDaysInPeriod(file, memory, checks.time)
    case .notAfter: areDaysInOrder(file)
    case .citation: areCitationsRight(file, checks)
    case .body: areBodiesThere(file, memory, checks)
    case .afterPeriod, .comparablePeriod: arePeriodsRight(file)
    case .noBeginning, .noEnding, .belonging: isWordingRight(file)
    }
  }

  // MARK: - Days

  private func areDaysInPeriod(
    _ file: KnownFile, _ memory: CheckMemory, _ time: ReportTime
  ) -> Bool {
    guard let window = type == memory.merged.matterType ? time.widest : time.window else {
      return true
    }
    return allDays(file) { day, _, _ in window.contains(day) }
  }

  private func areDaysInOrder(_ file: KnownFile) -> Bool {
    let other = operands[1]
    guard let latest = latestDay(other, file) else { return false }
    return allDays(file) { day, record, form in
      switch other.origin {
      case .all: return latest.day.map { day <= $0 } ?? true
      case .linked: return false
      case .record:
        // As soon as one of several is not earlier, the latest is not.
        return form.isLacking(other.column)
          || !form.all(other.column) { offset in
            record[offset].plainDay.map { $0 < day } ?? true
          }
      }
    }
  }

  /// The latest day in all records, for an operand that asks for it; nil where that is not sure.
  private func latestDay(_ operand: Operand, _ file: KnownFile) -> LatestDay? {
    guard case .all = operand.origin else { return LatestDay(day: nil) }
    var latest: CalendarDate?
    let isSure = file.allRecords(of: operand.type) { record, form in
      form.all(operand.column) { offset in
        guard let day = record[offset].plainDay else { return false }
        latest = max(latest ?? day, day)
        return true
      }
    }
    return isSure ? LatestDay(day: latest) : nil
  }

  private func allDays(
    _ file: KnownFile, _ isRight: (CalendarDate, RecordBytes, KnownForm) -> Bool
  ) -> Bool {
    file.allRecords(of: type) { record, form in
      form.all(operands[0].column) { offset in
        record[offset].plainDay.map { isRight($0, record, form) } ?? false
      }
    }
  }

  // MARK: - Registers

  private func areCitationsRight(_ file: KnownFile, _ checks: QuickChecks) -> Bool {
    guard operands.allSatisfy(\.isOfRecord) else { return false }
    let (laws, lastDay) = (checks.laws, checks.time.lastDay)
    return file.allRecords(of: type) { record, form in
      guard let offset = form.offset(of: operands[0].column) else { return true }
      let date = operands.count > 1 ? form.offset(of: operands[1].column) : nil
      return laws.isSurelyRight(record[offset], date.map { record[$0] }, on: lastDay)
    }
  }

  private func areBodiesThere(
    _ file: KnownFile, _ memory: CheckMemory, _ checks: QuickChecks
  ) -> Bool {
    let (operand, registers) = (operands.dropFirst().first, checks.registers)
    var latest: CalendarDate?
    if let operand {
      guard let known = latestDay(operand, file) else { return false }
      latest = known.day
    }
    return file.allRecords(of: type) { record, form in
      guard !form.isLacking(operands[0].column) else { return true }
      var day = latest ?? checks.time.lastDay
      switch operand?.origin {
      case .linked?: return false
      case .all?, nil: break
      case .record?:
        let column = operand?.column ?? 0
        guard form.count(of: column) < 2 else { return false }
        if let offset = form.offset(of: column) {
          guard let own = record[offset].plainDay else { return false }
          day = own
        }
      }
      guard let day, !registers.bodies.allExist(from: day, until: day) else { return true }
      return areThere(record, form, memory, memory.absent(on: day, registers))
    }
  }

  private func areThere(
    _ record: RecordBytes, _ form: KnownForm, _ memory: CheckMemory, _ absent: AbsentBodies
  ) -> Bool {
    var look = TextLook(for: absent.starts)
    let source = record.database.text
    let bytes = source.span
    return form.all(operands[0].column) { offset in
      let field = record.firstField + offset
      if let range = record.database.plainRange(ofField: field),
        look.surelyHasNoPhrase(bytes, range.bounds)
      {
        return true
      }
      memory.words.take(record[offset].text, marking: absent.firstWords)
      return !absent.mayBeNamed(memory.words)
    }
  }
}

extension SourceBytes {
  /// The day of a plain date.
  fileprivate var plainDay: CalendarDate? { DateWithTime(plain: span)?.date }
}
