import Diagnostics
import Glibc

/// A POSIX extended regular expression, matched as the C library does it for recutils.
///
/// Plain ones become an ``Automaton``; a test holds both to the same answers.
///
/// It works on bytes: the program sets no locale, so letters beyond ASCII stand for themselves but
/// not inside brackets.
public final class RegularExpression: Sendable {
  public let pattern: String
  /// Written once by `regcomp` in `init`, freed in `deinit`; between them `regexec` takes it as
  /// constant on any thread, and glibc locks what it caches.
  private nonisolated(unsafe) let compiled: regex_t
  /// The same as a table; nil for what the parser of the table leaves to the C library.
  let automaton: Automaton?

  /// Why `regcomp` refused a pattern.
  public struct Failure: Error, Sendable {
    public let reason: String
  }

  public init(_ pattern: some Collection<UInt8>) throws(Failure) {
    guard !RegularExpressionSize.isTooLarge(pattern) else {
      throw Failure(reason: "Regular expression too big")
    }
    var expression = regex_t()
    let text = String(decoding: pattern, as: UTF8.self)
    let code = regcomp(&expression, text, REG_EXTENDED)
    guard code == 0 else { throw Failure(reason: Self.reason(code, &expression)) }
    self.pattern = text
    compiled = expression
    automaton = Automaton(text.utf8)
  }

  deinit {
    var expression = compiled
    regfree(&expression)
  }

  /// Whether the expression matches somewhere in the bytes.
  public func matches(_ bytes: ArraySlice<UInt8>) -> Bool {
    automaton.map { $0.matches(bytes.span) } ?? matchesByLibrary(bytes)
  }

  /// The answer of the C library.
  func matchesByLibrary(_ bytes: ArraySlice<UInt8>) -> Bool {
    let text = bytes.map { CChar(bitPattern: $0) } + [0]
    return withUnsafePointer(to: compiled) { regexec($0, text, 0, nil, 0) == 0 }
  }

  private static func reason(_ code: Int32, _ expression: inout regex_t) -> String {
    var message = [CChar](repeating: 0, count: 200)
    let length = regerror(code, &expression, &message, message.count)
    return String(
      decoding: message.prefix(max(0, length - 1)).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
