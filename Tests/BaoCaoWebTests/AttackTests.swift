import CaseFiles
import Testing

/// What must not get through: the requests of `attacks.txt`, to which anyone can add, and attacks that
/// take more than one (`attacks.py`).
@Suite struct AttackTests {
  private static let scenarios = Script.scenarios("attacks.py")
  private static let script = Script("attacks.py")

  @Test(.enabled(if: Tool("python3").isHere, "python3 is not installed"), arguments: scenarios)
  func attack(_ name: String) async { await Self.script.expect(name) }

  /// A script whose names are not read would have no tests.
  @Test(.enabled(if: Tool("python3").isHere, "python3 is not installed"))
  func names() { #expect(Self.scenarios.count > 100) }
}
