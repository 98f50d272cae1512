import CaseFiles
import Foundation
import Testing

@testable import Encodings

/// Finding the encoding out: old texts come right, and right texts stay.
@Suite struct DetectionTests {
  private static let old: [TextEncoding] = [
    .tcvn3, .vni, .viscii, .vps, .windows1258, .viqr, .utf16,
  ]

  @Test(arguments: old) func fiveHundredTexts(_ encoding: TextEncoding) throws {
    let texts = OwnTexts.texts(500, seed: 7, in: encoding)
    let wrong = try texts.filter { text, bytes in try decoded(bytes, .automatic) != text }
    // Whether a full stop behind «nhiem_vu» is a tone no rule can tell. Signs that a sentence may have
    // too, as in «Chi? in trong ba'o ca'o.», are left alone: no right text shall change.
    let (plain, hatted) = (wrong.filter { !$0.0.hasHats }, wrong.filter(\.0.hasHats))
    #expect(hatted.count <= (encoding == .viqr ? 3 : 0), "\(hatted.map(\.0))")
    #expect(plain.count <= (encoding == .viqr ? 5 : 0), "\(plain.map(\.0))")
  }

  @Test(arguments: [TextEncoding.tcvn3, .vni, .viscii, .vps, .windows1258, .utf8])
  func fiveHundredMisreadTexts(_ encoding: TextEncoding) throws {
    let texts = OwnTexts.texts(500, seed: 11, in: encoding)
    let wrong = try texts.filter { text, bytes in
      try decoded(Array(OldText.misread(bytes).utf8), .automatic) != text
    }
    // Of a text with one marked word no rule can tell: `Cõ quan`.
    #expect(wrong.count <= 1, "\(wrong.map(\.0))")
  }

  @Test func whatWentWrongTwice() throws {
    for (text, bytes) in OwnTexts.texts(200, seed: 13, in: .utf8) {
      let twice = OldText.misread(Array(OldText.misread(bytes).utf8))
      #expect(try decoded(Array(twice.utf8), .automatic) == text)
    }
  }

  /// Decomposed texts and right ones.
  @Test func rightTextsStay() throws {
    for (text, bytes) in OwnTexts.texts(500, seed: 17, in: .utf8) {
      #expect(try decoded(bytes, .automatic) == text)
      let apart = Array(text.decomposedStringWithCanonicalMapping.utf8)
      #expect(try decoded(apart, .automatic) == text)
    }
  }

