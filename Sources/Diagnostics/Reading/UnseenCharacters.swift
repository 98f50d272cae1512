import Texts

extension Text {
  /// Tells whether a name holds a character that nobody sees: no other name looks different.
  public var holdsUnseen: Bool {
    !isASCII && string.unicodeScalars.contains { $0.isUnseen(orBlank: false) }
  }

  /// A problem for each character of a name that nobody sees.
  ///
  /// - Parameter orBlank: whether blanks beyond ASCII are such characters, as in a template, where
  ///   none can be part of a name.
  public func unseenCharacters(orBlank: Bool) -> [Diagnostic] {
    if isASCII { return [] }
    var problems: [Diagnostic] = []
    var end = Int(range.start)
    for scalar in string.unicodeScalars {
      let start = end
      end += scalar.utf8.count
      guard scalar.isUnseen(orBlank: orBlank) else { continue }
      let place = Text(source: source, range: SourceRange(start: start, end: end))
      problems.append(
        Diagnostic(
          .source(.invisibleCharacter(code: scalar.value, isInText: false)), at: place))
    }
    return problems
  }

  private var isASCII: Bool {
    withBytes { bytes in
      for index in bytes.indices where bytes[index] >= 0x80 { return false }
      return true
    }
  }
}

extension Unicode.Scalar {
  fileprivate func isUnseen(orBlank: Bool) -> Bool {
    value >= 0x80 && (isInvisible || orBlank && properties.isWhitespace)
  }
}
