import Diagnostics
import Records
import Texts

extension Schema {
  /// Finds lines that a `\` at the end of the line above joins to a value, though they look like a
  /// field of the records around them: a value that ends in `\`, such as a path, takes the next line.
  func joinedFields(of database: Database) -> [Diagnostic] {
    let source = database.source
    let bytes = source.bytes
    var problems: [Diagnostic] = []
    var index = 0
    while let mark = bytes[index...].firstIndex(of: UInt8(ascii: "\\")) {
      index = mark + 1
      guard index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\n"),
        !source.isComment(at: mark)
      else { continue }
      let line = source.lineRange(at: index + 1)
      guard let colon = bytes[line].firstIndex(of: UInt8(ascii: ":")), colon > line.lowerBound
      else {
        continue
      }
      let name = Text(source: source, range: SourceRange(start: line.lowerBound, end: colon))
      guard name.isFieldName,
        let set = database.recordSets.last(where: { $0.begins(before: mark) }),
        let type = set.type, let own = self.type(named: type.string), own.rule(for: name) != nil
      else { continue }
      problems.append(Diagnostic(.records(.swallowedField(name.string)), at: name))
    }
    return problems
  }
}

extension RecordSet {
  fileprivate func begins(before offset: Int) -> Bool {
    type.map { Int($0.range.start) < offset } ?? false
  }
}
