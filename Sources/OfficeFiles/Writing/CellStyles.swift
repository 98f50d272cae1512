/// How a cell looks.
struct CellStyle: Hashable {
  /// The code of the format of its number; `General` and `@` among them.
  var format = "General"
  var isHead = false
  var isStrong = false
  /// A text that a program would take for a formula if somebody typed it.
  var isQuoted = false
  var isCentered = false
}

/// The styles of a workbook in the order in which cells first needed them.
struct CellStyles: ~Copyable {
  private var styles: [CellStyle] = [CellStyle()]
  private var numbers: [CellStyle: Int] = [CellStyle(): 0]

  /// The number by which cells name a style.
  mutating func number(of style: CellStyle) -> Int {
    if let number = numbers[style] { return number }
    styles.append(style)
    numbers[style] = styles.count - 1
    return styles.count - 1
  }

  /// The formats that have a number of their own.
  private static let builtIn = [
    "General": 0, "0": 1, "0.00": 2, "#,##0": 3, "#,##0.00": 4, "0%": 9, "0.00%": 10, "@": 49,
  ]

  /// The part `xl/styles.xml`.
  func part() -> [UInt8] {
    var codes: [String] = []
    for style in styles where CellStyles.builtIn[style.format] == nil {
      if !codes.contains(style.format) { codes.append(style.format) }
    }
    var xml = XMLWriter()
    xml.write("<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">")
    if !codes.isEmpty {
      xml.write("<numFmts count=\"")
      xml.write(number: codes.count)
      xml.write("\">")
      for (index, code) in codes.enumerated() {
        xml.write("<numFmt numFmtId=\"")
        xml.write(number: 164 + index)
        xml.write("\" formatCode=\"")
        xml.write(escaped: code)
        xml.write("\"/>")
      }
      xml.write("</numFmts>")
    }
    xml.write(CellStyles.looks)
    xml.write("<cellXfs count=\"")
    xml.write(number: styles.count)
    xml.write("\">")
    for (index, style) in styles.enumerated() {
      let code = codes.firstIndex(of: style.format).map { 164 + $0 }
      write(style, CellStyles.builtIn[style.format] ?? code ?? 0, isFirst: index == 0, to: &xml)
    }
    xml.write("</cellXfs><cellStyles count=\"1\">")
    xml.write("<cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>")
    return xml.finish()
  }

  private func write(_ style: CellStyle, _ format: Int, isFirst: Bool, to xml: inout XMLWriter) {
    xml.write("<xf numFmtId=\"")
    xml.write(number: format)
    xml.write(style.isHead || style.isStrong ? "\" fontId=\"1\"" : "\" fontId=\"0\"")
    xml.write(style.isHead ? " fillId=\"2\"" : " fillId=\"0\"")
    xml.write(isFirst ? " borderId=\"0\" xfId=\"0\"" : " borderId=\"1\" xfId=\"0\"")
    if style.isQuoted { xml.write(" quotePrefix=\"1\"") }
    if isFirst { return xml.write("/>") }
    xml.write(" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\"")
    xml.write(" applyAlignment=\"1\"><alignment")
    if style.isHead || style.isCentered { xml.write(" horizontal=\"center\"") }
    xml.write(style.isHead ? " vertical=\"center\"" : " vertical=\"top\"")
    xml.write(" wrapText=\"1\"/></xf>")
  }

  /// Two fonts, plain and bold; the fills that every workbook has, and the one of heads; no border, and
  /// thin ones.
  private static let looks: StaticString = """
    <fonts count="2"><font><sz val="12"/><name val="Times New Roman"/><family val="1"/></font>\
    <font><b/><sz val="12"/><name val="Times New Roman"/><family val="1"/></font></fonts>\
    <fills count="3"><fill><patternFill patternType="none"/></fill>\
    <fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid">\
    <fgColor rgb="FFE7E6E6"/><bgColor indexed="64"/></patternFill></fill></fills>\
    <borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>\
    <border><left style="thin"><color auto="1"/></left><right style="thin"><color auto="1"/></right>\
    <top style="thin"><color auto="1"/></top><bottom style="thin"><color auto="1"/></bottom>\
    <diagonal/></border></borders><cellStyleXfs count="1">\
    <xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
    """
}
