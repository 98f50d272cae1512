/// A container that is written: the same parts give the same bytes, in the order in which they are
/// added, each dated 1 January 1980.
public struct ZipWriter: ~Copyable {
  private var handle: ZipHandle?
  /// Whether a part could not be added, for there was no memory.
  private var hasFailed = false

  public init() { handle = ZipHandle() }

  /// Adds a part by its path in the container.
  public mutating func append(_ name: String, _ bytes: Span<UInt8>) {
    hasFailed = !(handle?.append(name: name, bytes) ?? false) || hasFailed
  }

  /// The bytes of the container; nil where there was no memory for them.
  public consuming func finish() -> [UInt8]? {
    let hasFailed = hasFailed
    guard let bytes = handle?.finish() else { return nil }
    return hasFailed ? nil : bytes
  }
}
