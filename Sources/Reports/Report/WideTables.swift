import Texts

/// The tables of a page that have many columns, which style sheets cannot count: they get a class by
/// which they have smaller letters, or stand on a page in landscape. Where the longest words of all
/// columns still do not stand side by side, the letters get as small as they must.
struct WideTables {
  /// From so many columns on, letters are smaller.
  private let small: Int
  /// With more columns than these, the page is turned.
  private let upright: Int
  /// The sizes of letters in points: of tables of many columns, and the least that can be read.
  private let letters: (usual: Int, least: Int)
  /// The margins at both sides together, in millimetres.
  private let margins: Int

  /// As the profile's `cot_chu_nho` and `cot_ngang` say; a profile without them has no such tables.
  init(_ profile: LayoutProfile) {
    func number(_ name: String) -> Int? {
      profile.record[name]?.asText.flatMap { Int($0.string) }
    }
    (small, upright) = (number("cot_chu_nho") ?? .max, number("cot_ngang") ?? .max)
    letters = (number("co_bang_nho") ?? 0, number("co_bang_it_nhat") ?? .max)
    margins = (number("le_trai") ?? 0) + (number("le_phai") ?? 0)
  }

  /// The page with the classes `nhieu-cot` and `rong` in the tags of such tables.
  func marked(_ page: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    var copied = 0
    var place = 0
    while let tag = page.span.first(of: Self.tableTag.span, from: place) {
      place = tag + Self.tableTag.count
      let columns = Self.columns(ofTableAt: place, in: page)
      let isWide = columns > upright
      guard columns >= small || isWide else { continue }
      if isWide, let region = Self.region(around: tag, in: page), region > copied {
        output += page[copied..<region]
        output += " rong".utf8
        copied = region
      }
      output += page[copied..<place]
      output += " class=\"\(isWide ? "nhieu-cot rong" : "nhieu-cot")\"".utf8
      if let size = size(of: TableMeasure(page.span, from: place), isWide: isWide) {
        output += " style=\"--co: \(size)pt\"".utf8
      }
      copied = place
    }
    return copied == 0 ? page : output + page[copied...]
  }

  /// The long and the short side of a sheet of A4, in millimetres.
  private static let sheet = (long: 297, short: 210)
  /// What stands beside the letters of a cell, in points: its padding and a line.
  private static let besideLetters = 6.75

  /// The size of letters, in whole points, with which the table has room; nil for the usual one.
  private func size(of table: TableMeasure, isWide: Bool) -> Int? {
    let room = Double((isWide ? Self.sheet.long : Self.sheet.short) - margins) * 72 / 25.4
    let forLetters = room - Double(table.columns) * Self.besideLetters
    let size = Int((forLetters / table.width).rounded(.down))
    return size < letters.usual ? max(size, letters.least) : nil
  }

  private static let tableTag = Array("<table".utf8)
  private static let regionTag = Array("<div class=\"cuon".utf8)

  /// The end of the class of the scrolling region that begins in the line before a table; style sheets
  /// for paper look at it, as a heading stands beside it and not beside the table.
  private static func region(around tag: Int, in page: [UInt8]) -> Int? {
    guard let start = page[..<tag].lastIndex(of: UInt8(ascii: "<")),
      page[start...].starts(with: regionTag)
    else { return nil }
    return start + regionTag.count
  }
  private static let tableEnd = Array("</table>".utf8)
  private static let bodyTag = Array("<tbody>".utf8)
  private static let rowEnd = Array("</tr>".utf8)

  /// The cells of the first row of the body, where none is merged; of the head where there is no body.
  private static func columns(ofTableAt tag: Int, in page: [UInt8]) -> Int {
    let tableEnd = page.span.first(of: tableEnd.span, from: tag) ?? page.count
    let body = page.span.first(of: bodyTag.span, from: tag) ?? page.count
    let start = body < tableEnd ? body + bodyTag.count : tag
    let end = page.span.first(of: rowEnd.span, from: start) ?? page.count
    var columns = 0
    var index = start
    while index + 3 < end {
      defer { index += 1 }
      guard page[index] == UInt8(ascii: "<"), page[index + 1] == UInt8(ascii: "t"),
        page[index + 2] == UInt8(ascii: "h") || page[index + 2] == UInt8(ascii: "d"),
        page[index + 3] == UInt8(ascii: ">") || page[index + 3] == UInt8(ascii: " ")
      else { continue }
      columns += 1
    }
    return columns
  }
}

/// The columns of a table in HTML, and the least width that their longest words need.
struct TableMeasure {
  /// The widths of the longest words, by column, in sizes of the letters.
  private var widths: [Double] = []
  /// The rows that a cell above still reaches into, by column.
  private var reaching: [Int] = []

