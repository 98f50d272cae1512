import Texts

/// Bytes of an old file as text in UTF-8, composed (NFC).
public struct DecodedText: Sendable {
  /// Well-formed UTF-8.
  public var bytes: [UInt8]
  /// How its parts were read, the most frequent first.
  public var parts: [Part]
  public var notes: [Note]

  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// How sure the reading is: as sure as its least sure part.
  public var certainty: Certainty { parts.map(\.certainty).min() ?? .sure }

  /// The lines of a text that were read in one way.
  public struct Part: Sendable, Equatable {
    public var reading: Reading
    /// The number of lines with words that were read so, and the first of them, counted from 1.
    public var lines: Int
    public var firstLine: Int
    public var certainty: Certainty
  }

  /// What whoever reads the text should know.
  public enum Note: Sendable, Equatable {
    /// Words of TCVN3 in which small letters with tones stand among capitals: in the font of capitals
    /// (`.VnTimeH`) they were capitals too.
    case halfCapitals(first: String, line: Int, count: Int)
  }
}

public enum Certainty: Int, Sendable, Comparable {
  case unsure, likely, sure

  public static func < (left: Certainty, right: Certainty) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// The one way from old bytes to text.
public enum LegacyText {
  /// What is known of the encoding.
  public enum Choice: Sendable, Hashable {
    /// Nothing: it is found out, by the line and the word where a text has several.
    case automatic
    case encoding(TextEncoding)
  }

  /// - Parameters:
  ///   - capitals: the lines that were set in a font of capitals (`.VnTimeH`), which is not told by
  ///     the bytes.
  /// - Throws: the place of the first byte that cannot be read.
  public static func decode(
    _ bytes: Span<UInt8>, as choice: Choice, capitals: LineSet = .none
  ) throws(UndecodableByte) -> DecodedText {
    var decoder = TextDecoder(choice, capitals: capitals)
    var output = ByteBuffer()
    output.reserve(bytes.count + bytes.count / 4)
    var start = 0
    var size = TextDecoder.pieceSize
    while true {
      let end = min(start + size, bytes.count)
      let isLast = end == bytes.count
      do throws(UndecodableByte) {
        let used = try decoder.decode(bytes.extracting(start..<end), isLast: isLast, to: &output)
        start += used
        // A piece of which nothing could be decoded was too small.
        size = used == 0 ? size * 2 : TextDecoder.pieceSize
      } catch {
        throw UndecodableByte(offset: start + error.offset)
      }
      if isLast { break }
    }
    return DecodedText(bytes: output.bytes, parts: decoder.parts, notes: decoder.notes)
  }

  /// The same for bytes in an array.
  public static func decode(
    _ bytes: [UInt8], as choice: Choice, capitals: LineSet = .none
  ) throws(UndecodableByte) -> DecodedText {
    try decode(bytes.span, as: choice, capitals: capitals)
  }
}

/// Lines by their numbers, counted from 1.
public struct LineSet: Sendable, Equatable {
  private let ranges: [ClosedRange<Int>]

  public static let none = LineSet([])
  public static let all = LineSet([1...Int.max])

  public init(_ ranges: [ClosedRange<Int>]) { self.ranges = ranges }

  public var isEmpty: Bool { ranges.isEmpty }

  /// The first line of the set that a text of so many lines has not; nil where it has all. One without
  /// an end may end anywhere.
  public func firstLine(beyond count: Int) -> Int? {
    ranges.compactMap { range in
      if range.lowerBound > count { return range.lowerBound }
      return range.upperBound > count && range.upperBound < Int.max ? count + 1 : nil
    }.min()
  }

  public func contains(_ line: Int) -> Bool { ranges.contains { $0.contains(line) } }
}
