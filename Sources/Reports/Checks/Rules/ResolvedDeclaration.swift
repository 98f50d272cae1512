import Diagnostics
import Texts
import Records

/// The fields that checks ask for, by the index of their type: a column for each.
struct DeclaredColumns {
  private let schema: Schema
  private(set) var fields: [[Text]]

  init(_ schema: Schema) {
    self.schema = schema
    fields = schema.types.map { type in
      switch type.name.string {
      case Schema.matterType: ReportTime.fields.map { Text($0) }
      case Schema.documentType: FileDocuments.columns.map { Text($0) }
      default: []
      }
    }
  }

  fileprivate mutating func column(_ field: Text, ofType type: Int) -> Int {
    if let known = fields[type].firstIndex(of: field) { return known }
    fields[type].append(field)
    return fields[type].count - 1
  }

  fileprivate func typeIndex(_ name: Text) -> Int? {
    schema.types.firstIndex { $0.name == name }
  }
}

/// The declarations that others are resolved with, each of the relations that they are looked for in.
struct DeclarationNeighbours {
  fileprivate let units: [CheckDeclaration]
  fileprivate let hedges: [CheckDeclaration]
  fileprivate let beginnings: [CheckDeclaration]
  fileprivate let conditions: [CheckDeclaration]

  init(_ all: [CheckDeclaration]) {
    units = all.filter { $0.relation == .unit }
    hedges = all.filter { $0.relation == .hedge }
    beginnings = all.filter { $0.relation == .noBeginning }
    conditions = all.filter { $0.relation == .condition }
  }
}

/// A declaration whose fields are resolved to columns of the records' shapes. A class, as each check of
/// each file gets it.
final class ResolvedDeclaration: Sendable {
  let declaration: CheckDeclaration
  /// The index of the type whose records it speaks of.
  let type: Int
  let operands: [Operand]

  /// The field and the value by which a record of its type is one that checks speak of; nil where
  /// they speak of all.
  private let condition: (column: Int, value: Text)?

  /// The phrases of the other declarations of the same relation and field.
  let otherPhrases: [Phrase]

  var relation: CheckDeclaration.Relation { declaration.relation }
  var phrases: [Phrase] { declaration.phrases }
  private var place: Text { declaration.place }

  /// A value that the declaration names; see ``CheckDeclaration/Operand``.
  struct Operand: Sendable {
    let field: Text
    let origin: Origin
    /// The type of the record that has the field.
    let type: Int
    let column: Int
    /// The columns of a figure's unit and hedge; nil where none is declared.
    let unit: Int?
    let hedge: Int?

    enum Origin: Sendable { case record, linked(by: Int), all }
  }

  /// Resolves a declaration; nil where the schema lacks a type that it names.
  init?(
    _ declaration: CheckDeclaration, among all: DeclarationNeighbours,
    _ columns: inout DeclaredColumns
  ) {
    guard let own = columns.typeIndex(declaration.type) else { return nil }
    var operands: [Operand] = []
    for operand in declaration.operands {
      var (origin, type, name) = (Operand.Origin.record, own, declaration.type)
      switch declaration.relation.isOfOneRecord ? .record : operand.from {
      case .record: break
      case .linked(let link): origin = .linked(by: columns.column(link, ofType: own))
      case .all(let other):
        guard let index = columns.typeIndex(other) else { return nil }
        (origin, type, name) = (.all, index, other)
      }
      /// The column that a declaration puts beside the operand; the last of several declarations
      /// stands.
      func beside(_ others: [CheckDeclaration]) -> Int? {
        guard declaration.relation.isOfFigures else { return nil }
        return others.last { $0.type == name && $0.operands[0].field == operand.field }.map {
          columns.column($0.operands[1].field, ofType: type)
        }
      }
      operands.append(
        Operand(
          field: operand.field, origin: origin, type: type,
          column: columns.column(operand.field, ofType: type), unit: beside(all.units),
          hedge: beside(all.hedges)))
    }
    (self.declaration, type, self.operands) = (declaration, own, operands)
    condition = all.conditions.last { $0.type == declaration.type }.map {
      (columns.column($0.operands[0].field, ofType: own), $0.phrases[0].text)
    }
    otherPhrases =
      declaration.relation == .noBeginning
      ? all.beginnings.filter { other in
        other !== declaration && other.type == declaration.type
          && other.operands.contains { $0.field == declaration.operands[0].field }
      }.flatMap(\.phrases) : []
  }

  /// Makes the problem of a value that breaks the declaration, with the values that it was compared
  /// with and the place where the schema declares it.
  func broken(
    _ problem: CheckProblem, at value: Text, comparedWith others: [Text] = []
  ) -> Diagnostic {
    let compared = others.map { Diagnostic.Note(.comparedWith, at: $0) }
    return Diagnostic(
      .check(problem), at: value, notes: compared + [Diagnostic.Note(.ruledHere, at: place)])
  }

  /// Calls `check` with each value that it speaks of, and its field.
  func forEachValue(in data: borrowing CheckedData, _ check: (Text, Text) -> Void) {
    for record in data.records.records(ofType: type) where isAbout(record) {
      for operand in operands {
        for offset in record.offsets(of: operand.column) {
          let value = record.text(at: offset)
          if !value.isEmpty { check(value, operand.field) }
        }
      }
    }
  }

  /// Tells whether it speaks of a record of its type: only one on the condition of the type (`khi`);
  /// one in the schema of a kind of documents speaks of the heads of that kind alone.
  func isAbout(_ record: TypedRecord) -> Bool {
    if let condition, record.text(of: condition.column) != condition.value { return false }
    guard let kind = declaration.kind, declaration.type.isSpelled(Schema.documentType) else {
      return true
    }
    return record.record.field(Schema.kindField)?.value.isSpelled(kind) ?? false
  }
}

extension CheckDeclaration.Relation {
  /// Tells whether its operands are figures, which may have a unit and a hedge beside them.
  fileprivate var isOfFigures: Bool {
    switch self {
    case .part, .total, .rate, .change, .ratio: true
    default: false
    }
  }

  /// Tells whether all of its operands are fields of the same record, however they are written.
  fileprivate var isOfOneRecord: Bool {
    switch self {
    case .citation, .afterPeriod, .comparablePeriod, .signature, .documentSign, .unit,
      .repetition, .apart, .profileOfIssuer, .marks:
      true
    default: false
    }
  }
}
