import Crypto
import CryptoExtras
import Foundation

/// A password as it is kept: hashed by scrypt with a salt of its own, 16 MB and five rounds of it.
enum Password {
  static let least = 10
  static let most = 200

  private static let (rounds, blockSize, parallelism) = (1 << 14, 8, 5)
  private static let length = 32

  static func isLongEnough(_ password: String) -> Bool {
    (least...most).contains(password.count)
  }

  static func hashed(_ password: String) throws -> String {
    let salt = Secret.bytes(16)
    let key = try key(password, salt, rounds, blockSize, parallelism)
    let numbers = [rounds, blockSize, parallelism].map(String.init)
    return (["scrypt"] + numbers + [salt, key].map { $0.base64EncodedString() })
      .joined(separator: "$")
  }

  /// Tells whether a password is the one that was hashed, in the same time for each wrong one.
  static func isRight(_ password: String, _ hashed: String) throws -> Bool {
    let parts = hashed.split(separator: "$").map(String.init)
    guard parts.count == 6, parts[0] == "scrypt", let rounds = Int(parts[1]),
      let size = Int(parts[2]), let parallelism = Int(parts[3]),
      let salt = Data(base64Encoded: parts[4]), let known = Data(base64Encoded: parts[5])
    else { return false }
    return Secret.isSame(try key(password, salt, rounds, size, parallelism), known)
  }

  private static func key(
    _ password: String, _ salt: Data, _ rounds: Int, _ blockSize: Int, _ parallelism: Int
  ) throws -> Data {
    // One letter may be typed as one character or as several: both are the same password.
    let typed = Data(password.precomposedStringWithCanonicalMapping.utf8)
    let key = try KDF.Scrypt.deriveKey(
      from: typed, salt: salt, outputByteCount: length, rounds: rounds, blockSize: blockSize,
      parallelism: parallelism)
    return key.withUnsafeBytes { Data($0) }
  }
}

/// Texts that nobody can guess.
enum Secret {
  static func bytes(_ count: Int) -> Data {
    var generator = SystemRandomNumberGenerator()
    return Data((0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
  }

  /// 32 bytes in letters that stand in an address as they are.
  static func text() -> String {
    bytes(32).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "")
  }

  /// Compares in a time that tells nothing of where two texts differ.
  static func isSame(_ left: Data, _ right: Data) -> Bool {
    let difference = zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) }
    return left.count == right.count && difference == 0
  }

  static func isSame(_ left: String, _ right: String) -> Bool {
    isSame(Data(SHA256.hash(data: Data(left.utf8))), Data(SHA256.hash(data: Data(right.utf8))))
  }
}
