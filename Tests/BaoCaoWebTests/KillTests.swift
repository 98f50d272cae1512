import CaseFiles
import Testing

/// The server is killed while somebody saves: what was answered is kept, and nothing is damaged
/// (`kills.py`).
@Suite struct KillTests {
  private static let scenarios = Script.scenarios("kills.py")
  private static let script = Script("kills.py")

  @Test(.enabled(if: Tool("python3").isHere, "python3 is not installed"), arguments: scenarios)
  func kill(_ name: String) async { await Self.script.expect(name) }

  /// A script whose names are not read would have no tests.
  @Test(.enabled(if: Tool("python3").isHere, "python3 is not installed"))
  func names() { #expect(Self.scenarios.count > 30) }
}

/// Random forms: never an answer of 5xx, never a file that cannot be read (`fuzz.py`).
@Suite struct FuzzTests {
  private static let scenarios = Script.scenarios("fuzz.py")
  private static let script = Script("fuzz.py")

  @Test(.enabled(if: Tool("python3").isHere, "python3 is not installed"), arguments: scenarios)
  func round(_ name: String) async { await Self.script.expect(name) }

  /// A script whose names are not read would have no tests.
  @Test(.enabled(if: Tool("python3").isHere, "python3 is not installed"))
  func names() { #expect(!Self.scenarios.isEmpty) }
}
