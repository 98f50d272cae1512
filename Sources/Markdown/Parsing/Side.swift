import Texts

/// What stands on one side of a mark of emphasis, as CommonMark sees it.
enum Side {
  case blank
  case punctuation
  case letter

  /// - Parameter scalar: nil at the start and the end of a text.
  init(_ scalar: Unicode.Scalar?) {
    guard let scalar, !scalar.isSpaceOfCmark else {
      self = .blank
      return
    }
    self = scalar.isPunctuationOfCmark ? .punctuation : .letter
  }
}

extension Unicode.Scalar {
  fileprivate var isSpaceOfCmark: Bool {
    ["\t", "\n", "\u{C}", "\r"].contains(self) || properties.generalCategory == .spaceSeparator
  }

  fileprivate var isPunctuationOfCmark: Bool {
    if isASCII { return value > 0x20 && value < 0x7F && !isWordByte(UInt8(value)) }
    return switch properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation:
      true
    default: false
    }
  }
}
