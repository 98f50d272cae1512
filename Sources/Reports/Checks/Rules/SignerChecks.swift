import Diagnostics
import Records
import Texts

/// Checks that each document is signed in one way: by the fields of its head, or by records of
/// signers, of which a document of several bodies has one for each.
struct SignerChecks {
  private let declaration: ResolvedDeclaration
  /// The fields of the head that the records stand for.
  private let fields: ArraySlice<ResolvedDeclaration.Operand>
  /// The body in the record of a signer, the issuer and the bodies that issue with it.
  private let bodies: ArraySlice<ResolvedDeclaration.Operand>

  init(_ declaration: ResolvedDeclaration) {
    self.declaration = declaration
    fields = declaration.operands.dropLast(3)
    bodies = declaration.operands.suffix(3)
  }

  func problems(_ data: inout CheckedData) -> [Diagnostic] {
    guard let body = bodies.first else { return [] }
    var signers: [Int: [TypedRecord]] = [:]
    for record in data.records.records(ofType: body.type) {
      let found = data.documents.indices(for: record, ofType: body.type, among: data.records)
      for index in found { signers[index, default: []].append(record) }
    }
    var problems: [Diagnostic] = []
    let documents = data.documents.documents
    for index in documents.indices where data.hasHead(documents[index].name) {
      problems += self.problems(documents[index], signers[index] ?? [], data)
    }
    return problems
  }

  private func problems(
    _ document: FileDocuments.Document, _ signers: [TypedRecord], _ data: borrowing CheckedData
  ) -> [Diagnostic] {
    let head = document.record
    let single = fields.compactMap { field in
      head.texts(of: field.column).first { !$0.isBlank }.map { (field: field.field, text: $0) }
    }
    if let first = single.first, let signer = signers.first {
      let problem = SigningProblem.signedTwice(data.named(first.field, ofType: declaration.type))
      return [
        declaration.broken(
          .signing(problem), at: first.text, comparedWith: [signer.record.place])
      ]
    }
    if single.isEmpty, signers.isEmpty {
      // The kind demands the fields, so that they are missing.
      if data.demands(fields.map(\.field), in: document.name) { return [] }
      return [declaration.broken(.signing(.signedByNobody), at: head.record.place)]
    }
    return problems(ofBodiesOf: head, signers)
  }

  /// What is wrong where several bodies issue the document.
  private func problems(ofBodiesOf head: TypedRecord, _ signers: [TypedRecord]) -> [Diagnostic] {
    let issuers = bodies.dropFirst().flatMap { head.texts(of: $0.column) }.filter { !$0.isBlank }
    guard issuers.count > 1, let body = bodies.first else { return [] }
    var problems: [Diagnostic] = []
    if signers.count < issuers.count {
      let problem = SigningProblem.missingSigners(count: signers.count, bodies: issuers.count)
      problems.append(declaration.broken(.signing(problem), at: issuers[1]))
    }
    let known = issuers.map { folded($0.bytes) }
    for own in signers.compactMap({ $0.text(of: body.column) })
    where !own.isBlank && !known.contains(folded(own.bytes)) {
      let problem = SigningProblem.signerOfOtherBody(
        own.string, bodies: issuers.map { "«\($0.string)»" })
      problems.append(
        declaration.broken(.signing(problem), at: own, comparedWith: [issuers[0]]))
    }
    return problems
  }
}

extension CheckedData {
  private func headRule(of field: String, in document: DocumentName) -> FieldRule? {
    kinds.first { $0.name == document.kind }?.headType?.rule(for: Text(field))
  }

  /// Tells whether documents of a kind have a head with an issuer; a post has none.
  fileprivate func hasHead(_ document: DocumentName) -> Bool {
    headRule(of: HeadFields.issuer, in: document).map { $0.isMandatory || $0.isAllowed } ?? false
  }

  /// Tells whether the kind of a document demands one of some fields.
  fileprivate func demands(_ fields: [Text], in document: DocumentName) -> Bool {
    fields.contains { headRule(of: $0.string, in: document)?.isMandatory ?? false }
  }
}
