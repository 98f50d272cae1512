import Diagnostics
import Records
import Texts
import Vietnamese

/// Checks the sign behind a document's number: `BC-UBND` of the state, `BC/QU` of the Party, with
/// the code of its kind of document.
struct DocumentSignChecks {
  private let declaration: ResolvedDeclaration

  init(_ declaration: ResolvedDeclaration) { self.declaration = declaration }

  func problems(_ data: inout CheckedData) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let isOfHeads = data.schema.types[declaration.type].name.isSpelled(Schema.documentType)
    for record in data.records.records(ofType: declaration.type) {
      // Before a number stands a problem of its own.
      guard declaration.isAbout(record), let sign = record.text(of: declaration.operands[0].column),
        sign.bytes.first.map({ $0 &- UInt8(ascii: "0") >= 10 }) ?? false,
        let profile = profile(of: record, isHead: isOfHeads, &data),
        let form = data.registers.signatures.profile(Text(profile.name)),
        let separator = form.separator
      else { continue }
      let signatures = data.registers.signatures
      let issuers = declaration.operands.dropFirst(2)
        .flatMap { record.texts(of: $0.column) }.filter { !$0.isBlank }
      let isJoint = issuers.count > 1
      let code =
        isOfHeads
        ? kindCode(of: record.record, data).map { $0 + (isJoint ? form.jointSuffix : "") }
        : record.record.firstFilled("hinh_thuc").flatMap {
          signatures.code(ofCopy: $0, in: profile.name)
        }
      let codes = issuers.compactMap { signatures.body(atStartOf: folded($0.bytes))?.code }
      var check = SignCheck(
        sign.string, separator == "/" ? "-" : "/", code, issuers: codes,
        isJoint ? [] : form.foreignCodes)
      check.isJoint = isJoint
      if isOfHeads, code == nil { check.unusedCodes = form.unusedCodes }
      if !isOfHeads, let code, let meant = check.withCode, meant != sign.string {
        let form = record.record.firstFilled("hinh_thuc")?.string ?? ""
        let problem = SigningProblem.signOfCopy(sign.string, form: form, code: code, meant: meant)
        problems.append(declaration.broken(.signing(problem), at: sign))
      } else if let problem = check.problem {
        problems.append(declaration.broken(.form(problem), at: sign))
      }
    }
    return problems
  }

  private func kindCode(of head: Record, _ data: borrowing CheckedData) -> String? {
    let kind = head.field(Schema.kindField)?.value
    return kind.flatMap { kind in data.kinds.first { kind.isSpelled($0.name) }?.sign }
  }

  /// The profile of a head, or of a copy: that of its maker, or else of the document.
  private func profile(
    of record: TypedRecord, isHead: Bool, _ data: inout CheckedData
  ) -> LayoutProfile? {
    if isHead { return data.registers.profile(ofHead: record.record) }
    if let profile = data.registers.profile(ofCopy: record.record) { return profile }
    let indices = data.documents.indices(
      for: record, ofType: declaration.type, among: data.records)
    let heads = indices.map { data.documents.documents[$0].record.record }
    let registers = data.registers
    return heads.lazy.compactMap { registers.profile(ofHead: $0) }.first
  }
}

/// The check of one sign.
private struct SignCheck {
  private let sign: String
  /// Between the codes of the kind and of the body.
  private let mark: String
  /// That of the kind of document; nil where it has none.
  private let code: String?
  /// Those of the bodies that issue it, as far as they are known.
  private let issuers: [String]
  private let foreignCodes: Set<String>
  /// Whether several bodies issue it, so that the sign has the codes of all.
  var isJoint = false
  /// Those that it must not begin with.
  var unusedCodes: Set<String> = []

  init(
    _ sign: String, _ mark: String, _ code: String?, issuers: [String],
    _ foreignCodes: Set<String>
  ) {
    (self.sign, self.mark, self.code) = (sign, mark, code)
    (self.issuers, self.foreignCodes) = (issuers, foreignCodes)
  }

