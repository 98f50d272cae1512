import Diagnostics
import Records
import Texts

extension DataFile {
  /// The file without the fields at which errors stand, which then count as missing; nil where no error
  /// stands at a field. While somebody types, the rest of a document is to be seen all the same.
  public func omittingFields(of problems: [Diagnostic]) -> DataFile? {
    var starts: [(offset: Int32, number: Int)] = []
    for set in database.recordSets where set.type != nil {
      for record in set.records {
        for (index, field) in record.fields.enumerated() {
          starts.append((field.name.range.start, record.firstField + index))
        }
      }
    }
    starts.sort { $0.offset < $1.offset }
    var omitted: Set<Int> = []
    for problem in problems where problem.severity == .error {
      guard let place = problem.place?.place, place.source === source else { continue }
      let index = starts.sortedIndex(after: { $0.offset <= place.range.start }) - 1
      if index >= 0 { omitted.insert(starts[index].number) }
    }
    return omitted.isEmpty ? nil : omitting(omitted.sorted())
  }
}
