import Diagnostics
import Texts

// The numerals of sections and points: Roman numbers and letters.

/// Appends a number in Roman numerals (the filter `la_ma`).
///
/// - Parameters:
///   - number: 1 to 3999; any other throws ``ValueProblem/noRomanNumeral(_:)``.
///   - place: that of the error.
public func appendRoman(
  _ number: Int, at place: Text?, to bytes: inout ByteBuffer
) throws(Diagnostic) {
  guard (1...3999).contains(number) else {
    throw Diagnostic(.value(.noRomanNumeral(number)), at: place)
  }
  var rest = number
  for (value, numeral) in romanNumerals {
    while rest >= value {
      bytes += numeral.utf8
      rest -= value
    }
  }
}

private let romanNumerals = [
  (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
  (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
]

/// Appends the letter of a point (điểm), 1 for a (the filter `chu_cai`).
///
/// The letters are the Vietnamese alphabet without ă, â, ê, ô, ơ, ư (NĐ 30/2020, Phụ lục III).
///
/// - Parameters:
///   - number: 1 to 23; any other throws ``ValueProblem/noPointLetter(_:last:)``.
///   - place: that of the error.
public func appendPointLetter(
  _ number: Int, at place: Text?, to bytes: inout ByteBuffer
) throws(Diagnostic) {
  guard (1...pointLetters.count).contains(number) else {
    throw Diagnostic(.value(.noPointLetter(number, last: pointLetters.count)), at: place)
  }
  bytes += String(pointLetters[number - 1]).utf8
}

private let pointLetters = Array("abcdđeghiklmnopqrstuvxy".unicodeScalars)
