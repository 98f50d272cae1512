import Diagnostics
import Texts
import Vietnamese

/// The number and sign of a document in a running text, and the date after it.
struct FoundSign {
  /// The sign as it should be written; what has only the looks of one as it stands.
  let sign: Text
  /// Tells whether it is a sign in the form of the Party or of the state.
  let isWhole: Bool
  /// The whole of it in the text, with stray spaces.
  let range: Range<Int>
  let place: Text
  /// The problem with its spaces.
  let stray: CheckProblem?
  /// `04/3/2000` after «ngày».
  let date: Text?
  /// The name of the kind before it: `Nghị định`, `Nghị định số`.
  let kind: Text?
  /// What stands behind «của» right after the sign or its date.
  let issuer: Text?

  /// Tells whether a sign may begin at a number: false for most of them, by one look behind it.
  static func mayBegin(_ words: TextWords, at index: Int, _ bytes: [UInt8]) -> Bool {
    guard index + 1 < words.count else { return false }
    let gap = Int(words.range(at: index).end)..<Int(words.range(at: index + 1).start)
    guard gap.count <= 3 else { return false }
    if gap.count == 1, bytes[gap.lowerBound] == 0x20 { return isCode(words, index + 1, bytes) }
    var sign: UInt8 = 0x20
    for offset in gap where bytes[offset] != 0x20 {
      guard sign == 0x20 else { return false }
      sign = bytes[offset]
    }
    return (sign == UInt8(ascii: "/") || sign == UInt8(ascii: "-"))
      && words[index + 1].canFollow(sign)
  }

  /// Tells whether a word behind a blank is a code that another follows: `30 CT/TW`.
  private static func isCode(_ words: TextWords, _ index: Int, _ bytes: [UInt8]) -> Bool {
    let end = Int(words.range(at: index).end)
    guard index + 1 < words.count, Int(words.range(at: index + 1).start) == end + 1,
      bytes[end] == UInt8(ascii: "/") || bytes[end] == UInt8(ascii: "-")
    else { return false }
    return words[index].kind == .capital && words[index + 1].kind == .capital
  }

  /// Reads on from a number: codes with `/` and `-` between them, perhaps with a stray space.
  init?(_ words: TextWords, at index: Int, in text: Text) {
    let bytes = text.source.bytes
    var last = index
    var clean = Array(bytes[words[index].start..<words[index].end])
    var hasSpaces = false
    var found: (DocumentNumber, end: Int, hasSpaces: Bool)?
    var codes = 0
    while last + 1 < words.count, clean.count < 60 {
      let gap = bytes[words[last].end..<words[last + 1].start]
      let signs = gap.filter { $0 != 0x20 }
      if signs.isEmpty, last == index, FoundSign.isCode(words, index + 1, bytes) {
        last += 1
        clean += gap + bytes[words[last].start..<words[last].end]
        continue
      }
      guard gap.count <= 3, signs.count == 1, let sign = signs.first,
        sign == UInt8(ascii: "/") || sign == UInt8(ascii: "-"),
        words[last + 1].canFollow(sign)
      else { break }
      // What is whole already does not go on after a blank.
      if found != nil, gap.count > 1 { break }
      last += 1
      hasSpaces = hasSpaces || gap.count > 1
      clean.append(sign)
      clean += bytes[words[last].start..<words[last].end]
      if words[last].kind != .number { codes += 1 }
      if words[last].kind != .number, let number = try? DocumentNumber(Text(computed: clean)),
        number.isWhole
      {
        found = (number, last, hasSpaces)
      }
    }
    guard found != nil || codes > 0 else { return nil }
    let end = found?.end ?? last
    (isWhole, range) = (found != nil, words[index].start..<words[end].end)
    place = text.part(range)
    sign = found?.0.number.source.text ?? Text(computed: clean)
    stray = found?.hasSpaces ?? false ? .spaceInSign(place.string, meant: sign.string) : nil
    date = FoundSign.date(words, after: end, in: text)
    kind = FoundSign.kind(words, before: index, in: text)
    issuer = FoundSign.issuer(
      words, behind: date?.range.bounds.upperBound ?? range.upperBound, after: end, in: text)
  }

  /// - Parameters:
  ///   - offset: where the sign or its date ends.
  ///   - index: that of the last word of the sign.
  private static func issuer(
    _ words: TextWords, behind offset: Int, after index: Int, in text: Text
  ) -> Text? {
    var next = index + 1
    while next < words.count, words[next].start < offset { next += 1 }
    guard next + 1 < words.count, words[next].hash == cua else { return nil }
    return text.part(words[next + 1].start..<text.range.bounds.upperBound)
  }

  private static let cua = WordTable.hash("của".utf8)

  /// The two words before the sign, or before «số» in front of it, of which the first begins with a
  /// capital.
  private static func kind(_ words: TextWords, before index: Int, in text: Text) -> Text? {
    let end = index > 0 && words[index - 1].hash == so ? index - 1 : index
    guard end > 1, words.followsBlank(at: end), words.followsBlank(at: end - 1),
      words[end - 2].kind == .capital
    else { return nil }
    return text.part(words[end - 2].start..<words[end - 1].end)
  }

  static let so = WordTable.hash("số".utf8)

  /// `ngày 04/3/2000`, `ngày 04 tháng 3 năm 2000` right after the sign, perhaps behind a comma.
  static func date(_ words: TextWords, after index: Int, in text: Text) -> Text? {
    guard index + 2 < words.count, words[index + 1].hash == ngay,
      let time = WrittenTime(
        in: text.source.bytes, at: words[index + 2].start, of: text.range.bounds),
      time.day() != nil
    else { return nil }
    return text.part(time.range)
  }

  private static let ngay = WordTable.hash("ngày".utf8)
}

extension Word {
  /// Codes have capitals; of numbers only a year stands in a sign.
  fileprivate func canFollow(_ sign: UInt8) -> Bool {
    switch kind {
    case .small: false
    case .number: sign == UInt8(ascii: "/") && end - start == 4
    case .capital, .mixed: true
    }
  }
}

extension DocumentNumber {
  /// Tells whether it has a kind and an issuer, or is a law's: `10/2022/QH15`.
  fileprivate var isWhole: Bool {
    guard let issuer else { return false }
    return kind != nil || (year != nil && issuer.bytes.starts(with: "QH".utf8))
  }

}
