/// Any of the 256 bytes, or not.
public struct AnyByteSet: BitwiseCopyable, Sendable {
  private var words: InlineArray<4, UInt64> = [0, 0, 0, 0]

  public init() {}

  public func contains(_ byte: UInt8) -> Bool {
    words[Int(byte >> 6)] >> UInt64(byte & 63) & 1 == 1
  }

  public mutating func insert(_ byte: UInt8) { words[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }
}
