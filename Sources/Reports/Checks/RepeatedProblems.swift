import Diagnostics

extension [Diagnostic] {
  /// Tells each problem once: what is wrong with a template or a schema comes up with every file and
  /// every template that needs it, and that a file cannot be opened at every place that names it.
  public var toldOnce: [Diagnostic] {
    guard count > 1 else { return self }
    var seen: Set<ProblemKey> = []
    return filter { seen.insert(ProblemKey($0)).inserted }
  }
}

/// The problem and where it is; for a file that cannot be opened the file alone.
private struct ProblemKey: Hashable {
  private let message: String
  private let file: String
  private let start: Int32

  init(_ problem: Diagnostic) {
    message = problem.sentence(in: .english)
    if case .source(.cannotOpen) = problem.kind {
      (file, start) = ("", 0)
    } else {
      let place = problem.place
      (file, start) = (place?.source.name ?? "", place?.range.start ?? -1)
    }
  }
}
