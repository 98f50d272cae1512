extension ByteBuffer {
  /// The end of a buffer, for many short texts in a row: a copy that no call changes stays in
  /// registers. Good while the buffer is not changed otherwise; what is appended belongs to the
  /// buffer once ``ByteBuffer/end(with:)`` was called.
  public struct Tail: BitwiseCopyable {
    @usableFromInline let start: UnsafeMutablePointer<UInt8>
    /// How many bytes the buffer may have before it is to grow.
    public let room: Int
    @usableFromInline var filled: Int

    /// How many bytes the buffer has with those appended.
    @inlinable public var count: Int { filled }

    /// How many more there is room for.
    @inlinable public var free: Int { room &- filled }

    @inlinable
    init(start: UnsafeMutablePointer<UInt8>, room: Int, filled: Int) {
      (self.start, self.room, self.filled) = (start, room, filled)
    }
  }

  /// nil where the buffer has no memory yet.
  ///
  /// - Parameter limit: how many bytes the buffer may have at most.
  @inlinable @inline(__always)
  public mutating func tail(atMost limit: Int = .max) -> Tail? {
    memory.map { Tail(start: $0, room: min(room, limit), filled: filled) }
  }

  @inlinable @inline(__always)
  public mutating func end(with tail: Tail) {
    precondition(tail.filled <= room)
    filled = tail.filled
  }
}

extension ByteBuffer.Tail {
  /// Whether there is room for so many bytes, and what a number takes beyond them.
  @inlinable @inline(__always)
  func hasRoom(_ count: Int) -> Bool { count &+ Self.spare <= free }

  @usableFromInline static let spare = BlockPart.block + ByteBuffer.mostDigits

  /// Appends a part of a text; false, and nothing appended, if there is no room for it and a number.
  @inlinable @inline(__always)
  public mutating func append(_ part: BlockPart, of text: SourceBytes) -> Bool {
    guard hasRoom(part.count) else { return false }
    copy(part, of: text)
    filled &+= part.count
    return true
  }

  /// Appends a part of a text and then an ordinary value, a range of some data; false, and nothing
  /// appended, if that is none, or there is no room, or it is at the end of the data.
  ///
  /// - Parameter wantsLetter: whether the value is to begin with no digit.
  @inlinable @inline(always)
  public mutating func append(
    _ part: BlockPart, of text: SourceBytes, ordinary range: SourceRange, of data: SourceBytes,
    wantsLetter: Bool
  ) -> Bool {
    guard let value = BlockPart(range, of: data), value.count > 0,
      hasRoom(part.count &+ value.count)
    else { return false }
    let from = data.start + value.start
    let span = UnsafeBufferPointer(start: from, count: value.count).span
    guard startsWord(span, 0), !(wantsLetter && isDigit(span[0])), endsOrdinarily(span) else {
      return false
    }
    copy(part, of: text)
    let to = UnsafeMutableRawPointer(start + (filled &+ part.count))
    var look = OrdinaryLook()
    var done = 0
    let last = (value.count &- 1) & ~(BlockPart.block &- 1)
    while done < last {
      look.add(Self.copyBlock(from, to, at: done))
      done &+= BlockPart.block
    }
    look.add(Self.copyBlock(from, to, at: done), upTo: value.count &- done)
    guard look.isOrdinary else { return false }
    filled &+= part.count &+ value.count
    return true
  }

  /// Copies whole blocks.
  @inlinable @inline(__always)
  func copy(_ part: BlockPart, of text: SourceBytes) {
    let from = UnsafeRawPointer(text.start + part.start)
    let to = UnsafeMutableRawPointer(start + filled)
    var done = 0
    repeat {
      to.copyPiece(SIMD16<UInt8>.self, from, at: done)
      done &+= BlockPart.block
    } while done < part.count
  }

  /// Copies a block, and returns it.
  @inlinable @inline(__always)
  static func copyBlock(
    _ from: UnsafePointer<UInt8>, _ to: UnsafeMutableRawPointer, at offset: Int
  ) -> SIMD16<UInt8> {
    let block = UnsafeRawPointer(from).loadUnaligned(
      fromByteOffset: offset, as: SIMD16<UInt8>.self)
    to.storeBytes(of: block, toByteOffset: offset, as: SIMD16<UInt8>.self)
    return block
  }
}

/// Whether the blocks of a text are free of ``ordinarySigns(_:)``.
@usableFromInline
struct OrdinaryLook: BitwiseCopyable {
  @usableFromInline var signs = SIMD16<UInt8>(repeating: 0)
  /// The least byte at each place: one step instead of the two that compare, and one that adds.
  @usableFromInline var least = SIMD16<UInt8>(repeating: 0xFF)

  @inlinable @inline(__always)
  init() {}

  @inlinable @inline(__always)
  mutating func add(_ block: SIMD16<UInt8>) {
    signs |= unsafeBitCast(printableSigns(block), to: SIMD16<UInt8>.self)
    least.replace(with: block, where: block .< least)
  }

  /// - Parameter count: how many of the block's bytes are of the text.
  @inlinable @inline(__always)
  mutating func add(_ block: SIMD16<UInt8>, upTo count: Int) {
    let place = SIMD16<UInt8>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
    // FF is neither a sign nor a control character.
    let behind = place .>= SIMD16<UInt8>(repeating: UInt8(truncatingIfNeeded: count))
    add(block | unsafeBitCast(behind, to: SIMD16<UInt8>.self))
  }

  @inlinable
  var isOrdinary: Bool {
    @inline(__always) get {
      let isControl = least .< SIMD16<UInt8>(repeating: 0x20)
      let found =
        unsafeBitCast(isControl, to: SIMD2<UInt64>.self)
        | unsafeBitCast(signs, to: SIMD2<UInt64>.self)
      return found[0] | found[1] == 0
    }
  }
}

/// A part of a text that goes on for a block after it, so that the part can be copied in whole
/// blocks. Means something only with that text.
public struct BlockPart: BitwiseCopyable, Sendable {
  @usableFromInline let first: UInt32
  @usableFromInline let length: UInt32

  @usableFromInline static let block = 16

  /// Of no bytes, in a text of a block and more.
  public init() { (first, length) = (0, 0) }

  /// nil at the end of the text.
  @inlinable @inline(__always)
  public init?(_ range: SourceRange, of text: SourceBytes) {
    self.init(range, count: text.count)
  }

  /// - Parameter count: that of the text's bytes.
  @inlinable @inline(__always)
  init?(_ range: SourceRange, count: Int) {
    let (start, end) = (Int(range.start), Int(range.end))
    guard start >= 0, start <= end, end &+ Self.block <= count else { return nil }
    self.init(start, count: end &- start)
  }

  /// - Precondition: the text goes on for a block after it.
  @inlinable @inline(__always)
  init(_ start: Int, count: Int) {
    (first, length) = (UInt32(truncatingIfNeeded: start), UInt32(truncatingIfNeeded: count))
  }

  @inlinable public var start: Int { Int(first) }
  @inlinable public var count: Int { Int(length) }
}

extension SourceBytes {
  /// - Precondition: there are bytes.
  @inlinable var start: UnsafePointer<UInt8> {
    @inline(__always) get { view.memory.baseAddress.unsafelyUnwrapped }
  }
}
