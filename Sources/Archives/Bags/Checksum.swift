import CNettle
import Texts

/// The SHA-256 of some bytes, by which an archive knows them.
public struct Checksum: Hashable, Sendable {
  private let words: (UInt64, UInt64, UInt64, UInt64)

  public init(of bytes: Span<UInt8>) {
    var hash = Hash()
    hash.add(bytes)
    self = hash.finish()
  }

  public init(of bytes: [UInt8]) { self.init(of: bytes.span) }

  fileprivate init(_ words: (UInt64, UInt64, UInt64, UInt64)) { self.words = words }

  /// Reads sixty-four hexadecimal digits, as `sha256sum` prints them.
  public init?(_ digits: some Collection<UInt8>) {
    guard digits.count == 64 else { return nil }
    var words: [UInt64] = []
    var word: UInt64 = 0
    for (index, digit) in digits.enumerated() {
      switch digit {
      case 0x30...0x39: word = word << 4 | UInt64(digit - 0x30)
      case 0x61...0x66: word = word << 4 | UInt64(digit - 0x57)
      default: return nil
      }
      if index % 16 == 15 { words.append(word) }
    }
    self.words = (words[0], words[1], words[2], words[3])
  }

  /// Sixty-four small hexadecimal digits.
  public var digits: [UInt8] {
    var digits: [UInt8] = []
    digits.reserveCapacity(64)
    for word in [words.0, words.1, words.2, words.3] {
      for shift in stride(from: 60, through: 0, by: -4) {
        let digit = UInt8(truncatingIfNeeded: word >> shift) & 15
        digits.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
      }
    }
    return digits
  }

  public var string: String { String(decoding: digits, as: UTF8.self) }

  /// Of no entry: what the first one of a register has before it.
  static let zero = Checksum((0, 0, 0, 0))

  public static func == (one: Checksum, two: Checksum) -> Bool { one.words == two.words }

  public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}

/// A sum that is being worked out, piece by piece.
struct Hash {
  private var context = sha256_ctx()

  init() { nettle_sha256_init(&context) }

  mutating func add(_ bytes: Span<UInt8>) {
    bytes.withUnsafeBufferPointer { nettle_sha256_update(&context, $0.count, $0.baseAddress) }
  }

  mutating func finish() -> Checksum {
    var bytes = [UInt8](repeating: 0, count: 32)
    bytes.withUnsafeMutableBufferPointer {
      nettle_sha256_digest(&context, $0.count, $0.baseAddress)
    }
    func word(_ start: Int) -> UInt64 {
      bytes[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) }
    }
    return Checksum((word(0), word(8), word(16), word(24)))
  }
}
