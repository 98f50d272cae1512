import Diagnostics
import Records
import Texts
import Vietnamese

/// Checks the lines of authority above a signature, `TM.`, `KT.` and the others: their form in the
/// profile of the document, their order, and that they fit the signer's post and the seal.
struct SignatureChecks {
  private let declaration: ResolvedDeclaration

  init(_ declaration: ResolvedDeclaration) { self.declaration = declaration }

  func problems(_ data: inout CheckedData) -> [Diagnostic] {
    let columns = declaration.operands.map(\.column)
    let fields = declaration.operands.map { data.named($0.field, ofType: declaration.type) }
    var problems: [Diagnostic] = []
    for record in data.records.records(ofType: declaration.type) where declaration.isAbout(record) {
      for setting in SignatureSetting.all(of: record, declaration, &data) {
        let signature = Signature(
          lines: record.texts(of: columns[0]), post: record.text(of: columns[1]), in: setting,
          fields, data.registers)
        for problem in signature.problems {
          problems.append(
            declaration.broken(problem.problem, at: problem.place, comparedWith: problem.with))
        }
        if !signature.problems.isEmpty { break }
      }
    }
    return problems
  }
}

/// The lines above one signature.
private struct Signature {
  typealias Problem = (problem: CheckProblem, place: Text, with: [Text])

  private let setting: SignatureSetting
  private var profile: SignatureRegister.Profile { setting.profile }
  /// The body whose document it is.
  private let issuer: SignatureRegister.Body?
  private let register: SignatureRegister
  private let issuers: IssuerRegister
  /// The fields of the authority and of the post.
  private let fields: [NamedField]
  private let post: Text?
  private let placeKinds: [Phrase]
  private var lines: [Line] = []
  private(set) var problems: [Problem] = []

  private struct Line {
    let text: Text
    let authority: SignatureRegister.Authority
    /// The post or body behind the mark.
    let rest: String
    let folded: [UInt8]
  }

  init(
    lines texts: [Text], post: Text?, in setting: SignatureSetting, _ fields: [NamedField],
    _ registers: CheckRegisters
  ) {
    (self.setting, register, issuers) = (setting, registers.signatures, registers.issuers)
    (self.fields, self.post, placeKinds) = (fields, post, registers.places.kinds)
    issuer = setting.issuer(signedBy: texts, registers.signatures)
    for text in texts where !text.isEmpty { read(text) }
    for line in lines { checkPartner(line) }
    // A post cannot be held against lines of which nobody knows what is meant.
    let areLinesClear = problems.allSatisfy(\.problem.isOfForm)
    checkOrder()
    checkSeal()
    guard let post, !post.isEmpty, checkFormOfPost(post), areLinesClear else { return }
    checkSigner(post)
    if setting.signsForBody { checkOnBehalf(post) }
    for line in lines {
      checkIssuer(of: line)
      checkPower(of: line)
    }
    if !setting.isJoint { checkBody(in: post) }
  }

  private mutating func report(
    _ problem: DocumentFormProblem, _ place: Text, with others: [Text] = []
  ) {
    problems.append((.form(problem), place, others))
  }

  // MARK: - The seal

  /// Holds the lines and the other post of the signer against the seal, where the head tells it.
  private mutating func checkSeal() {
    guard let (seal, place) = setting.seal else { return }
    let isByDeputy = lines.first { $0.authority.deputy == .demanded }
    switch (seal, setting.otherPost) {
    case (.host, nil): problems.append((.signing(.missingOwnPost), place, []))
    case (.none, let post?):
      problems.append((.signing(.ownPostWithoutSeal(post.string)), post, [place]))
    case (.own, let post?) where setting.putsOtherPostFirst:
      problems.append((.signing(.ownPostBesideSeal(post.string)), post, [place]))
    default: break
    }
    if seal != .own, setting.putsOtherPostFirst, let line = isByDeputy {
      problems.append((.signing(.deputyWithoutSeal(line.text.string)), line.text, [place]))
    }
  }

  // MARK: - The form

  private mutating func read(_ text: Text) {
    guard let (authority, rest) = authority(of: text) else {
      return report(.unknownAuthority(text.string, known: marks { $0.goesWith != .own }), text)
    }
    let meant = "\(authority.mark) \(uppercased(Array(rest.utf8)[...]).string)"
    if authority.goesWith == .own {
      return report(.authorityAsPost(meant, field: fields[1]), text)
    }
    if let second = secondAuthority(in: rest) {
      return report(.authoritiesInOneLine(second, field: fields[0]), text)
    }
    if text.string != meant {
      reportForm(of: text, authority, meant)
    } else if let body = bodyAlone(in: rest) {
      report(.wrongAuthority(text.string, meant: "\(authority.mark) \(body)"), text)
    } else if let known = misspelt(rest) {
      report(.misspeltSigner(rest, meant: known), text)
    }
    lines.append(
      Line(
        text: text, authority: authority, rest: rest, folded: folded(rest)))
  }

