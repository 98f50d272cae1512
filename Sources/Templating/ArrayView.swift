/// The elements of an array that nobody can change, where they lie: looking at one counts no
/// references. Good only while the array lives; any thread may look.
struct ArrayView<Element: BitwiseCopyable & Sendable>: BitwiseCopyable, Sendable {
  nonisolated(unsafe) private let memory: UnsafeBufferPointer<Element>

  /// Those of no array.
  init() { memory = UnsafeBufferPointer(start: nil, count: 0) }

  /// - Parameter array: one that does not move.
  init(_ array: [Element]) { memory = array.withUnsafeBufferPointer { $0 } }

  private init(_ memory: UnsafeBufferPointer<Element>) { self.memory = memory }

  var count: Int { memory.count }

  @inline(__always)
  subscript(index: Int) -> Element {
    precondition(index >= 0 && index < memory.count)
    return memory[index]
  }

  func window(from first: Int, count: Int) -> ArrayView {
    precondition(first >= 0 && count >= 0 && first + count <= memory.count)
    return ArrayView(UnsafeBufferPointer(rebasing: memory[first..<first + count]))
  }
}