  var problem: DocumentFormProblem? {
    let start = first(of: sign)
    if let unused = unusedCodes.first(where: { $0 == start.uppercased() }) {
      let body = issuers.first ?? String(sign.dropFirst(start.count + 1))
      return .signWithUnusedCode(sign, code: unused, meant: body.isEmpty ? "UBND" : body)
    }
    if !isSign(sign, mark) {
      guard let meant else { return .wrongSign(sign, meant: nil, example: example) }
      return isSign(sign, mark == "-" ? "/" : "-")
        ? .signOfOtherProfile(sign, meant: meant) : .wrongSign(sign, meant: meant, example: example)
    }
    if let code, first(of: sign) != code {
      let rest = sign.drop { $0 != "-" && $0 != "/" }
      let meant = code + (rest.isEmpty ? "" : rest)
      if rest.isEmpty { return .wrongSign(sign, meant: nil, example: example) }
      return first(of: sign).lowercased() == code.lowercased()
        ? .wrongSign(sign, meant: meant, example: example)
        : .signOfOtherKind(sign, sign: code, meant: meant)
    }
    let codes = sign.split { $0 == "-" || $0 == "/" }.map(String.init)
    if let foreign = codes.first(where: foreignCodes.contains) {
      return .signOfOtherBody(sign, code: foreign)
    }
    guard let issuer = issuers.first(where: { !codes.contains($0) }) else { return nil }
    // Of the other bodies the register may not know the code.
    let bodies = [issuer] + (isJoint ? codes.dropFirst() : [])
    let meant = "\(code ?? codes[0])\(mark)\(bodies.joined(separator: "-"))"
    return .signWithoutIssuer(sign, code: issuer, meant: meant)
  }

  /// The sign with the code of the kind at its start, and parted from it as the profile has it; nil
  /// where there is no sign to be seen.
  var withCode: String? {
    let codes = sign.split { $0 == "-" || $0 == "/" }
    guard let code, codes.count > 1 else { return nil }
    return "\(code)\(mark)\(codes.dropFirst().joined(separator: "-"))"
  }

  private var example: String { "\(code ?? "BC")\(mark)\(mark == "-" ? "UBND" : "ĐU")" }

  private func first(of sign: String) -> String {
    String(sign.prefix { $0 != "-" && $0 != "/" })
  }

  /// The sign without blanks around its marks, long dashes and what stands before its first
  /// letter, with the kind parted as the profile has it; nil where that is none either.
  private var meant: String? {
    let scalars = sign.unicodeScalars.map { scalar in
      scalar.properties.generalCategory == .dashPunctuation ? "-" : scalar
    }
    let plain = String(String.UnicodeScalarView(scalars))
    let parts = plain.split(separator: "-").map { part in
      part.split(separator: "/").map { trimmed($0) }.joined(separator: "/")
    }
    var codes = parts.joined(separator: "-").drop { !$0.isLetter }
    guard !codes.contains(where: \.isWhitespace) else { return nil }
    if let index = codes.firstIndex(where: { $0 == "-" || $0 == "/" }) {
      codes.replaceSubrange(index...index, with: mark)
    }
    return [String(codes), uppercased(Array(codes.utf8)[...]).string].first { isSign($0, mark) }
  }

  private func trimmed(_ part: Substring) -> String {
    let start = part.drop(while: \.isWhitespace)
    return String(start.reversed().drop(while: \.isWhitespace).reversed())
  }

  /// Tells whether it has the form of the profile: a kind or, in a letter, none, and a body.
  private func isSign(_ sign: String, _ mark: String) -> Bool {
    let number = try? DocumentNumber(Text("1\(mark == "-" ? "/" : "-")\(sign)"))
    guard let number, number.issuer != nil, number.year == nil else { return false }
    return number.kind != nil || code == nil || number.unit != nil
  }
}
