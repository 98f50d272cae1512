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

/// The sort key of a person.
func personKey(_ name: String) -> [UInt8] {
  var key = ByteBuffer()
  appendPersonSortKey(of: Text(name), to: &key)
  return key.bytes
}

func bytes(_ text: String) -> ArraySlice<UInt8> { Array(text.utf8)[...] }
