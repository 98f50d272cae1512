import CaseFiles
import Diagnostics
import Texts
import Testing

/// Reading the bytes of a file: what is repaired, and what is refused.
@Suite struct ReadingTests {
  static let sentence = "Kết quả thực hiện Quy chế dân chủ ở cơ sở 6 tháng đầu năm 2018."

  private func read(_ bytes: [UInt8]) throws -> (String, ReadingRepairs) {
    let (source, repairs) = try Source.reading(name: "x.rec", bytes: bytes)
    return (source.text.string, repairs)
  }

  @Test func plainTextStaysAsItIs() throws {
    let (text, repairs) = try read(Array(Self.sentence.utf8))
    #expect(Array(text.utf8) == Array(Self.sentence.utf8))
    #expect(repairs.isEmpty)
  }

  @Test(arguments: 0..<40) func repairsAtEveryPlace(_ offset: Int) throws {
    let padding = String(repeating: "a", count: offset)
    let rest = "\r\nTie\u{302}\u{301}ng\u{A0}Việt" + String(repeating: "b", count: 40)
    let (text, repairs) = try read(Array((padding + rest).utf8))
    let wanted = padding + "\nTi\u{1EBF}ng Việt" + String(repeating: "b", count: 40)
    #expect(Array(text.utf8) == Array(wanted.utf8))
    #expect(repairs == [.carriageReturns, .decomposedLetters, .nonBreakingSpaces])
  }

  @Test(arguments: 0..<40) func controlsAreRefusedAtEveryPlace(_ offset: Int) {
    let padding = String(repeating: "ế", count: offset)
    let rest = String(repeating: "\tb\n", count: 12)
    for control in ["\u{1}", "\u{1B}", "\u{1F}", "\u{7F}", "\u{85}"] {
      let bytes = Array((padding + control + rest).utf8)
      #expect(throws: Diagnostic.self) { try Source.reading(name: "x", bytes: bytes) }
    }
    #expect((try? Source.reading(name: "x", bytes: Array((padding + rest).utf8))) != nil)
  }

  /// Controls are refused, the no-break space becomes a space, and signs such as « and ² stay.
  @Test(arguments: 0x80...0xBF) func whatC2LeadsAtEveryPlace(_ second: Int) throws {
    for offset in 2..<40 {
      let head = [UInt8](repeating: UInt8(ascii: "a"), count: offset) + [0xC2, UInt8(second)]
      let bytes = head + Array(String(repeating: "b\n", count: 40).utf8)
      let found = try? read(bytes)
      #expect((found == nil) == (second < 0xA0))
      #expect(found.map { $0.1 == .nonBreakingSpaces } ?? false == (second == 0xA0))
      if second > 0xA0 { #expect(found.map { Array($0.0.utf8) } == bytes) }
    }
  }

  /// What one quick look takes for a plain text is one: the same text, which nobody looks at quickly
  /// as it begins with a letter beyond ASCII, is read the same.
  @Test(
    arguments: [
      0x01, 0x09, 0x0A, 0x0B, 0x0D, 0x1F, 0x20, 0x7F, 0x85, 0xA0, 0xAB, 0xB0, 0xB2, 0xBB, 0xC0,
      0x1EF,
      0x2FF, 0x300, 0x301, 0x323, 0x36F, 0x370, 0x7FF, 0x800, 0xE01, 0xFFF, 0x1000, 0x1EBF, 0x200B,
      0x2013, 0x2026, 0x2028, 0x2610, 0xCFFF, 0xD000, 0xD7FF, 0xE000, 0xF000, 0xFEFF, 0xFFFD,
      0x1F600,
    ] as [UInt32])
  func whatTheQuickLookTakes(_ code: UInt32) throws {
    let character = String(try #require(Unicode.Scalar(code)))
    for offset in 0..<80 {
      let head = "ten: " + String(repeating: "a", count: offset) + character
      let text = head + String(repeating: "phường Cát Dài, số 12\n", count: 8)
      #expect(outcome(text) == outcome("ế" + text, dropping: 1), "\(offset)")
    }
  }

  /// The text and its repairs, or what is wrong and behind how many bytes.
  private func outcome(_ text: String, dropping count: Int = 0) -> String {
    let head = String(text.prefix(count)).utf8.count
    do throws(Diagnostic) {
      let read = try Source.reading(name: "x", bytes: Array(text.utf8))
      return read.source.text.string.dropFirst(count) + "\(read.repairs.rawValue)"
    } catch {
      return "\(error.kind.code) \(error.place.map { Int($0.range.start) - head } ?? -1)"
    }
  }

  @Test func byteOrderMark() throws {
    let (text, repairs) = try read([0xEF, 0xBB, 0xBF] + Array(Self.sentence.utf8))
    #expect(text == Self.sentence)
    #expect(repairs == .byteOrderMark)
  }

  /// Every way in which two, three or four bytes can fail to be UTF-8, at every offset of a word,
  /// judged as the standard library judges it.
  @Test func agreesWithTheStandardLibrary() {
    var random = FixedRandom(seed: 2018)
    var refused = 0
    for round in 0..<20_000 {
      var bytes = Array(Self.sentence.utf8)
      for _ in 0..<(round % 3 + 1) where !bytes.isEmpty {
        let place = Int(random.next() % UInt64(bytes.count))
        switch random.next() % 4 {
        case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next()) | 0x80
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(contentsOf: Self.odd[Int(random.next() % 12)], at: place)
        default: bytes = Array(bytes.prefix(max(1, place)))
        }
      }
      let isRight = (try? UTF8Span(validating: bytes.span)) != nil && !bytes.contains(0)
      let isRead = (try? Source.reading(name: "x", bytes: bytes)) != nil
      #expect(isRead == isRight, "\(bytes)")
      refused += isRight ? 0 : 1
    }
    #expect(refused > 5_000 && refused < 19_000)
  }

  /// The same for texts of every length, which are looked at in blocks.
  @Test func textsOfEveryLength() {
    var random = FixedRandom(seed: 2026)
    let text = Array(("ten: " + Self.sentence + "\n\nsố: 12\n" + Self.sentence + "\n").utf8)
    var refused = 0
    for round in 0..<4_000 {
      var bytes = Array(text.prefix(round % 400))
      for _ in 0..<round / 400 % 3 where bytes.count > 2 {
        let odd = Self.odd[Int(random.next() % 12)]
        bytes.insert(contentsOf: odd, at: Int(random.next() % UInt64(bytes.count - 2)) + 2)
      }
      let isRight = (try? UTF8Span(validating: bytes.span)) != nil
      let isRead = (try? Source.reading(name: "x", bytes: bytes)) != nil
      #expect(isRead == isRight, "\(bytes)")
      refused += isRight ? 0 : 1
    }
    #expect(refused > 1_000 && refused < 3_500, "\(refused)")
  }

  static let odd: [[UInt8]] = [
    [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xE0, 0xA0, 0x80], [0xED, 0xA0, 0x80],
    [0xED, 0x9F, 0xBF], [0xF0, 0x9F, 0x98, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x80],
    [0xF0, 0x9F, 0x98], [0xFF], [0x80],
  ]
}

/// The page of a message, by example.
@Suite struct PrintingTests {
  private let source = Source(
    name: "a.rec", bytes: Array("ten: Nguyễn Văn A\nngày: 31/02/2020\n".utf8))

