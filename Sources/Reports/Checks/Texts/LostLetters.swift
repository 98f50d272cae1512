import Diagnostics
import Texts

/// Letters that an earlier program lost: `?` within a word, and the sign � that stands for what
/// could not be read.
struct LostLetters {
  private let source: Source

  init(in source: Source) { self.source = source }

  /// The problem of the file, at the first of them, with notes on a few others; nil where there is
  /// none.
  ///
  /// - Parameter known: the places of bytes that are told of already.
  func problem(besides known: [Diagnostic]) -> Diagnostic? {
    let told = Set(known.compactMap { $0.place?.range.start })
    let places = source.text.withBytes(LostLetters.places).filter { place in
      !told.contains(Int32(place.lowerBound)) && !source.isComment(at: place.lowerBound)
    }.map { source.text.part($0) }
    guard let first = places.first else { return nil }
    return Diagnostic(
      .source(.lostLetters(places.count)), at: first,
      notes: places.dropFirst().prefix(3).map { Diagnostic.Note(.alsoHere, at: $0) })
  }

  private static func places(in bytes: Span<UInt8>) -> [Range<Int>] {
    let raw = bytes.bytes
    var places: [Range<Int>] = []
    var offset = raw.first(UInt8(ascii: "?"), in: 0..<bytes.count)
    while offset < bytes.count {
      if bytes.isLostLetter(at: offset) { places.append(offset..<offset + 1) }
      offset = raw.first(UInt8(ascii: "?"), in: offset + 1..<bytes.count)
    }
    let mark: [UInt8] = [0xEF, 0xBF, 0xBD]
    var found = bytes.first(of: mark.span, from: 0)
    while let offset = found {
      places.append(offset..<offset + 3)
      found = bytes.first(of: mark.span, from: offset + 3)
    }
    return places.sorted { $0.lowerBound < $1.lowerBound }
  }
}

extension Span<UInt8> {
  /// Tells whether a question mark stands where only a letter can: before a small letter in a word
  /// that is no address and no name of a file.
  fileprivate func isLostLetter(at offset: Int) -> Bool {
    guard offset + 1 < count, self[offset + 1].isSmallLetter else { return false }
    let before = offset == 0 ? 0x20 : self[offset - 1]
    guard before.isLetter || before <= 0x20 || before == UInt8(ascii: "?") else { return false }
    var start = offset
    while start > 0, self[start - 1] > 0x20 { start -= 1 }
    var end = offset
    while end < count, self[end] > 0x20 { end += 1 }
    let isFile = (start..<max(start, end - 1)).contains { self[$0] == UInt8(ascii: ".") }
    return !isFile && !(start..<end).contains { "/=&:\\".utf8.contains(self[$0]) }
  }
}

extension UInt8 {
  fileprivate var isLetter: Bool { isSmallLetter || self &- 0x41 < 26 }
  fileprivate var isSmallLetter: Bool { self &- 0x61 < 26 || self >= 0x80 }
}
