/// A text that is being written: bytes that grow at their end, and now and then change behind it.
///
/// An array does the same, but asks at each append whether it is shared, which takes longer than
/// writing the few bytes of a figure. This has one owner, so there is nothing to ask.
public struct ByteBuffer: ~Copyable {
  /// The memory; nil while there is no room.
  @usableFromInline var memory: UnsafeMutablePointer<UInt8>?
  @usableFromInline var room = 0
  @inlinable @inline(__always)
  public var count: Int { filled }
  @usableFromInline var filled = 0

  public init() {}

  public init(_ bytes: some Sequence<UInt8>) {
    self.init()
    for byte in bytes { append(byte) }
  }

  deinit { memory?.deallocate() }

  /// - Precondition: there is room.
  @usableFromInline var start: UnsafeMutablePointer<UInt8> {
    @inlinable @inline(__always) get { memory.unsafelyUnwrapped }
  }

  @inlinable @inline(__always)
  public var isEmpty: Bool { count == 0 }

  @inlinable @inline(__always)
  public var last: UInt8? { count == 0 ? nil : start[count &- 1] }

  @inlinable @inline(__always)
  public subscript(index: Int) -> UInt8 {
    precondition(index >= 0 && index < count)
    return start[index]
  }

  public var span: Span<UInt8> {
    @_lifetime(borrow self)
    @inlinable @inline(__always)
    borrowing get {
      let bytes = UnsafeBufferPointer(start: UnsafePointer(memory), count: count)
      return _overrideLifetime(Span(_unsafeElements: bytes), borrowing: self)
    }
  }

  public var string: String { String(decoding: bytes, as: UTF8.self) }

  /// All of it, as an array of its own.
  public var bytes: [UInt8] { Array(UnsafeBufferPointer(start: memory, count: count)) }

  public mutating func removeAll() { filled = 0 }
}

// MARK: At the end

extension ByteBuffer {
  @inlinable @inline(__always)
  public mutating func append(_ byte: UInt8) {
    if count == room { makeRoom(1) }
    start[count] = byte
    filled &+= 1
  }

  @inlinable @inline(__always)
  public mutating func append(_ text: Span<UInt8>) {
    text.withUnsafeBufferPointer { append($0) }
  }

  /// Appends the first of eight bytes, the first lowest: all are written, which takes no branch, and
  /// so many counted.
  @inlinable @inline(__always)
  public mutating func append(_ length: Int, of word: UInt64) {
    precondition(length >= 0 && length <= 8)
    reserve(8)
    UnsafeMutableRawPointer(start + filled).storeBytes(of: word.littleEndian, as: UInt64.self)
    filled &+= length
  }

  /// Appends a range of a text.
  @inlinable @inline(__always)
  public mutating func append(_ range: Range<Int>, of text: Span<UInt8>) {
    append(text.extracting(range))
  }

  /// Appends a text of the program.
  @inline(__always)
  public mutating func append(literal text: StaticString) {
    text.withUTF8Buffer { append($0) }
  }

  @inlinable
  public mutating func append(contentsOf bytes: some Sequence<UInt8>) {
    let isAppended: Void? = bytes.withContiguousStorageIfAvailable { append($0) }
    if isAppended == nil {
      for byte in bytes { append(byte) }
    }
  }

  @inlinable
  public static func += (left: inout ByteBuffer, right: some Sequence<UInt8>) {
    left.append(contentsOf: right)
  }

  @inlinable @inline(__always)
  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count > 0, let source = bytes.baseAddress else { return }
    if room &- count < bytes.count { makeRoom(bytes.count) }
    (start + count).copy(from: source, count: bytes.count)
    filled &+= bytes.count
  }

  /// Makes room for so many bytes more.
  @inlinable
  public mutating func reserve(_ needed: Int) {
    if room - count < needed { makeRoom(needed) }
  }

  @usableFromInline @inline(never)
  mutating func makeRoom(_ needed: Int) {
    let larger = max(room * 2, count + needed, 64)
    let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    if let memory {
      moved.update(from: memory, count: count)
      memory.deallocate()
    }
    (memory, room) = (moved, larger)
  }
}

extension UnsafeMutablePointer<UInt8> {
  /// Copies bytes that lie elsewhere; few of them, as most texts are, without a call.
  @inlinable @inline(__always)
  func copy(from source: UnsafePointer<UInt8>, count: Int) {
    let (to, from) = (UnsafeMutableRawPointer(self), UnsafeRawPointer(source))
    // The last piece overlaps the first.
    if count > 64 {
      to.copyMemory(from: from, byteCount: count)
    } else if count > 32 {
      to.copyPiece(SIMD32<UInt8>.self, from, at: 0)
      to.copyPiece(SIMD32<UInt8>.self, from, at: count &- 32)
    } else if count >= 16 {
      to.copyPiece(SIMD16<UInt8>.self, from, at: 0)
      to.copyPiece(SIMD16<UInt8>.self, from, at: count &- 16)
    } else if count >= 8 {
      to.copyPiece(UInt64.self, from, at: 0)
      to.copyPiece(UInt64.self, from, at: count &- 8)
    } else if count >= 4 {
      to.copyPiece(UInt32.self, from, at: 0)
      to.copyPiece(UInt32.self, from, at: count &- 4)
    } else if count > 0 {
      let (last, middle) = (source[count &- 1], source[count &>> 1])
      self[0] = source[0]
      self[count &>> 1] = middle
      self[count &- 1] = last
    }
  }
}

extension UnsafeMutableRawPointer {
  @inlinable @inline(__always)
  func copyPiece<Piece: BitwiseCopyable>(
    _ type: Piece.Type, _ source: UnsafeRawPointer, at offset: Int
  ) {
    storeBytes(
      of: source.loadUnaligned(fromByteOffset: offset, as: type), toByteOffset: offset, as: type)
  }
}

// MARK: Behind the end

extension ByteBuffer {
  public mutating func insert(_ byte: UInt8, at index: Int) {
    replaceSubrange(index..<index, with: [byte].span)
  }

  public mutating func removeLast() {
    precondition(count > 0)
    filled -= 1
  }

  /// Drops all from an index on.
  public mutating func truncate(to index: Int) {
    precondition(index >= 0 && index <= count)
    filled = index
  }

  public mutating func replaceSubrange(_ range: Range<Int>, with bytes: Span<UInt8>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    if range.isEmpty, bytes.isEmpty { return }
    let growth = bytes.count - range.count
    if room - count < growth { makeRoom(growth) }
    let tail = start + range.upperBound
    (tail + growth).update(from: tail, count: count - range.upperBound)
    bytes.withUnsafeBufferPointer { new in
      guard let source = new.baseAddress else { return }
      (start + range.lowerBound).update(from: source, count: new.count)
    }
    filled += growth
  }
}
