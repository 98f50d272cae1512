import Sheets
import Texts

extension WorkbookTable {
  /// The part of a sheet: the head in the first row, then the rows.
  func part(
    isFirst: Bool, _ styles: inout CellStyles, _ texts: inout CellTexts
  ) -> [UInt8] {
    let widths = self.widths
    var xml = XMLWriter()
    xml.write("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">")
    xml.write("<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>")
    xml.write("<sheetViews><sheetView ")
    if isFirst { xml.write("tabSelected=\"1\" ") }
    xml.write(
      "workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\"")
    xml.write(" state=\"frozen\"/><selection pane=\"bottomLeft\" activeCell=\"A2\" sqref=\"A2\"/>")
    xml.write("</sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15.75\"/>")
    writeColumns(widths, &styles, to: &xml)
    xml.write("<sheetData>")
    let head = styles.number(of: CellStyle(isHead: true))
    xml.write("<row r=\"1\">")
    for (column, text) in self.head.enumerated() {
      xml.write(text: texts.number(of: text), CellPlace(row: 1, column: column + 1), head)
    }
    xml.write("</row>")
    for (index, row) in rows.enumerated() {
      write(row, number: index + 2, &styles, &texts, to: &xml)
    }
    xml.write("</sheetData>")
    xml.write("<pageMargins left=\"0.7\" right=\"0.5\" top=\"0.75\" bottom=\"0.75\"")
    xml.write(" header=\"0.3\" footer=\"0.3\"/><pageSetup paperSize=\"9\" orientation=\"")
    // A4 upright holds about this many characters of the font.
    xml.write(widths.reduce(0, +) > 90 ? "landscape" : "portrait")
    xml.write("\" fitToHeight=\"0\"/></worksheet>")
    return xml.finish()
  }

  /// The width of each column in characters: that of its longest line, within reason.
  private var widths: [Int] {
    head.indices.map { column in
      let longest = rows.reduce(head[column].longestLine(breaking: true)) { longest, row in
        column < row.count ? max(longest, row[column].text.longestLine(breaking: false)) : longest
      }
      return min(max(longest + 2, 6), 50)
    }
  }

  /// Columns of texts say so, so that what a person types there stays what it is: `05`, `1/2`.
  private func writeColumns(_ widths: [Int], _ styles: inout CellStyles, to xml: inout XMLWriter) {
    if widths.isEmpty { return }
    xml.write("<cols>")
    for (index, width) in widths.enumerated() {
      xml.write("<col min=\"")
      xml.write(number: index + 1)
      xml.write("\" max=\"")
      xml.write(number: index + 1)
      xml.write("\" width=\"")
      xml.write(number: width)
      xml.write("\" customWidth=\"1\"")
      if case .text = readings[index] {
        xml.write(" style=\"")
        xml.write(number: styles.number(of: CellStyle(format: "@")))
        xml.write("\"")
      }
      xml.write("/>")
    }
    xml.write("</cols>")
  }

  private func write(
    _ row: [Cell], number: Int, _ styles: inout CellStyles, _ texts: inout CellTexts,
    to xml: inout XMLWriter
  ) {
    xml.write("<row r=\"")
    xml.write(number: number)
    xml.write("\">")
    for (index, cell) in row.prefix(head.count).enumerated() {
      let reading = readings[index]
      let place = CellPlace(row: number, column: index + 1)
      var style = CellStyle(isStrong: cell.isStrong)
      switch reading.value(cell.text) {
      case .empty:
        if case .text = reading { style.format = "@" }
        xml.write(empty: place, styles.number(of: style))
      case .text(let text):
        if case .text = reading { style.format = "@" }
        style.isQuoted = FormulaGuard.guarded(text[...]).count > text.count
        xml.write(text: texts.number(of: text), place, styles.number(of: style))
      case .number(let digits, let format):
        style.format = format
        xml.write(number: digits, place, styles.number(of: style))
      case .truth(let isTrue):
        xml.write(isTrue: isTrue, place, styles.number(of: style))
      }
    }
    xml.write("</row>")
  }
}

extension [UInt8] {
  /// The number of characters of the longest line, or where lines may break, of the longest word and
  /// half of all.
  fileprivate func longestLine(breaking mayBreak: Bool) -> Int {
    func scalars(_ text: some Collection<UInt8>) -> Int { text.count { $0 & 0xC0 != 0x80 } }
    if mayBreak {
      let words = split { $0 == 0x20 || $0 == 0x0A }.map(scalars)
      return Swift.max(words.max() ?? 0, (scalars(self) + 1) / 2)
    }
    return split(separator: 0x0A).map(scalars).max() ?? 0
  }
}

extension XMLWriter {
  private mutating func startCell(_ place: CellPlace, _ style: Int) {
    write("<c r=\"")
    write(escaped: CellGrid.letters(ofColumn: place.column))
    write(number: place.row)
    if style > 0 {
      write("\" s=\"")
      write(number: style)
    }
  }

  fileprivate mutating func write(empty place: CellPlace, _ style: Int) {
    startCell(place, style)
    write("\"/>")
  }

  fileprivate mutating func write(text: Int, _ place: CellPlace, _ style: Int) {
    startCell(place, style)
    write("\" t=\"s\"><v>")
    write(number: text)
    write("</v></c>")
  }

  fileprivate mutating func write(number: [UInt8], _ place: CellPlace, _ style: Int) {
    startCell(place, style)
    write("\"><v>")
    write(escaped: number.span)
    write("</v></c>")
  }

  fileprivate mutating func write(isTrue: Bool, _ place: CellPlace, _ style: Int) {
    startCell(place, style)
    write(isTrue ? "\" t=\"b\"><v>1</v></c>" : "\" t=\"b\"><v>0</v></c>")
  }
}