  private func place(_ part: String) throws -> Text {
    let text = source.text.string
    let range = try #require(text.firstRange(of: part))
    let start = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
    return Text(source: source, range: SourceRange(start: start, end: start + part.utf8.count))
  }

  @Test func columnsCountLetters() throws {
    let message = Diagnostic(.source(.nulByte), at: try place("31/02/2020")).message(in: .english)
    #expect(message.contains("a.rec:2:7\n"))
    #expect(message.contains("   |       ^^^^^^^^^^\n"))
  }

  @Test func aLongLineIsCutAroundThePlace() {
    let long = Source(
      name: "b.rec", bytes: Array((String(repeating: "ế", count: 500) + "X").utf8))
    let place = Text(source: long, range: SourceRange(start: 1500, end: 1501))
    let message = Diagnostic(.source(.nulByte), at: place).message(in: .english)
    #expect(message.contains("b.rec:1:501\n"))
    #expect(message.contains("…"))
    #expect(message.split(separator: "\n").allSatisfy { $0.count < 120 })
  }

  @Test func suggestionsAreNear() {
    let known = ["chu_tri", "ngay_hop", "dia_diem"]
    #expect(nearest(to: "chu_trì", among: known) == "chu_tri")
    #expect(nearest(to: "ngya_hop", among: known) == "ngay_hop")
    #expect(nearest(to: "so_luong", among: known) == nil)
    #expect(nearest(to: "a", among: ["b"]) == nil)
  }
}

@Suite struct ByteSearchTests {
  /// Every byte ends a name or not, in a block of sixteen and in the rest behind it.
  @Test func endsOfNames() {
    let ascii = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_".utf8)
    for byte in UInt8.min...UInt8.max {
      for place in [0, 3, 15, 16, 20, 33] {
        var bytes = [UInt8](repeating: UInt8(ascii: "x"), count: 35)
        bytes[place] = byte
        let text = bytes.span.bytes
        let isPart = ascii.contains(byte)
        #expect(text.nameEnd(from: 0, beyondASCII: false) == (isPart ? 35 : place))
        let isPartBeyond = isPart || byte >= 0x80
        #expect(text.nameEnd(from: 0, beyondASCII: true) == (isPartBeyond ? 35 : place))
        #expect(text.nameEnd(from: 34, beyondASCII: false) == 35)
      }
    }
  }
}
