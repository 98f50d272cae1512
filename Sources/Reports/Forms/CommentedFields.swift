import Diagnostics
import Texts
import Records

extension Schema {
  /// Warnings about values that were filled in without removing the `#` of the blank form:
  /// `#buoi: sáng`. With a blank after the `#` the line is an ordinary comment.
  func commentedFields(of database: Database) -> [Diagnostic] {
    database.comments.compactMap { comment in
      guard let name = comment.fieldName,
        types.contains(where: { $0.rule(for: name)?.isAllowed ?? false })
      else { return nil }
      return Diagnostic(.form(.commentedField(name: name.string)), at: comment)
    }
  }
}

extension Text {
  /// The field name in a comment `#name: value`; nil for any other comment.
  fileprivate var fieldName: Text? {
    let rest = bytes.dropFirst()
    guard let colon = rest.firstIndex(of: UInt8(ascii: ":")), colon > rest.startIndex,
      rest[(colon + 1)...].contains(where: { $0 > UInt8(ascii: " ") }),
      rest[..<colon].allSatisfy({ $0 > UInt8(ascii: " ") && $0 < 0x80 })
    else { return nil }
    return Text(source: source, range: SourceRange(start: rest.startIndex, end: colon))
  }
}
