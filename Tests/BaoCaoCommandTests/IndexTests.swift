import CaseFiles
import Foundation
import Testing

/// The list of the documents that lie in an output folder.
@Suite struct IndexTests {
  private struct Entry: Equatable {
    let file: String
    let cells: [String]
    let links: [String]
  }

  /// What the page lists: for each document its data file, its cells and its links.
  private static func entries(_ page: String) -> [Entry] {
    page.components(separatedBy: "<caption>").dropFirst().flatMap { table -> [Entry] in
      let file = String(table.prefix { $0 != "<" })
      let rows = table.components(separatedBy: "<tr>\n<td>").dropFirst()
      return rows.map { row in
        let cells = ("<td>" + row).matches(of: /(?s)<td[^>]*>(.*?)<\/td>/).prefix(4).map {
          String($0.1).replacing(/<[^>]*>/, with: "")
        }
        let links = row.matches(of: /href="([^"]*)"/).map { String($0.1) }
        return Entry(file: file, cells: cells, links: links)
      }
    }
  }

  private static func page(_ workshop: Workshop) -> String { workshop.contents("out/index.html") }

  private static func render(_ workshop: Workshop, _ arguments: String) throws -> String {
    let result = try workshop.run("render " + arguments, environment: "", input: "")
    return result.errors
  }

  private static let report = "data/ubnd-phuong-vi-du-2024-6-thang.rec"
  private static let party = "data/dang-uy-phuong-vi-du-2026-6-thang.rec"

  @Test("all documents of all data files, in order, each with links that lead to them")
  func everything() throws {
    let workshop = try Workshop()
    defer { workshop.remove() }
    _ = try Self.render(workshop, "data")
    let entries = Self.entries(Self.page(workshop))
    let files = try workshop.outputs()
    let pages = files.filter { $0.hasSuffix(".html") && $0.contains("/") }
    #expect(entries.count == pages.count && pages.count >= 11)
    let links = entries.flatMap(\.links)
    #expect(
      Set(links)
        == Set(files.filter { $0.hasSuffix(".html") || $0.hasSuffix(".md") })
        .subtracting(["index.html"]))
    var names: [String] = []
    for entry in entries where names.last != entry.file { names.append(entry.file) }
    let sorted = Set(names).sorted { $0.compare($1, options: .numeric) == .orderedAscending }
    #expect(names == sorted, "ASCII names sort as letters do, and numbers in them as numbers")
    let plan = try #require(
      entries.first { $0.links.contains("ubnd-phuong-vi-du-2024-6-thang/ke-hoach.html") })
    #expect(
      plan.cells == [
        "Kế hoạch", "09/KH-UBND", "Thực hiện dân chủ ở cơ sở 6 tháng cuối năm 2024", "01/7/2024",
      ])
    let post = try #require(
      entries.first { $0.links.contains("ubnd-phuong-vi-du-2024-6-thang/tin-bai.html") })
    #expect(
      post.cells == [
        "Tin, bài", "", "Phường Ví Dụ sơ kết thực hiện dân chủ ở cơ sở 6 tháng đầu năm 2024",
        "20/06/2024 | 15:30",
      ])
  }

  @Test("a run of one file keeps the entries of others, in whatever order they were made")
  func severalRuns() throws {
    let workshop = try Workshop()
    defer { workshop.remove() }
    _ = try Self.render(workshop, Self.report)
    let one = Self.page(workshop)
    _ = try Self.render(workshop, Self.party)
    let both = Self.page(workshop)
    #expect(Self.entries(both).count == Self.entries(one).count + 1)
    try FileManager.default.removeItem(atPath: workshop.path + "/out")
    _ = try Self.render(workshop, Self.party)
    _ = try Self.render(workshop, Self.report)
    #expect(Self.page(workshop) == both)
    // What is gone is listed no more.
    try FileManager.default.removeItem(
      atPath: workshop.path + "/out/dang-uy-phuong-vi-du-2026-6-thang")
    _ = try Self.render(workshop, Self.report)
    #expect(Self.page(workshop) == one)
  }

  @Test("a run of one kind keeps what is known of the others; further forms are linked")
  func oneKind() throws {
    let workshop = try Workshop()
    defer { workshop.remove() }
    _ = try Self.render(workshop, Self.report)
    let before = Set(Self.entries(Self.page(workshop)).flatMap(\.links))
    _ = try Self.render(workshop, Self.report + " --mau tin-bai --to html,text")
    let after = Set(Self.entries(Self.page(workshop)).flatMap(\.links))
    #expect(after == before.union(["ubnd-phuong-vi-du-2024-6-thang/tin-bai.txt"]))
  }

  @Test("a document that the data asks for no more is not listed") func goneFromData() throws {
    let workshop = try Workshop()
    defer { workshop.remove() }
    _ = try Self.render(workshop, Self.report)
    let path = workshop.path + "/" + Self.report
    var text = try String(contentsOfFile: path, encoding: .utf8)
    let start = try #require(text.range(of: "mau: tin-bai"))
    let end = try #require(text[start.lowerBound...].range(of: "\n\n"))
    text.removeSubrange(start.lowerBound..<end.upperBound)
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    _ = try Self.render(workshop, Self.report)
    #expect(!Self.page(workshop).contains("tin-bai.html"))
    #expect(Self.page(workshop).contains("ke-hoach.html"))
  }

  @Test("no list without pages, and none where nothing was made") func onlyPages() throws {
    let workshop = try Workshop()
    defer { workshop.remove() }
    _ = try Self.render(workshop, Self.report + " --to text,markdown")
    #expect(
      try workshop.allOutputs().allSatisfy { !$0.hasSuffix("index.html") && !$0.contains("/.") })
    try FileManager.default.removeItem(atPath: workshop.path + "/out")
    try Data("x: 1\n".utf8).write(to: URL(fileURLWithPath: workshop.path + "/data/x.rec"))
    _ = try Self.render(workshop, "data/x.rec")
    #expect(!FileManager.default.fileExists(atPath: workshop.path + "/out"))
  }

  @Test("a page that is not ours is kept, and so is one behind a link", arguments: [false, true])
  func foreign(isLink: Bool) throws {
    let workshop = try Workshop()
    defer { workshop.remove() }
    let out = workshop.path + "/out"
    _ = try Self.render(workshop, Self.report)
    let ours = Self.page(workshop)
    try FileManager.default.removeItem(atPath: out + "/index.html")
    let text = isLink ? ours : "<title>Trang của tôi</title>\n"
    let place = isLink ? workshop.path + "/ngoai.html" : out + "/index.html"
    try text.write(toFile: place, atomically: true, encoding: .utf8)
    if isLink {
      try FileManager.default.createSymbolicLink(
        atPath: out + "/index.html", withDestinationPath: "../ngoai.html")
    }
    let errors = try Self.render(workshop, Self.party)
    #expect(errors.contains("[S030]"), "\(errors)")
    #expect(try String(contentsOfFile: place, encoding: .utf8) == text)
    #expect(
      FileManager.default.fileExists(
        atPath: out + "/dang-uy-phuong-vi-du-2026-6-thang/so-ket.html"))
  }

  @Test("names of files are text of the page, and links lead to them") func oddNames() throws {
    let workshop = try Workshop()
    defer { workshop.remove() }
    let names = [
      "a b", "a&b", "a<b>c", "a\"b", "a#b?c=d", "a%20b", "javascript:b", "Đống Đa", "ấp",
    ]
    for name in names {
      try FileManager.default.copyItem(
        atPath: workshop.path + "/" + Self.party, toPath: "\(workshop.path)/data/\(name).rec")
      let result = try workshop.run(
        words: ["render", "data/\(name).rec", "--output", "out"])
      #expect(result.status == 0, "\(name): \(result.errors)")
    }
    let page = Self.page(workshop)
    let entries = Self.entries(page)
    #expect(entries.count == names.count)
    #expect(!page.contains("<b>") && !page.contains("href=\"javascript:"))
    for link in entries.flatMap(\.links) {
      let path = try #require(link.removingPercentEncoding)
      #expect(FileManager.default.fileExists(atPath: workshop.path + "/out/" + path), "\(link)")
      #expect(!link.contains { " \"<>#?".contains($0) }, "\(link)")
    }
    let order = entries.map(\.file)
    let isInOrder = order.firstIndex(of: "ấp") ?? 99 < order.firstIndex(of: "Đống Đa") ?? 0
    #expect(isInOrder, "\(order)")
  }

  @Test("a draft is marked, and numbers that are not given are left open") func draft() throws {
    let workshop = try Workshop()
    defer { workshop.remove() }
    let path = workshop.path + "/" + Self.report
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try text.replacing("so: 145\n", with: "").write(toFile: path, atomically: true, encoding: .utf8)
    _ = try Self.render(workshop, Self.report + " --nhap")
    let report = try #require(Self.entries(Self.page(workshop)).first)
    #expect(report.cells[0] == "Báo cáo sơ kết dự thảo" && report.cells[1] == "……/BC-UBND")
  }

  @Test("the page is one file that loads nothing") func selfContained() throws {
    let workshop = try Workshop()
    defer { workshop.remove() }
    _ = try Self.render(workshop, Self.report)
    let page = Self.page(workshop)
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"vi\">"))
    #expect(page.contains("name=\"viewport\""))
    for loaded in ["<script", "http:", "https:", "src=", "<link"] {
      #expect(!page.contains(loaded))
    }
    #expect(page.ranges(of: "<h1").count == 1)
    let links = page.matches(of: /<a href="[^"]+" aria-label="([^"]+)">([^<]+)</)
    let labels = links.map { String($0.1) }
    #expect(Set(labels).count == labels.count && labels.count == 6)
    // What is seen begins what is read out.
    for link in links { #expect(link.1.hasPrefix(link.2)) }
  }

  @Test("a list that a killed run left behind is mended by the next run, also one that fails")
  func mended() throws {
    let workshop = try Workshop()
    defer { workshop.remove() }
    _ = try Self.render(workshop, Self.report)
    let right = Self.page(workshop)
    let index = workshop.path + "/out/index.html"
    let mark = String(right.suffix(24))
    try ("<title>cũ</title>\n" + mark + "\n").write(
      toFile: index, atomically: true, encoding: .utf8)
    try Data("x: 1\n".utf8).write(to: URL(fileURLWithPath: workshop.path + "/data/x.rec"))
    _ = try Self.render(workshop, "data/x.rec")
    #expect(Self.page(workshop) == right)
  }
}
