import Markdown
import Testing

@testable import Reports

/// References by code in the Markdown of a document.
@Suite struct MarkedDocumentTests {
  private func document(_ body: String, _ annexes: String? = nil) -> MarkedDocument {
    MarkedDocument(body: Array(body.utf8), annexes: annexes.map { Array($0.utf8) })
  }

  private func text(_ document: MarkedDocument, part: Int = 0) -> String {
    String(decoding: document.resolved(part, isLinked: false), as: UTF8.self)
  }

  private func html(_ document: MarkedDocument, part: Int = 0) -> String {
    let markdown = document.resolved(part, isLinked: true)
    var html: [UInt8] = []
    Document(parsing: markdown.span).appendHTML(to: &html)
    return String(decoding: LinkMark.linked(html), as: UTF8.self)
  }

  private static let section = "## II. KINH PHÍ[[muc#kinh-phi=mục II]]\n\n"

  @Test(
    "a reference gets a capital where a sentence begins",
    arguments: [
      ("Xem \\[\\[kinh-phi\\]\\].", "Xem mục II."),
      ("\\[\\[kinh-phi\\]\\] nêu", "Mục II nêu"),
      ("- \\[\\[kinh-phi\\]\\] nêu", "- Mục II nêu"),
      ("\\+ \\[\\[kinh-phi\\]\\] nêu", "\\+ Mục II nêu"),
      ("a) \\[\\[kinh-phi\\]\\] nêu", "a) Mục II nêu"),
      ("1\\. \\[\\[kinh-phi\\]\\] nêu", "1\\. Mục II nêu"),
      ("**Điều 1.** \\[\\[kinh-phi\\]\\] nêu", "**Điều 1.** Mục II nêu"),
      ("Xong. \\[\\[kinh-phi\\]\\] nêu", "Xong. Mục II nêu"),
      ("| \\[\\[kinh-phi\\]\\] |", "| Mục II |"),
      ("(\\[\\[kinh-phi\\]\\])", "(mục II)"),
      ("tại \\[\\[KINH-PHI\\]\\]", "tại MỤC II"),
      ("tại \\[\\[ kinh-phi \\]\\]", "tại mục II"),
      ("tại [[kinh-phi]]", "tại mục II"),
    ])
  func capitals(written: String, printed: String) {
    let made = text(document(Self.section + written))
    #expect(made == "## II. KINH PHÍ\n\n" + printed)
  }

