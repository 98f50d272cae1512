/// Stands for the template's own texts that were written to a buffer since its last value, one after
/// the other: the same number stands for the same bytes, so that an escaper can remember what they
/// do.
///
/// Each text has a number of its own in the program. That of several in a row is a hash of theirs
/// in 62 bits, which nothing in the data has a part in.
public struct Passage: BitwiseCopyable, Equatable, Sendable {
  /// 0 where nothing was written, negative where it is not known what was.
  public let number: Int

  public static let none = Passage(number: 0)
  public static let unknown = Passage(number: -1)

  /// The passage with one more text.
  @inline(__always)
  func appending(textNumber: Int) -> Passage {
    guard number >= 0 else { return self }
    let mixed = (UInt(bitPattern: number) ^ UInt(bitPattern: textNumber)) &* 0x9E37_79B9_7F4A_7C15
    return Passage(number: Int(bitPattern: (mixed ^ mixed >> 29) >> 2) | 1)
  }
}