  /// The mark of a second line that stands in the same one: `TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH`.
  private func secondAuthority(in rest: String) -> String? {
    rest.split(separator: " ").dropFirst().map(String.init).first { word in
      profile.authorities.contains { $0.mark == word }
    }
  }

  /// The full name of a body that is written short or with the name of its place, where the line has
  /// it alone: `TM. UBND PHƯỜNG VÍ DỤ`.
  private func bodyAlone(in rest: String) -> String? {
    guard let body = register.body(atStartOf: folded(rest)), let full = body.fullName else {
      return nil
    }
    let tail = rest.dropFirst(body.name.count).drop { $0 == " " }
    let bytes = Array(tail.utf8)[...]
    let isOfPlace = placeKinds.contains { $0.length(atStartOf: bytes) != nil }
    return isOfPlace || tail.isEmpty && body.name != full ? full : nil
  }

  /// The post or body of the register that a name behind a mark was meant to be; nil where it is
  /// one, or near none.
  private func misspelt(_ rest: String) -> String? {
    let name = folded(rest)
    guard register.post(atStartOf: name) == nil, register.body(atStartOf: name) == nil else {
      return nil
    }
    let known = register.posts.map(\.name) + register.bodies.map(\.name)
    return known.first { name.differsByOneLetter(from: folded($0)) }
  }

  private mutating func reportForm(
    of text: Text, _ authority: SignatureRegister.Authority, _ meant: String
  ) {
    let profiles = register.profiles(with: authority.letters, writtenAtStartOf: text)
    report(
      profiles.isEmpty || profiles.contains(setting.profileName.string)
        ? .wrongAuthority(text.string, meant: meant)
        : .authorityOfOtherProfile(text.string, meant: meant, profiles: profiles), text)
  }

  /// The mark that a line begins with, however it is written, and what stands behind it.
  private func authority(
    of text: Text
  ) -> (SignatureRegister.Authority, rest: String)? {
    let folded = folded(text.bytes)
    for authority in profile.authorities {
      if let words = authority.words, folded.begins(with: words) {
        return (authority, rest(of: text, after: words.count))
      }
      if let length = length(of: authority.letters, atStartOf: text.bytes) {
        return (authority, rest(of: text, after: length))
      }
    }
    return nil
  }

  /// The bytes of a mark's letters with points, slashes and blanks around them: `T.M `, `KT.`.
  private func length(of letters: [UInt8], atStartOf bytes: ArraySlice<UInt8>) -> Int? {
    var index = bytes.startIndex
    func skipSigns() -> Int {
      let start = index
      while index < bytes.endIndex, [0x20, 0x2E, 0x2F].contains(bytes[index]) { index += 1 }
      return index - start
    }
    var signs = 0
    for letter in letters {
      guard index < bytes.endIndex, bytes[index] & 0xDF == letter else { return nil }
      index += 1
      signs = skipSigns()
    }
    return signs > 0 && index < bytes.endIndex ? index - bytes.startIndex : nil
  }

  private func rest(of text: Text, after length: Int) -> String {
    String(decoding: text.bytes.dropFirst(length).drop { $0 == 0x20 }, as: UTF8.self)
  }

  private func marks(
    _ isWanted: (SignatureRegister.Authority) -> Bool
  ) -> [String] {
    profile.authorities.filter(isWanted).map(\.mark)
  }

  // MARK: - The order

  private mutating func checkOrder() {
    for (line, next) in zip(lines, lines.dropFirst()) {
      let (mark, other) = (line.authority, next.authority)
      if mark.line > other.line {
        report(.authorityOrder(other.mark, before: mark.mark), next.text, with: [line.text])
      } else if mark.line == other.line || mark.isLast {
        report(.twoAuthorities(mark.mark, and: other.mark), next.text, with: [line.text])
      }
    }
  }

  private mutating func checkPartner(_ line: Line) {
    let folded = line.folded
    let isPost = register.post(atStartOf: folded) != nil
    let isBody = register.body(atStartOf: folded) != nil
    switch line.authority.goesWith {
    case .body where isPost:
      let others = marks { $0.goesWith == .post || $0.goesWith == .both }
      report(.authorityOfPost(mark: line.authority.mark, post: line.rest, known: others), line.text)
    case .body where line.authority.deputy == .allowed && isSignedByHead(folded):
      report(.bodySignedByHead(line.text.string), line.text)
    case .post where isBody && !isPost:
      let others = marks { $0.goesWith == .body }
      report(.authorityOfBody(mark: line.authority.mark, body: line.rest, known: others), line.text)
    default: break
    }
  }

