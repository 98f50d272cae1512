import Diagnostics
import Texts
import Records

extension FileSchema {
  /// Moves places in the file whose demands were merged to where the file at hand, which demands
  /// the same, has them.
  func placed(_ problems: [Diagnostic], in file: DataFile) -> [Diagnostic] {
    guard isBorrowed, !problems.isEmpty else { return problems }
    let pairs = Array(zip(demands, file.demands))
    return problems.map { problem in
      Diagnostic(
        problem.kind, at: problem.place.map { $0.moved(along: pairs) },
        notes: problem.notes.map { note in
          Diagnostic.Note(note.kind, at: note.place.map { $0.moved(along: pairs) })
        })
    }
  }
}

extension Text {
  /// Finds the text in the second record of a pair, where it stands in the first.
  fileprivate func moved(along pairs: [(Record, Record)]) -> Text {
    for (old, new) in pairs {
      let (whole, other) = (old.text, new.text)
      if source === whole.source {
        guard whole.range.start <= range.start, range.end <= whole.range.end else { continue }
        let shift = Int(other.range.start) - Int(whole.range.start)
        return Text(
          source: other.source,
          range: SourceRange(start: Int(range.start) + shift, end: Int(range.end) + shift))
      }
      // A value of several lines is a text of its own.
      for (field, otherField) in zip(old.fields, new.fields) where field.value.source === source {
        return Text(source: otherField.value.source, range: range)
      }
    }
    return self
  }
}
