import CaseFiles
import Texts
import Testing

/// Numbers written eight digits at a time, against the standard library.
@Suite struct DigitsTests {
  private static func numbers() -> [Int] {
    var random = FixedRandom(seed: 1010)
    var numbers = [Int.max, Int.min, 0] + Array(-20...20)
    var power = 1
    for _ in 0..<18 {
      power *= 10
      for offset in -2...2 { numbers += [power + offset, -power + offset] }
      for _ in 0..<200 { numbers.append(Int.random(in: 0..<power, using: &random)) }
    }
    return numbers
  }

  private static func grouped(_ digits: String) -> String {
    let characters = Array(digits)
    return characters.indices.map { index in
      let left = characters.count - index
      return (index > 0 && left % 3 == 0 ? "." : "") + String(characters[index])
    }.joined()
  }

  @Test func wholeNumbers() {
    for number in Self.numbers() {
      var plain = ByteBuffer()
      var withDots = ByteBuffer()
      plain.append(number: number)
      withDots.append(number: number, groupedBy: UInt8(ascii: "."))
      #expect(plain.string == "\(number)")
      let sign = number < 0 ? "-" : ""
      #expect(withDots.string == sign + Self.grouped("\(number.magnitude)"))
    }
  }

  @Test func dates() {
    for (day, month, year) in [(1, 2, 3), (31, 12, 9999), (5, 3, 2020), (10, 10, 1010)] {
      var buffer = ByteBuffer()
      buffer.append(day, month, year, by: UInt8(ascii: "/"), hasShortMonths: false)
      func padded(_ number: Int, _ count: Int) -> String {
        String(repeating: "0", count: count - "\(number)".count) + "\(number)"
      }
      #expect(buffer.string == "\(padded(day, 2))/\(padded(month, 2))/\(padded(year, 4))")
      let isShort = (3...9).contains(month)
      buffer.append(day, month, year, by: UInt8(ascii: "-"), hasShortMonths: true)
      #expect(
        buffer.string.dropFirst(10)
          == "\(padded(day, 2))-\(padded(month, isShort ? 1 : 2))-\(padded(year, 4))")
    }
  }

  /// `2019-06-26`, against the standard library.
  @Test func digitsOfDays() {
    func read(_ text: [UInt8]) -> Int? {
      text.span.bytes.isoDigits(at: 0).map { number(ofDigits: $0) }
    }
    let some = (0..<2000).map { ($0 &* 49_979_687) % 100_000_000 }
    for number in some + [0, 99_999_999] {
      let digits = String(String(100_000_000 + number).dropFirst())
      let (four, two) = (digits.prefix(4), digits.dropFirst(4).prefix(2))
      #expect(read(Array("\(four)-\(two)-\(digits.suffix(2))".utf8)) == number)
    }
    for date in ["2019-06-26", "0000-00-00", "9999-99-99"] {
      for place in [0, 1, 2, 3, 5, 6, 8, 9] {
        let taken = (UInt8.min...UInt8.max).filter { byte in
          var text = Array(date.utf8)
          text[place] = byte
          return read(text) != nil
        }
        #expect(taken == Array(0x30...0x39), "\(place) of \(date)")
      }
      for place in [4, 7] {
        var text = Array(date.utf8)
        text[place] = UInt8(ascii: "/")
        #expect(read(text) == nil)
      }
    }
  }
}
