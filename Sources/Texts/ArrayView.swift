/// The elements of an array that nobody can change, where they lie: looking at one counts no
/// references. Good only while the array lives; any thread may look.
public struct ArrayView<Element: Sendable>: BitwiseCopyable, Sendable {
  @usableFromInline nonisolated(unsafe) let memory: UnsafeBufferPointer<Element>

  /// Those of no array.
  @inlinable
  public init() { memory = UnsafeBufferPointer(start: nil, count: 0) }

  /// - Parameter array: one that does not move.
  @inlinable
  public init(_ array: [Element]) { memory = array.withUnsafeBufferPointer { $0 } }

  @inlinable
  init(_ memory: UnsafeBufferPointer<Element>) { self.memory = memory }

  @inlinable public var count: Int { memory.count }
  @inlinable public var isEmpty: Bool { memory.isEmpty }

  @inlinable
  public subscript(index: Int) -> Element {
    @inline(__always)
    get { pointer(to: index).pointee }
  }

  /// The address of an element: copying all of a large one takes longer than looking at a part.
  @inlinable @inline(__always)
  public func pointer(to index: Int) -> UnsafePointer<Element> {
    precondition(UInt(bitPattern: index) < UInt(bitPattern: memory.count))
    return memory.baseAddress.unsafelyUnwrapped + index
  }

  @inlinable
  public func window(from first: Int, count: Int) -> ArrayView {
    precondition(first >= 0 && count >= 0 && first + count <= memory.count)
    return ArrayView(UnsafeBufferPointer(rebasing: memory[first..<first + count]))
  }
}
