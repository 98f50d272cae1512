import Diagnostics
import Foundation
import Testing

@testable import Reports

/// The marks and signatures on the pages of the examples, with the sizes of their rules.
@Suite struct SigningPageTests {
  static let templates = try? TemplateCollection(
    TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict)

  /// The pages of an example, with some of its lines replaced.
  private func pages(_ name: String, _ edits: [String: String] = [:]) throws -> [String: String] {
    let path = GoldenTests.root + "/data/\(name).rec"
    var text = try String(contentsOfFile: path, encoding: .utf8)
    for (old, new) in edits {
      #expect(text.contains(old + "\n"), "no line «\(old)»")
      text = text.replacingOccurrences(of: old + "\n", with: new.isEmpty ? "" : new + "\n")
    }
    let file = try DataFile.read(name: path, bytes: Array(text.utf8)).check(
      try #require(Self.templates))
    #expect(!file.hasErrors)
    let files = try file.render(try #require(Self.templates), formats: [.html])
    return Dictionary(
      uniqueKeysWithValues: files.map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) })
  }

  /// A rule of the page's style sheet.
  private func rule(_ selector: String, in page: String) -> String {
    let start = page.range(of: "\n\(selector) {")?.upperBound
    return start.map { String(page[$0...].prefix { $0 != "}" }) } ?? ""
  }

  static let state = "ubnd-phuong-vi-du-2026-ky-dau"
  static let party = "dang-uy-phuong-vi-du-2026-ky-dau"

