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
      buffer.append(
        day, month, year, as: WrittenDate.Form(sign: UInt8(ascii: "/"), hasShortMonths: false))
      func padded(_ number: Int, _ count: Int) -> String {
        String(repeating: "0", count: count - "\(number)".count) + "\(number)"
      }
      #expect(buffer.string == "\(padded(day, 2))/\(padded(month, 2))/\(padded(year, 4))")
      let isShort = (3...9).contains(month)
      buffer.append(
        day, month, year, as: WrittenDate.Form(sign: UInt8(ascii: "-"), hasShortMonths: true))
      #expect(
        buffer.string.dropFirst(10)
          == "\(padded(day, 2))-\(padded(month, isShort ? 1 : 2))-\(padded(year, 4))")
    }
  }

  /// Numbers as they stand in a text are written again without being read.
  @Test func writtenNumbers() {
    var written = 0
    for number in Self.numbers() {
      let text = "một hai ba bốn: \(number)\nnăm sáu bảy tám chín mười"
      let source = Source(name: "x", bytes: Array(text.utf8))
      let digits = "\(number)"
      let start = "một hai ba bốn: ".utf8.count
      let range = SourceRange(start: start, end: start + digits.utf8.count)
      let found = WrittenNumber(range, in: source.bytes)
      #expect((found != nil) == (number >= 0 && digits.count <= 12))
      guard let found else { continue }
      written += 1
      let bytes = SourceBytes(source)
      #expect(found.value(in: bytes) == number)
      for sign in [0, UInt8(ascii: ".")] {
        var buffer = ByteBuffer()
        buffer.reserve(256)
        guard var tail = buffer.tail(),
          let head = BlockPart(SourceRange(start: 0, end: start), of: bytes)
        else { continue }
        let isTaken = tail.append(head, of: bytes, found, of: bytes, groupedBy: sign)
        #expect(isTaken)
        buffer.end(with: tail)
        let wanted = sign == 0 ? digits : Self.grouped(digits)
        #expect(buffer.string == "một hai ba bốn: \(wanted)")
      }
    }
    #expect(written > 2000)
  }

  @Test(arguments: ["", "007", "1a", "12 ", "1234567890123", "-1", "+1", "१", "1.5", ":;"])
  func isNoWrittenNumber(_ text: String) {
    let head = "một hai ba bốn: "
    let bytes = Array("\(head)\(text)\nnăm sáu bảy tám chín mười".utf8)
    let range = SourceRange(start: head.utf8.count, end: head.utf8.count + text.utf8.count)
    #expect(WrittenNumber(range, in: bytes) == nil)
  }

  /// Near the start or the end of a text no block could be read.
  @Test func writtenNumbersNeedRoom() {
    let head = "một hai ba bốn: "
    let bytes = Array("\(head)12 34 năm sáu bảy tám chín mười".utf8)
    let places = bytes.indices.filter { start in
      WrittenNumber(SourceRange(start: start, end: start + 1), in: bytes) != nil
    }
    #expect(places.map { UnicodeScalar(bytes[$0]) } == ["1", "2", "3", "4"])
    let start = head.utf8.count
    let range = SourceRange(start: start, end: start + 2)
    for count in start + 2...bytes.count {
      let found = WrittenNumber(range, in: Array(bytes[..<count]))
      #expect((found != nil) == (count >= start + 28))
    }
    let atStart = Array("1 một hai ba bốn năm sáu bảy tám chín".utf8)
    #expect(WrittenNumber(SourceRange(start: 0, end: 1), in: atStart) == nil)
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

extension WrittenNumber {
  fileprivate init?(_ range: SourceRange, in bytes: [UInt8]) {
    var block = SIMD16<UInt8>(repeating: 0)
    let (start, end) = (Int(range.start), Int(range.end))
    for (index, byte) in bytes[start...].prefix(16).enumerated() { block[index] = byte }
    self.init(at: start, count: end - start, in: block, of: bytes.count)
  }
}

/// What a tail takes as ordinary, against the plain test.
@Suite struct ByteBufferTailTests {
  @Test func ordinaryValues() {
    var random = FixedRandom(seed: 1011)
    let pieces = [
      "a", "Z", "0", "ế", "Ủ", " ", "ban ", "²", "”", "\u{2003}", "\u{3000}", "\u{1680}", "\u{A0}",
      "\u{200A}", "\u{202F}", "\u{205F}", "\u{200B}", "\u{2030}", "\u{10D0}",
      "\u{301}", "*", "`", "!", "#", "&", "<", "[", "\\", "]", "^", "_", "{", "|", "}", "~",
      "\u{7F}",
      "\t", "\n", ".", ",", "(", "@", "=", "+",
    ]
    var taken = 0
    for round in 0..<60_000 {
      let most = round % 3 == 0 ? pieces.count : 7
      let value = (0..<Int.random(in: 0...12, using: &random)).map { _ in
        pieces[Int.random(in: 0..<most, using: &random)]
      }.joined()
      let source = Source(name: "x", bytes: Array("tên: \(value)\nmười sáu byte sau đó".utf8))
      let (start, bytes) = ("tên: ".utf8.count, SourceBytes(source))
      let range = SourceRange(start: start, end: start + value.utf8.count)
      let wantsLetter = round % 2 == 0
      let isDigit = value.utf8.first.map { (0x30...0x39).contains($0) } ?? false
      let isWanted = bytes[range].span.isOrdinary && !(wantsLetter && isDigit)
      var buffer = ByteBuffer("đầu ".utf8)
      buffer.reserve(512)
      guard var tail = buffer.tail(),
        let head = BlockPart(SourceRange(start: 0, end: start), of: bytes)
      else { continue }
      let isTaken = tail.append(
        head, of: bytes, ordinary: range, of: bytes, wantsLetter: wantsLetter)
      buffer.end(with: tail)
      #expect(isTaken == isWanted, "\(value)")
      #expect(buffer.string == (isTaken ? "đầu tên: \(value)" : "đầu "))
      taken += isTaken ? 1 : 0
    }
    #expect(taken > 10_000 && taken < 50_000)
  }

  /// Nothing is written where there is no room, nor read beyond the end of a text.
  @Test func ends() {
    let source = Source(name: "x", bytes: Array("một hai ba bốn: 1234 năm sáu bảy tám".utf8))
    let bytes = SourceBytes(source)
    for end in 0...bytes.count {
      for room in 0..<120 {
        var buffer = ByteBuffer()
        buffer.reserve(1)
        guard var tail = buffer.tail(atMost: room) else { continue }
        let part = BlockPart(SourceRange(start: 0, end: end), of: bytes)
        #expect((part != nil) == (end + 16 <= bytes.count))
        let isTaken = part.map { tail.append($0, of: bytes) } ?? false
        #expect(tail.count == (isTaken ? end : 0))
        if isTaken { #expect(end < tail.room) }
      }
    }
  }
}
