import Diagnostics
import Texts

/// Checks that a document has what it cannot be without, in its head or among the records that go into
/// it: something to print, two signers, what a text ending in a colon leads to.
struct NeedChecks {
  private let declaration: ResolvedDeclaration
  private let least: Int

  init(_ declaration: ResolvedDeclaration) {
    self.declaration = declaration
    least = declaration.relation == .twoOf ? 2 : 1
  }

  func problems(_ data: inout CheckedData) -> [Diagnostic] {
    let documents = data.documents.documents
    var counts = documents.map { declaration.relation == .leadsTo ? 0 : ownCount(of: $0.record) }
    for operand in declaration.operands {
      guard case .all = operand.origin else { continue }
      for record in data.records.records(ofType: operand.type)
      where !record.offsets(of: operand.column).isEmpty {
        // One whose field is empty is told of as that.
        let places = data.documents.indices(for: record, ofType: operand.type, among: data.records)
        for index in places { counts[index] += 1 }
      }
    }
    return zip(documents, counts).compactMap { document, count in
      guard declaration.isAbout(document.record), count < least else { return nil }
      guard let place = place(in: document.record) else { return nil }
      return declaration.broken(.tooFew(names(data), count: count, least: least), at: place)
    }
  }

  /// Where it is told that a document has too little: at its head, or at the text that leads to what is
  /// not there; nil where the text leads to nothing.
  private func place(in head: TypedRecord) -> Text? {
    guard declaration.relation == .leadsTo else { return head.record.place }
    let last = head.texts(of: declaration.operands[0].column).last { !$0.isBlank }
    return last.flatMap { $0.trimmed.bytes.last == UInt8(ascii: ":") ? $0 : nil }
  }

  private func ownCount(of head: TypedRecord) -> Int {
    declaration.operands.reduce(0) { count, operand in
      guard case .record = operand.origin else { return count }
      return count + head.texts(of: operand.column).count { !$0.isBlank }
    }
  }

  /// The fields of the head and the record types that would do.
  private func names(_ data: borrowing CheckedData) -> [String] {
    declaration.operands.dropFirst(declaration.relation == .leadsTo ? 1 : 0).map { operand in
      if case .all = operand.origin { return data.schema.types[operand.type].name.string }
      return operand.field.string
    }
  }
}

extension [Diagnostic] {
  /// Without the word that nobody signs a document of which it is told how many have to.
  var withoutNeedsToldTwice: [Diagnostic] {
    let told = compactMap { problem -> Int32? in
      guard case .check(.tooFew) = problem.kind else { return nil }
      return problem.place?.range.start
    }
    guard !told.isEmpty else { return self }
    return filter { problem in
      guard case .check(.signing(.signedByNobody)) = problem.kind, let place = problem.place else {
        return true
      }
      return !told.contains(place.range.start)
    }
  }
}