  @Test(
    "urgency of the state: a red box of 20, 40 or 30 mm by 8 mm, 13 pt",
    arguments: [
      ("khẩn", "KHẨN", 20), ("thượng khẩn", "THƯỢNG KHẨN", 40), ("hỏa tốc", "HỎA TỐC", 30),
      ("hoả tốc", "HỎA TỐC", 30),
    ])
  func urgencyOfTheState(word: String, printed: String, width: Int) throws {
    let page = try #require(
      try pages(Self.state, ["do_khan: hỏa tốc": "do_khan: \(word)"])["cong-van.html"])
    #expect(page.contains("<p class=\"khan\" style=\"width: \(width)mm\">\(printed)</p>"))
    let style = rule(".dau-van-ban .khan", in: page)
    #expect(style.contains("height: 8mm;") && style.contains("font-size: 13pt;"))
    #expect(style.contains("border: 1px solid;") && style.contains("color: #e30613;"))
  }

  @Test(
    "urgency of the Party: 14 pt, bold, without a box",
    arguments: [("khẩn", "KHẨN"), ("thượng khẩn", "THƯỢNG KHẨN"), ("hỏa tốc", "HOẢ TỐC")])
  func urgencyOfTheParty(word: String, printed: String) throws {
    let page = try #require(
      try pages(Self.party, ["do_khan: khẩn": "do_khan: \(word)"])["cong-van.html"])
    #expect(page.contains("<p class=\"khan\">\(printed)</p>"))
    let style = rule(".dau-van-ban .khan", in: page)
    #expect(style.contains("font-size: 14pt;") && !style.contains("border"))
    #expect(rule(".dau-van-ban p", in: page).contains("font-weight: bold;"))
  }

  @Test("circulation: boxed and 13 pt with the state, 12 pt with the Party") func circulation()
    throws
  {
    let state = try #require(try pages(Self.state)["cong-van.html"])
    #expect(state.contains("<p class=\"luu-hanh\">LƯU HÀNH NỘI BỘ</p>"))
    let boxed = rule(".dau-van-ban .luu-hanh", in: state)
    #expect(boxed.contains("font-size: 13pt;") && boxed.contains("border: 1px solid;"))
    let party = try #require(try pages(Self.party)["cong-van.html"])
    let plain = rule(".dau-van-ban .luu-hanh", in: party)
    #expect(plain.contains("font-size: 12pt;") && !plain.contains("border"))
  }

  @Test("drafts: DỰ THẢO with the state, Dự thảo lần 2 in italics with the Party") func drafts()
    throws
  {
    let state = try #require(try pages(Self.state)["thong-bao.html"])
    #expect(state.contains("<p class=\"lan-du-thao\">DỰ THẢO</p>"))
    let party = try #require(try pages(Self.party)["huong-dan.html"])
    #expect(party.contains("<p class=\"lan-du-thao\">Dự thảo lần 2</p>"))
    let style = rule(".dau-van-ban .lan-du-thao", in: party)
    #expect(style.contains("font-size: 14pt;") && style.contains("font-style: italic;"))
    // That of --nhap is another.
    #expect(!party.contains("<p class=\"du-thao\">"))
  }

  @Test("typist and copies: VHXH.(25) of 11 pt, HVN-30 of 8 pt") func typist() throws {
    let state = try #require(try pages(Self.state)["huong-dan.html"])
    #expect(state.contains("<p class=\"so-ban\">VHXH.(25)</p>"))
    #expect(rule(".so-ban", in: state).contains("font-size: 11pt;"))
    let party = try #require(try pages(Self.party)["cong-van.html"])
    #expect(party.contains("<p class=\"so-ban\">HVN-30</p>"))
    #expect(rule(".so-ban", in: party).contains("font-size: 8pt;"))
    let alone = try #require(try pages(Self.state, ["so_ban: 25": ""])["huong-dan.html"])
    #expect(alone.contains("<p class=\"so-ban\">VHXH</p>"))
  }

  @Test("the address stands before the head, for the foot of page 1") func address() throws {
    let page = try #require(try pages(Self.state)["cong-van.html"])
    let place = try #require(page.range(of: "<section class=\"lien-he\"")?.lowerBound)
    let head = try #require(page.range(of: "<header>")?.lowerBound)
    #expect(place < head)
    #expect(
      page.contains("<p>ĐT: 000 0000 0000, E-mail: ubnd@vi-du.example, Website: vi-du.example</p>"))
    #expect(rule(".lien-he", in: page).contains("font-size: 11pt;"))
    let short = try #require(
      try pages(Self.state, ["dien_thoai: 000 0000 0000": "", "trang_dien_tu: vi-du.example": ""])[
        "cong-van.html"])
    #expect(short.contains("<p>E-mail: ubnd@vi-du.example</p>"))
  }

  @Test("two signers stand side by side, their names in one row, the recipients below")
  func twoSigners() throws {
    let page = try #require(try pages(Self.state)["huong-dan.html"])
    let foot = try #require(page.range(of: "<footer")).lowerBound
    let wanted = [
      "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "ỦY BAN MTTQ VIỆT NAM PHƯỜNG VÍ DỤ", "TM. BAN THƯỜNG TRỰC",
      "CHỦ TỊCH", "Trần Thị B", "Ngô Văn M", "Nơi nhận",
    ]
    var rest = page[foot...]
    for text in wanted {
      let found = try #require(rest.range(of: ">\(text)<"), "\(text)")
      rest = rest[found.upperBound...]
    }
    #expect(page.contains("PHƯỜNG VÍ DỤ -<br>ỦY BAN MTTQ VIỆT NAM\n"))
  }

  @Test(
    "a committee without a seal: own post, kiêm, post in the committee; the state's above the name")
  func committees() throws {
    let party = try #require(try pages(Self.party)["cong-van.html"])
    #expect(
      party.contains(
        """
        <p class="chuc-vu">PHÓ BÍ THƯ</p>
        <p class="kiem">kiêm</p>
        <p class="chuc-vu">TRƯỞNG BAN CHỈ ĐẠO</p>
        <div class="cho-ky"></div>
        <p class="nguoi-ky">Lê Văn C</p>
        """))
    let state = try #require(try pages(Self.state)["thong-bao.html"])
    #expect(
      state.contains(
        """
        <p class="chuc-vu">TRƯỞNG BAN</p>
        <div class="cho-ky"></div>
        <p class="chuc-vu-khac">CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG</p>
        <p class="nguoi-ky">Trần Thị B</p>
        """))
  }

  @Test("a copy is the document and the part below it, with number, day and signer of its own")
  func copies() throws {
    for (file, form, number) in [
      (Self.state, "SAO Y", "Số: 12/SY-UBND"), (Self.party, "BẢN SAO", "Số 24-BS/ĐU"),
    ] {
      let pages = try pages(file)
      let original = try #require(pages["cong-van.html"])
      let copy = try #require(pages["cong-van-sao.html"])
      #expect(!original.contains("class=\"ban-sao\"") && !original.contains(number))
      let part = try #require(copy.range(of: "<section class=\"ban-sao\""))
      #expect(copy[part.upperBound...].contains(">\(form)<"))
      #expect(copy[part.upperBound...].contains(number))
      // Above it is the whole document.
      let body = try #require(original.range(of: "<header>")).lowerBound
      let end = try #require(original.range(of: "</footer>")).upperBound
      #expect(copy[..<part.lowerBound].contains(original[body..<end]))
    }
  }

  @Test("a copy of a document of which there are two is made of the one that is named")
  func copyOfSecond() throws {
    let all = try pages(Self.state, ["trong: cong-van\n\n%rec: phan": "\n%rec: phan"])
    let copies = all.keys.filter { $0.contains("-sao") }.sorted()
    #expect(copies == ["cong-van-sao.html", "huong-dan-sao.html", "thong-bao-sao.html"])
  }

  @Test("a document without any of these has none of their styles") func plain() throws {
    let pages = try pages("ubnd-phuong-vi-du-2026-van-ban")
    for (name, page) in pages {
      #expect(!page.contains("dau-van-ban") && !page.contains("ban-sao"), "\(name)")
      #expect(!page.contains("hang-ky") && !page.contains("lien-he"), "\(name)")
    }
  }
}
