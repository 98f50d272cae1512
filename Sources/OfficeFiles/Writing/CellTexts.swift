import Texts

/// The texts of a workbook that is written, each once, in the order in which cells first had them.
struct CellTexts {
  private var texts: [[UInt8]] = []
  private var numbers: [[UInt8]: Int] = [:]
  /// The number of cells that have one.
  private var cellCount = 0

  /// The number by which a cell names its text.
  mutating func number(of text: [UInt8]) -> Int {
    cellCount += 1
    if let number = numbers[text] { return number }
    numbers[text] = texts.count
    texts.append(text)
    return texts.count - 1
  }

  /// The part `xl/sharedStrings.xml`.
  var part: [UInt8] {
    var xml = XMLWriter()
    xml.write("<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\"")
    xml.write(number: cellCount)
    xml.write("\" uniqueCount=\"")
    xml.write(number: texts.count)
    xml.write("\">")
    for text in texts {
      xml.write("<si><t xml:space=\"preserve\">")
      xml.write(escaped: text.escapingEscapes.span)
      xml.write("</t></si>")
    }
    xml.write("</sst>")
    return xml.finish()
  }
}

extension [UInt8] {
  /// The text with `_x005F_` in place of an underscore that programs would take for an escape.
  fileprivate var escapingEscapes: [UInt8] {
    guard contains(UInt8(ascii: "_")) else { return self }
    var result: [UInt8] = []
    for (index, byte) in enumerated() {
      let isEscape =
        byte == UInt8(ascii: "_") && index + 7 <= count && self[index + 1] == UInt8(ascii: "x")
        && self[index + 6] == UInt8(ascii: "_")
        && self[index + 2..<index + 6].allSatisfy { isHexDigit($0) }
      result += isEscape ? Array("_x005F_".utf8) : [byte]
    }
    return result
  }
}

func isHexDigit(_ byte: UInt8) -> Bool {
  0x30...0x39 ~= byte || 0x41...0x46 ~= byte & 0xDF
}
