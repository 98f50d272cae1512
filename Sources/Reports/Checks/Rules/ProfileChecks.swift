import Diagnostics
import Texts

/// Checks that a document has the layout profile of the system that its issuer belongs to.
struct ProfileChecks {
  private let declaration: ResolvedDeclaration

  init(_ declaration: ResolvedDeclaration) { self.declaration = declaration }

  func problems(_ data: borrowing CheckedData) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let columns = declaration.operands.map(\.column)
    let registers = data.registers
    for record in data.records.records(ofType: declaration.type) {
      guard declaration.isAbout(record), let named = record.text(of: columns[0]), !named.isBlank,
        let profile = registers.profile(named: named),
        let issuer = record.text(of: columns[1]),
        let found = registers.issuers.kind(of: issuer, under: record.text(of: columns[2])),
        !found.kind.takes(named)
      else { continue }
      let date = record.record.firstFilled(HeadFields.date)
      guard
        let meant = registers.profile(of: found.kind, on: date)
          ?? registers.profile(of: found.kind, on: nil)
      else { continue }
      let problem = SigningProblem.profileOfOtherBody(
        body: found.place.string, profile: profile.name, rule: profile.rule, meant: meant.name,
        meantRule: meant.rule, isSure: found.isSure)
      problems.append(
        declaration.broken(.signing(problem), at: named, comparedWith: [found.place]))
    }
    return problems
  }
}
