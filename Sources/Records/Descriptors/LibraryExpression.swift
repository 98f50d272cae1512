import Glibc
import Synchronization

/// A POSIX extended regular expression as the C library compiles and matches it.
final class LibraryExpression: Sendable {
  /// Locked while it is matched, as glibc does itself for what it caches.
  private let compiled: Mutex<regex_t>

  init(_ pattern: String) throws(RegularExpression.Failure) {
    var expression = regex_t()
    let code = regcomp(&expression, pattern, REG_EXTENDED)
    guard code == 0 else {
      throw RegularExpression.Failure(reason: Self.reason(code, &expression))
    }
    compiled = Mutex(expression)
  }

  deinit {
    compiled.withLock { regfree(&$0) }
  }

  /// Tells whether the expression matches somewhere in the bytes, up to a NUL.
  func matches(_ bytes: Span<UInt8>) -> Bool {
    let text = bytes.indices.map { CChar(bitPattern: bytes[$0]) } + [0]
    return compiled.withLock { regexec(&$0, text, 0, nil, 0) == 0 }
  }

  private static func reason(_ code: Int32, _ expression: inout regex_t) -> String {
    var message = [CChar](repeating: 0, count: 200)
    let length = regerror(code, &expression, &message, message.count)
    return String(
      decoding: message.prefix(max(0, length - 1)).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
