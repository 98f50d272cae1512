import CaseFiles
import Testing

private let chromium = Tool("chromium")

/// What people do with the page, in a real browser, with a script and without; and every page as
/// axe-core sees it (`browser.py`).
@Suite struct BrowserTests {
  private static let canDrive = Script.has(modules: "playwright, docx, openpyxl")
  private static let hasAxe = Script.has(modules: "axe_playwright_python")
  private static let scenarios = Script.scenarios("browser.py")
  private static let script = Script("browser.py")

  @Test(
    .enabled(if: chromium.isHere, "chromium is not installed"),
    .enabled(if: canDrive, "playwright, python-docx or openpyxl is not installed"),
    arguments: scenarios.filter { !$0.hasPrefix("axe: ") })
  func scenario(_ name: String) { Self.script.expect(name) }

  @Test(
    "axe-core finds nothing serious, nothing goes beyond the page",
    .enabled(if: chromium.isHere, "chromium is not installed"),
    .enabled(if: canDrive, "playwright is not installed"),
    .enabled(if: hasAxe, "axe-playwright-python is not installed"),
    arguments: scenarios.filter { $0.hasPrefix("axe: ") })
  func look(_ name: String) { Self.script.expect(name) }

  /// A script whose names are not read would have no tests.
  @Test(.enabled(if: Tool("python3").isHere, "python3 is not installed"))
  func names() { #expect(Self.scenarios.count > 40) }
}
