import CaseFiles
import Diagnostics
import Foundation
import Testing
import Vietnamese

@testable import Finding

/// A folder of data files that is searched.
struct SearchedFolder {
  let path = NSTemporaryDirectory() + "baocao-find-" + UUID().uuidString

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }

  var index: String { path + "/tim-kiem.sqlite" }

  func write(_ text: String, _ name: String) throws {
    let url = URL(fileURLWithPath: path + "/" + name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  /// A data file with one document.
  func write(
    _ name: String, subject: String = "Báo cáo", prose: [String] = [], head: String = ""
  ) throws {
    let records = prose.map { "noi_dung: \($0)\n\n" }.joined()
    try write(
      "%rec: van_ban\n\nmau: so-ket\ntrich_yeu: \(subject)\n\(head)\n%rec: ket_qua\n\n\(records)",
      name)
  }

  func find(
    _ words: String..., kind: String? = nil, issuer: String? = nil, period: String? = nil,
    number: String? = nil, person: String? = nil, limit: Int = 1000, anew: Bool = false
  ) throws -> [String] {
    let query = try SearchQuery(
      words: words, issuer: issuer, kind: kind, period: period, number: number, person: person)
    return try find(query, limit: limit, anew: anew).documents.map(\.path)
  }

  func find(_ query: SearchQuery, limit: Int = 1000, anew: Bool = false) throws -> Finder {
    let finder = try Finder(query, in: [path], limit: limit, anew: anew) { _, _ in }
    #expect(finder.documents.allSatisfy { $0.path.hasPrefix(path + "/") })
    return finder
  }

  func names(_ found: [String]) -> [String] {
    found.map { String($0.dropFirst(path.count + 1)) }
  }
}

@Suite struct FindingTests {
  @Test("words by their accents, phrases, heads") func words() throws {
    let folder = try SearchedFolder()
    defer { folder.remove() }
    try folder.write("a.rec", subject: "Thực hiện Quy chế dân chủ", prose: ["Quận Đống Đa."])
    try folder.write("b.rec", prose: ["Uống chè quý.", "Quý chè hơn cơm; dân", "chủ nhà"])
    func names(_ words: String) throws -> [String] { folder.names(try folder.find(words)).sorted() }
    #expect(try names("quy che") == ["a.rec", "b.rec"])
    #expect(try names("quy chế") == ["a.rec"])
    #expect(try names("quý chè") == ["b.rec"])
    #expect(try names("dong da") == ["a.rec"])
    #expect(try names("ĐỐNG đa") == ["a.rec"])
    #expect(try names("Đo\u{302}\u{301}ng Đa") == ["a.rec"], "letters with separate accents")
    #expect(try names("da dong") == [])
    #expect(try names("\"da\" \"dong\"") == ["a.rec"], "two phrases of one word")
    #expect(try names("dân chủ") == ["a.rec"], "no phrase goes over the end of a value")
    #expect(try names("“quý chè” cơm") == ["b.rec"])
    #expect(try folder.names(folder.find("quý", "cơm")) == ["b.rec"])
    #expect(try folder.find("quý", "Đống") == [])
  }

  @Test("the fields of heads") func heads() throws {
    let folder = try SearchedFolder()
    defer { folder.remove() }
    try folder.write(
      "a.rec",
      head: """
        so: 5
        ky_hieu: BC-UBND
        co_quan_chu_quan: ỦY BAN NHÂN DÂN QUẬN
        co_quan_ban_hanh: ỦY BAN NHÂN DÂN PHƯỜNG LÁNG HẠ
        nguoi_ky: Nguyễn Văn Hòa

        %rec: su_viec

        ky: quý 2/2026

        """)
    try folder.write(
      "b.rec", prose: ["Nguyễn Văn Hòa, 5/BC-UBND"], head: "so: 15\nky_hieu: BC-UBND\n")
    let all = ["a.rec"]
    #expect(try folder.names(folder.find(number: "5")) == all)
    #expect(try folder.names(folder.find(number: "05/BC-UBND")) == all)
    #expect(try folder.names(folder.find(number: "05/bc")) == all)
    #expect(try folder.names(folder.find(issuer: "lang ha")) == all)
    #expect(try folder.names(folder.find(person: "nguyen van hoà")) == all)
    #expect(try folder.names(folder.find(period: "quý II năm 2026")) == all)
    #expect(try folder.names(folder.find(period: "2026")) == all)
    #expect(try folder.find(period: "năm 2026") == [], "a whole period is not a part of another")
    #expect(try folder.find(kind: "so-ket").count == 2)
    #expect(try folder.find(kind: "so") == [])
    #expect(try folder.names(folder.find("bao cao", kind: "so-ket", number: "15")) == ["b.rec"])
  }

  @Test("a file's documents are found one by one, with what is kept for them") func documents()
    throws
  {
    let folder = try SearchedFolder()
    defer { folder.remove() }
    try folder.write(
      """
      %rec: van_ban

      mau: so-ket
      trich_yeu: Sơ kết

      mau: quyet-dinh
      trich_yeu: khen thưởng

      %rec: phan

      noi_dung: Điều này của quyết định
      trong: quyet-dinh

      noi_dung: Của cả hai

      """, "a.rec")
    let found = try folder.find(SearchQuery(words: ["điều này"]))
    #expect(found.documents.map(\.kind) == ["quyet-dinh"])
    #expect(found.documents.first?.sentence?.plain == "Điều này của quyết định")
    #expect(try folder.find(SearchQuery(words: ["cả hai"])).documents.count == 2)
  }

  @Test("a document whose head has the words stands before one whose prose has them")
  func rank() throws {
    let folder = try SearchedFolder()
    defer { folder.remove() }
    try folder.write("a.rec", prose: ["Nhắc đến hòa giải một lần."])
    try folder.write("b.rec", subject: "Công tác hòa giải")
    for number in 0..<8 { try folder.write("c\(number).rec", prose: ["Việc khác."]) }
    #expect(try folder.names(folder.find("hoa giai")) == ["b.rec", "a.rec"])
    let finder = try folder.find(SearchQuery(words: ["bao"]), limit: 3)
    #expect(finder.documents.count == 3 && finder.count == 9)
    #expect(folder.names(finder.documents.map(\.path)) == ["c0.rec", "c1.rec", "c2.rec"])
  }

  @Test("the words are marked in their sentence") func sentences() throws {
    let folder = try SearchedFolder()
    defer { folder.remove() }
    let long =
      String(repeating: "chữ đứng trước ", count: 60) + "Đống Đa"
      + String(repeating: " chữ đứng sau", count: 60)
    try folder.write("a.rec", prose: ["Câu đầu. Có Quy chế mới; câu ba. Câu bốn.", long])
    func sentence(_ words: String) throws -> MarkedText? {
      try folder.find(SearchQuery(words: [words])).documents.first?.sentence
    }
    let marked = try sentence("quy che")
    #expect(marked?.plain == "Có Quy chế mới;")
    #expect(marked?.pieces.filter(\.isMarked).map(\.text) == ["Quy chế"])
    let cut = try #require(try sentence("dong da"))
    #expect(
      cut.plain.hasPrefix("… chữ") || cut.plain.hasPrefix("… đứng")
        || cut.plain.hasPrefix("… trước"))
    #expect(cut.plain.hasSuffix(" …") && cut.plain.utf8.count < 400)
    #expect(cut.pieces.filter(\.isMarked).map(\.text) == ["Đống Đa"])
    #expect(try sentence("bao cao") == nil, "only in the head")
  }

  @Test("in an archive the bags are found by their paths") func archive() throws {
    let folder = try SearchedFolder()
    defer { folder.remove() }
    let data = "%rec: van_ban\n\nmau: so-ket\ntrich_yeu: Một\n\nmau: tong-ket\ntrich_yeu: Hai\n"
    for name in ["so-ket", "tong-ket"] {
      try folder.write(data, "kho-luu/goi/a/\(name)/data/du-lieu/a.rec")
      try folder.write("mau: x\n", "kho-luu/goi/a/\(name)/phieu-dung.rec")
      try folder.write(data, "kho-luu/goi/a/\(name)/data/mau/mau.rec")
    }
    try folder.write("%rec: dang_ky\n\nso: 1\n", "kho-luu/so-dang-ky.rec")
    #expect(try folder.names(folder.find("hai")) == ["kho-luu/goi/a/tong-ket"])
    #expect(try folder.names(folder.find("một")) == ["kho-luu/goi/a/so-ket"])
    try folder.write(data, "kho-luu/goi/b/tong-ket/data/du-lieu/b.rec")
    #expect(
      try folder.names(folder.find("hai")).sorted()
        == ["kho-luu/goi/a/tong-ket", "kho-luu/goi/b/tong-ket"])
    try FileManager.default.removeItem(atPath: folder.path + "/kho-luu/goi/a/tong-ket")
    #expect(try folder.names(folder.find("hai")) == ["kho-luu/goi/b/tong-ket"])
  }

  @Test("an archive is read again when its register has changed") func register() throws {
    let folder = try SearchedFolder()
    defer { folder.remove() }
    func seal(_ name: String) throws {
      try folder.write(
        "%rec: van_ban\n\nmau: so-ket\ntrich_yeu: Quy chế\n",
        "goi/\(name)/so-ket/data/du-lieu/\(name).rec")
      try folder.write("%rec: dang_ky\n\nten: \(name)\n", "so-dang-ky.rec")
      try folder.write("baocao so-dang-ky 1 \(name)\n", "dau-so.txt")
    }
    try seal("a")
    for _ in 0..<3 {
      #expect(try folder.names(folder.find("quy che")) == ["goi/a/so-ket"])
      Thread.sleep(forTimeInterval: 1.1)
    }
    try seal("b")
    #expect(try folder.names(folder.find("quy che")) == ["goi/a/so-ket", "goi/b/so-ket"])
  }

  @Test("files with odd names, links and what is no text") func oddFiles() throws {
    let folder = try SearchedFolder()
    defer { folder.remove() }
    let names = [
      "a b.rec", "'; DROP TABLE van_ban; --.rec", "a\"b.rec", "a\nb.rec", "%s%n.rec", "-x.rec",
      "Đống Đa/Đo\u{302}.REC", "file:x.rec", ":memory:.rec", "x.rec/y.rec",
    ]
    for name in names { try folder.write(name, subject: "Tên lạ") }
    try folder.write(".an.rec", subject: "Tên lạ")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/z.rec", withDestinationPath: "a b.rec")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/vong", withDestinationPath: ".")
    try Data([0xFF, 0xFE, 0x00]).write(to: URL(fileURLWithPath: folder.path + "/hong.rec"))
    let finder = try folder.find(SearchQuery(words: ["ten la"]))
    #expect(folder.names(finder.documents.map(\.path)).sorted() == names.sorted())
    #expect(finder.problems.map(\.kind.code) == ["U002"])
    let again = try folder.find(SearchQuery(words: ["ten la"]))
    #expect(again.problems.map(\.kind.code) == ["U002"], "told by every search")
  }

  @Test(
    "a query that means something to FTS5 or SQL is only words",
    arguments: [
      "a* b", "NEAR(quy chế)", "quy AND chế", "mau : quy", "-quy", "quy OR chế", "\"quy", "quy\"",
      "“quy « chế", "^quy", "{mau}: quy", "quy + chế", "'quy'; DROP TABLE van_ban", "NOT quy",
      "quy|chế", "=quy", "quy\u{1}", "q\u{0}uy", "((((quy", "quy))))", "\\\"quy",
      String(repeating: "a", count: 100_000), String(repeating: "ế", count: 100_000),
    ])
  func hostileQueries(text: String) throws {
    let folder = try SearchedFolder()
    defer { folder.remove() }
    try folder.write("a.rec", subject: "Quy chế")
    try folder.write("b.rec", subject: text.replacing("\u{0}", with: "").replacing("\n", with: " "))
    let found = folder.names(try folder.find(text))
    #expect(
      found == ["b.rec"] || found == ["a.rec", "b.rec"] || found == ["b.rec", "a.rec"]
        || text.contains("\u{0}"), "\(text.prefix(40)): \(found)")
    for option in [0, 1, 2, 3, 4] {
      _ = try folder.find(
        kind: option == 0 ? text : nil, issuer: option == 1 ? text : nil,
        period: option == 2 ? text : nil, number: option == 3 ? text : nil,
        person: option == 4 ? text : nil)
    }
  }

  @Test("what cannot be looked for is told") func flaws() throws {
    func flaw(_ words: String...) -> SearchQuery.Flaw? {
      do throws(SearchQuery.Flaw) {
        _ = try SearchQuery(words: words)
        return nil
      } catch {
        return error
      }
    }
    #expect(flaw() == .empty)
    for text in ["", "***", "\"\"", "“ ” -"] { #expect(flaw("a", text) == .noWord(text)) }
    let long = String(repeating: "a ", count: 65)
    #expect(flaw(long) == .tooLong(words: 65, most: 64))
    #expect(flaw(String(long.dropLast(2))) == nil)
  }
}
