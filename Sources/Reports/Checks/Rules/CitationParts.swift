import Diagnostics
import Texts
import Vietnamese

/// The parts of one citation, held against each other and against the register: the kind, the
/// issuing body and the title beside the sign.
struct CitationParts {
  let sign: Text
  let kind: Text?
  let issuer: Text?
  let title: Text?

  /// - Parameter isSameDocument: whether the sign and the day are those of the register; the Party
  ///   numbers its documents anew each term.
  func problems(
    _ match: LawRegister.Match, _ laws: LawRegister, isSameDocument: Bool
  ) -> [Diagnostic] {
    let known = isSameDocument && match.laws.count == 1 ? match.laws[0] : nil
    return [kindProblem(known, laws), issuerProblem(known), titleProblem(known)].compactMap { $0 }
  }

  private func kindProblem(_ law: LawRegister.Law?, _ laws: LawRegister) -> Diagnostic? {
    guard let kind, kind != law?.kind else { return nil }
    let written = folded(kind.bytes)
    if let known = law?.kind, folded(known.bytes) != written {
      let problem = CheckProblem.otherKind(
        kind.string, sign: sign.string, known: [known.string])
      return Diagnostic(problem, at: kind, inRegister: known)
    }
    guard law == nil, let number = try? DocumentNumber(sign),
      let kinds = laws.kinds(of: number), !kinds.contains(where: { folded($0.bytes) == written })
    else { return nil }
    let problem = CheckProblem.otherKind(
      kind.string, sign: sign.string, known: kinds.map(\.string))
    return Diagnostic(problem, at: kind, inRegister: kinds[0])
  }

  private func issuerProblem(_ law: LawRegister.Law?) -> Diagnostic? {
    guard let issuer, let known = law?.issuer, issuer != known else { return nil }
    let (written, right) = (folded(issuer.bytes), folded(known.bytes))
    // «Ban Bí thư Trung ương Đảng (khóa X)» is the Ban Bí thư.
    guard !written.starts(with: right), !right.starts(with: written) else { return nil }
    let problem = CheckProblem.perhapsOtherIssuer(
      issuer.string, sign: sign.string, known: known.string)
    return Diagnostic(problem, at: issuer, inRegister: known)
  }

  private func titleProblem(_ law: LawRegister.Law?) -> Diagnostic? {
    guard let title, let law, !law.isDescribed, let known = law.title, title != known else {
      return nil
    }
    guard !CitationParts.isLike(title.string, known.string) else { return nil }
    let problem = CheckProblem.perhapsOtherTitle(
      title.string, sign: sign.string, known: known.string)
    return Diagnostic(problem, at: title, inRegister: known)
  }

  /// Tells whether most words of the shorter title stand in the longer one: titles are often cut.
  private static func isLike(_ title: String, _ known: String) -> Bool {
    let (one, other) = (words(title), words(known))
    guard let fewer = [one.count, other.count].min(), fewer > 0 else { return true }
    return one.intersection(other).count * 2 > fewer
  }

  private static func words(_ text: String) -> Set<[UInt8]> {
    let long = text.replacing("QCDC", with: "Quy chế dân chủ")
    let words = long.split { !$0.isLetter && !$0.isNumber }.map { folded(Array($0.utf8)[...]) }
    return Set(words).subtracting(["về", "việc", "và", "của"].map { Array($0.utf8) })
  }
}
