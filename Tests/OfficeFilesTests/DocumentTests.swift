import CaseFiles
import Diagnostics
import Foundation
import Reports
import Testing
import Texts

@testable import OfficeFiles

/// What is read of a document of Word: text, looks, labels, and what stands beside the text.
@Suite struct DocumentTests {
  private func read(_ text: String) throws -> WrittenDocument {
    let bytes = [UInt8](DocumentFixture(text).data)
    return try WrittenDocument.read(word: bytes.span, file: "a.docx", limits: .officeFiles)
  }

  private func paragraphs(_ text: String) throws -> [WrittenParagraph] {
    try read(text).blocks.flatMap(\.paragraphs)
  }

  @Test("tabs, breaks, hyphens, signs") func text() throws {
    let found = try paragraphs(
      """
      một\\thai\\nba
      --- xml <w:p><w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/><w:cr/><w:sym w:font="Symbol" w:char="F0B7"/><w:sym w:font="x" w:char="2713"/></w:r></w:p>
      """)
    #expect(found.map(\.text) == ["một\thai\nba", "a-b\n•✓"])
  }

  @Test("looks come from runs, styles and the styles below them") func looks() throws {
    let found = try paragraphs(
      """
      --- style dam <w:rPr><w:b/></w:rPr>
      --- style tieude <w:basedOn w:val="dam"/><w:pPr><w:outlineLvl w:val="0"/><w:jc w:val="center"/></w:pPr>
      [b] đậm
      [s=tieude] theo kiểu
      --- xml <w:p><w:pPr><w:pStyle w:val="tieude"/></w:pPr><w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t>thường</w:t></w:r></w:p>
      --- xml <w:p><w:r><w:rPr><w:b/></w:rPr><w:t>nửa </w:t></w:r><w:r><w:t>thường</w:t></w:r></w:p>
      [i] nghiêng
      """)
    #expect(found.map(\.isBold) == [true, true, false, false, false])
    #expect(found.map(\.isItalic) == [false, false, false, false, true])
    #expect(found.map(\.outlineLevel) == [nil, 1, 1, nil, nil])
    #expect(found[1].alignment == .center)
  }

  @Test("labels are counted as Word does") func labels() throws {
    let found = try paragraphs(
      """
      --- list 1 upperRoman=%1.; decimal=%2.; lowerLetter=%3); bullet=
      --- list 2 decimal=%1.; decimal=%1.%2.; decimal=%1.%2.%3
      [n=1.0] a
      [n=1.1] b
      [n=1.2] c
      [n=1.2] d
      [n=1.1] e
      [n=1.2] f
      [n=1.0] g
      [n=1.1] h
      [n=1.3] i
      [n=2.0] k
      [n=2.1] l
      [n=2.2] m
      [n=2.1] n
      [n=2.0] o
      [n=9.0] p
      """)
    let labels = found.map { $0.label ?? "" }
    #expect(
      labels == [
        "I.", "1.", "a)", "b)", "2.", "a)", "II.", "1.", "+", "1.", "1.1.", "1.1.1", "1.2.", "2.",
        "",
      ])
  }

  @Test("a list goes on where another of its definition stood, and begins anew where it says so")
  func restarts() throws {
    let found = try paragraphs(
      """
      --- part word/numbering.xml <w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1)"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>
      [n=1.0] a
      [n=2.0] b
      [n=3.0] c
      [n=3.0] d
      """)
    #expect(found.map(\.label) == ["3)", "4)", "1)", "2)"])
  }

  @Test("a field shows its result") func fields() throws {
    let found = try paragraphs(
      """
      --- xml <w:p><w:r><w:t>a </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>b</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:fldSimple w:instr="DATE"><w:r><w:t> c</w:t></w:r></w:fldSimple><w:hyperlink><w:r><w:t> d</w:t></w:r></w:hyperlink><w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent><w:r><w:t> e</w:t></w:r></w:sdtContent></w:sdt></w:p>
      """)
    #expect(found.map(\.text) == ["a b c d e"])
  }

  @Test("insertions are text, deletions and hidden words are told") func changes() throws {
    let document = try read(
      """
      --- xml <w:p><w:ins><w:r><w:t>thêm</w:t></w:r></w:ins><w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>chuyển</w:t></w:r></w:moveFrom><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r></w:p>
      --- xml <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:rPr><w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange></w:rPr><w:t>còn</w:t></w:r></w:p>
      """)
    let found = document.blocks.flatMap(\.paragraphs)
    #expect(found.map(\.text) == ["thêm", "còn"])
    #expect(!found[1].isBold)
    #expect(document.asides.map(\.kind) == [.deletion, .hidden])
    #expect(document.asides.map(\.text) == ["bỏchuyển", "ẩn"])
  }

  @Test("a text box is read once, behind its paragraph") func boxes() throws {
    let box = "<w:txbxContent><w:p><w:r><w:t>trong khung</w:t></w:r></w:p></w:txbxContent>"
    let found = try paragraphs(
      "--- xml <w:p><w:r><w:t>trước </w:t></w:r><w:r><mc:AlternateContent><mc:Choice><wps:txbx>\(box)"
        + "</wps:txbx></mc:Choice><mc:Fallback><v:textbox>\(box)</v:textbox></mc:Fallback>"
        + "</mc:AlternateContent></w:r><w:r><w:t>sau</w:t></w:r></w:p>")
    #expect(found.map(\.text) == ["trước sau", "trong khung"])
  }

  @Test("joined cells, repeated rows, tables in tables") func tables() throws {
    let document = try read(
      """
      |h A | B | <
      |h ^ | C | D
      | 1 | 2\\n3 | 4
      --- xml <w:tbl><w:tr><w:tc><w:p><w:r><w:t>ngoài</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>trong</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>
      """)
    guard case .table(let table)? = document.blocks.first else {
      Issue.record("no table")
      return
    }
    #expect(table.rows.map(\.isHead) == [true, true, false])
    #expect(table.rows[0].cells.map(\.columns) == [1, 2])
    #expect(table.rows[1].cells.map(\.continues) == [true, false, false])
    #expect(table.rows[2].cells[1].paragraphs.map(\.text) == ["2", "3"])
    #expect(document.blocks[1].texts == ["ngoài", "trong"])
    #expect(document.asides.map(\.kind) == [.nestedTable])
  }

  @Test("headers, notes, comments and pictures are told, numbers of pages are not") func asides()
    throws
  {
    let document = try read(
      """
      --- header Tài liệu họp
      --- header - 2 -
      --- footnote 2 Chú thích
      --- comment 0 Góp ý
      --- xml <w:p><w:r><w:t>a</w:t><w:footnoteReference w:id="2"/><w:drawing><wp:docPr descr="Cổng chào"/></w:drawing></w:r></w:p>
      """)
    #expect(document.asides.map(\.kind) == [.header, .picture, .comment, .footnote])
    #expect(document.asides.map(\.text) == ["Tài liệu họp", "Cổng chào", "Góp ý", "Chú thích"])
    #expect(document.asides.map(\.paragraph) == [nil, 1, nil, 1])
  }

  @Test("breaks of pages and sections begin a page") func pages() throws {
    let found = try paragraphs(
      """
      a
      --- xml <w:p><w:r><w:br w:type="page"/><w:t>b</w:t></w:r></w:p><w:p><w:pPr><w:sectPr><w:type w:val="nextPage"/></w:sectPr></w:pPr></w:p>
      c
      [p] d
      """)
    #expect(found.map(\.beginsPage) == [false, true, false, true, true])
  }
}
