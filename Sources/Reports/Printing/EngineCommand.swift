import Diagnostics
import Glibc

/// The Python that WeasyPrint is installed for: `BAOCAO_WEASYPRINT`, else that of the command
/// `weasyprint` on `PATH`.
///
/// The command itself prints one page a start, most of which is loading. So its first line is read,
/// which names the Python that it runs with, and the driver is run with that one.
struct EngineCommand: Sendable {
  /// The interpreter and the options that stand before its program.
  let words: [String]

  static let variable = "BAOCAO_WEASYPRINT"

  /// - Parameter name: the command, or its path; nil for that of the environment.
  static func find(named name: String?) throws(Diagnostic) -> EngineCommand {
    let wanted = name ?? getenv(variable).map { String(cString: $0) } ?? ""
    guard let path = onPath(wanted.isEmpty ? "weasyprint" : wanted) else {
      if wanted.isEmpty { throw Diagnostic(.print(.noEngine), at: nil) }
      throw Diagnostic(.print(.notAnEngine(path: wanted)), at: nil)
    }
    guard let words = words(of: path), isPython(words[0]) else {
      throw Diagnostic(.print(.notAnEngine(path: path)), at: nil)
    }
    return EngineCommand(words: words)
  }

  /// The file that a name of a command leads to; a name with a slash is a path itself.
  private static func onPath(_ name: String) -> String? {
    if name.contains("/") { return isProgram(name) ? name : nil }
    let folders = getenv("PATH").map { String(cString: $0) } ?? ""
    return folders.split(separator: ":").lazy.map { "\($0)/\(name)" }.first { isProgram($0) }
  }

  private static func isProgram(_ path: String) -> Bool { Files.isRegular(path) }

  private static func isPython(_ path: String) -> Bool {
    let name = Files.name(of: path)
    return name.hasPrefix("python") || name.hasPrefix("pypy")
  }

  /// The words of the first line, `#!/usr/bin/python3 -E`; what has none is taken for a Python.
  private static func words(of path: String) -> [String]? {
    let lines = firstLines(of: path)
    guard let first = lines.first, first.hasPrefix("#!") else { return [path] }
    var words = first.dropFirst(2).split { $0 == " " || $0 == "\t" || $0 == "\r" }.map(String.init)
    // For a long path, or one with spaces, installers write a second line that the shell runs.
    if words.first == "/bin/sh", lines.count > 1, lines[1].hasPrefix("'''exec' ") {
      let rest = lines[1].dropFirst(9)
      let quoted = rest.hasPrefix("\"") ? rest.dropFirst().prefix { $0 != "\"" } : nil
      return [String(quoted ?? rest.prefix { $0 != " " })]
    }
    if words.first.map({ Files.name(of: $0) }) == "env" {
      words.removeFirst()
      if words.first == "-S" { words.removeFirst() }
      guard let name = words.first, let found = onPath(name) else { return nil }
      words[0] = found
    }
    return words.isEmpty ? nil : words
  }

  private static func firstLines(of path: String) -> [Substring] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    let bytes = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
      count = max(0, read(descriptor, buffer.baseAddress, 4096))
    }
    return String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
  }
}
