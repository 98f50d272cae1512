import Diagnostics
import Records
import Texts

extension DataFile {
  /// The file with a check passed over, by a field `bo_qua: CODE reason` of the matter.
  ///
  /// - Throws: that the check may not be passed over, or not without a reason.
  public func silencing(
    _ code: String, because reason: String
  ) throws(Problems) -> [UInt8] {
    try silencing(code, because: reason, in: nil)
  }

  /// The same in one record, where it holds for this alone.
  ///
  /// - Parameter place: the record; nil for that of the matter, where it holds for the whole file.
  public func silencing(
    _ code: String, because reason: String, in place: EntryPlace?
  ) throws(Problems) -> [UInt8] {
    let words = reason.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if !CheckProblem.silenceable.contains(code) {
      let problem = CheckProblem.notSilenceable(code, known: CheckProblem.silenceable)
      throw Problems([Diagnostic(.check(problem), at: nil)])
    }
    if words.isEmpty { throw Problems([Diagnostic(.check(.silencedWithoutReason(code)), at: nil)]) }
    let line = try Problems.collecting { () throws(Diagnostic) in
      try Source.reading(name: source.name, bytes: Array("\(code) \(words)".utf8)).source.text
        .string
    }
    let type = place?.type ?? Schema.matterType
    let records = database.records(ofType: type)
    let index = place?.record ?? 0
    let old = index < records.count ? records[index].values(Silencing.field) : []
    // A check that is passed over already gets another reason.
    let others = old.filter { !$0.isBlank && $0.words.first?.string != code }.map(\.string)
    let order = FieldOrder(names: [], mandatory: [], blanksCount: [])
    let values = [(name: Silencing.field, values: others + [line])]
    var edited = records.indices.map { number in
      EditedRecord(origin: number, values: number == index ? values : [], order: order)
    }
    if index >= records.count {
      edited.append(EditedRecord(origin: nil, values: values, order: order))
    }
    return database.editing(type, edited, among: []) { $0.name.string }
  }
}
