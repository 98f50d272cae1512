import CaseFiles
import Diagnostics
import Foundation
import Sheets
import Testing

@testable import OfficeFiles

/// What is read from the pages of workbooks.
@Suite struct WorkbookTests {
  private func read(_ text: String, sheet: String? = nil) throws(Diagnostic) -> Workbook {
    let bytes = [UInt8](WorkbookFixture(text).data)
    return try Workbook.read(bytes.span, file: "a.xlsx", sheet: sheet, limits: .officeFiles)
  }

  private func rows(_ text: String) throws(Diagnostic) -> [[String]] {
    try read(text).sheets[0].rows.map { $0.cells.map(\.value.string) }
  }

  @Test("texts, numbers, truth values and formulas") func cells() throws {
    #expect(
      try rows(
        "a | n:1 | b:1 | b:0 | f:5\n\n | x | n:0.9@0% | x:t=\"str\"><f>A1</f><v>đã_x005F_x000D_</v>"
      )
        == [["a", "1", "true", "false", "5"], ["", "x", "90%", "đã_x000D_"]])
  }

  @Test("shared texts: runs of several looks, no phonetics, escapes and line breaks") func shared()
    throws
  {
    let text = """
      --- shared <t>một</t>
      --- shared <r><rPr><b/></rPr><t>Lượt </t></r><r><t xml:space="preserve">công dân</t></r>
      --- shared <t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/>
      --- shared <t>a_x000D_&#10;b &amp; c</t>
      s:0 | s:1 | s:2 | s:3
      """
    #expect(try rows(text) == [["một", "Lượt công dân", "東京", "a\nb & c"]])
  }

  @Test("cells without places follow each other; empty ones are left out") func places() throws {
    let part = "xl/worksheets/sheet1.xml"
    let xml =
      "<x:worksheet xmlns:x=\"urn\"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c><x:c/>"
      + "<x:c><x:v>3</x:v></x:c></x:row><x:row/><x:row><x:c r=\"B3\"><x:v>5</x:v></x:c></x:row>"
      + "</x:sheetData></x:worksheet>"
    let sheet = try read("a\n--- part \(part) \(xml)").sheets[0]
    #expect(sheet.rows.map { $0.cells.map(\.value.string) } == [["1", "", "3"], ["", "5"]])
    #expect(sheet.rows.map(\.number) == [1, 3])
  }

  @Test("days by the format of the cell, and as they are written out") func days() throws {
    #expect(
      try rows(
        "n:43279@dd/mm/yyyy | x:t=\"d\"><v>2018-06-28T00:00:00</v> | x:t=\"d\"><v>2018-06-28T18:10:00Z</v>"
      )
        == [["28/06/2018", "2018-06-28", "2018-06-28 18:10"]])
    #expect(try rows("n:41817@d/m/yyyy\n--- 1904") == [["28/6/2018"]])
  }

  @Test("letters are composed, spaces are plain") func letters() throws {
    #expect(try rows("Vie\u{302}\u{323}t\u{A0}Nam") == [["Việt Nam"]])
  }

  @Test("a joined cell stands in all its rows, but not beside itself") func merges() throws {
    let sheet = try read("a | b\nKhối | 1\n | 2\n | 3\nx | y\n--- merge A2:A4\n--- merge A5:B5")
      .sheets[0]
    #expect(
      sheet.rows.map { $0.cells.map(\.value.string) } == [
        ["a", "b"], ["Khối", "1"], ["Khối", "2"], ["Khối", "3"], ["x", "y"],
      ])
    #expect(sheet.page?.flaws.map { [$0.row, $0.column] } == [[3, 1], [4, 1]])
  }

  @Test("sheets that are shown, and one by its name") func sheets() throws {
    let text = "--- sheet Một\na\n--- hidden sheet Hai\nb\n--- sheet Ba\nc\n--- link"
    let all = try read(text)
    #expect(all.sheets.map { $0.page?.name } == ["Một", "Ba"])
    #expect(all.hiddenSheets == ["Hai"])
    #expect(all.usesOtherWorkbooks)
    let one = try read(text, sheet: "HAI")
    #expect(one.sheets.map { $0.page?.name } == ["Hai"])
    #expect(one.hiddenSheets.isEmpty)
  }

  @Test("control characters are told at their cells") func controls() {
    do throws(Diagnostic) {
      _ = try read("a | b_x0001_c")
      Issue.record("they are read")
    } catch {
      #expect(error.kind.code == "S008")
      #expect(error.message(in: .vietnamese).contains("trang «Trang1», ô B1"))
    }
  }
}
