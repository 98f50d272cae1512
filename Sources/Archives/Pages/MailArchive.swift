import Texts

/// The page in a file that a browser saved whole, `.mht`: a message in parts (RFC 2045, 2046, 2557).
enum MailArchive {
  /// The bytes of the first part that is a page, decoded, with the name of the encoding that its header
  /// has; nil where there is none.
  static func page(in message: [UInt8]) -> (bytes: [UInt8], charset: String?)? {
    var parts = [Part(message[...])]
    // A part may have parts itself; none of a browser lies deeper.
    for _ in 0..<4 {
      if let page = parts.first(where: { $0.type.hasPrefix("text/html") }) {
        return (page.decoded, page.charset)
      }
      parts = parts.flatMap(\.parts)
      if parts.isEmpty { return nil }
    }
    return nil
  }

  /// A part: its header, and what is below the first empty line.
  private struct Part {
    let type: String
    let charset: String?
    private let boundary: String?
    private let encoding: String
    private let body: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
      let (header, body) = Part.split(bytes)
      self.body = body
      let contentType = Part.field("content-type", in: header)
      type = contentType.lowercased()
      charset = Part.parameter("charset", of: contentType)
      boundary = Part.parameter("boundary", of: contentType)
      encoding = Part.field("content-transfer-encoding", in: header).lowercased()
    }

    var parts: [Part] {
      guard let boundary, !boundary.isEmpty else { return [] }
      let mark = Array("--\(boundary)".utf8)
      var starts = body.ranges(of: mark).filter { range in
        range.lowerBound == body.startIndex || body[range.lowerBound - 1] == 0x0A
      }
      if starts.count > 2000 { starts.removeLast(starts.count - 2000) }
      return starts.indices.compactMap { index in
        let start = body[starts[index].upperBound...].firstIndex(of: 0x0A).map { $0 + 1 }
        let end = index + 1 < starts.count ? starts[index + 1].lowerBound : body.endIndex
        guard let start, start < end else { return nil }
        return Part(body[start..<end])
      }
    }

    var decoded: [UInt8] {
      if encoding.hasPrefix("base64") { return body.span.base64Decoded }
      if encoding.hasPrefix("quoted-printable") { return Part.quotedPrintable(body) }
      return Array(body)
    }

    // MARK: Headers

    private static func split(
      _ bytes: ArraySlice<UInt8>
    ) -> (header: String, body: ArraySlice<UInt8>) {
      var start = bytes.startIndex
      var lines: [String] = []
      while start < bytes.endIndex, lines.count < 200 {
        let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.endIndex
        let line = String(decoding: bytes[start..<end], as: UTF8.self).filter {
          $0 != "\r" && $0 != "\r\n"
        }
        start = min(end + 1, bytes.endIndex)
        if line.isEmpty { break }
        if line.first == " " || line.first == "\t", !lines.isEmpty {
          lines[lines.count - 1] += line
        } else {
          lines.append(line)
        }
      }
      return (lines.joined(separator: "\n"), bytes[start...])
    }

    private static func field(_ name: String, in header: String) -> String {
      for line in header.split(separator: "\n") where line.lowercased().hasPrefix(name + ":") {
        return String(line.dropFirst(name.count + 1).drop { $0 == " " || $0 == "\t" })
      }
      return ""
    }

    private static func parameter(_ name: String, of field: String) -> String? {
      for part in field.split(separator: ";") {
        let part = part.drop { $0 == " " || $0 == "\t" }
        guard part.lowercased().hasPrefix(name + "=") else { continue }
        return String(part.dropFirst(name.count + 1)).filter { $0 != "\"" }
      }
      return nil
    }

    // MARK: Encodings

    private static func quotedPrintable(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
      var decoded: [UInt8] = []
      decoded.reserveCapacity(bytes.count)
      var index = bytes.startIndex
      while index < bytes.endIndex {
        guard bytes[index] == 0x3D else {
          decoded.append(bytes[index])
          index += 1
          continue
        }
        let rest = bytes[(index + 1)...]
        if rest.first == 0x0A {
          index += 2
        } else if rest.starts(with: [0x0D, 0x0A]) {
          index += 3
        } else if let byte = hexadecimal(rest.prefix(2)) {
          decoded.append(byte)
          index += 3
        } else {
          decoded.append(bytes[index])
          index += 1
        }
      }
      return decoded
    }

    private static func hexadecimal(_ digits: ArraySlice<UInt8>) -> UInt8? {
      guard digits.count == 2 else { return nil }
      return UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
    }
  }
}
