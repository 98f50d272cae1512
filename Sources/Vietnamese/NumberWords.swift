import Diagnostics
import Texts

/// The ways in which numbers are said that differ between offices and regions.
public struct NumberWords: Sendable, Hashable {
  /// The word between a hundred and a single digit: `một trăm linh năm`, `một trăm lẻ năm`.
  public var zeroTens = "linh"
  /// `nghìn` or `ngàn`.
  public var thousand = "nghìn"
  /// The last digit of 24, 34 …: `tư` or `bốn`. After no tens and after `mười` it always is `bốn`.
  public var four = "tư"
  /// `tỷ` or `tỉ`.
  public var billion = "tỷ"
  /// Tells whether groups of three zeros between others are said: 1.000.005 is `một triệu không
  /// nghìn không trăm linh năm`. Without, it is `một triệu không trăm linh năm`.
  public var saysZeroGroups = true
  /// Tells whether the digits after the comma are said one by one, `phẩy hai năm` for `,25`; else up
  /// to three of them are said as schools teach it, `phẩy hai mươi lăm`.
  public var spellsFraction = false

  public init() {}

  /// The words that each of these may be.
  public static let choices = (
    zeroTens: ["linh", "lẻ"], thousand: ["nghìn", "ngàn"], four: ["tư", "bốn"],
    billion: ["tỷ", "tỉ"]
  )

  static let digits = [
    "không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín",
  ]
}

extension NumberWords {
  /// Appends a decimal of the form `-1234567.5` in words: `âm một triệu hai trăm ba mươi bốn nghìn
  /// năm trăm sáu mươi bảy phẩy năm`.
  ///
  /// - Returns: false, with nothing appended, for any other form.
  public func append(decimal: ArraySlice<UInt8>, to bytes: inout ByteBuffer) -> Bool {
    let isNegative = decimal.first == UInt8(ascii: "-")
    let parts = decimal.dropFirst(isNegative ? 1 : 0)
      .split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard 1...2 ~= parts.count, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isDigit) })
    else { return false }
    if isNegative { bytes += "âm ".utf8 }
    append(whole: parts[0], to: &bytes)
    guard parts.count == 2 else { return true }
    bytes += " phẩy".utf8
    append(decimals: parts[1], to: &bytes)
    return true
  }

  /// Appends the words of a whole number.
  ///
  /// - Parameter digits: at least one.
  public func append(whole digits: ArraySlice<UInt8>, to bytes: inout ByteBuffer) {
    let digits = digits.drop { $0 == UInt8(ascii: "0") }
    guard !digits.isEmpty else { return bytes += Self.digits[0].utf8 }
    var words = SpacedWords(start: bytes.count)
    var start = digits.startIndex
    // Blocks of nine digits, each of which counts the billions of the one behind it.
    var end = start + (digits.count - 1) % 9 + 1
    while start < digits.endIndex {
      append(block: digits[start..<end], isFirst: start == digits.startIndex, &words, to: &bytes)
      (start, end) = (end, end + 9)
      if start < digits.endIndex { words.append(billion, to: &bytes) }
    }
  }

  /// Appends up to nine digits; nothing where all are zero.
  private func append(
    block: ArraySlice<UInt8>, isFirst: Bool, _ words: inout SpacedWords,
    to bytes: inout ByteBuffer
  ) {
    let last = block.lastIndex { $0 != UInt8(ascii: "0") }
    guard let last else { return }
    var isFirst = isFirst
    var start = block.startIndex
    var end = start + (block.count - 1) % 3 + 1
    // Groups of zeros at the end are not said, nor the scale of what is not there.
    while start <= last {
      let group = block[start..<end]
      let isZero = group.allSatisfy { $0 == UInt8(ascii: "0") }
      if !isZero || saysZeroGroups {
        if isZero {
          words.append(Self.digits[0], to: &bytes)
        } else {
          append(group: group, isFull: !isFirst, &words, to: &bytes)
        }
        let scale = ["", thousand, "triệu"][(block.endIndex - end) / 3]
        if !scale.isEmpty { words.append(scale, to: &bytes) }
      }
      isFirst = false
      (start, end) = (end, end + 3)
    }
  }

  /// Appends up to three digits that are not all zero.
  ///
  /// - Parameter isFull: whether hundreds and tens of zero are said, as something stands before them.
  private func append(
    group: ArraySlice<UInt8>, isFull: Bool, _ words: inout SpacedWords,
    to bytes: inout ByteBuffer
  ) {
    let value = group.number ?? 0
    let (hundreds, tens, ones) = (value / 100, value / 10 % 10, value % 10)
    let saysHundreds = isFull || hundreds > 0
    if saysHundreds {
      words.append(Self.digits[hundreds], to: &bytes)
      words.append("trăm", to: &bytes)
    }
    switch tens {
    case 0 where ones == 0: return
    case 0: if saysHundreds { words.append(zeroTens, to: &bytes) }
    case 1: words.append("mười", to: &bytes)
    default:
      words.append(Self.digits[tens], to: &bytes)
      words.append("mươi", to: &bytes)
    }
    guard ones > 0 else { return }
    words.append(one(ones, afterTens: tens), to: &bytes)
  }

  private func one(_ digit: Int, afterTens tens: Int) -> String {
    switch digit {
    case 1 where tens > 1: "mốt"
    case 4 where tens > 1: four
    case 5 where tens > 0: "lăm"
    default: Self.digits[digit]
    }
  }

  /// Appends the digits behind the comma, each with a space before it or said as a number.
  private func append(decimals digits: ArraySlice<UInt8>, to bytes: inout ByteBuffer) {
    var words = SpacedWords(start: -1)
    let isZero = digits.allSatisfy { $0 == UInt8(ascii: "0") }
    if !spellsFraction, !isZero, digits.count == 3 {
      return append(group: digits, isFull: true, &words, to: &bytes)
    }
    if !spellsFraction, digits.count == 2, digits.first != UInt8(ascii: "0") {
      return append(group: digits, isFull: false, &words, to: &bytes)
    }
    for digit in digits {
      words.append(Self.digits[Int(digit - UInt8(ascii: "0"))], to: &bytes)
    }
  }
}