  /// The cells of a row, of which merged ones count as often as they are wide.
  var columns: Int { widths.count }
  /// Of all columns together, in sizes of the letters.
  var width: Double {
    // The style sheet keeps the second column, with the names of the rows, from getting too narrow.
    widths.enumerated().reduce(0) { $0 + ($1.offset == 1 ? max($1.element, 9.5) : $1.element) }
  }

  /// - Parameter start: an offset in the opening tag of the table.
  init(_ page: borrowing Span<UInt8>, from start: Int) {
    var column = 0
    var cell: Cell?
    var place = start
    while place < page.count {
      guard page[place] == UInt8(ascii: "<") else {
        let end = page.bytes.first(UInt8(ascii: "<"), in: place..<page.count)
        cell?.measure(page.extracting(place..<end))
        place = end
        continue
      }
      let end = min(page.bytes.first(UInt8(ascii: ">"), in: place..<page.count) + 1, page.count)
      let tag = page.extracting(place..<end)
      if tag.begins("<td") || tag.begins("<th") && !tag.begins("<thead") {
        cell = Cell(tag)
      } else if tag.begins("</td") || tag.begins("</th") {
        if let cell { add(cell, at: &column) }
        cell = nil
      } else if tag.begins("<tr") {
        column = 0
        for index in reaching.indices where reaching[index] > 0 { reaching[index] -= 1 }
      } else if tag.begins("</table") {
        return
      }
      place = end
    }
  }

  private mutating func add(_ cell: Cell, at column: inout Int) {
    while column < reaching.count, reaching[column] > 0 { column += 1 }
    let end = column + cell.columns
    while widths.count < end {
      widths.append(0)
      reaching.append(0)
    }
    // A cell over several columns needs no more room than they have.
    if cell.columns == 1 { widths[column] = max(widths[column], cell.longest) }
    for index in column..<end { reaching[index] = cell.rows }
    column = end
  }

  private struct Cell {
    let isHead: Bool
    let columns: Int
    let rows: Int
    /// The width of its longest word, in sizes of the letters.
    var longest = 0.0

    init(_ tag: Span<UInt8>) {
      isHead = tag.count > 2 && tag[2] == UInt8(ascii: "h")
      (columns, rows) = (tag.number(after: "colspan=\""), tag.number(after: "rowspan=\""))
    }

    /// Measures the words of a text in it, of which what is escaped in HTML counts as it is written.
    mutating func measure(_ text: Span<UInt8>) {
      var width = 0
      var index = 0
      while index < text.count {
        let byte = text[index]
        var end = index + 1
        if byte >= 0x80 {
          while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
          width += text.isCapital(index..<end) ? Self.capital : Self.small
        } else {
          width = byte <= 0x20 ? 0 : width + (isHead ? Self.bold : Self.regular)[Int(byte)]
        }
        longest = max(longest, Double(width) / 1000)
        index = end
      }
    }

    private static let regular = widths(isBold: false)
    private static let bold = widths(isBold: true)
    /// Of letters with marks, somewhat more than they are.
    private static let (capital, small) = (778, 556)

    private static func widths(isBold: Bool) -> [Int] {
      (UInt8.min..<0x80).map { byte in
        let letter = [byte]
        return LetterWidths.width(letter.span, isBold: isBold)
      }
    }
  }
}

extension Span<UInt8> {
  fileprivate func begins(_ tag: StaticString) -> Bool {
    tag.withUTF8Buffer { tag in
      count >= tag.count && tag.indices.allSatisfy { self[$0] == tag[$0] }
    }
  }

  /// Tells whether the bytes are a capital letter with marks, Đ, Ơ or Ư.
  fileprivate func isCapital(_ letter: Range<Int>) -> Bool {
    guard letter.count > 1 else { return false }
    let (lead, second) = (self[letter.lowerBound], self[letter.lowerBound + 1])
    switch lead {
    case 0xC3: return second < 0x9F
    case 0xC6: return second == 0xA0 || second == 0xAF
    default: return self[letter.upperBound - 1].isMultiple(of: 2)
    }
  }

  /// The number behind the name of an attribute; 1 where it has none.
  fileprivate func number(after name: StaticString) -> Int {
    let name = name.withUTF8Buffer { Array($0) }
    guard let start = first(of: name.span, from: 0) else { return 1 }
    var number = 0
    var place = start + name.count
    while place < count, (0x30...0x39).contains(self[place]), number < 1000 {
      number = number * 10 + Int(self[place] - 0x30)
      place += 1
    }
    return Swift.max(number, 1)
  }
}
