import Diagnostics
import Texts
import Testing
import Vietnamese

/// What an appending function appends, as a string.
func written(_ write: (inout ByteBuffer) throws -> Void) rethrows -> String {
  var bytes = ByteBuffer()
  try write(&bytes)
  return bytes.string
}

/// The sentence and the hint of the problem that an expression throws, joined by `|`.
func problem(_ body: () throws(Diagnostic) -> Void) -> String {
  do {
    try body()
    return "no problem"
  } catch {
    let lines = error.message(in: .vietnamese).split(separator: "\n").map(String.init)
    let hint = lines.last { $0.contains(" = ") }?.split(separator: "=", maxSplits: 1).last ?? ""
    return "\(lines[0])|\(hint)"
  }
}

/// The same numbers in every run (SplitMix64).
struct FixedRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}

/// The sort key of a person.
func personKey(_ name: String) -> [UInt8] {
  var key = ByteBuffer()
  appendPersonSortKey(of: Text(name), to: &key)
  return key.bytes
}

func bytes(_ text: String) -> ArraySlice<UInt8> { Array(text.utf8)[...] }