extension NumberWords {
  /// Appends a share, `ba phần tư`, for a fraction `3/4`.
  ///
  /// - Returns: false, with nothing appended, for a text that is no fraction of whole numbers, and
  ///   for one with the denominator 0.
  public func append(fraction text: ArraySlice<UInt8>, to bytes: inout ByteBuffer) -> Bool {
    let parts = text.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isDigit) }) else {
      return false
    }
    let denominator = parts[1].drop { $0 == UInt8(ascii: "0") }
    guard !denominator.isEmpty else { return false }
    append(whole: parts[0], to: &bytes)
    bytes += " phần ".utf8
    switch denominator.number {
    case 4: bytes += four.utf8
    case 100: bytes += "trăm".utf8
    case 1000: bytes += thousand.utf8
    default: append(whole: denominator, to: &bytes)
    }
    return true
  }

  /// Appends an ordinal number: `thứ nhất`, `thứ hai`, `thứ tư`, `thứ hai mươi mốt`.
  ///
  /// - Parameters:
  ///   - number: from 1; any other throws ``ValueProblem/noOrdinal(_:)``.
  ///   - place: that of the error.
  public func append(
    ordinal number: Int, at place: Text?, to bytes: inout ByteBuffer
  ) throws(Diagnostic) {
    guard number > 0 else { throw Diagnostic(.value(.noOrdinal(number)), at: place) }
    bytes += "thứ ".utf8
    switch number {
    case 1: bytes += "nhất".utf8
    case 4: bytes += four.utf8
    default: append(whole: Array(String(number).utf8)[...], to: &bytes)
    }
  }
}

/// Words of which each but the first at an offset has a space before it.
private struct SpacedWords {
  let start: Int

  func append(_ word: String, to bytes: inout ByteBuffer) {
    if bytes.count != start { bytes.append(UInt8(ascii: " ")) }
    bytes += word.utf8
  }
}
