import Diagnostics
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
struct QuickDeclaration {
  let relation: CheckDeclaration.Relation
  let type: Int
  let operands: [Operand]
  let phrases: [Phrase]
  let phraseBytes: PhraseBytes

  struct Operand {
    let origin: Origin
    let type: Int
    let column: Int
    /// The fields of a figure's unit and hedge, which the schema declares once at most.
    let units: [Int]
    let hedges: [Int]

    enum Origin { case record, linked(by: Int), all }

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
  func isSurelyRight(_ memory: CheckMemory, _ checks: QuickChecks) -> Bool {
    switch relation {
    case .hedge, .unit, .code, .headline: true
    case .part, .total, .rate, .change: areFiguresRight(memory)
    case .inPeriod: areDaysInPeriod(memory, checks.time)
    case .notAfter: areDaysInOrder(memory)
    case .citation: areCitationsRight(memory, checks)
    case .body: areBodiesThere(memory, checks)
    case .afterPeriod, .comparablePeriod: arePeriodsRight(memory)
    case .noBeginning, .noEnding, .belonging: isWordingRight(memory)
    }
  }

  // MARK: - Days

  private func areDaysInPeriod(_ memory: CheckMemory, _ time: ReportTime) -> Bool {
    guard let window = type == memory.merged.matterType ? time.widest : time.window else {
      return true
    }
    return allDays(memory) { day, _, _ in window.contains(day) }
  }

  private func areDaysInOrder(_ memory: CheckMemory) -> Bool {
    let other = operands[1]
    guard let latest = latestDay(other, memory) else { return false }
    return allDays(memory) { day, record, form in
      switch other.origin {
      case .all: return latest.day.map { day <= $0 } ?? true
      case .linked: return false
      case .record:
        // As soon as one of several is not earlier, the latest is not.
        return form.columns[other.column].contains { offset in
          record.value(at: offset).plainDay.map { day <= $0 } ?? false
        } || form.columns[other.column].isEmpty
      }
    }
  }

  /// The latest day in all records, for an operand that asks for it; nil where that is not sure.
  private func latestDay(_ operand: Operand, _ memory: CheckMemory) -> LatestDay? {
    guard case .all = operand.origin else { return LatestDay(day: nil) }
    var latest: CalendarDate?
    let isSure = memory.allRecords(of: operand.type) { record, form in
      form.columns[operand.column].allSatisfy { offset in
        guard let day = record.value(at: offset).plainDay else { return false }
        latest = max(latest ?? day, day)
        return true
      }
    }
    return isSure ? LatestDay(day: latest) : nil
  }

  private func allDays(
    _ memory: CheckMemory, _ isRight: (CalendarDate, Record, KnownForm) -> Bool
  ) -> Bool {
    memory.allRecords(of: type) { record, form in
      for offset in form.columns[operands[0].column] {
        guard let day = record.value(at: offset).plainDay, isRight(day, record, form) else {
          return false
        }
      }
      return true
    }
  }

  // MARK: - Registers

  private func areCitationsRight(_ memory: CheckMemory, _ checks: QuickChecks) -> Bool {
    guard operands.allSatisfy(\.isOfRecord) else { return false }
    return memory.allRecords(of: type) { record, form in
      guard let offset = form.columns[operands[0].column].first else { return true }
      let dates = operands.count > 1 ? form.columns[operands[1].column] : []
      return checks.laws.isSurelyRight(
        record.value(at: offset), dates.first.map { record.value(at: $0) },
        on: checks.time.lastDay)
    }
  }

  private func areBodiesThere(_ memory: CheckMemory, _ checks: QuickChecks) -> Bool {
    let operand = operands.dropFirst().first
    var latest: CalendarDate?
    if let operand {
      guard let known = latestDay(operand, memory) else { return false }
      latest = known.day
    }
    return memory.allRecords(of: type) { record, form in
      let names = form.columns[operands[0].column]
      guard !names.isEmpty else { return true }
      var day = latest ?? checks.time.lastDay
      switch operand?.origin {
      case .linked?: return false
      case .all?, nil: break
      case .record?:
        let days = operand.map { form.columns[$0.column] } ?? []
        guard days.count < 2 else { return false }
        if let offset = days.first {
          guard let own = record.value(at: offset).plainDay else { return false }
          day = own
        }
      }
      guard let day, !checks.bodies.allExist(from: day, until: day) else { return true }
      let absent = memory.absent(on: day, checks.bodies)
      var look = TextLook(for: absent.starts)
      let source = SourceBytes(record.place.source)
      return names.allSatisfy { offset in
        if let range = record.plainRange(at: offset),
          look.surelyHasNoPhrase(source.span, range.bounds)
        {
          return true
        }
        memory.words.take(record.value(at: offset), marking: absent.firstWords)
        return !absent.mayBeNamed(memory.words)
      }
    }
  }
}

extension Text {
  /// The day of a plain date.
  fileprivate var plainDay: CalendarDate? { withBytes { DateWithTime(plain: $0)?.date } }
}
