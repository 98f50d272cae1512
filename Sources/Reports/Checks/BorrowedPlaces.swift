import Diagnostics
import Texts
import Records

/// A descriptor with which a data file makes demands on its records: where it stands, and the
/// values of its fields.
///
/// Other files that demand the same use what was merged of it, so it holds texts and not the
/// record, which would keep the whole database of the first file.
struct Demand: Sendable {
  let text: Text
  fileprivate let values: [Text]

  init(_ record: Record) {
    (text, values) = (record.text, record.fields.map(\.value))
  }
}

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
  fileprivate func moved(along pairs: [(Demand, Demand)]) -> Text {
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
      for (value, newValue) in zip(old.values, new.values) where value.source === source {
        return Text(source: newValue.source, range: range)
      }
    }
    return self
  }
}
