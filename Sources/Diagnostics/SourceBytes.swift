/// The bytes of a source, or a part of them, looked at without counting references. Good only while
/// the source lives: for those who keep it, and look often. Never written, so any thread may.
public struct SourceBytes: BitwiseCopyable, Sendable {
  @usableFromInline nonisolated(unsafe) let memory: UnsafeBufferPointer<UInt8>

  @inlinable @inline(__always)
  init(memory: UnsafeBufferPointer<UInt8>) { self.memory = memory }

  /// Those of no source.
  public init() { memory = UnsafeBufferPointer(start: nil, count: 0) }

  @inlinable
  public init(_ source: Source) { memory = source.memory }

  @inlinable
  public init(_ text: Text) { self = SourceBytes(text.source)[text.range] }

  @inlinable public var count: Int { memory.count }
  @inlinable public var isEmpty: Bool { memory.isEmpty }

  /// A copy that lives on.
  public var text: Text { Text(computed: Array(memory)) }

  /// Whether others are the same.
  @inlinable @inline(__always)
  public func isSame(as other: SourceBytes) -> Bool {
    count == other.count && span.hasSameBytes(as: other.span)
  }

  @inlinable
  public var span: Span<UInt8> {
    @_lifetime(borrow self)
    @inline(__always)
    get { _overrideLifetime(Span(_unsafeElements: memory), borrowing: self) }
  }

  /// A part of the bytes.
  @inlinable
  public subscript(range: SourceRange) -> SourceBytes {
    @inline(__always)
    get {
      let (start, end) = (Int(range.start), Int(range.end))
      precondition(start >= 0 && start <= end && end <= memory.count)
      guard let first = memory.baseAddress else { return self }
      return SourceBytes(memory: UnsafeBufferPointer(start: first + start, count: end &- start))
    }
  }

  /// Calls `body` with a range of the bytes.
  @inlinable @inline(__always)
  public func withBytes<Failure>(
    _ range: SourceRange, _ body: (Span<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    try body(self[range].span)
  }
}
