import Texts

extension Diagnostic {
  /// A further place that explains a problem, printed under it: the first of two equal keys, say.
  public struct Note: Sendable {
    public let kind: NoteKind
    /// The place; nil for a note that only says something, as ``NoteKind/furtherLevels(_:)``.
    public let place: Text?

    public init(_ kind: NoteKind, at place: Text?) {
      self.kind = kind
      self.place = place
    }
  }
}

/// The reason why a note shows its place.
public enum NoteKind: Sendable, Hashable {
  case inThisRecord
  case firstHere
  case includedHere(template: String)
  /// A number of includes in a long chain that are left out of the message.
  case furtherLevels(Int)
  case closedInstead
  case valueFrom
  case wantedHere
  case ruledHere
  case plannedHere
  case alsoInConstraint
  case comparedWith
  case inRegister
  case alsoHere
  /// A number of places that are left out of the message.
  case furtherPlaces(Int)

  /// The note's words: `first here`.
  public func message(in language: Language) -> String {
    switch (self, language) {
    case (.inThisRecord, .vietnamese): "trong bản ghi này"
    case (.inThisRecord, .english): "in this record"
    case (.firstHere, .vietnamese): "lần đầu ở đây"
    case (.firstHere, .english): "first here"
    case (.includedHere(let template), .vietnamese): "«\(template)» được gọi từ đây"
    case (.includedHere(let template), .english): "“\(template)” is called from here"
    case (.furtherLevels(let count), .vietnamese): "… và \(count) lần gọi nữa"
    case (.furtherLevels(let count), .english): "… and \(count) further calls"
    case (.closedInstead, .vietnamese): "thẻ này đóng khối bên ngoài"
    case (.closedInstead, .english): "this tag closes the block around it"
    case (.valueFrom, .vietnamese): "giá trị lấy từ đây"
    case (.valueFrom, .english): "the value comes from here"
    case (.wantedHere, .vietnamese): "mẫu cần ở đây"
    case (.wantedHere, .english): "the template wants it here"
    case (.ruledHere, .vietnamese): "quy định ở đây"
    case (.ruledHere, .english): "the rule stands here"
    case (.plannedHere, .vietnamese): "tệp tổng hợp ghi ở đây"
    case (.plannedHere, .english): "the plan says so here"
    case (.alsoInConstraint, .vietnamese): "ràng buộc xét cả trường này"
    case (.alsoInConstraint, .english): "the constraint looks at this field too"
    case (.comparedWith, .vietnamese): "so với chỗ này"
    case (.comparedWith, .english): "compared with this"
    case (.inRegister, .vietnamese): "sổ ghi ở đây"
    case (.inRegister, .english): "the register has it here"
    case (.alsoHere, .vietnamese): "cả ở đây nữa"
    case (.alsoHere, .english): "here too"
    case (.furtherPlaces(let count), .vietnamese): "… và \(count) chỗ nữa"
    case (.furtherPlaces(let count), .english): "… and \(count) further places"
    }
  }
}
