import Diagnostics
import Texts

/// Appends what a change makes of a piece of text; the flag tells whether no letter or digit of the
/// text came before.
public typealias TextEdit = (Span<UInt8>, Bool, inout ByteBuffer) -> Void

/// Text that is markup of an output format, with the data that was put into it: each piece of data
/// is escaped for the place where the whole is written at last, such as a cell of a table.
public final class Markup: Sendable {
  /// All of it, the data as it is.
  public let text: Text
  /// The pieces of it, in order; empty where all of it is markup.
  let pieces: [Piece]
  /// The one of the environment's escapes that it is for; negative for any.
  let escape: Int
  /// What the document has said, where a piece depends on it. It belongs to one rendering, as markup
  /// with such pieces does.
  nonisolated(unsafe) let mentions: Mentions?

  /// A part of the text that begins where the one before ends.
  struct Piece: BitwiseCopyable, Sendable {
    let end: Int
    let kind: Kind

    enum Kind: Equatable {
      case markup
      case data
      /// The digits of a whole number.
      case number
      /// Markup of a text of its own, which the escape fits into the place.
      case prose
      /// A text that is short where the document said it before; see ``Mentions``.
      case choice(Int32)
    }
  }

  init(_ text: Text, pieces: [Piece] = [], escape: Int, mentions: Mentions? = nil) {
    (self.text, self.pieces, self.escape) = (text, pieces, escape)
    self.mentions = mentions
  }

  /// Tells whether a template with this escape writes it as it is.
  func isFor(_ escape: Int) -> Bool { self.escape < 0 || self.escape == escape }

  /// Calls `body` with each piece.
  func forEachPiece(
    _ body: (Span<UInt8>, Piece.Kind) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    try text.withBytes { (text) throws(Diagnostic) in
      guard !pieces.isEmpty else { return try body(text, .markup) }
      var start = 0
      for piece in pieces {
        try body(text.extracting(start..<piece.end), piece.kind)
        start = piece.end
      }
    }
  }

  /// Applies a change to each piece.
  ///
  /// - Parameter isStart: whether no letter or digit comes before it.
  func edited(_ edit: TextEdit, isStart: Bool = true) -> Markup {
    var bytes = ByteBuffer()
    var edited: [Piece] = []
    edited.reserveCapacity(pieces.count)
    text.withBytes { text in
      var (start, isStart) = (0, isStart)
      for piece in pieces.isEmpty ? [Piece(end: text.count, kind: .markup)] : pieces {
        let part = text.extracting(start..<piece.end)
        if case .choice(let number) = piece.kind,
          let (first, changed) = mentions?.edited(number, as: part, edit, isStart)
        {
          first.text.withBytes { bytes.append($0) }
          edited.append(Piece(end: bytes.count, kind: .choice(changed)))
        } else {
          edit(part, isStart, &bytes)
          edited.append(Piece(end: bytes.count, kind: piece.kind))
        }
        isStart = isStart && !part.hasWord
        start = piece.end
      }
    }
    let text = Text(computed: bytes.bytes, from: text)
    return Markup(
      text, pieces: pieces.isEmpty ? [] : edited, escape: escape, mentions: mentions)
  }

  /// The part between two offsets.
  func part(_ range: Range<Int>) -> Markup {
    var kept: [Piece] = []
    for piece in pieces where piece.end > range.lowerBound {
      kept.append(Piece(end: min(piece.end, range.upperBound) - range.lowerBound, kind: piece.kind))
      if piece.end >= range.upperBound { break }
    }
    return Markup(text.part(range), pieces: kept, escape: escape, mentions: mentions)
  }
}

extension Span<UInt8> {
  fileprivate var hasWord: Bool {
    indices.contains { self[$0] >= 0x80 || isWordByte(self[$0]) }
  }
}
