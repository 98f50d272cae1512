/// How alike two documents are.
public enum Likeness: Sendable {
  case sameBytes
  /// The same words and figures in the same order, laid out otherwise.
  case sameContent
  case different([Difference])
}

/// A place in which two documents or data files differ.
public struct Difference: Sendable {
  public let place: String
  public let field: String
  public let old: String
  public let new: String
}
