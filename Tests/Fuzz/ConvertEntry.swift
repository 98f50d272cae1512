import Encodings
import Texts

extension Entry {
  /// Decodes bytes whole and in pieces, which has to give the same; what came out is right and stays.
  static func convert(_ bytes: [UInt8]) {
    let choices = [.automatic] + TextEncoding.allCases.map { LegacyText.Choice.encoding($0) }
    guard let first = bytes.first else { return }
    let choice = choices[Int(first) % choices.count]
    let text = Array(bytes.dropFirst())
    guard let read = try? LegacyText.decode(text, as: choice) else { return }
    precondition(String(validating: read.bytes, as: UTF8.self) != nil, "no UTF-8")
    precondition(decodable(read.bytes), "what was written cannot be read")
    _ = try? LegacyText.decode(text, as: .encoding(.tcvn3), capitals: .all)
    inPieces(text, choice, of: 64 + Int(first))
  }

  private static func decodable(_ bytes: [UInt8]) -> Bool {
    (try? LegacyText.decode(bytes, as: .encoding(.utf8)))?.bytes == bytes
  }

  private static func inPieces(_ bytes: [UInt8], _ choice: LegacyText.Choice, of size: Int) {
    var decoder = TextDecoder(choice)
    var output = ByteBuffer()
    var (start, length) = (0, size)
    while true {
      let end = min(start + length, bytes.count)
      let piece = bytes.span.extracting(start..<end)
      guard let used = try? decoder.decode(piece, isLast: end == bytes.count, to: &output) else {
        return
      }
      if end == bytes.count { break }
      start += used
      length = used == 0 ? length * 2 : size
    }
    precondition(output.span.isUTF8, "pieces that are no UTF-8")
  }
}

extension Span<UInt8> {
  fileprivate var isUTF8: Bool { (try? UTF8Span(validating: self)) != nil }
}
