import Diagnostics
import Testing

@testable import Archives

/// Pages made to keep a parser busy: each is refused or read, in time and memory that its size bounds.
@Suite struct HostilePageTests {
  private static let pages: [(name: String, page: String, isRefused: Bool)] = [
    ("deep", String(repeating: "<div>", count: 100_000), true),
    ("links", String(repeating: "<a href=x>", count: 5_000) + "x", true),
    (
      "formatting",
      (0..<590).map { "<b a\($0)>" }.joined() + String(repeating: "<p>x", count: 20_000), false
    ),
    (
      "formatting in paragraphs",
      "<p>" + (0..<590).map { "<b a\($0)>" }.joined() + String(repeating: "<p>x", count: 20_000),
      true
    ),
    ("items", String(repeating: "<li>x y", count: 20_000), false),
    ("foreign items", "<svg>" + String(repeating: "<li>", count: 20_000) + "</svg>x", false),
    ("half a tag", "<p>một hai ba <a href=\"", false),
    ("nothing closed", "<table><tr><td><ul><li><b><i>một hai ba", false),
    (
      "controls", "<p title=x>mot\u{91} hai\u{7F}\u{1}ba<img src='a\u{91}b.jpg' alt='c\nd\u{2}'>",
      false
    ),
    ("attributes", "<p " + (0..<50_000).map { "a\($0)=x " }.joined() + ">x", true),
    (
      "words that are no attributes",
      "<p title='" + String(repeating: "a b ", count: 20_000) + "'>một hai ba", false
    ),
    ("cells", "<table><tr>" + String(repeating: "<td>x", count: 20_000), false),
  ]

  @Test(arguments: pages) func page(_ name: String, _ page: String, _ isRefused: Bool) throws {
    if isRefused {
      #expect(throws: Problems.self) { _ = try Imported(page, of: "trang.html") }
    } else {
      _ = try Imported(page, of: "trang.html").rendered()
    }
  }

  @Test("parts without end") func parts() {
    let head = "Content-Type: multipart/mixed; boundary=a\n\n"
    let message = head + String(repeating: "--a\n\n", count: 50_000)
    #expect(throws: Problems.self) { _ = try Imported(message, of: "trang.mht") }
  }
}
