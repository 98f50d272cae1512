import Texts

/// Appends a text in which what it explains is short: `Quy chế dân chủ (QCDC) ở cơ sở` becomes
/// `QCDC ở cơ sở` (the filter `viet_tat`).
///
/// An abbreviation in brackets stands for as many words before it as it has letters, each of which
/// begins with that letter, whatever its tone.
public func appendAbbreviated(_ text: Span<UInt8>, to bytes: inout ByteBuffer) {
  guard text.indices.contains(where: { text[$0] == UInt8(ascii: "(") }) else {
    return bytes.append(text)
  }
  var words: [Substring] = []
  let all = text.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  for word in all.split(separator: " ", omittingEmptySubsequences: false) {
    guard let short = Explanation(word), short.explains(words) else {
      words.append(word)
      continue
    }
    words.removeLast(short.letters.count)
    words.append(short.letters + short.rest)
  }
  bytes += words.joined(separator: " ").utf8
}

/// An abbreviation in brackets, and the marks behind them: `(QCDC),`.
private struct Explanation {
  let letters: Substring
  let rest: Substring

  init?(_ word: Substring) {
    guard word.first == "(", let end = word.firstIndex(of: ")") else { return nil }
    (letters, rest) = (word[..<end].dropFirst(), word[end...].dropFirst())
    guard letters.count > 1, letters.allSatisfy(\.isUppercase), !rest.contains(where: \.isLetter)
    else { return nil }
  }

  /// Tells whether the last of the words begin with the letters.
  func explains(_ words: [Substring]) -> Bool {
    let initials = words.suffix(letters.count).map { $0.first(where: \.isLetter).map(bare) }
    return initials == letters.map(bare)
  }

  /// The letter without its tone and other marks, but for đ, which is a letter of its own.
  private func bare(_ letter: Character) -> String {
    let small = letter.lowercased()
    return small == "đ" ? small : withoutMarks(small)
  }
}
