import Diagnostics
import Texts

/// Checks the names of documents that records say they go into.
struct PlacementChecks {
  private let declaration: ResolvedDeclaration

  init(_ declaration: ResolvedDeclaration) {
    self.declaration = declaration
  }

  func problems(_ data: CheckedData) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let documents = data.documents.documents.map(\.name)
    // A document whose kind is not known may be the one that is meant.
    if documents.contains(where: \.kind.isEmpty) { return [] }
    let kinds = data.documents.kinds
    for record in data.records.records(ofType: declaration.type) {
      for value in record.texts(of: declaration.operands[0].column)
      where !documents.contains(where: { $0.isMeant(by: value) })
        && !kinds.contains(where: value.isSpelled)
      {
        let known = PlacementChecks.names(of: documents)
        let problem = CheckProblem.noSuchDocument(
          value.string, suggestion: nearest(to: value.string, among: known + kinds), known: known)
        problems.append(declaration.broken(problem, at: value))
      }
    }
    return problems
  }

  /// The kinds, and of one that there are several of, each document.
  private static func names(of documents: [DocumentName]) -> [String] {
    var names: [String] = []
    for document in documents where document.number == 1 {
      names.append(document.kind)
      let count = documents.count { $0.kind == document.kind }
      if count > 1 { names += (1...count).map { "\(document.kind)-\($0)" } }
    }
    return names
  }
}
