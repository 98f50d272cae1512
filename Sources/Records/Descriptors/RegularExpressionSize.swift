/// The size of a regular expression when its counts are written out: `(a{2}b){3}` has 9
/// parts. The C library writes them out, and nested counts would take all memory.
struct RegularExpressionSize {
  /// The parts of the groups that are open, the innermost last; the last part of each apart, for
  /// a count multiplies it.
  private var groups: [(parts: Int, last: Int)] = [(0, 0)]

  static let limit = 100_000
  /// The limit of groups inside one another.
  static let deepest = 250

  static func isTooLarge(_ pattern: some Collection<UInt8>) -> Bool {
    var size = RegularExpressionSize()
    var bytes = pattern[...]
    while let byte = bytes.popFirst() {
      switch byte {
      case UInt8(ascii: "\\"):
        bytes = bytes.dropFirst()
        size.add(1)
      case UInt8(ascii: "["):
        // A bracket that stands first, or right after `^`, is one of the characters.
        let head = bytes.first == UInt8(ascii: "^") ? 2 : 1
        bytes = bytes.dropFirst(head).drop { $0 != UInt8(ascii: "]") }.dropFirst()
        size.add(1)
      case UInt8(ascii: "("): size.groups.append((0, 0))
      case UInt8(ascii: ")"): size.close()
      case UInt8(ascii: "{"): size.multiply(by: largestNumber(bytes))
      default: size.add(1)
      }
      if size.groups.count > deepest || size.total > limit { return true }
    }
    return false
  }

  /// Tells whether an expression refers back to a group: the C library tries every way to match one.
  static func hasBackReference(_ pattern: some Collection<UInt8>) -> Bool {
    var bytes = pattern[...]
    while let byte = bytes.popFirst() {
      if byte == UInt8(ascii: "\\"), let next = bytes.popFirst(), next &- 0x31 < 9 { return true }
      if byte == UInt8(ascii: "[") {
        let head = bytes.first == UInt8(ascii: "^") ? 2 : 1
        bytes = bytes.dropFirst(head).drop { $0 != UInt8(ascii: "]") }
      }
    }
    return false
  }

  private var total: Int { groups.reduce(0) { $0 + $1.parts + $1.last } }

  private mutating func add(_ parts: Int) {
    groups[groups.count - 1].parts += groups[groups.count - 1].last
    groups[groups.count - 1].last = parts
  }

  private mutating func close() {
    guard groups.count > 1, let inner = groups.popLast() else { return add(1) }
    add(inner.parts + inner.last)
  }

  private mutating func multiply(by count: Int) {
    groups[groups.count - 1].last *= max(1, count)
  }

  /// The largest number before the closing brace, at most the limit.
  private static func largestNumber(_ bytes: some Collection<UInt8>) -> Int {
    let inside = bytes.prefix { $0 != UInt8(ascii: "}") }.prefix(20)
    return inside.split(separator: UInt8(ascii: ",")).map { digits in
      digits.reduce(0) { min(limit, $0 * 10 + Int($1 & 0xF)) }
    }.max() ?? 1
  }
}
