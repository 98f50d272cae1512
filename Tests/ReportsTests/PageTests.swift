import CaseFiles
import Diagnostics
import Foundation
import Reports
import Testing

/// What every page must have, whatever it says.
@Suite struct PageTests {
  static let pages: [(name: String, html: String)] = GoldenTests.dataFiles.flatMap { file in
    let documents = (try? GoldenTests.documents(of: file)) ?? []
    return documents.filter { $0.path.hasSuffix(".html") }.map {
      ("\(file) \($0.path)", String(decoding: $0.bytes, as: UTF8.self))
    }
  }

  @Test func language() {
    for page in Self.pages { #expect(page.html.contains("<html lang=\"vi\">"), "\(page.name)") }
  }

  @Test func oneTitleAndOneFirstHeading() {
    for page in Self.pages {
      #expect(page.html.ranges(of: "<h1").count == 1, "\(page.name)")
      let title = page.html.firstMatch(of: /<title>([^<]+)<\/title>/)
      #expect(title != nil, "\(page.name)")
    }
  }

  @Test func picturesAreDescribed() {
    let pictures = Self.pages.flatMap { $0.html.matches(of: /<img [^>]*>/) }
    #expect(!pictures.isEmpty)
    for picture in pictures { #expect(picture.output.contains(/alt="[^"]{10,}"/)) }
  }

  /// A post says what it is to search engines: as data in a script element, which does not run, and in
  /// elements that name its address without fetching it.
  private static var description: Regex<(Substring, Substring?)> {
    /<script type="application\/ld\+json">\n(\{[^<]*\})\n<\/script>|<meta property="og:url" content="[^"]*">|<link rel="canonical" href="[^"]*">/
  }

  @Test("nothing is fetched from elsewhere, nothing runs") func selfContained() {
    for page in Self.pages {
      let html = page.html.replacing(Self.description, with: "")
      #expect(!html.contains("<script"), "\(page.name)")
      #expect(!html.contains("http://") && !html.contains("https://"), "\(page.name)")
      let isPost = page.name.contains("tin-bai")
      #expect(page.html.contains("application/ld+json") == isPost, "\(page.name)")
      for word in ["src=\"//", "@import", "url("] { #expect(!html.contains(word), "\(page.name)") }
    }
  }

  @Test("the description of a post has what its data has") func newsArticle() throws {
    let page = try #require(
      Self.pages.first { $0.name.contains("ubnd-phuong-vi-du-2024-6-thang.rec tin") })
    let found = page.html.matches(of: Self.description).compactMap(\.1)
    let article =
      try JSONSerialization.jsonObject(with: Data(try #require(found.first).utf8)) as? [String: Any]
    #expect(found.count == 1)
    #expect(article?["@type"] as? String == "NewsArticle")
    #expect(
      article?["headline"] as? String
        == "Phường Ví Dụ sơ kết thực hiện dân chủ ở cơ sở 6 tháng đầu năm 2024")
    #expect(article?["datePublished"] as? String == "2024-06-20T15:30:00+07:00")
    #expect(article?["articleSection"] as? [String] == ["Tin tức", "Tin hoạt động"])
    #expect(article?["image"] as? [String] == ["anh/hoi-truong.svg"])
    #expect(article?["author"] as? String == "Ban Biên tập")
    #expect(
      (article?["publisher"] as? [String: String])?["name"]
        == "Trang thông tin điện tử phường Ví Dụ")
    #expect(
      article?["mainEntityOfPage"] as? String
        == "https://vidu.minhhoa.example/tin-tuc/so-ket-6-thang-2024")
    // It has no lead of its own, and comes from nowhere else.
    #expect(article?["description"] == nil && article?["creditText"] == nil)
  }

  @Test(
    "no data breaks out of the description",
    arguments: [
      "</script><script>alert(1)</script>", "<!-- <script>", "]]> \\ \" '", "a\u{2028}b", "\"}",
    ])
  func hostileDescription(_ text: String) throws {
    let path = GoldenTests.root + "/data/ubnd-phuong-vi-du-2024-6-thang.rec"
    var data = try String(contentsOfFile: path, encoding: .utf8)
    for field in ["tac_gia: Ban Biên tập", "ten_trang: Trang thông tin điện tử phường Ví Dụ"] {
      #expect(data.contains(field))
      data = data.replacing(field, with: "\(field) \(text)")
    }
    let templates = try TemplateCollection(
      TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict)
    let checked = try DataFile.read(name: path, bytes: Array(data.utf8)).check(templates)
    let files = try checked.render(templates, formats: [.html])
    let post = try #require(files.first { $0.path == "tin-bai.html" })
    let html = String(decoding: post.bytes, as: UTF8.self)
    let found = html.matches(of: Self.description).compactMap(\.1)
    #expect(found.count == 1 && html.ranges(of: "<script").count == 1)
    let article =
      try JSONSerialization.jsonObject(with: Data(try #require(found.first).utf8)) as? [String: Any]
    #expect(article?["author"] as? String == "Ban Biên tập \(text)")
  }

  @Test("no mark of a draft and no machine path") func clean() {
    for page in Self.pages {
      #expect(!page.html.contains("⟦"), "\(page.name)")
      #expect(!page.html.contains(GoldenTests.root), "\(page.name)")
    }
  }
}

private let posts = packageRoot(ofTest: #filePath) + "/../shared/posts"

/// The facts of the real posts stand in the news made of their data files.
///
/// The posts lie outside the repository, in `../shared/posts`; without them nothing is compared
/// and the test is skipped.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: posts), "the posts are not here"))
struct FactTests {
  static let names = GoldenTests.names(in: posts).filter { $0.hasSuffix(".txt") }

  @Test(arguments: names) func everyFact(_ name: String) throws {
    let post = try String(contentsOfFile: posts + "/" + name, encoding: .utf8)
    let documents = try GoldenTests.documents(of: name.dropLast(4) + ".rec")
    let news = try #require(documents.first { $0.path == "tin-bai.txt" })
    // Lines of the text are broken between words.
    let text = String(decoding: news.bytes, as: UTF8.self)
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let facts = Self.numbers(in: post) + Self.people(in: post)
    #expect(facts.count > 8)
    let said = Set(Self.numbers(in: text))
    for fact in facts { #expect(said.contains(fact) || text.contains(fact), "\(fact)") }
  }

  /// Figures, dates and document numbers, each as a run of digits with its inner marks; the
  /// numbers of a post's list are its layout, not facts.
  static func numbers(in text: String) -> [String] {
    let lines = text.split(separator: "\n").map { $0.replacing(/^[ ]*[0-9]\./, with: "") }
    return lines.flatMap { line in
      line.matches(of: /[0-9]+(?:[.,\/:][0-9]+)*/).map { match in
        let isGrouped = match.output.wholeMatch(of: /[0-9]{1,3}(\.[0-9]{3})+/) != nil
        let digits = isGrouped ? match.output.replacing(".", with: "") : match.output
        return String(digits).replacing(/^0+(?=[0-9])/, with: "")
      }
    }
  }

  static func people(in text: String) -> [String] {
    text.matches(of: /[Đđ]ồng chí ((?:\p{Lu}\p{Ll}+ ?){3,5})/).map {
      String($0.1).trimmingCharacters(in: .whitespaces)
    }.filter { !$0.hasPrefix("Chủ tịch") && !$0.hasPrefix("Phó") }
  }
}
