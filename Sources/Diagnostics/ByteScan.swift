/// One quick pass over the bytes of a file, sixteen at a time: is it a text that reading leaves as
/// it is?
///
/// Leads and continuation bytes are compared by place. What is rare in a Vietnamese text is left to
/// a closer look: control characters other than line feeds, no-break spaces, the leads of combining
/// marks (CC, CD), leads whose next byte has a range of its own (E0, ED, F0…), those that UTF-8 does
/// not have, and with them the leads between (CE…DF, EE, EF).
struct ByteScan {
  /// False for short texts, and for those that begin with anything but two plain signs.
  private(set) var isPlain = false

  init(_ bytes: [UInt8]) {
    let count = bytes.count
    guard count >= Block.lookBehind + 64, bytes[..<2].allSatisfy({ 0x20..<0x7F ~= $0 }) else {
      return
    }
    var sum = Block.Sum()
    let raw = bytes.span.bytes
    for index in 0..<(count - Block.lookBehind) / 64 {
      sum.add(raw, at: Block.lookBehind &+ 64 &* index)
    }
    // The last blocks overlap those before.
    sum.add(raw, at: count - 64)
    isPlain =
      sum.isPlain && bytes[count - 1] < 0xC0 && bytes[count - 2] < 0xE0
      && (!sum.hasSigns || ByteScan.areSigns(after: 0xC2, bytes))
  }

  /// Whether what follows each of these leads is no control and no no-break space.
  private static func areSigns(after lead: UInt8, _ bytes: [UInt8]) -> Bool {
    let text = bytes.span.bytes
    var start = 0
    while true {
      let next = text.first(lead, in: start..<bytes.count) + 1
      if next > bytes.count { return true }
      guard next < bytes.count, bytes[next] > 0xA0 else { return false }
      start = next
    }
  }
}

/// Sixteen bytes; each question is answered for every byte.
private struct Block {
  typealias Bytes = SIMD16<UInt8>

  /// Bytes whose top bit is set are wrong here, or rare.
  let wrong: Bytes
  /// From ``rareLead`` on where a byte is one of CC…E0.
  let turned: Bytes
  /// C2: leads controls and the no-break space, and behind them the signs « ° ².
  let leadsSigns: Bytes

  /// How many bytes before it are looked at.
  static let lookBehind = 2

  /// - Precondition: two bytes before `offset` and sixteen after it.
  @inline(__always)
  init(_ raw: RawSpan, at offset: Int) {
    let bytes = Block.bytes(raw, offset)
    // Their top bits: C0…FF is one before, E0…FF two before.
    let isDue =
      Block.subtract(0x40, from: Block.bytes(raw, offset &- 1))
      | Block.subtract(0x60, from: Block.bytes(raw, offset &- 2))
    let isContinuation = bytes.isAny(of: 0x80, through: 0xBF)
    // The same, were it not for DEL, C0 and C1: so these are wrong wherever they stand.
    let isContinuationOrRare = bytes.isAny(of: 0x7F, through: 0xC1)
    leadsSigns = Block.asBytes(bytes .== Bytes(repeating: 0xC2))
    let isLineFeed = bytes .== Bytes(repeating: UInt8(ascii: "\n"))
    // ED…FF and 00…1F.
    let isControlOrRare = bytes.isAny(of: 0xED, through: 0x1F)
    wrong =
      (Block.asBytes(isContinuation) ^ isDue) | (Block.asBytes(isContinuationOrRare) ^ isDue)
      | Block.asBytes(isControlOrRare .^ isLineFeed)
    turned = bytes &+ Bytes(repeating: 0xFF - 0xE0)
  }

  /// Among ``turned``.
  static let rareLead: UInt8 = 0xCC + (0xFF - 0xE0)

  @inline(__always)
  private static func bytes(_ raw: RawSpan, _ offset: Int) -> Bytes {
    unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: Bytes.self)
  }

  /// The difference, or 0 where it would be below; one instruction.
  @inline(__always)
  private static func subtract(_ byte: UInt8, from bytes: Bytes) -> Bytes {
    let byte = Bytes(repeating: byte)
    return bytes.replacing(with: byte, where: bytes .< byte) &- byte
  }

  @inline(__always)
  private static func asBytes(_ mask: SIMDMask<SIMD16<Int8>>) -> Bytes {
    unsafeBitCast(mask, to: Bytes.self)
  }

  /// What many blocks said.
  struct Sum {
    private var wrong = Bytes(repeating: 0)
    private var turned = Bytes(repeating: 0)
    private var leadsSigns = Bytes(repeating: 0)

    /// Adds the four blocks from an offset on.
    @inline(__always)
    mutating func add(_ raw: RawSpan, at offset: Int) {
      precondition(offset >= Block.lookBehind && offset &+ 64 <= raw.byteCount)
      for index in 0..<4 {
        let block = Block(raw, at: offset &+ 16 &* index)
        wrong |= block.wrong
        leadsSigns |= block.leadsSigns
        turned = turned.replacing(with: block.turned, where: turned .< block.turned)
      }
    }

    var hasSigns: Bool { (leadsSigns .>= Bytes(repeating: 0x80)).isSet }

    var isPlain: Bool {
      let isWrong = wrong .>= Bytes(repeating: 0x80)
      return !(isWrong .| (turned .>= Bytes(repeating: Block.rareLead))).isSet
    }
  }
}
