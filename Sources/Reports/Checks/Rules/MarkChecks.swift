import Diagnostics
import Records
import Texts

/// Checks the marks of a head: the limits of circulation, which are no marks of secrecy, and the mark
/// of a draft, which has no number yet.
struct MarkChecks {
  private let declaration: ResolvedDeclaration

  init(_ declaration: ResolvedDeclaration) { self.declaration = declaration }

  func problems(_ data: borrowing CheckedData) -> [Diagnostic] {
    let columns = declaration.operands.map(\.column)
    var problems: [Diagnostic] = []
    for record in data.records.records(ofType: declaration.type) where declaration.isAbout(record) {
      if let mark = record.text(of: columns[0]), !mark.isBlank,
        let problem = problem(ofCirculation: mark, record.record, data.registers)
      {
        problems.append(declaration.broken(.signing(problem), at: mark))
      }
      guard let draft = record.text(of: columns[2]), !draft.isBlank,
        let number = record.text(of: columns[3]), !number.isBlank
      else { continue }
      problems.append(
        declaration.broken(
          .signing(.numberOfDraft(number.string)), at: number, comparedWith: [draft]))
    }
    return problems
  }

  private func problem(
    ofCirculation mark: Text, _ head: Record, _ registers: CheckRegisters
  ) -> SigningProblem? {
    let signatures = registers.signatures
    if signatures.secrecyMarks.contains(where: { $0.place(in: mark) != nil }) {
      return .secrecyMark(mark.string)
    }
    guard let profile = registers.profile(ofHead: head) else { return nil }
    let known = signatures.circulationMarks(in: profile.name)
    guard !known.isEmpty, !known.contains(where: { folded($0) == folded(mark.bytes) }) else {
      return nil
    }
    return .unknownCirculation(mark.string, known: known.map { "«\($0)»" })
  }

  private func folded(_ text: String) -> [UInt8] { Reports.folded(Array(text.utf8)[...]) }
  private func folded(_ text: ArraySlice<UInt8>) -> [UInt8] { Reports.folded(text) }
}
