import Texts
import Vietnamese

/// The number, letter or sign before a section or a point, typed or counted by the other program.
struct TypedLabel: Equatable {
  let form: Form
  /// Which one it is, from 1; 0 for signs.
  let value: Int
  /// As it is written: `1.1.`, `a)`, `Điều 3.`
  let written: String

  enum Form: Equatable {
    case part, chapter, section, subsection, article
    case roman, capital
    /// `1.`, `1.1.`, by the number of its numbers.
    case number(Int)
    case letter, dash, plus
  }

  /// Takes a label off the start of a line; nil where there is none.
  ///
  /// - Parameter lastRoman: the Roman number that came last, which tells `C.` from a hundred.
  static func take(
    from line: WrittenLine, lastRoman: Int
  ) -> (label: TypedLabel, rest: String)? {
    named(line) ?? signed(line.text) ?? numbered(line.text) ?? lettered(line.text, lastRoman)
  }

  // MARK: Names

  private static let names: [(name: String, form: Form)] = [
    ("phần", .part), ("chương", .chapter), ("tiểu mục", .subsection), ("mục", .section),
    ("điều", .article),
  ]

  /// `Chương I`, `Điều 3. …`, `Phần thứ nhất`.
  private static func named(_ line: WrittenLine) -> (TypedLabel, String)? {
    guard let (name, form) = names.first(where: { line.folded.hasPrefix($0.name + " ") }) else {
      return nil
    }
    // A sentence may begin with the same word in small letters.
    guard line.text.first?.isUppercase ?? false else { return nil }
    var rest = line.text.dropFirst(name.count + 1)
    var word = rest.prefix { $0.isLetter || $0.isNumber }
    var value = form == .article || form == .section ? Int(word) : roman(word) ?? Int(word)
    if value == nil, form == .part, word.lowercased() == "thứ" {
      let ordinal = rest.dropFirst(4).prefix { $0.isLetter }
      value = ordinals.firstIndex(of: ordinal.lowercased()).map { $0 + 1 }
      word = rest.prefix(4 + ordinal.count)
    }
    guard let value, value > 0 else { return nil }
    rest = rest.dropFirst(word.count)
    let end = rest.prefix { ".:-–)".contains($0) }
    rest = rest.dropFirst(end.count)
    // «Điều 3 Quyết định này …» is a sentence; the label stands alone, or has a sign behind it.
    guard rest.isEmpty || !end.isEmpty || line.isBold && form != .article else { return nil }
    let written = "\(line.text.prefix(name.count)) \(word)\(end)"
    return (TypedLabel(form: form, value: value, written: written), String(rest).cleaned)
  }

  private static let ordinals = [
    "nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười",
  ]

  // MARK: Signs and numbers

  private static func signed(_ text: String) -> (TypedLabel, String)? {
    guard let sign = text.first, "-–—−•+".contains(sign) else { return nil }
    let rest = text.dropFirst()
    guard let next = rest.first, next == " " || next.isLetter else { return nil }
    let form: Form = sign == "+" ? .plus : .dash
    return (TypedLabel(form: form, value: 0, written: String(sign)), String(rest).cleaned)
  }

  /// `1.`, `1)`, `1/`, `1.1.`, `1.1`, `1.2.3.`
  private static func numbered(_ text: String) -> (TypedLabel, String)? {
    var rest = text[...]
    var numbers: [Int] = []
    var end: Character?
    while true {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      guard !digits.isEmpty, digits.count < 4, let number = Int(digits) else { break }
      numbers.append(number)
      rest = rest.dropFirst(digits.count)
      end = nil
      guard let sign = rest.first, ".)/-".contains(sign) else { break }
      end = sign
      rest = rest.dropFirst()
      if sign != "." { break }
    }
    guard let last = numbers.last, last > 0, last < 200, numbers.count < 5 else { return nil }
    // A single number needs a sign behind it, or it counts something.
    guard numbers.count > 1 || end != nil, rest.first == " " || end != nil && startsText(rest)
    else { return nil }
    let written = String(text[..<rest.startIndex])
    return (
      TypedLabel(form: .number(numbers.count), value: last, written: written),
      String(rest).cleaned
    )
  }

  /// Tells whether a text follows right behind a label: `1.Kết quả`.
  private static func startsText(_ rest: Substring) -> Bool { rest.first?.isUppercase ?? false }

  // MARK: Letters

  /// `I.`, `II-`, `A.`, `a)`, `đ.`
  private static func lettered(_ text: String, _ lastRoman: Int) -> (TypedLabel, String)? {
    let word = text.prefix { $0.isLetter }
    guard 1...6 ~= word.count else { return nil }
    let behind = text.dropFirst(word.count)
    guard let sign = behind.first, ".)/-–:".contains(sign) else { return nil }
    let rest = behind.dropFirst()
    guard rest.first == " " || sign != ":" && sign != "-" && startsText(rest) else { return nil }
    let written = String(text[..<rest.startIndex])
    func found(_ form: Form, _ value: Int) -> (TypedLabel, String) {
      (TypedLabel(form: form, value: value, written: written), String(rest).cleaned)
    }
    if sign == ":" { return nil }
    if word.count == 1, let letter = word.first, letter.isLowercase, sign != "-" {
      guard let value = pointValue(letter) else { return nil }
      return found(.letter, value)
    }
    if let value = roman(word), word.allSatisfy(\.isUppercase), value <= 60 {
      // C. and D. are a hundred and five hundred, and letters.
      if word.count > 1 || ["I", "V", "X"].contains(word) && (value == 1 || value == lastRoman + 1)
      {
        return found(.roman, value)
      }
    }
    guard word.count == 1, let letter = word.unicodeScalars.first, ("A"..."Z").contains(letter)
    else { return nil }
    return found(.capital, Int(letter.value) - 0x40)
  }

  /// Which point of a list a letter is, in the Vietnamese alphabet.
  private static func pointValue(_ letter: Character) -> Int? {
    (1...23).first { pointLetter($0) == String(letter) }
      ?? ("fjwz".contains(letter) ? 24 : nil)
  }

  /// The value of a Roman number in capitals, if it is written as it should be.
  static func roman(_ word: some StringProtocol) -> Int? {
    let digits: [Character: Int] = [
      "I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000,
    ]
    guard 1...8 ~= word.count else { return nil }
    var (value, last) = (0, 0)
    for character in word.reversed() {
      guard let digit = digits[character] else { return nil }
      value += digit < last ? -digit : digit
      last = max(last, digit)
    }
    return romanNumeral(value).map { $0 == word } ?? false ? value : nil
  }
}