  @Test func ownFilesStay() throws {
    let files = OwnTexts.files(
      below: ["data", "Templates", "Sources/Reports", "Sources/Templating", "Tests/ReportsTests"],
      ["rec", "jinja", "swift", "md", "html", "txt", "csv", "py", "js"])
    #expect(files.count > 300)
    for path in files {
      let bytes = try Array(Data(contentsOf: URL(fileURLWithPath: path)))
      guard let text = String(validating: bytes, as: UTF8.self) else { continue }
      let read = try LegacyText.decode(bytes, as: .automatic)
      #expect(read.parts.allSatisfy { $0.reading == .asIs }, "\(path): \(read.parts)")
      let expected = text.precomposedStringWithCanonicalMapping
      let mark = expected.unicodeScalars.first == "\u{FEFF}" ? 1 : 0
      #expect(
        read.text.unicodeScalars.elementsEqual(expected.unicodeScalars.dropFirst(mark)), "\(path)")
    }
  }

  /// Each line alone, and all of them together.
  @Test func textsOfOthersStay() throws {
    let lines = """
      naïve café São Paulo
      Müller, Jürgen Höß, Zoë, Noël, Brontë, Tübingen, Köln, Zürich
      Le café est à côté de l’hôtel où l'été dernier…
      El niño comió piñas en España; ¿qué más? ¡Sí, señor!
      A educação é um direito; não há solução, mãe.
      Où est la bibliothèque? À gauche, derrière l'église.
      Ça va? très bien, déjà vu, garçon, façade, œuvre
      25 °C, ±5 µm, 10 µg, ½, m², §5, ©2020, ®, 5 × 3 ÷ 2, 3¹, 1º, 2ª
      Đồng chí Bí thư; cô bé; là, và, có, bà, cá, bé, gì, mà
      cô bé
      Côte d'Ivoire, Pérou, Brésil, thành phố São Paulo và ông Müller
      https://vi.wikipedia.org/wiki/Vi%E1%BB%87t_Nam?a=b&c=d.
      dGhpcyBpcyBiYXNlNjQgKyB0ZXN0Lw==
      let f = a^2 + b(c) - o+u+ * e^x; // add dd, x ? a : b
      Don't you think it's what we're doing? Yes. I do. Go to.
      «Người tốt, việc tốt»; “UBND XÃ”; UBND XÃ… HỘI ĐỒNG XÃ’ BÁO CÁO «Ê» «XÃ»
      Øresund, Åse, Ærø, Þór, Ísland, Eyjafjallajökull
      Привет мир, Ελληνικά, 中文 日本語 한국어, שלום
      T'ang, O'Brien; 1.200,5; 3.5.2; a.b.c
      señor café là tú está aquí allí más
      1;2,5;"a";=B2+C2;13.5%
      ─────────  • · ¤ ──► ✓ ⟦thiếu: a⟧
      `ô`, `é`, «â»
      """.split(separator: "\n").map(String.init)
    for text in lines + [lines.joined(separator: "\n")] {
      #expect(try decoded(Array(text.utf8), .automatic) == text)
    }
  }

  @Test func severalEncodingsInOneFile() throws {
    let lines: [(String, TextEncoding)] = [
      ("Ủy ban nhân dân quận Đống Đa", .utf8), ("ban chấp hành đảng bộ quận khóa mới", .tcvn3),
      ("Hội đồng nhân dân thành phố Hà Nội", .vni), ("The quick brown fox. 12.5%", .utf8),
      ("Sở Giáo dục và Đào tạo thành phố", .utf8), ("Phòng Tài chính – Kế hoạch quận", .viscii),
      ("Số: 12/BC-UBND ngày 05/3/2020", .tcvn3), ("Mặt trận Tổ quốc Việt Nam", .windows1258),
    ]
    let kept = lines.filter { OldText.bytes($0.0, $0.1) != nil }
    let mixed = kept.flatMap { OldText.bytes($0.0 + "\n", $0.1)! }
    let read = try LegacyText.decode(mixed, as: .automatic)
    #expect(read.text == kept.map { $0.0 + "\n" }.joined())
    let tcvn3 = read.parts.first { $0.reading == .encoding(.tcvn3) }
    #expect(tcvn3?.firstLine == 2)
  }

  @Test func twoEncodingsInOneLine() throws {
    let bytes =
      Array("Ủy ban nhân dân thành phố trân trọng kính mời: ".utf8)
      + OldText.bytes("các đồng chí trưởng phòng, ban, ngành của quận", .tcvn3)!
    let expected =
      "Ủy ban nhân dân thành phố trân trọng kính mời: các đồng chí trưởng phòng, ban, ngành của quận"
    #expect(try decoded(bytes, .automatic) == expected)
  }

  /// Misread letters that a right text speaks of.
  @Test(arguments: [
    "«Há»™i nghá»‹»", "TiÕng ViÖt", "TCVN3 viết TiÕng ViÖt; VNI viết Tieáng Vieät",
    "| `tcvn3` | `Uû ban nh©n d©n quËn b¸o c¸o` |",
    "\"\"\"\nTæ d©n phè sè 4 gãp s¸ch cho tñ ®äc ®Çu ngâ\n\"\"\"",
  ])
  func quotedLettersStay(_ quoted: String) throws {
    let text = "Hội nghị về mã chữ.\n\(quoted)\nĐó là những chữ hỏng của tệp.\n"
    let read = try LegacyText.decode(Array(text.utf8), as: .automatic)
    #expect(read.text == text)
    #expect(read.parts.map(\.reading) == [.asIs])
  }

  @Test func ownPagesAboutThemStay() throws {
    let files = [
      "README.md", "Sources/Archives/Archives.docc/OldPosts.md",
      "Sources/Encodings/Encodings.docc/OldEncodings.md", "Tests/ArchivesTests/ImporterTests.swift",
    ]
    for path in files {
      let text = try String(contentsOfFile: OwnTexts.root + "/" + path, encoding: .utf8)
      #expect(try decoded(Array(text.utf8), .automatic) == text, "\(path)")
    }
  }

  @Test func aMisreadLineAmongRightOnesIsMended() throws {
    let misread = "Uû ban nh©n d©n quËn b¸o c¸o kÕt qu¶ thùc hiÖn"
    let read = try decoded(Array("Hội nghị\nĐiểm một\n\(misread)\n".utf8), .automatic)
    #expect(read == "Hội nghị\nĐiểm một\nUỷ ban nhân dân quận báo cáo kết quả thực hiện\n")
  }

  /// Two bytes that would be a letter of another script, among bytes that are no UTF-8.
  @Test func twoLettersAreNoneOfAnotherScript() throws {
    let bytes: [UInt8] =
      Array("H".utf8) + [0xDF, 0xBD] + Array("ng\n".utf8)
      + (OldText.bytes("quy chế dân chủ ở cơ sở", .viscii) ?? [])
    #expect(try decoded(bytes, .automatic) == "Hương\nquy chế dân chủ ở cơ sở")
  }

  @Test func howSureItIs() throws {
    let sentence = "Ủy ban nhân dân quận báo cáo kết quả thực hiện Quy chế dân chủ ở cơ sở"
    let long = OldText.bytes(sentence, .viscii)!
    #expect(try LegacyText.decode(long, as: .automatic).certainty == .sure)
    #expect(try LegacyText.decode([0x61, 0xE9], as: .automatic).certainty == .unsure)
    #expect(try LegacyText.decode(Array(sentence.utf8), as: .automatic).certainty == .sure)
    #expect(try LegacyText.decode(Array("abc".utf8), as: .automatic).parts.isEmpty)
  }

  @Test(arguments: [
    // Ends of sentences, whole words, escapes, words of other languages.
    ("Vie^.t Nam ddo^.c la^.p.", "Việt Nam độc lập."), ("co' ba.n.", "có bạn."),
    ("ho.p na(m qua. Ngay", "họp năm qua. Ngay"), ("Uy? ban. Ddo^`ng", "Uỷ ban. Đồng"),
    ("chi. em ta", "chị em ta"), ("nha`\\. la\\?", "nhà. la?"),
    (#"www.hanoi\.gov.vn"#, "www.hanoi.gov.vn"), ("add", "ađ"), ("DDBQH, HDDND", "ĐBQH, HĐND"),
    ("DDa('k La('k", "Đắk Lắk"), ("f(x) = a^2", "f(x) = â2"), ("dde^? la`m gi`?", "để làm gì?"),
    ("Ly' do ddi ma~i.", "Lý do đi mãi."), ("VU. TRU.", "VỤ TRỤ"), ("\\", "\\"), ("\\\\", "\\"),
    // What is no syllable.
    ("YBDDT", "YBĐT"), ("du.cTin", "dụcTin"), ("by'n", "býn"), ("bddn", "bđn"),
    ("anh/chi. em", "anh/chị em"),
  ])
  func viqr(_ text: String, _ expected: String) throws {
    #expect(try decoded(Array(text.utf8), .encoding(.viqr)) == expected)
  }
}

extension String {
  /// Tells whether it has one of â, ê, ô, ă, ơ, ư and đ, whose signs in VIQR stand in no sentence.
  fileprivate var hasHats: Bool {
    lowercased().decomposedStringWithCanonicalMapping.unicodeScalars.contains {
      ["\u{302}", "\u{306}", "\u{31B}", "đ"].contains($0)
    }
  }
}
