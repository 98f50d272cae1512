import CaseFiles
import Testing

private let chromium = Tool("chromium")

/// What people do with the page, in a real browser, with a script and without; and every page as
/// axe-core sees it (`browser.py`). Three browsers, as many as there are ways to look.
@Suite struct BrowserTests {
  private static let canDrive = Script.has(modules: "playwright, docx, openpyxl")
  private static let hasAxe = Script.has(modules: "axe_playwright_python")
  private static let scenarios = Script.scenarios("browser.py")
  private static let ways = [", with a script", ", without", "axe: "]
  private static let scripted = Script("browser.py", ways[0])
  private static let plain = Script("browser.py", ways[1])
  private static let looks = Script("browser.py", ways[2])

  private static func scenarios(_ way: Int) -> [String] {
    scenarios.filter { $0.contains(ways[way]) }
  }

  @Test(
    .enabled(if: chromium.isHere, "chromium is not installed"),
    .enabled(if: canDrive, "playwright, python-docx or openpyxl is not installed"),
    arguments: scenarios(0))
  func scenarioWithScript(_ name: String) async { await Self.scripted.expect(name) }

  @Test(
    .enabled(if: chromium.isHere, "chromium is not installed"),
    .enabled(if: canDrive, "playwright, python-docx or openpyxl is not installed"),
    arguments: scenarios(1))
  func scenarioWithout(_ name: String) async { await Self.plain.expect(name) }

  @Test(
    "axe-core finds nothing serious, nothing goes beyond the page",
    .enabled(if: chromium.isHere, "chromium is not installed"),
    .enabled(if: canDrive, "playwright is not installed"),
    .enabled(if: hasAxe, "axe-playwright-python is not installed"),
    arguments: scenarios(2))
  func look(_ name: String) async { await Self.looks.expect(name) }

  /// A script whose names are not read would have no tests.
  @Test(.enabled(if: Tool("python3").isHere, "python3 is not installed"))
  func names() { #expect(Self.scenarios.count > 50) }
}
