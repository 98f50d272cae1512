import Diagnostics
import Texts

// The numerals of sections and points: Roman numbers and letters.

/// A number in Roman numerals; nil for one that is not 1 to 3999.
public func romanNumeral(_ number: Int) -> String? {
  guard (1...3999).contains(number) else { return nil }
  var (rest, text) = (number, "")
  for (value, numeral) in romanNumerals {
    while rest >= value {
      text += numeral
      rest -= value
    }
  }
  return text
}

/// Appends a number in Roman numerals (the filter `la_ma`).
///
/// - Parameters:
///   - number: 1 to 3999; any other throws ``ValueProblem/noRomanNumeral(_:)``.
///   - place: that of the error.
public func appendRoman(
  _ number: Int, at place: Text?, to bytes: inout ByteBuffer
) throws(Diagnostic) {
  guard let numeral = romanNumeral(number) else {
    throw Diagnostic(.value(.noRomanNumeral(number)), at: place)
  }
  bytes += numeral.utf8
}

private let romanNumerals = [
  (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
  (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
]

/// The letter of a point (điểm), 1 for a; nil for a number that has none.
///
/// The letters are the Vietnamese alphabet without ă, â, ê, ô, ơ, ư (NĐ 30/2020, Phụ lục III).
public func pointLetter(_ number: Int) -> String? {
  guard (1...pointLetters.count).contains(number) else { return nil }
  return String(pointLetters[number - 1])
}

/// Appends the letter of a point (the filter `chu_cai`).
///
/// - Parameters:
///   - number: 1 to 23; any other throws ``ValueProblem/noPointLetter(_:last:)``.
///   - place: that of the error.
public func appendPointLetter(
  _ number: Int, at place: Text?, to bytes: inout ByteBuffer
) throws(Diagnostic) {
  guard let letter = pointLetter(number) else {
    throw Diagnostic(.value(.noPointLetter(number, last: pointLetters.count)), at: place)
  }
  bytes += letter.utf8
}

private let pointLetters = Array("abcdđeghiklmnopqrstuvxy".unicodeScalars)
