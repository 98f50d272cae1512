import CaseFiles
import Foundation
import Testing
import Vietnamese

/// Words as searches compare them, by their accents.
@Suite struct SearchWordTests {
  private func finds(_ wanted: String, _ found: String) -> Bool {
    let (wanted, found) = (SearchWord.words(of: wanted), SearchWord.words(of: found))
    return wanted.count == found.count && zip(wanted, found).allSatisfy { $0.finds($1) }
  }

  @Test(arguments: [
    ("quy che", "Quy chế"), ("quy che", "quý chè"), ("dong da", "ĐỐNG ĐA"), ("đong da", "Đống Đa"),
    ("quy chế", "QUY CHẾ"), ("chê", "chế"), ("chê", "chệ"), ("quy", "quỷ"), ("duong", "đường"),
    ("dương", "đường"), ("đuong", "đường"), ("hoà", "hòa"), ("hòa", "hoà"), ("ủy", "uỷ"),
    ("quí", "qúi"), ("xa_phuong", "xa_phuong"), ("cafe", "café"), ("uber", "Über"),
    ("über", "ÜBER"), ("145/bc-ubnd", "145/BC-UBND"), ("москва", "Москва"), ("ß", "ß"),
  ])
  func found(wanted: String, found: String) { #expect(finds(wanted, found)) }

  @Test(arguments: [
    ("quy chế", "quý chè"), ("quy chế", "quy chê"), ("đa", "da"), ("dống", "dong"), ("chê", "che"),
    ("chế", "chề"), ("hoà", "hoạ"), ("đường", "dường"), ("dường", "dương"), ("che", "ché a"),
    ("quy", "quyt"), ("uber", "ubeer"), ("über", "uber"), ("tư", "tu"), ("tu", "to"),
  ])
  func notFound(wanted: String, found: String) { #expect(!finds(wanted, found)) }

  @Test("words end at signs, and tell where they stand") func places() {
    let text = "«Đống Đa», 1.400 (…) hoà_b\u{0}c/d"
    let bytes = Array(text.utf8)
    var scanner = SearchWordScanner()
    var words: [String] = []
    var offset = 0
    while let start = scanner.next(in: bytes.span, from: offset) {
      offset = scanner.end
      words.append(String(decoding: bytes[start..<offset], as: UTF8.self))
    }
    #expect(words == ["Đống", "Đa", "1", "400", "hoà_b", "c", "d"])
    #expect(SearchWord.words(of: " *\"-…¿💧²").isEmpty)
  }

  /// All letters with their tones.
  private static let letters = Array(
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ")

  @Test("a word with some of its accents left out finds it, and no other letters do")
  func leavingOut() {
    var random = FixedRandom(seed: 20)
    for _ in 0..<20_000 {
      let word = (0..<Int.random(in: 1...7, using: &random)).map { _ in
        Self.letters.randomElement(using: &random) ?? "a"
      }
      let plain = word.map { letter in Character(Self.bare(letter)) }
      let some = zip(word, plain).map { Bool.random(using: &random) ? $0 : $1 }
      let text = String(word)
      #expect(finds(String(plain), text))
      #expect(finds(text, text.uppercased()))
      #expect(SearchWord.words(of: text).first?.plain == Array(String(plain).utf8))
      let tones = word.count { Self.hasTone($0) }
      let kept = some.count { Self.hasTone($0) }
      // The tones of a word are one: with some of several it is another word.
      #expect(finds(String(some), text) == (kept == 0 || kept == tones), "\(String(some)) \(text)")
      let isAccented = text != String(plain)
      #expect(finds(text, String(plain)) == !isAccented)
    }
  }

  private static func hasTone(_ letter: Character) -> Bool {
    String(letter).decomposedStringWithCanonicalMapping.unicodeScalars.contains {
      [0x300, 0x301, 0x303, 0x309, 0x323].contains($0.value)
    }
  }

  private static func bare(_ letter: Character) -> String {
    letter == "đ"
      ? "d" : String(letter).folding(options: .diacriticInsensitive, locale: nil)
  }

  @Test("any two words are compared alike in both ways of telling that they are the same")
  func sameBothWays() {
    var random = FixedRandom(seed: 21)
    for _ in 0..<5_000 {
      let one = Self.letters.randomElement(using: &random) ?? "a"
      let two = Self.letters.randomElement(using: &random) ?? "a"
      let isSame = finds(String(one), String(two)) && finds(String(two), String(one))
      #expect(isSame == (one == two))
    }
  }
}