  /// A line that signs for another body than that whose document it is.
  private mutating func checkIssuer(of line: Line) {
    guard line.authority.goesWith == .body, let own = bodySignedFor(insteadOf: line) else { return }
    report(
      .otherBody(line.text.string, issuer: own, meant: "\(line.authority.mark) \(own)"), line.text)
  }

  /// The body for which somebody should sign who signs for another; nil where it may be the right one.
  private func bodySignedFor(insteadOf line: Line) -> String? {
    let other = register.body(atStartOf: line.folded)
    if let own = issuer?.fullName, let name = other?.fullName, own != name { return own }
    // Bodies of the Party, of the state and of the Front.
    let own = setting.issuers.map { issuers.kind(of: $0, under: nil) }
    guard let first = own.first.flatMap({ $0 }), own.allSatisfy({ $0?.isSure ?? false }) else {
      return nil
    }
    let name = first.place.string
    if let kind = issuers.kind(of: Text(line.rest), under: nil), kind.isSure {
      return own.contains { $0?.kind.index == kind.kind.index } ? nil : name
    }
    guard let other, let issuer, !other.signedForIn.isEmpty else { return nil }
    return issuer.signedForIn.contains(setting.profileName)
      && !other.signedForIn.contains(setting.profileName) ? name : nil
  }

  /// A line that signs for a body what is in the power of its head.
  private mutating func checkPower(of line: Line) {
    guard line.authority.goesWith == .body, let power = setting.power, isOfHead(power) else {
      return
    }
    report(.powerOfHead(line.text.string, power: power.string), line.text, with: [power])
  }

  /// Tells whether a power is that of the head, `CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG VÍ DỤ`.
  private func isOfHead(_ power: Text) -> Bool {
    register.post(atStartOf: folded(power.bytes)) != nil
  }

  private func isSignedByHead(_ body: [UInt8]) -> Bool {
    register.body(atStartOf: body)?.signedByHeadIn.contains(setting.profileName) ?? false
  }

  // MARK: - The post

  /// Tells whether the post is one, and no line of authority.
  private mutating func checkFormOfPost(_ post: Text) -> Bool {
    guard let (authority, rest) = authority(of: post) else { return true }
    let meant = "\(authority.mark) \(uppercased(Array(rest.utf8)[...]).string)"
    guard authority.goesWith == .own else {
      report(.authorityAsPost(meant, field: fields[0]), post)
      return false
    }
    if post.string != meant { report(.wrongAuthority(post.string, meant: meant), post) }
    return false
  }

  private mutating func checkSigner(_ post: Text) {
    let name = folded(post.bytes)
    guard let line = lines.last else { return checkDeputy(post, name, after: nil) }
    let head = register.post(atStartOf: line.folded)
    if line.authority.deputy == .demanded {
      return checkDeputy(of: head, post, name, line)
    }
    if let head, name.begins(with: head.foldedDeputy), line.authority.deputy == .refused,
      let mark = profile.authorities.first(where: { $0.deputy == .demanded })
    {
      return report(
        .deputyByOrder(post.string, line.text.string, meant: "\(mark.mark) \(head.name)"),
        line.text,
        with: [post])
    }
    if let head, name.begins(with: head.folded) {
      return report(
        .ownAuthority(post.string, authority: line.text.string), post, with: [line.text])
    }
    if let body = register.body(atStartOf: line.folded), line.authority.goesWith == .body,
      !body.signers.isEmpty, !isDeputy(name),
      !body.signers.contains(where: { name.begins(with: folded(Array($0.utf8)[...])) })
    {
      return report(
        .notTheHead(post.string, authority: line.text.string, heads: body.signers), post,
        with: [line.text])
    }
    if let body = register.body(atStartOf: line.folded), line.authority.goesWith == .both,
      body.signers.contains(where: { name.begins(with: folded(Array($0.utf8)[...])) })
    {
      return report(
        .ownAuthority(post.string, authority: line.text.string), post, with: [line.text])
    }
    if line.authority.deputy == .refused { checkDeputy(post, name, after: line) }
  }

  /// A line that signs for a head, above the post of another than the deputy.
  private mutating func checkDeputy(
    of head: SignatureRegister.Post?, _ post: Text, _ name: [UInt8], _ line: Line
  ) {
    if let instead = head?.insteadOfSigningFor {
      let isSaid = lines.count > 1
      return report(.neverForHead(line.text.string, meant: isSaid ? nil : instead), line.text)
    }
    if let head = register.posts.first(where: { line.folded.begins(with: $0.foldedDeputy) }),
      name.begins(with: head.foldedDeputy)
    {
      let meant = "\(line.authority.mark) \(head.name)"
      return report(.wrongAuthority(line.text.string, meant: meant), line.text, with: [post])
    }
    let deputy = head?.deputy ?? "PHÓ \(line.rest)"
    guard !name.begins(with: folded(Array(deputy.utf8)[...])) else { return }
    report(
      .notTheDeputy(post.string, authority: line.text.string, meant: deputy), post,
      with: [line.text])
  }

