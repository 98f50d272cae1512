/// A text that is being written: bytes that grow at their end, and now and then change behind it.
///
/// An array does the same, but asks at each append whether it is shared, which takes longer than
/// writing the few bytes of a figure. This has one owner, so there is nothing to ask.
public struct ByteBuffer: ~Copyable {
  /// nil while there is no room.
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

  public mutating func append(contentsOf bytes: some Sequence<UInt8>) {
    let isAppended: Void? = bytes.withContiguousStorageIfAvailable { append($0) }
    if isAppended == nil {
      for byte in bytes { append(byte) }
    }
  }

  public static func += (left: inout ByteBuffer, right: some Sequence<UInt8>) {
    left.append(contentsOf: right)
  }

  /// Appends a whole number in decimal digits.
  public mutating func append(number: Int) {
    if number < 0 { append(UInt8(ascii: "-")) }
    var rest = number.magnitude
    var digits = 1
    while rest >= 10 { (rest, digits) = (rest / 10, digits &+ 1) }
    if room &- count < digits { makeRoom(digits) }
    rest = number.magnitude
    for place in stride(from: count &+ digits &- 1, through: count, by: -1) {
      start[place] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    filled &+= digits
  }

  @usableFromInline @inline(__always)
  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count > 0, let source = bytes.baseAddress else { return }
    if room &- count < bytes.count { makeRoom(bytes.count) }
    (start + count).copy(from: source, count: bytes.count)
    filled &+= bytes.count
  }

  /// Makes room for so many bytes more.
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
  @usableFromInline @inline(__always)
  func copy(from source: UnsafePointer<UInt8>, count: Int) {
    if count > 32 || count < 8 { return copyAny(from: source, count: count) }
    // The last word overlaps the one before it.
    let (to, from) = (UnsafeMutableRawPointer(self), UnsafeRawPointer(source))
    var offset = 0
    while offset &+ 8 < count {
      to.storeBytes(
        of: from.loadUnaligned(fromByteOffset: offset, as: UInt64.self), toByteOffset: offset,
        as: UInt64.self)
      offset &+= 8
    }
    let last = count &- 8
    to.storeBytes(
      of: from.loadUnaligned(fromByteOffset: last, as: UInt64.self), toByteOffset: last,
      as: UInt64.self)
  }

  @usableFromInline @inline(__always)
  func copyAny(from source: UnsafePointer<UInt8>, count: Int) {
    if count >= 8 { return update(from: source, count: count) }
    for index in 0..<count { self[index] = source[index] }
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
