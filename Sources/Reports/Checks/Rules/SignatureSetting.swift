import Diagnostics
import Records
import Templating
import Texts

/// What a signature stands in: the profile of the document, the bodies whose document it is, and
/// their seal.
struct SignatureSetting {
  let profileName: Text
  let profile: SignatureRegister.Profile
  /// Whether a second post of the signer stands first, with «kiêm» behind it.
  let putsOtherPostFirst: Bool
  /// The bodies that issue the document; those whose signer this may be.
  let issuers: [Text]
  /// Whether several bodies issue the document, so that a post may name one of them.
  let isJoint: Bool
  /// Whether the signer signs for the body, and not for himself, as in minutes.
  let signsForBody: Bool
  let seal: (kind: Seal, place: Text)?
  /// The signer's post beside that in the body.
  let otherPost: Text?

  /// Whose power a decision is of, as its head has it; nil where it does not tell.
  let power: Text?

  /// The seal of a steering committee, as the field `con_dau` tells it.
  enum Seal: String, CaseIterable {
    case own = "rieng"
    /// That of a body in which the signer has a post.
    case host = "co_quan"
    case none = "khong"
  }

  /// Finds the settings of the signature in a record: one where the record is a head or a copy, and
  /// where it is of a signer, one for each profile of the documents that he signs.
  static func all(
    of record: TypedRecord, _ declaration: ResolvedDeclaration, _ data: inout CheckedData
  ) -> [SignatureSetting] {
    let type = declaration.type
    if data.schema.types[type].name.isSpelled(Schema.documentType) {
      return [SignatureSetting(ofHead: record, declaration, data.registers)].compactMap(\.self)
    }
    let body = declaration.operands.dropFirst(3).first.flatMap { record.text(of: $0.column) }
    let indices = data.documents.indices(for: record, ofType: type, among: data.records)
    let heads = indices.map { data.documents.documents[$0].record.record }
    let registers = data.registers
    if case .record = declaration.declaration.operands[2].from {
      let profile =
        registers.profile(ofCopy: record.record)
        ?? heads.lazy.compactMap { registers.profile(ofHead: $0) }.first
      return [
        SignatureSetting(
          profile, [body].compactMap(\.self), isJoint: false, signsForBody: true, registers)
      ].compactMap(\.self)
    }
    var settings: [SignatureSetting] = []
    for head in heads {
      let all = SignatureSetting.issuers(of: head)
      let own = body.flatMap { $0.isBlank ? nil : [$0] }
      let setting = SignatureSetting(
        registers.profile(ofHead: head), own ?? all, isJoint: all.count > 1,
        signsForBody: all.count > 1, registers)
      guard let setting, !settings.contains(where: { $0.profileName == setting.profileName })
      else { continue }
      settings.append(setting)
    }
    return settings
  }

  private init?(
    _ layout: LayoutProfile?, _ issuers: [Text], isJoint: Bool, signsForBody: Bool,
    seal: (kind: Seal, place: Text)? = nil, otherPost: Text? = nil, power: Text? = nil,
    _ registers: CheckRegisters
  ) {
    guard let layout, let profile = registers.signatures.profile(Text(layout.name)),
      !profile.authorities.isEmpty
    else { return nil }
    (profileName, self.profile) = (Text(layout.name), profile)
    putsOtherPostFirst = layout.record[Key("chu_kiem")]?.asText != nil
    (self.issuers, self.isJoint, self.signsForBody) = (issuers, isJoint, signsForBody)
    (self.seal, self.otherPost, self.power) = (seal, otherPost, power)
  }

  private init?(
    ofHead record: TypedRecord, _ declaration: ResolvedDeclaration, _ registers: CheckRegisters
  ) {
    let columns = declaration.operands.map(\.column)
    func text(_ index: Int) -> Text? {
      guard index < columns.count else { return nil }
      return record.text(of: columns[index]).flatMap { $0.isBlank ? nil : $0 }
    }
    let seal = text(4).flatMap { place in
      Seal(rawValue: place.string).map { (kind: $0, place: place) }
    }
    let issuers = SignatureSetting.issuers(of: record.record)
    self.init(
      registers.profile(ofHead: record.record), issuers, isJoint: issuers.count > 1,
      signsForBody: true, seal: seal, otherPost: text(5),
      power: record.record.firstFilled(HeadFields.power), registers)
  }

  private static func issuers(of head: Record) -> [Text] {
    [HeadFields.issuer, HeadFields.jointIssuer].flatMap { head.values($0) }.filter { !$0.isBlank }
  }

  /// The body whose document it is; of several that which a line of authority names, and nil where
  /// none does.
  func issuer(signedBy lines: [Text], _ register: SignatureRegister) -> SignatureRegister.Body? {
    let bodies = issuers.compactMap { register.body(atStartOf: folded($0.bytes)) }
    guard issuers.count > 1 else { return bodies.first }
    return bodies.first { body in
      lines.contains { line in
        line.words.dropFirst().first.map { word in
          let rest = folded(line.bytes[word.range.bounds.lowerBound...])
          return register.body(atStartOf: rest)?.name == body.name
            || register.body(atStartOf: rest)?.fullName.map { $0 == body.fullName } ?? false
        } ?? false
      }
    }
  }

  private func folded(_ text: ArraySlice<UInt8>) -> [UInt8] { Reports.folded(text) }
}