  /// Somebody who signs for himself, or for the head, where all of the body signs.
  private mutating func checkOnBehalf(_ post: Text) {
    let name = folded(post.bytes)
    if setting.power.map({ isOfHead($0) }) ?? false { return }
    guard let issuer, issuer.signedForIn.contains(setting.profileName),
      let mark = profile.authorities.first(where: { $0.goesWith == .body }),
      issuer.signers.contains(where: { signer in
        ["", "PHÓ "].contains { name.begins(with: folded($0 + signer)) }
      }), lines.allSatisfy({ $0.authority.deputy == .demanded })
    else { return }
    report(
      .missingBody(post.string, meant: "\(mark.mark) \(issuer.name)"), post,
      with: lines.map(\.text))
  }

  /// A deputy who signs without saying for whom.
  private mutating func checkDeputy(_ post: Text, _ name: [UInt8], after line: Line?) {
    guard let mark = profile.authorities.first(where: { $0.deputy == .demanded }),
      let head = register.posts.first(where: { name.begins(with: $0.foldedDeputy) }),
      setting.signsForBody, head.insteadOfSigningFor == nil,
      setting.seal?.kind == .own || issuer?.deputySignsForHead ?? true,
      profile.authorities.contains(where: { $0.deputy == .refused })
        || issuer?.signedByHeadIn.contains(setting.profileName) ?? false
    else { return }
    report(
      .missingAuthority(post.string, meant: "\(mark.mark) \(head.name)"), post,
      with: line.map { [$0.text] } ?? [])
  }

  /// The name of a body behind the post of its head or deputy: a post is written without.
  private mutating func checkBody(in post: Text) {
    let name = folded(post.bytes)
    let heads = register.posts.filter { head in
      name.begins(with: head.folded) || name.begins(with: head.foldedDeputy)
    }
    guard let head = heads.first else { return }
    if let place = place(in: post, behind: head, name) {
      return report(.bodyInPost(post.string, meant: place), post)
    }
    let words = post.words
    for (index, word) in words.enumerated().dropFirst() {
      let start = word.range.bounds.lowerBound
      let rest = folded(post.bytes[start...])
      guard let body = register.body(atStartOf: rest), !body.signers.isEmpty else { continue }
      let kept = words[..<index].map(\.string).prefix { $0 != "-" }
      let meant = kept.joined(separator: " ")
      return report(.bodyInPost(post.string, meant: meant), post)
    }
  }

  /// The post alone, where a place stands behind it: `CHỦ TỊCH PHƯỜNG VÍ DỤ`.
  private func place(
    in post: Text, behind head: SignatureRegister.Post, _ name: [UInt8]
  ) -> String? {
    let known = name.begins(with: head.folded) ? head.folded : head.foldedDeputy
    // The letters of a style have the same length, so places agree.
    guard name.count == post.count, name.count > known.count else { return nil }
    let rest = post.bytes.dropFirst(known.count + 1)
    guard placeKinds.contains(where: { $0.length(atStartOf: rest) != nil }) else { return nil }
    return Array(post.bytes.prefix(known.count)).string
  }

  private func isDeputy(_ name: [UInt8]) -> Bool {
    register.posts.contains { name.begins(with: $0.foldedDeputy) }
  }

  private func folded(_ text: String) -> [UInt8] { Reports.folded(Array(text.utf8)[...]) }
  private func folded(_ text: ArraySlice<UInt8>) -> [UInt8] { Reports.folded(text) }
}

extension [UInt8] {
  /// Tells whether one letter with its marks is another, as in `CHU TỊCH`.
  fileprivate func differsByOneLetter(from other: [UInt8]) -> Bool {
    let own = Array<Character>(string), other = Array<Character>(other.string)
    // More may stand behind it, such as the name of a place.
    guard own.count >= other.count, other.count > 4,
      own.count == other.count || own[other.count] == " "
    else { return false }
    return zip(own, other).count { $0 != $1 } == 1
  }
}

extension CheckProblem {
  /// Tells whether the line means what it should, in another form.
  fileprivate var isOfForm: Bool {
    switch self {
    case .form(.wrongAuthority), .form(.authorityOfOtherProfile), .form(.authorityAsPost): true
    default: false
    }
  }
}
