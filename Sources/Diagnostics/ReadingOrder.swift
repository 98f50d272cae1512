import Texts

extension [Diagnostic] {
  /// The problems in the order in which a person works through them, each once.
  ///
  /// First come those without a place, then those of `source` from its first line to its last, then
  /// those of other files, file by file.
  public func inOrder(from source: Source) -> [Diagnostic] {
    if isEmpty { return self }
    var files = [source.name]
    var sorted: [(file: Int, start: Int32, problem: Diagnostic)] = []
    var seen: Set<Identity> = []
    for problem in self where seen.insert(Identity(problem)).inserted {
      guard let place = problem.place?.place else {
        sorted.append((-1, 0, problem))
        continue
      }
      let file = files.firstIndex(of: place.source.name) ?? files.count
      if file == files.count { files.append(place.source.name) }
      sorted.append((file, place.range.start, problem))
    }
    return sorted.enumerated().sorted { left, right in
      (left.element.file, left.element.start, left.offset)
        < (right.element.file, right.element.start, right.offset)
    }.map(\.element.problem)
  }

  private struct Identity: Hashable {
    let sentence: String
    let file: String?
    let range: SourceRange?

    init(_ problem: Diagnostic) {
      sentence = problem.kind.code + problem.sentence(in: .english)
      file = problem.place?.place.source.name
      range = problem.place?.place.range
    }
  }
}
