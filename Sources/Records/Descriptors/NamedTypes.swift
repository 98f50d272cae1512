import Diagnostics
import Texts

/// The types that a schema file names in records `kieu`, so that an expression stands once:
///
///     %rec: kieu
///
///     ten: so_dem
///     la: so_nguyen
///     bieu_thuc: ^0*[1-9][0-9]*([.][0-9]{3})*$
public struct NamedTypes: Sendable {
  /// The type of the records.
  public static let recordType = "kieu"

  private(set) var types: [NamedType] = []

  public init() {}

  /// Reads those of a file, which stand over those of `shared`.
  public init(
    _ database: Database, beside shared: NamedTypes = NamedTypes(),
    into problems: inout [Diagnostic]
  ) {
    for record in database.records(ofType: Self.recordType) {
      do throws(Diagnostic) {
        let type = try NamedType(record)
        if let first = self[type.name] { throw .declaredTwice(type.name, first: first.name) }
        types.append(type)
      } catch {
        problems.append(error)
      }
    }
    types += shared.types
    for type in types where self[type.meaning] == nil { problems.append(unknown(type.meaning)) }
  }

  subscript(name: Text) -> NamedType? { types.first { $0.name == name } }

  private func unknown(_ name: Text) -> Diagnostic {
    let known = TypeExpression.keywords + types.map(\.name.string)
    let suggestion = nearest(to: name.string, among: known)
    return Diagnostic(.records(.unknownType(name.string, suggestion: suggestion)), at: name)
  }
}

/// A type with a name: an expression that values match, or a list of words.
struct NamedType: Sendable {
  let name: Text
  /// The type that says what the values are, of which this one is a narrower form; else itself.
  let meaning: Text
  let type: FieldType

  private static let lines = ["ten", "la", "bieu_thuc", "gia_tri", "nhan", "vi_du", "giup"]

  fileprivate init(_ record: Record) throws(Diagnostic) {
    for field in record.fields where !Self.lines.contains(where: field.name.isSpelled) {
      throw .unknownLine(field.name, among: Self.lines)
    }
    guard let name = record.field("ten")?.value, name.isTypeName else {
      throw Diagnostic(.block(.missingLine("ten")), at: record.place)
    }
    self.name = name
    meaning = record.field("la")?.value ?? name
    if let words = record.field("gia_tri") {
      type = try TypeExpression.enumeration(words.value, words.name)
    } else if let expression = record.field("bieu_thuc"), !expression.value.isEmpty {
      type = try TypeExpression.regexp(expression.value)
    } else {
      throw Diagnostic(.block(.missingLine("bieu_thuc")), at: record.place)
    }
  }
}
