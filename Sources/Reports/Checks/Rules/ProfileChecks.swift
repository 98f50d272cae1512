import Diagnostics
import Texts

/// Checks that a document has the layout profile of the system that its issuer belongs to.
struct ProfileChecks {
  private let declaration: ResolvedDeclaration

  init(_ declaration: ResolvedDeclaration) { self.declaration = declaration }

  func problems(_ data: borrowing CheckedData) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let columns = declaration.operands.map(\.column)
    for record in data.records.records(ofType: declaration.type) {
      guard declaration.isAbout(record), let named = record.text(of: columns[0]), !named.isBlank,
        let profile = data.registers.profile(named: named)
      else { continue }
      let lines = columns.dropFirst().map { record.text(of: $0) }
      guard let found = foreign(lines, to: named, data.registers) else { continue }
      let meant =
        data.registers.profile(of: found.kind, on: record.record.firstFilled(HeadFields.date))
        ?? data.registers.profile(of: found.kind, on: nil)
      guard let meant else { continue }
      let problem = SigningProblem.profileOfOtherBody(
        body: found.place.string, profile: profile.name, rule: profile.rule, meant: meant.name,
        meantRule: meant.rule, isSure: found.isSure)
      problems.append(
        declaration.broken(.signing(problem), at: named, comparedWith: [found.place]))
    }
    return problems
  }

  /// The kind of bodies that a profile is not made for: that of the issuer, or else that of the body
  /// above it, which is in doubt where the issuer is one of the profile's.
  private func foreign(
    _ lines: [Text?], to profile: Text, _ registers: CheckRegisters
  ) -> IssuerRegister.Found? {
    guard let issuer = lines.first, let superior = lines.last,
      let found = registers.issuers.kind(of: issuer, under: superior)
    else { return nil }
    guard found.kind.takes(profile) else { return found }
    guard let above = registers.issuers.kind(of: superior, under: nil), above.isSure,
      !above.kind.takes(profile)
    else { return nil }
    return IssuerRegister.Found(kind: above.kind, place: above.place, isSure: false)
  }
}
