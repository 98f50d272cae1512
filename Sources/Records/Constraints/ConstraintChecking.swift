import Diagnostics
import Texts

/// The constraints of one type over its records.
struct ConstraintCheck {
  private let type: RecordType
  /// Steps that may still be taken, so that no crafted file keeps the program busy.
  private var stepsLeft = 10_000_000

  init(_ type: RecordType) {
    self.type = type
  }

  /// Tells of the constraints that a record breaks.
  ///
  /// - Parameter offsets: for each constraint those of the fields of each of its names.
  mutating func problems(of record: Record, _ offsets: [[[Int]]]) -> [Diagnostic] {
    guard stepsLeft > 0 else { return [] }
    var problems: [Diagnostic] = []
    for (constraint, places) in zip(type.constraints, offsets) {
      let fields = NamedFields(record: record, offsets: places)
      let verdict = verdict(constraint, fields)
      guard stepsLeft > 0 else {
        let problem = ConstraintProblem.tooCostly(type: type.name.string)
        return problems + [Diagnostic(.records(.constraint(problem)), at: constraint.text)]
      }
      if case .broken(let reason) = verdict {
        problems.append(complaint(constraint, fields, reason))
      }
    }
    return problems
  }

  private enum Verdict {
    case held
    case broken(ConstraintFailure?)
  }

  /// Tells whether the constraint holds for the first field of each name, or for one of the others.
  ///
  /// Like recutils, tries the fields of one name at a time, with the first ones of the others.
  private mutating func verdict(
    _ constraint: SelectionExpression, _ fields: NamedFields
  ) -> Verdict {
    let first = attempt(constraint, fields)
    if case .held = first { return first }
    for name in constraint.names.indices
    where constraint.isTried[name] && fields.count(of: name) > 1 {
      var fields = fields
      for offset in fields.offsets[name].dropFirst() {
        fields.tried = (name, offset)
        if case .held = attempt(constraint, fields) { return .held }
      }
    }
    return first
  }

  private mutating func attempt(
    _ constraint: SelectionExpression, _ fields: NamedFields
  ) -> Verdict {
    stepsLeft -= constraint.steps.count
    guard stepsLeft > 0 else { return .held }
    do {
      guard case .integer(let truth) = try constraint.value(in: fields) else {
        return .broken(.notTrueOrFalse)
      }
      return truth != 0 ? .held : .broken(nil)
    } catch {
      return .broken(error)
    }
  }

  /// Points to the first field that the constraint looks at; the others are notes.
  private func complaint(
    _ constraint: SelectionExpression, _ fields: NamedFields, _ reason: ConstraintFailure?
  ) -> Diagnostic {
    let record = fields.record
    let places = fields.offsets.compactMap(\.first).sorted().prefix(4).map { offset in
      let field = record.field(at: offset)
      return field.value.isEmpty ? field.name : field.value
    }
    let others = places.dropFirst().map { Diagnostic.Note(.alsoInConstraint, at: $0) }
    let problem = ConstraintProblem.broken(constraint: constraint.text.string, reason: reason)
    return Diagnostic(
      .records(.constraint(problem)), at: places.first ?? record.place,
      notes: others + [Diagnostic.Note(.ruledHere, at: constraint.text)])
  }
}
