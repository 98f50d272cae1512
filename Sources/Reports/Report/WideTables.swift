import Texts

/// The tables of a page that have many columns, which style sheets cannot count: they get a class by
/// which they have smaller letters, or stand on a page in landscape.
struct WideTables {
  /// From so many columns on, letters are smaller.
  private let small: Int
  /// With more columns than these, the page is turned.
  private let upright: Int

  /// As the profile's `cot_chu_nho` and `cot_ngang` say; a profile without them has no such tables.
  init(_ profile: LayoutProfile) {
    func number(_ name: String) -> Int {
      profile.record[name]?.asText.flatMap { Int($0.string) } ?? .max
    }
    (small, upright) = (number("cot_chu_nho"), number("cot_ngang"))
  }

  /// The page with the classes `nhieu-cot` and `rong` in the tags of such tables.
  func marked(_ page: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    var copied = 0
    var place = 0
    while let tag = page.span.first(of: Self.tableTag.span, from: place) {
      place = tag + Self.tableTag.count
      let columns = Self.columns(ofTableAt: place, in: page)
      guard columns >= small || columns > upright else { continue }
      let names = columns > upright ? "nhieu-cot rong" : "nhieu-cot"
      if columns > upright, let region = Self.region(around: tag, in: page), region > copied {
        output += page[copied..<region]
        output += " rong".utf8
        copied = region
      }
      output += page[copied..<place]
      output += " class=\"\(names)\"".utf8
      copied = place
    }
    return copied == 0 ? page : output + page[copied...]
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
