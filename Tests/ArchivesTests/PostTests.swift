import CaseFiles
import Diagnostics
import Foundation
import Reports
import Testing
import Texts

@testable import Archives

private let root = packageRoot(ofTest: #filePath)
private let cases = folder("cases", besideFile: #filePath)

/// Posts of the test's own making: each case has a post, what is read of it, and what its blocks are.
@Suite struct PostTests {
  static let posts = CaseFile.all(in: cases, extension: "case")

  @Test("what is read", arguments: posts) func fields(_ post: CaseFile) throws {
    let data = try Imported(try #require(post["post"]), of: post.title + ".txt")
    #expect(data.fields == post["fields"], "\(data.rec)")
    if CaseFile.isRecording {
      return try post.record([("output", data.kinds)], in: cases)
    }
    #expect(data.kinds == post["output"], "\(data.rec)")
  }

  @Test("no word is lost", arguments: posts) func words(_ post: CaseFile) throws {
    let text = try #require(post["post"])
    let data = try Imported(text, of: post.title + ".txt")
    #expect(try data.rendered().words == text.words)
  }
}

/// Saved pages of the test's own making: the name of the case ends with the extension of the file.
@Suite struct PageTests {
  static let pages = CaseFile.all(in: cases + "/pages", extension: "case")

  @Test("what is read", arguments: pages) func fields(_ page: CaseFile) throws {
    let data = try Imported(try #require(page["page"]), of: page.title)
    #expect(data.fields == page["fields"], "\(data.rec)")
    // Some shapes a text does not show.
    let hasShape = try #require(page["page"]).contains(/<(table|img|ol)/)
    let article = hasShape ? try data.article() : nil
    if CaseFile.isRecording {
      let shape = article.map { [("output html", $0)] } ?? []
      return try page.record(
        [("output", data.kinds), ("output text", try data.rendered())] + shape,
        in: cases + "/pages")
    }
    #expect(data.kinds == page["output"], "\(data.rec)")
    #expect(try data.rendered() == page["output text"])
    #expect(article == page["output html"])
  }

  @Test("a picture that is not there is told of, and the post is made") func missingPicture() throws
  {
    let data = try Imported("<p>Hết.</p><img src='0.png' alt='Lớp học'>", of: "bai.html")
    let file = try DataFile.read(name: "bai.rec", bytes: Array(data.rec.utf8))
    let problems = try file.check(Imported.templates.get()).problems
    #expect(problems.map(\.kind.code) == ["D157"])
    #expect(try data.article().contains("alt=\"Lớp học\""))
  }

  @Test("a short first row loses no cell of the others") func editedTable() throws {
    let head = "%rec: van_ban\n\nmau: tin-bai\nthe_thuc: trang-tin\n\n%rec: nguyen_van\n"
    let rows = "\nloai: bang\no: Kết quả\n\nloai: hang\no: Tổ\no:\no: 17\n"
    let other = "\nloai: doan\nchu: Hết.\n\nloai: bang\no: Xã\no: Hộ\n"
    let html = try Imported(rec: head + rows + other).article()
    #expect(html.contains("<td>Tổ</td><td></td><td>17</td>"), "\(html)")
    #expect(html.contains("<th scope=\"col\">Hộ</th>\n</tr>"), "\(html)")
  }
}

/// What `baocao import` makes of a post.
struct Imported {
  let rec: String
  let notices: [Diagnostic]

  static let templates = Result {
    try TemplateCollection(TemplateFolder(root + "/Templates"), undefined: .strict)
  }
  static let importer = templates.flatMap { templates in
    Result { try PostImporter(templates, proposesFacts: true) }
  }

  init(_ text: String, of file: String) throws {
    let post = try Self.importer.get().post(Array(text.utf8), of: file)
    (rec, notices) = (String(decoding: post.bytes, as: UTF8.self), post.notices)
  }

  init(rec: String) { (self.rec, notices) = (rec, []) }

  /// The fields of the head that were read.
  var fields: String {
    rec.split(separator: "\n").drop { $0 != "the_thuc: trang-tin" }.dropFirst()
      .prefix { $0 != "%rec: nguyen_van" }.joined(separator: "\n")
  }

  /// The kinds of the blocks; of several in a row how many.
  var kinds: String {
    var kinds: [(name: Substring, count: Int)] = []
    let blocks = rec.split(separator: "\n").prefix { $0 != "%rec: du_kien" }
    for line in blocks where line.hasPrefix("loai: ") {
      let name = line.dropFirst(6)
      if kinds.last?.name == name {
        kinds[kinds.count - 1].count += 1
      } else {
        kinds.append((name, 1))
      }
    }
    return kinds.map { $0.count > 1 ? "\($0.name) \($0.count)" : String($0.name) }
      .joined(separator: ", ")
  }

  /// The text that `baocao render` makes of it.
  ///
  /// - Throws: what `baocao check` finds wrong.
  func rendered(as format: Format = .text) throws -> String {
    let file = try DataFile.read(name: "bai.rec", bytes: Array(rec.utf8))
    let checked = try file.check(Self.templates.get())
    try checked.problems.throwIfErrors()
    let files = try checked.render(Self.templates.get(), formats: [format])
    return String(decoding: try #require(files.first).bytes, as: UTF8.self)
  }

  /// The post itself in the page that `baocao render` makes of it.
  func article() throws -> String {
    let page = try rendered(as: .html)
    let start = try #require(page.firstRange(of: "<article>")).upperBound
    let end = try #require(page.firstRange(of: "</article>")).lowerBound
    return page[start..<end].split(separator: "\n").joined(separator: "\n")
  }
}

extension String {
  /// Its words in composed letters.
  var words: [Substring] {
    composed.split(whereSeparator: \.isWhitespace)
  }
}

private let realPosts = root + "/../shared/posts"

/// The real posts lie outside the repository, in `../shared/posts`; without them the tests are skipped.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: realPosts), "the posts are not here"))
struct RealPostTests {
  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: realPosts)) ?? [])
    .filter { $0.hasSuffix(".txt") }.sorted()

  @Test("no word is lost", arguments: names) func words(_ name: String) throws {
    let text = try String(contentsOfFile: realPosts + "/" + name, encoding: .utf8)
    #expect(try Imported(text, of: name).rendered().words == text.words)
  }

  /// What anyone sees in them; figures and names only, no sentences.
  @Test(arguments: [
    ("bo-de-2020-quy-1.txt", "CÔNG TÁC ĐẢNG", "19/02/2020 07:02", "290", "Nguyễn Văn Hùng"),
    (
      "cau-giay-2019-6-thang.txt", "CÔNG TÁC ĐẢNG", "09/07/2019 17:03", "324",
      "BAN TUYÊN GIÁO QUẬN ỦY"
    ),
    ("dong-da-2022-tong-ket.txt", nil, nil, nil, "X.Sinh"),
    ("ha-long-2020-6-thang.txt", "chính trị", "30/05/2020 09:17", "1.041", "Thu Thảo"),
    (
      "hai-ba-trung-2018-6-thang.txt", "TIN TỨC - SỰ KIỆN", "04/07/2018 18:10", nil,
      "Ban Dân vận Quận ủy"
    ),
  ]) func fields(
    _ name: String, _ category: String?, _ day: String?, _ views: String?, _ author: String?
  ) throws {
    let text = try String(contentsOfFile: realPosts + "/" + name, encoding: .utf8)
    let data = try Imported(text, of: name)
    func field(_ name: String) -> String? {
      data.rec.split(separator: "\n").first { $0.hasPrefix(name + ": ") }.map {
        String($0.dropFirst(name.count + 2))
      }
    }
    #expect(field("chuyen_muc") == category)
    #expect(field("ngay_dang") == day)
    #expect(field("luot_xem") == views)
    #expect(field("tac_gia") == author)
    let title = text.split(separator: "\n").first { $0.count > 20 }
    #expect(field("tieu_de") == String(try #require(title)))
    #expect(data.notices.isEmpty, "\(data.notices)")
  }
}
