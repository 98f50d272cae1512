import CaseFiles
import Foundation
import Reports
import Testing

/// The page that names the rules of form: what it says of data and tests is there, and the rules that no
/// other test holds.
@Suite struct RulesPageTests {
  private static let root = packageRoot(ofTest: #filePath)
  private static let page = text("Sources/Reports/Reports.docc/Rules.md")

  private static func text(_ path: String) -> String {
    (try? String(contentsOfFile: root + "/" + path, encoding: .utf8)) ?? ""
  }

  /// The rows of tables with the columns rule, source, data and test.
  private static let rows: [[String]] = page.split(separator: "\n").compactMap { line in
    let cells = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
      .map { $0.trimmingCharacters(in: .whitespaces) }
    return cells.count == 4 && cells[0] != "rule" && cells[0] != "---" ? cells : nil
  }

  private static func named(_ cell: String) -> [String] {
    cell.matches(of: /`([^`]+)`/).map { String($0.1) }
  }

  @Test("each rule has a source, and data and a test that are there") func everyRule() throws {
    #expect(Self.rows.count > 35)
    let tests = Self.tests
    for row in Self.rows {
      #expect(row.allSatisfy { !$0.isEmpty }, "\(row)")
      #expect(!Self.named(row[2]).isEmpty && !Self.named(row[3]).isEmpty, "\(row)")
      var file = ""
      for name in Self.named(row[2]) {
        if name.contains("/") {
          file = Self.text("Templates/" + name)
          #expect(!file.isEmpty, "\(name)")
        } else {
          let words = file.split { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "-" }
          #expect(words.contains { $0 == name }, "no «\(name)»: \(row[2])")
        }
      }
      let missing = Self.named(row[3]).filter { !tests.contains($0) }
      #expect(missing.isEmpty)
    }
  }

  /// The names of all suites, of their functions as `Suite.function`, and of all files of cases.
  private static let tests: Set<String> = {
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: root + "/Tests")) ?? []
    var names = Set(
      paths.filter { $0.hasSuffix(".case") }.map { ($0 as NSString).lastPathComponent })
    for path in paths where path.hasSuffix(".swift") {
      var suite = ""
      for line in text("Tests/" + path).split(separator: "\n") {
        if !line.hasPrefix(" "), let found = line.firstMatch(of: /struct (\w+)/) {
          suite = String(found.1)
          names.insert(suite)
        }
        if let found = line.firstMatch(of: /func (\w+)/) { names.insert(suite + "." + found.1) }
      }
    }
    return names
  }()

  // MARK: Rules that no other test holds

  private struct Page {
    let name: String
    let profile: String
    let html: String
    let text: String
  }

  private static let pages: [Page] = GoldenTests.dataFiles.flatMap { file -> [Page] in
    let documents = (try? GoldenTests.documents(of: file)) ?? []
    let profiles = text("data/" + file).matches(of: /the_thuc: ([\w-]+)/).map { String($0.1) }
    let pages = documents.filter {
      $0.path.hasSuffix(".html") && !$0.path.hasSuffix("-sao.html")
    }
    return zip(pages, profiles).map { page, profile in
      let path = page.path.dropLast(5) + ".txt"
      let text = documents.first { $0.path == path }?.bytes ?? []
      return Page(
        name: "\(file) \(page.path)", profile: profile,
        html: String(decoding: page.bytes, as: UTF8.self),
        text: String(decoding: text, as: UTF8.self))
    }
  }

  /// The smallest and largest value of each rule, in millimetres and points.
  private static let ranges: [String: [(field: String, range: ClosedRange<Int>)]] = [
    "nha-nuoc": [
      ("le_tren", 20...25), ("le_duoi", 20...25), ("le_trai", 30...35), ("le_phai", 15...20),
      ("co_tieu_de", 12...13), ("co_tieu_ngu", 13...14), ("co_co_quan", 12...13),
      ("co_so", 13...13),
      ("co_dia_danh", 13...14), ("co_ten_loai", 13...14), ("co_trich_yeu", 13...14),
      ("co_chu", 13...14), ("co_ky", 13...14), ("co_nhan_noi_nhan", 12...12),
      ("co_noi_nhan", 11...11), ("co_so_trang", 13...14), ("co_trich_yeu_thu", 12...13),
      ("gian_doan", 6...20), ("thut_dong", 10...13),
    ],
    "dang": [
      ("le_tren", 20...20), ("le_duoi", 20...20), ("le_trai", 30...30), ("le_phai", 15...15),
      ("co_tieu_de", 15...15), ("co_co_quan", 14...14), ("co_so", 14...14),
      ("co_dia_danh", 14...14),
      ("co_ten_loai", 15...16), ("co_trich_yeu", 14...15), ("co_chu", 14...15), ("co_ky", 14...14),
      ("co_nhan_noi_nhan", 14...14), ("co_noi_nhan", 12...12), ("co_so_trang", 14...14),
      ("co_trich_yeu_thu", 12...12), ("gian_doan", 6...20), ("thut_dong", 10...10),
    ],
  ]

  /// The fields of each profile, by its name.
  private static let profiles: [String: [String: String]] = {
    var profiles: [String: [String: String]] = [:]
    for block in text("Templates/layouts/the-thuc.rec").components(separatedBy: "\n\n") {
      let fields = block.split(separator: "\n").compactMap { line -> (String, String)? in
        let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2, !line.hasPrefix("#"), !line.hasPrefix("%") else { return nil }
        return (parts[0], parts[1].trimmingCharacters(in: .whitespaces))
      }
      let record = Dictionary(fields) { first, _ in first }
      if let name = record["ten"] { profiles[name] = record }
    }
    return profiles
  }()

  @Test("every size of a profile is within its rule, and the page has it") func marginsAndSizes()
    throws
  {
    #expect(Self.profiles.count >= 4)
    for (name, profile) in Self.profiles {
      for (field, range) in Self.ranges[profile["bo_cuc"] ?? ""] ?? [] {
        let value = try #require(profile[field].flatMap { Int($0) }, "\(name) \(field)")
        #expect(range.contains(value), "\(name) \(field)")
      }
    }
    for page in Self.pages {
      let profile = try #require(Self.profiles[page.profile])
      let margins = ["le_tren", "le_phai", "le_duoi", "le_trai"].map { (profile[$0] ?? "") + "mm" }
      let written = margins.joined(separator: " ")
      #expect(page.html.contains("margin: \(written)") && page.html.contains("padding: \(written)"))
      for field in ["co_chu", "co_so_trang", "gian_doan", "thut_dong"]
      where profile["bo_cuc"] != "trang-tin" {
        let unit = field == "thut_dong" ? "mm" : "pt"
        #expect(page.html.contains((profile[field] ?? "?") + unit), "\(page.name) \(field)")
      }
    }
  }

  @Test func typeface() {
    for page in Self.pages {
      let fonts = Self.profiles[page.profile]?["phong_chu"] ?? "?"
      #expect(fonts.hasPrefix("Times New Roman, "))
      #expect(page.html.contains(fonts), "\(page.name)")
    }
  }

  @Test func lineSpacing() throws {
    for (name, profile) in Self.profiles where profile["bo_cuc"] != "trang-tin" {
      let spacing = try #require(profile["gian_dong"])
      let number = try #require(Int(spacing.prefix { $0.isNumber }))
      let isRight = spacing.hasSuffix("%") ? 100...150 ~= number : 18...22 ~= number
      #expect(isRight && spacing.hasSuffix("%") == (profile["bo_cuc"] == "nha-nuoc"), "\(name)")
    }
  }

  @Test("the number of a page is centred at its top, not on the first") func pageNumber() {
    for page in Self.pages {
      #expect(page.html.contains("@top-center { content: counter(page)"), "\(page.name)")
      #expect(
        page.html.contains(/@page :first \{[^}]*@top-center \{ content: none/), "\(page.name)")
    }
  }

  @Test("the profiles of one layout follow each other without a gap") func profilesMeet() throws {
    let party = Self.profiles.values.filter { $0["bo_cuc"] == "dang" }
      .sorted { ($0["ten"] ?? "") < ($1["ten"] ?? "") }
    try #require(party.count >= 2)
    #expect(party[0]["den_ngay"] == "26/5/2026" && party[1]["tu_ngay"] == "27/5/2026")
    #expect(party[0]["tu_ngay"] == "03/4/2018")
    #expect(Self.profiles["nha-nuoc-2020"]?["tu_ngay"] == "05/3/2020")
  }

  @Test("the text of a state document ends with ./., that of the Party with a stop") func endMarks()
    throws
  {
    var count = 0
    for page in Self.pages where page.profile != "trang-tin" {
      let main = try #require(page.html.components(separatedBy: "</main>").first)
      let end = main.trimmingCharacters(in: .whitespacesAndNewlines)
        .replacing(/(<\/(p|li|ul|ol)>\s*)+$/, with: "")
      // A paper and a speech are no documents of an office.
      if ["tham-luan.", "bai-phat-bieu."].contains(where: { page.name.contains($0) }) { continue }
      count += 1
      let isState = Self.profiles[page.profile]?["bo_cuc"] == "nha-nuoc"
      // A text that ends in a table has the mark below it; a full stop is not printed there.
      if !isState, end.hasSuffix("</table>") || end.hasSuffix("</table>\n</div>") { continue }
      #expect(
        isState == end.hasSuffix("./.") && end.hasSuffix("."), "\(page.name): \(end.suffix(60))")
    }
    #expect(count > 10)
  }

  @Test(
    "the list of recipients ends each line as its profile has it, and the last with what is kept")
  func recipients() throws {
    var marks: Set<String> = []
    for page in Self.pages where page.profile != "trang-tin" {
      // A paper, a speech and an annex by itself are sent to nobody.
      guard
        let list = page.html.firstMatch(of: /(?s)<div class="noi-nhan">.*?<ul>(.*?)<\/ul>/)
      else {
        let others = ["tham-luan.", "bai-phat-bieu.", "phu-luc."]
        #expect(others.contains { page.name.contains($0) }, "\(page.name)")
        continue
      }
      let items = list.1.matches(of: /<li>(.*?)<\/li>/).map { String($0.1) }
      let mark = try #require(Self.profiles[page.profile]?["dau_noi_nhan"])
      for item in items.dropLast() { #expect(item.hasSuffix(mark), "\(page.name): \(item)") }
      let isState = Self.profiles[page.profile]?["bo_cuc"] == "nha-nuoc"
      let kept = isState ? "Lưu: " : "Lưu "
      #expect(
        items.last?.hasPrefix(kept) == true && items.last?.hasSuffix(".") == true, "\(page.name)")
      marks.insert(page.profile + mark)
    }
    #expect(marks.isSuperset(of: ["nha-nuoc-2020;", "dang-2018,", "dang-2026;"]), "\(marks)")
  }

  @Test("what a decision issues has its own head, and the Party's its own signature")
  func enclosed() throws {
    var found: Set<String> = []
    for page in Self.pages {
      for section in page.html.components(separatedBy: "<section class=\"phu-luc\"").dropFirst()
      where section.contains("QUY CHẾ<br") {
        let isState = Self.profiles[page.profile]?["bo_cuc"] == "nha-nuoc"
        let head = try #require(section.components(separatedBy: "QUY CHẾ").first)
        #expect(head.contains(isState ? "Độc lập - Tự do - Hạnh phúc" : "ĐẢNG CỘNG SẢN VIỆT NAM"))
        #expect(head.contains("co-quan-ban-hanh"), "\(page.name)")
        #expect(
          section.contains(isState ? "(Kèm theo Quyết định số" : "(Ban hành kèm theo Quyết định"))
        #expect(section.contains("class=\"nguoi-ky\"") == !isState, "\(page.name)")
        #expect(!section.contains("noi-nhan"), "\(page.name)")
        found.insert(page.profile)
      }
    }
    #expect(found == ["nha-nuoc-2020", "dang-2026"])
  }
}