  @Test("an annex says whose section it refers to, the main text and the head do not")
  func sectionsOfOtherParts() {
    let annex =
      "[[phu-luc#qc=Quy chế|dau]][[van-ban#than=Quyết định số 05/QĐ-UBND]]\n\n"
      + "#### QUY CHẾ\n\nTheo \\[\\[kinh-phi\\]\\] và [[kinh-phi-qc]]. "
      + "Điều 1.[[muc#kinh-phi-qc=Điều 1]]\n"
    let made = document(Self.section + "Xem [[kinh-phi]], [[kinh-phi-qc]].", annex)
    #expect(text(made).hasSuffix("Xem mục II, Điều 1 Quy chế."))
    #expect(
      text(made, part: 1)
        == "#### QUY CHẾ\n\nTheo mục II Quyết định số 05/QĐ-UBND và Điều 1. Điều 1.\n")
    #expect(made.unknownCodes.isEmpty)
  }

  @Test(
    "what is no reference stays as it is",
    arguments: [
      "\\[\\[muc#kinh-phi=mục IX\\]\\]", "\\[\\[phu-luc#x=Phụ lục I\\]\\]", "\\[kinh-phi\\]",
      "\\[\\[kinh phí\\]\\]", "\\[\\[\\]\\]", "\\[\\[kinh-phi\\]",
      "\\\\\\[\\\\\\[kinh-phi\\\\\\]\\\\\\]",
      "\\[\\[kinh-\nphi\\]\\]", "[một](/u) [[hai](/v)]",
    ])
  func noReference(_ written: String) {
    let made = document(Self.section + written)
    #expect(text(made) == "## II. KINH PHÍ\n\n" + written)
    #expect(made.unknownCodes.isEmpty)
  }

  @Test func unknownCodesAreTold() {
    let made = document(Self.section + "Xem \\[\\[kinh-phii\\]\\], \\[\\[kinh-phii\\]\\]", nil)
    #expect(made.unknownCodes == ["kinh-phii"])
    #expect(made.knownCodes == ["kinh-phi"])
  }

  @Test func annexesAreNumberedWhereThereAreSeveral() {
    let one = "[[phu-luc#a=Phụ lục I]]\n\n#### [[=a]]<br />X\n"
    #expect(text(document("Theo [[a]].", one)) == "Theo Phụ lục.")
    let several = one + "[[phu-luc#b=Quy chế]]\n\nY\n\n[[phu-luc#c=Phụ lục I|ngang]]\n\n[[=c]]\n"
    let made = document("Theo [[a]], [[b]], [[c]].", several)
    #expect(text(made) == "Theo Phụ lục I, Quy chế, Phụ lục II.")
    #expect(made.parts.count == 4)
    #expect(made.parts.map(\.form.isLandscape) == [false, false, false, true])
    #expect(text(made, part: 1) == "#### Phụ lục I<br />X\n")
    #expect(text(made, part: 3) == "Phụ lục II\n")
    let arabic = several.replacing("Phụ lục I", with: "Phụ lục 1")
    #expect(text(document("Theo [[c]].", arabic)) == "Theo Phụ lục 2.")
  }

  @Test func sectionsOfAnAnnexAreNamedWithIt() {
    let annex = "[[phu-luc#a=Phụ lục I]]\n\n## I. X[[muc#x=mục I]]\n\nTheo \\[\\[x\\]\\].\n"
    let made = document("Theo \\[\\[x\\]\\].", annex)
    #expect(text(made) == "Theo mục I Phụ lục.")
    #expect(text(made, part: 1) == "## I. X\n\nTheo mục I.\n")
  }

  @Test func tablesAreNumberedWhereThereAreSeveralOrOneIsNamed() {
    let table = "**[[bang#a=Bảng]]Thu**\n| x |\n|---|\n| 1 |\n"
    #expect(text(document(table)).hasPrefix("**Thu**"))
    #expect(text(document(table + "\nXem \\[\\[a\\]\\].")).hasPrefix("**Bảng 1. Thu**"))
    let two = table + "\n" + table.replacing("#a", with: "#b").replacing("Thu", with: "Chi")
    let made = text(document(two))
    #expect(made.contains("**Bảng 1. Thu**") && made.contains("**Bảng 2. Chi**"))
  }

  @Test func linksLeadToTheirTargets() {
    let made = html(document(Self.section + "Xem \\[\\[kinh-phi\\]\\]."))
    #expect(
      made == """
        <h2>II. KINH PHÍ<span id="kinh-phi"></span></h2>
        <p>Xem <a class="dan" href="#kinh-phi">mục II</a>.</p>

        """)
  }

  @Test("no link within an attribute, or within a link") func links() {
    let image = html(document(Self.section + "![Ảnh [[kinh-phi]]](a.png)"))
    #expect(image.contains("alt=\"Ảnh mục II\""))
    let link = html(document(Self.section + "[Xem [[kinh-phi]]](/u)"))
    #expect(link.contains("<a href=\"/u\">Xem mục II</a>"))
  }

  @Test("characters that stand for links are taken from the author's text") func forged() {
    // U+FDD0 to U+FDD3, and neighbours.
    let marks = (UInt8(0x90)...0x93).map { [0xEF, 0xB7, $0] }
    let neighbours: [UInt8] = [0xEF, 0xB7, 0x8F, 0xEF, 0xB7, 0x94, 0xEF, 0xB7]
    let text = Array("a".utf8) + marks.flatMap { $0 + Array("x".utf8) } + neighbours
    let wanted = Array("a".utf8) + marks.flatMap { _ in Array("\u{FFFD}x".utf8) } + neighbours
    #expect(LinkMark.removed(from: text) == wanted)
  }
}

extension MarkedDocumentTests {
  @Test("a page's head gets labels without links, and its other brackets stay") func heads() {
    let body = Array("## I. X[[muc#x=mục I]]\n".utf8)
    let made = MarkedDocument(body: body, annexes: nil, head: [Array("Như [[x]], [[y]]".utf8)])
    #expect(made.unknownCodes == ["y"])
    let page = "<title>Như [[x]]</title> [[muc#x=z]] [[=x]] [[y]] \\[\\[x\\]\\]"
    #expect(
      String(decoding: made.resolvingHead(of: Array(page.utf8)), as: UTF8.self)
        == "<title>Như mục I</title> [[muc#x=z]] [[=x]] [[y]] mục I")
  }
}
