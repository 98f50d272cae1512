import Texts

/// How much speaks for a word in a reading, in tenths.
///
/// A syllable of Vietnamese counts the more the longer and the more frequent it is. What is none
/// counts against a reading that changes bytes, and less against the text as it is, which may have
/// words of other languages.
struct WordScore {
  private var sum = 0

  var score: Int16 { Int16(clamping: max(sum, Int(WordScore.impossible) / 2)) }
  /// The number of marked words that are syllables, and of those that are not.
  private(set) var good = 0
  private(set) var bad = 0

  /// No reading with a byte it does not have is taken while another is left.
  static let impossible: Int16 = -2000

  private static let foreign = -10
  private static let wrong = -60
  private static let uneven = -25
  private static let signWithin = -30
  private static let signBeside = -15

  /// - Parameters:
  ///   - word: well-formed UTF-8, as the reading gives it.
  ///   - isTolerant: whether words of other languages are to be expected.
  ///   - mixesCapitals: whether small letters may stand for capitals.
  init(_ word: Span<UInt8>, isTolerant: Bool, mixesCapitals: Bool) {
    var reader = WordReader()
    var index = 0
    var previous: (isLetter: Bool, isSign: Bool) = (false, false)
    while index < word.count {
      let scalar = word.nextScalar(at: index)
      index = scalar.end
      let letter = Letters.letter(scalar.value)
      if letter.isLetter {
        if previous.isSign { sum += Self.signBeside }
        reader.add(letter, isASCII: scalar.value < 0x80)
        previous = (true, false)
      } else if Self.isForeignLetter(scalar.value) {
        reader.addForeign(isOdd: Self.isOddLetter(scalar.value))
        previous = (true, false)
      } else {
        let isSign = Self.isOddSign(scalar.value)
        if previous.isLetter, !Self.joins(scalar.value), index < word.count,
          word.isLetter(at: index)
        {
          sum += Self.signWithin
        } else if isSign, previous.isLetter {
          sum += Self.signBeside
        }
        if scalar.value < 0xA0, scalar.value >= 0x80 || scalar.value < 0x20 {
          sum += Self.signWithin
        }
        end(reader, isTolerant, mixesCapitals)
        reader = WordReader()
        previous = (false, isSign)
      }
    }
    end(reader, isTolerant, mixesCapitals)
    // Many syllables in one word are chance.
    sum = min(sum, Self.most)
  }

  private static let most = 50

  mutating func add(_ more: Int) { sum += more }

  private mutating func end(_ word: WordReader, _ isTolerant: Bool, _ mixesCapitals: Bool) {
    guard word.isMarked else { return }
    let match = word.match(in: .known)
    guard match != .none else {
      // HĐND, NĐ: an abbreviation says nothing.
      if word.isAbbreviation || isTolerant && word.count == 1 { return }
      if word.isMixed { sum += Self.signWithin }
      bad += 1
      sum += isTolerant ? Self.foreign : Self.wrong
      return
    }
    good += 1
    if !word.isEven, !mixesCapitals { sum += Self.uneven }
    if word.count == 1 {
      // In a wrong reading many a sign is a vowel.
      sum += 5
    } else if match == .common {
      sum += 35
    } else {
      sum += word.count >= 4 ? 25 : word.count == 3 ? 20 : 10
    }
  }

  private static func isForeignLetter(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xC0...0xFF: scalar != 0xD7 && scalar != 0xF7
    case 0x100...0x2AF, 0x300...0x36F, 0x370...0x1FFF, 0x3040...0xD7FF: true
    default: false
    }
  }

  /// Letters of other scripts than the Latin one, and those of Icelandic, which in most texts are
  /// something else that went wrong.
  private static func isOddLetter(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xD0, 0xDE, 0xF0, 0xFE, 0x250...0x2FF, 0x370...0x1DFF, 0x1F00...: true
    default: false
    }
  }

  /// Blanks, dashes and the apostrophe, which stand between letters: `l’été`.
  private static func joins(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xA0, 0x2000...0x2015, 0x2019, 0x202F, 0x2060, 0x3000...0x303F, 0x1F000...: true
    default: false
    }
  }

  /// Signs that seldom stand beside a letter.
  private static func isOddSign(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xA1...0xA9, 0xAC...0xAF, 0xB1, 0xB4...0xB8, 0xBC...0xBF, 0xD7, 0xF7, 0x192, 0x2C6,
      0x2020...0x2021, 0x2030:
      true
    // ¹ and its like behind a word are the number of a note.
    default: false
    }
  }
}

extension Span<UInt8> {
  fileprivate func isLetter(at offset: Int) -> Bool {
    let scalar = nextScalar(at: offset).value
    return Letters.letter(scalar).isLetter
  }
}
