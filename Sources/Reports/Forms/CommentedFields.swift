import Diagnostics
import Texts
import Records

extension Schema {
  /// Warnings of values that were filled into a blank form on a line that still starts with `#`:
  /// `#buoi: sáng`. A blank after the `#` makes a comment of it.
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
  /// The name in a comment `#name: value`.
  fileprivate var fieldName: Text? {
    let rest = bytes.dropFirst()
    guard let colon = rest.firstIndex(of: UInt8(ascii: ":")), colon > rest.startIndex,
      rest[(colon + 1)...].contains(where: { $0 > UInt8(ascii: " ") }),
      rest[..<colon].allSatisfy({ $0 > UInt8(ascii: " ") && $0 < 0x80 })
    else { return nil }
    return Text(source: source, range: SourceRange(start: rest.startIndex, end: colon))
  }
}
