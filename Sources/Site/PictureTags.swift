import Texts

/// The tags of pictures in a body, which libcmark wrote as `<img src="…" alt="…" />`.
enum PictureTags {
  struct Tag {
    let range: Range<Int>
    /// The path as the data file names it.
    let path: String
    /// As HTML has it.
    let alt: ArraySlice<UInt8>
  }

  static func tags(in html: [UInt8]) -> [Tag] {
    var tags: [Tag] = []
    var index = 0
    while let start = html.range(of: opening, from: index) {
      guard let sourceEnd = html[start.upperBound...].firstIndex(of: quote),
        let close = html[sourceEnd...].firstIndex(of: UInt8(ascii: ">"))
      else { break }
      let rest = Array(html[sourceEnd...close])
      var alt: ArraySlice<UInt8> = []
      if let altStart = rest.range(of: altOpening, from: 0),
        let altEnd = rest[altStart.upperBound...].firstIndex(of: quote)
      {
        alt = rest[altStart.upperBound..<altEnd]
      }
      let source = String(decoding: html[start.upperBound..<sourceEnd], as: UTF8.self)
      tags.append(
        Tag(range: start.lowerBound..<close + 1, path: source.withoutPercents, alt: alt))
      index = close + 1
    }
    return tags
  }

  /// The body with other tags in the place of these.
  static func replaced(in html: [UInt8], by tag: (Tag) -> String?) -> [UInt8] {
    let tags = tags(in: html)
    guard !tags.isEmpty else { return html }
    var output: [UInt8] = []
    var end = 0
    for found in tags {
      output += html[end..<found.range.lowerBound]
      if let new = tag(found) { output += new.utf8 } else { output += html[found.range] }
      end = found.range.upperBound
    }
    return output + html[end...]
  }

  private static let opening = Array("<img src=\"".utf8)
  private static let altOpening = Array(" alt=\"".utf8)
  private static let quote = UInt8(ascii: "\"")
}

extension [UInt8] {
  /// Where some bytes stand next.
  func range(of wanted: [UInt8], from start: Int) -> Range<Int>? {
    guard let first = wanted.first else { return nil }
    var index = start
    while index + wanted.count <= count {
      guard let found = self[index...].firstIndex(of: first), found + wanted.count <= count else {
        return nil
      }
      if self[found..<found + wanted.count].elementsEqual(wanted) {
        return found..<found + wanted.count
      }
      index = found + 1
    }
    return nil
  }
}

extension String {
  /// With the characters for which `%41` and `&amp;` stand.
  var withoutPercents: String {
    var bytes: [UInt8] = []
    var rest = Array(replacing("&amp;", with: "&").utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
