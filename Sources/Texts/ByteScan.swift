/// One quick pass over the bytes of a file, sixteen at a time: is it a text that reading leaves as
/// it is?
///
/// Leads and continuation bytes are compared by place. What is rare in a Vietnamese text is left to
/// a closer look: control characters other than line feeds, no-break spaces, the leads of combining
/// marks (CC, CD), leads whose next byte has a range of its own (E0, ED, F0…), those that UTF-8 does
/// not have, and with them the leads between (CE…DF, EE, EF).
public struct ByteScan {
  /// False for short texts, and for those that begin with anything but two plain signs.
  public private(set) var isPlain = false

  /// Pieces of 64 bytes: 32 KB, no more than the nearest cache holds.
  private static let piecesAhead = 512
  private static let delete: UInt8 = 0x7F

  public init(_ bytes: [UInt8]) {
    let count = bytes.count
    guard count >= Block.lookBehind + 64, bytes[..<2].allSatisfy({ 0x20..<0x7F ~= $0 }) else {
      return
    }
    var sum = Block.Sum()
    let raw = bytes.span.bytes
    let pieces = (count - Block.lookBehind + 63) / 64
    var piece = 0
    while piece < pieces {
      let end = min(piece &+ ByteScan.piecesAhead, pieces)
      sum.fetch(raw, piece..<end)
      while piece < end {
        // The last piece overlaps the one before.
        sum.add(raw, at: min(Block.lookBehind &+ 64 &* piece, count &- 64))
        piece &+= 1
      }
    }
    isPlain =
      sum.isPlain && bytes[count - 1] < 0xC0 && bytes[count - 2] < 0xE0
      && raw.first(ByteScan.delete, in: 0..<count) == count
      && (!sum.hasLowLeads || ByteScan.areSigns(bytes))
  }

  /// Tells whether no lead is C0 or C1, and what follows each C2 is no control and no no-break
  /// space.
  private static func areSigns(_ bytes: [UInt8]) -> Bool {
    let text = bytes.span.bytes
    for lead: UInt8 in 0xC0...0xC1 where text.first(lead, in: 0..<bytes.count) < bytes.count {
      return false
    }
    var start = 0
    while true {
      let next = text.first(0xC2, in: start..<bytes.count) + 1
      if next > bytes.count { return true }
      guard next < bytes.count, bytes[next] > 0xA0 else { return false }
      start = next
    }
  }
}

/// Sixteen bytes; each question is answered for every byte. What makes it quick is that so few
/// steps answer them all.
private struct Block {
  typealias Bytes = SIMD16<UInt8>

  private let bytes: Bytes
  /// Their top bits: whether a continuation byte is due, as C0…FF is one before, or E0…FF two.
  private let isDue: Bytes

  /// The number of bytes before it that are looked at.
  static let lookBehind = 2

  /// - Precondition: two bytes before `offset` and sixteen after it.
  @inline(always)
  init(_ raw: RawSpan, at offset: Int) {
    bytes = Block.bytes(raw, offset)
    isDue =
      Block.subtract(0x40, from: Block.bytes(raw, offset &- 1))
      | Block.subtract(0x60, from: Block.bytes(raw, offset &- 2))
  }

  @inline(always)
  private static func bytes(_ raw: RawSpan, _ offset: Int) -> Bytes {
    unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: Bytes.self)
  }

  /// The difference, or 0 where it would be below; one instruction.
  @inline(always)
  private static func subtract(_ byte: UInt8, from bytes: Bytes) -> Bytes {
    let byte = Bytes(repeating: byte)
    return bytes.replacing(with: byte, where: bytes .< byte) &- byte
  }

  /// The answers of many blocks.
  struct Sum {
    /// Top bits are set where a continuation byte stands that is not due, or none that is.
    private var wrong = Bytes(repeating: 0)
    /// Of all but line feeds.
    private var least = Bytes(repeating: 0xFF)
    private var most = Bytes(repeating: 0)
    /// Of the bytes turned so that E0 is the last, and so that C2 is.
    private var mostUpToE0 = Bytes(repeating: 0)
    private var mostUpToC2 = Bytes(repeating: 0)

    /// Looks at one byte of each of some pieces of 64 bytes, so that memory hands them out at once
    /// and not one by one. What these have in common is no greater than any of them.
    @inline(__always)
    mutating func fetch(_ raw: RawSpan, _ pieces: Range<Int>) {
      var common: UInt8 = 0xFF
      for piece in pieces {
        common &= unsafe raw.unsafeLoad(fromUncheckedByteOffset: 64 &* piece, as: UInt8.self)
      }
      most = most.most(Bytes(repeating: common))
    }

    /// Adds the four blocks from an offset on.
    @inline(always)
    mutating func add(_ raw: RawSpan, at offset: Int) {
      precondition(offset >= Block.lookBehind && offset &+ 64 <= raw.byteCount)
      for index in 0..<4 {
        let block = Block(raw, at: offset &+ 16 &* index)
        let bytes = block.bytes
        let signed = unsafeBitCast(bytes, to: SIMD16<Int8>.self)
        let isContinuation = signed .< SIMD16<Int8>(repeating: -0x40)
        wrong |= isContinuation.bytes ^ block.isDue
        least = least.least(bytes ^ (bytes .== Bytes(repeating: UInt8(ascii: "\n"))).bytes)
        most = most.most(bytes)
        mostUpToE0 = mostUpToE0.most(bytes &+ Bytes(repeating: 0xFF - 0xE0))
        mostUpToC2 = mostUpToC2.most(bytes &+ Bytes(repeating: 0xFF - 0xC2))
      }
    }

    /// Tells whether there is C0, C1 or C2: the last leads controls and the no-break space, and
    /// behind them the signs « ° ².
    var hasLowLeads: Bool {
      (mostUpToC2 .>= Bytes(repeating: 0xC0 + (0xFF - 0xC2))).isSet
    }

    /// Tells whether there is nothing wrong, and nothing rare: no control character, no CC…E0, no
    /// ED…FF.
    var isPlain: Bool {
      let isWrong = wrong .>= Bytes(repeating: 0x80)
      let isRareLead = mostUpToE0 .>= Bytes(repeating: 0xCC + (0xFF - 0xE0))
      let isControl = least .< Bytes(repeating: 0x20)
      return !(isWrong .| isRareLead .| isControl .| (most .>= Bytes(repeating: 0xED))).isSet
    }
  }
}

extension SIMD16<UInt8> {
  /// The lesser of each two bytes, and the greater; one instruction each.
  @inline(__always)
  fileprivate func least(_ other: SIMD16<UInt8>) -> SIMD16<UInt8> {
    replacing(with: other, where: other .< self)
  }

  @inline(__always)
  fileprivate func most(_ other: SIMD16<UInt8>) -> SIMD16<UInt8> {
    replacing(with: other, where: self .< other)
  }
}
