import CaseFiles
import Foundation
import Testing

@testable import Reports

private let chromium = Tool("chromium")
private let python = Tool("python3")

/// What a real browser makes of every page that ships, and of charts of all shapes: `look.js` tells what
/// is wrong at a window of a computer and of a telephone, and asks axe-core. One browser for all.
@Suite struct BrowserTests {
  /// The text of axe-core, which `.ci/install --test` puts among the tools.
  private static let axe: String? = {
    let path =
      "import axe_playwright_python as a, pathlib; print(pathlib.Path(a.__path__[0]) / 'axe.min.js')"
    guard python.isHere, let (status, output) = try? python.run(["-c", path]), status == 0 else {
      return nil
    }
    let file = output.trimmingCharacters(in: .whitespacesAndNewlines)
    return try? String(contentsOfFile: file, encoding: .utf8)
  }()

  @Test(
    "axe-core finds nothing, nothing goes beyond the page",
    .enabled(if: chromium.isHere, "chromium is not installed"),
    .enabled(if: axe != nil, "axe-playwright-python is not installed"))
  func pages() throws {
    let pages = PageTests.pages + [("charts", try Self.chartPage())]
    let (count, messages) = try Self.look(at: pages)
    #expect(count == pages.count)
    #expect(messages == [], "\(messages.joined(separator: "\n"))")
  }

  /// A test that finds nothing is worth only what it would find.
  @Test(
    "a page that is wrong is found",
    .enabled(if: chromium.isHere, "chromium is not installed"),
    .enabled(if: axe != nil, "axe-playwright-python is not installed"))
  func wrongPage() throws {
    let wide = "<p style='white-space: nowrap'>\(String(repeating: "rộng ", count: 400))</p>"
    let chart = """
      <svg role="img" aria-labelledby="t" viewBox="0 0 100 40"><title id="t">T</title>
      <text x="90" y="20" font-size="12">ngoài khung</text><text x="88" y="20">đè</text></svg>
      """
    let page =
      "<!DOCTYPE html><html><title>x</title><body>\(wide)<img src='x.svg'>\(chart)</body></html>"
    let (_, messages) = try Self.look(at: [("sai", page)])
    for word in ["scrolls sideways", "html-has-lang", "image-alt", "stands outside", "lie over"] {
      #expect(messages.contains { $0.contains(word) }, "\(word)")
    }
  }

  /// The samples in the style of a shipped page.
  static func chartPage() throws -> String {
    let page = try #require(PageTests.pages.first { $0.name.contains("so-ket") }).html
    let start = try #require(page.firstRange(of: /<main id="noi-dung"[^>]*>/))
    let end = try #require(page.range(of: "</main>"))
    let charts = ChartSample.all.compactMap { sample in
      sample.svg.map { "<figure class=\"bieu-do\">\($0)</figure>" }
    }
    return page[..<start.upperBound] + charts.joined(separator: "\n") + page[end.lowerBound...]
  }

  /// Opens pages in the browser, and returns how many it saw and what is wrong.
  private static func look(
    at pages: [(name: String, html: String)]
  ) throws -> (count: Int, messages: [String]) {
    let script = try String(
      contentsOfFile: folder("look.js", besideFile: #filePath), encoding: .utf8)
    let list = try literal(pages.map { ["name": $0.name, "html": $0.html] })
    let harness = """
      <!DOCTYPE html><meta charset="utf-8"><body><script>
      const axe = \(try literal([axe ?? ""]))[0], pages = \(list);
      \(script)
      </script></body>
      """
    let file = NSTemporaryDirectory() + "baocao-pages-" + UUID().uuidString + ".html"
    try Data(harness.utf8).write(to: URL(fileURLWithPath: file))
    defer { try? FileManager.default.removeItem(atPath: file) }
    let (_, output) = try chromium.run([
      "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=1000000", "--dump-dom",
      "file://" + file,
    ])
    let answer = try #require(output.firstMatch(of: /<pre id="messages">([^<]*)<\/pre>/)?.1)
    let text = try #require(String(answer).removingPercentEncoding)
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    return (
      try #require(object?["pages"] as? Int), try #require(object?["messages"] as? [String])
    )
  }

  /// JSON that can stand in a script.
  private static func literal(_ object: Any) throws -> String {
    let json = try JSONSerialization.data(withJSONObject: object)
    return String(decoding: json, as: UTF8.self).replacing("<", with: "\\u003c")
  }
}
