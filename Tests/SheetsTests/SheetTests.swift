import Diagnostics
import Texts
import Testing

@testable import Sheets

/// Sheets as spreadsheets write them, and as nobody should.
@Suite struct SheetTests {
  private func read(_ text: String, _ separator: Sheet.Separator = .semicolon) throws -> Sheet {
    let source = try Source.reading(name: "b.csv", bytes: Array(text.utf8)).source
    return try Sheet.read(source, separator: separator)
  }

  private func cells(_ text: String, _ separator: Sheet.Separator = .semicolon) throws -> [[String]]
  {
    try read(text, separator).rows.map { $0.cells.map(\.value.string) }
  }

  @Test(
    "cells",
    arguments: [
      ("a;b\n1;2\n", [["a", "b"], ["1", "2"]]),
      ("a;b\r\n1;2", [["a", "b"], ["1", "2"]]),
      ("\u{FEFF}\"a\";b\r\n1;2\r\n", [["a", "b"], ["1", "2"]]),
      ("\"x\r\ny\";2\r\n", [["x\ny", "2"]]),
      ("\"a;b\";\"c\"\"d\"\n", [["a;b", "c\"d"]]),
      ("  a ;b\n", [["  a ", "b"]]),
      ("nhà \"A\";2\n", [["nhà \"A\"", "2"]]),
      ("a;\"\"\n", [["a", ""]]),
      ("a;\n", [["a", ""]]),
      ("\"a\"  ;b\n", [["a", "b"]]),
      ("a\n\n;;\nb\n", [["a"], ["b"]]),
      ("sep=,\na,b\n", [["a", "b"]]),
      ("Da\u{302}n so\u{302}\u{301}\n", [["Dân số"]]),
      ("", []),
    ])
  func cells(text: String, wanted: [[String]]) throws {
    #expect(try cells(text) == wanted)
  }

  @Test func separators() throws {
    #expect(try cells("a,b;c", .comma) == [["a", "b;c"]])
    #expect(try cells("a\tb;c", .tab) == [["a", "b;c"]])
  }

  @Test("rows are counted as a spreadsheet counts them") func numbers() throws {
    let sheet = try read("a;b\n\"1\n2\n3\";x\n\ny;z\n")
    #expect(sheet.rows.map(\.number) == [1, 2, 4])
    let cell = try #require(sheet.rows.last?.cells.last)
    let place = cell.value.place
    #expect(place.source.position(at: Int(place.range.start)) == (line: 4, column: 2))
  }

  @Test("a part of a cell in quotes stands where it is written") func partsOfCells() throws {
    let sheet = try read("\"a \"\"b\"\"\nc\";d\n")
    let value = try #require(sheet.rows.first?.cells.first?.value)
    func place(_ part: Range<Int>) -> (String, Int) {
      let start = Int(value.range.start)
      let range = SourceRange(start: start + part.lowerBound, end: start + part.upperBound)
      let place = Text(source: value.source, range: range).place
      return (place.string, Int(place.range.start))
    }
    #expect(value.string == "a \"b\"\nc" && value.place.string == "\"a \"\"b\"\"\nc\"")
    #expect(place(3..<4) == ("b", 5))
    #expect(place(2..<5) == ("\"\"b\"\"", 3))
    #expect(place(6..<7) == ("c", 9))
  }

  @Test(arguments: [("a;\"b\nc;d\n", "B001"), ("\"a\"b;c\n", "B002"), ("\"", "B001")])
  func broken(text: String, code: String) throws {
    let problem = #expect(throws: Diagnostic.self) { try read(text) }
    #expect(problem?.kind.code == code)
  }

  @Test("a million quotes, and a million separators") func large() throws {
    let million = 1_000_000
    #expect(throws: Diagnostic.self) { try read(String(repeating: "\"", count: million + 1)) }
    #expect(
      try cells(String(repeating: "\"", count: million)).first?.first?.count == million / 2 - 1)
    #expect(try read(String(repeating: ";", count: million)).rows.isEmpty)
  }

  @Test(
    "what begins like a formula is written as text",
    arguments: [
      ("=1+1", "'=1+1"), ("+A1", "'+A1"), ("-A1", "'-A1"), ("@SUM(A1)", "'@SUM(A1)"),
      ("  =1", "'  =1"), ("\t1", "'\t1"), ("＝1", "'＝1"), ("'=1", "''=1"), ("-2+3", "'-2+3"),
      ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"), ("\n=1", "'\n=1"), ("- gạch", "'- gạch"),
      ("-5", "-5"), ("+12,5%", "+12,5%"), ("-1.234,5", "-1.234,5"), ("'chữ", "'chữ"),
      ("a=b", "a=b"),
    ])
  func formulas(value: String, cell: String) {
    let guarded = FormulaGuard.guarded(Array(value.utf8)[...])
    #expect(String(decoding: guarded, as: UTF8.self) == cell)
    #expect(Array(FormulaGuard.unguarded(guarded) ?? guarded) == Array(value.utf8))
  }

  @Test("what is written is read") func roundTrip() throws {
    let pieces = ["a", "\"", ";", ",", "\n", " ", "=", "'", "ư", "\t", "-", "1"]
    var state: UInt64 = 7
    func random(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    for _ in 0..<2000 {
      let rows = (0..<3).map { _ in
        (0..<3).map { _ in "x" + (0..<random(6)).map { _ in pieces[random(pieces.count)] }.joined()
        }
      }
      let separator = Sheet.Separator.allCases[random(3)]
      var writer = SheetWriter(separator)
      for row in rows { writer.writeRow(row.map { Array($0.utf8)[...] }) }
      #expect(try cells(String(decoding: writer.bytes, as: UTF8.self), separator) == rows)
    }
  }
}
