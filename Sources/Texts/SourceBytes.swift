/// The bytes of a source, or a part of them, looked at without counting references. Good only while
/// the source lives: for those who keep it, and look often.
public struct SourceBytes: BitwiseCopyable, Sendable {
  @usableFromInline let view: ArrayView<UInt8>

  @inlinable @inline(__always)
  init(_ view: ArrayView<UInt8>) { self.view = view }

  /// Those of no source.
  public init() { view = ArrayView() }

  @inlinable
  public init(_ source: Source) { view = source.view }

  @inlinable
  public init(_ text: Text) { self = SourceBytes(text.source)[text.range] }

  @inlinable public var count: Int { view.count }
  @inlinable public var isEmpty: Bool { view.isEmpty }

  /// A copy that lives on.
  public var text: Text { Text(computed: Array(view.memory)) }

  /// Tells whether others are the same.
  @inlinable @inline(__always)
  public func isSame(as other: SourceBytes) -> Bool {
    count == other.count && span.hasSameBytes(as: other.span)
  }

  @inlinable
  public var span: Span<UInt8> {
    @_lifetime(borrow self)
    @inline(__always)
    get { _overrideLifetime(Span(_unsafeElements: view.memory), borrowing: self) }
  }

  /// A part of the bytes.
  @inlinable
  public subscript(range: SourceRange) -> SourceBytes {
    @inline(__always)
    get {
      let (start, end) = (Int(range.start), Int(range.end))
      precondition(start >= 0 && start <= end && end <= view.count)
      guard let first = view.memory.baseAddress else { return self }
      let part = UnsafeBufferPointer(start: first + start, count: end &- start)
      return SourceBytes(ArrayView(part))
    }
  }
}
