import Diagnostics
import Foundation
import Reports
import Testing

/// What the pages of a PDF are like beyond single measures: breaks, annexes, tables, pictures.
@Suite(.enabled(if: Printing.isHere, Printing.absence)) struct PrintedFormTests {
  private static func printed(
    _ data: String, _ name: String, in folder: String = "/tmp", isTwoSided: Bool = false
  ) throws -> PrintedPDF {
    let printer = try Printing.shared.get()
    let files = try Printing.pdfs(of: data, in: folder, with: printer, isTwoSided: isTwoSided)
    let file = try #require(files[name])
    return try #require(try PrintedPDF.read([file]).first)
  }

  private static func shipped(_ name: String) throws -> String {
    try String(contentsOfFile: GoldenTests.root + "/data/" + name, encoding: .utf8)
  }

  @Test("an annex begins a page, and counts its own from one") func annexes() throws {
    let data = try Self.shipped("ubnd-phuong-vi-du-2024-6-thang.rec")
    let pdf = try Self.printed(data, "ke-hoach.pdf", in: GoldenTests.root + "/data")
    let start = try #require(
      pdf.pages.firstIndex { page in
        page.runs.contains { $0.text.hasPrefix("Phụ lục") && $0.isBold }
      })
    #expect(start >= 2)
    // The pages before it are numbered from the second one, and the annex starts anew.
    for (index, page) in pdf.pages.enumerated() {
      let number = page.runs.first { $0.box.bottom < millimetres(20) }?.text
      let own = index < start ? index + 1 : index - start + 1
      #expect(number == (own == 1 ? nil : "\(own)"), "page \(index + 1)")
    }
  }

  @Test("what a decision issues has a head of its own, with one rule below the issuer")
  func enclosed() throws {
    let pdf = try Self.printed(
      try Self.shipped("ubnd-phuong-vi-du-2026-quyet-dinh.rec"), "quyet-dinh-2.pdf",
      in: GoldenTests.root + "/data")
    #expect(pdf.pages.count == 2)
    for (page, title) in zip(pdf.pages, ["QUYẾT ĐỊNH", "QUY CHẾ"]) {
      let kind = try #require(page.runs.first { $0.text == title && $0.isBold })
      #expect(page.runs.contains { $0.text == "Độc lập - Tự do - Hạnh phúc" && $0.isBold })
      let below = page.rules.filter { $0.top < kind.box.top && $0.right < page.width / 2 }
      #expect(below.count == 1, "\(below)")
    }
  }

  @Test(
    "a table of many columns lies on pages in landscape, with its heading, and what follows does not"
  )
  func landscape() throws {
    let pdf = try Self.printed(
      try Self.shipped("quan-minh-hoa-2024-6-thang.rec"), "so-ket.pdf",
      in: GoldenTests.root + "/data")
    let wide = pdf.pages.filter { $0.width > $0.height }
    #expect(wide.count >= 2)
    #expect(wide[0].runs.contains { $0.text.hasPrefix("VI. SỐ LIỆU TỪNG ĐƠN VỊ") })
    let titled = try #require(
      wide.first { page in page.runs.contains { $0.text.hasPrefix("Tăng, giảm của từng đơn vị") } })
    #expect(titled.runs.contains { $0.text.hasPrefix("Phường Minh") }, "not without its table")
    for page in wide {
      #expect(!page.runs.contains { $0.text.hasPrefix("VII. ") })
      #expect((page.runs.map(\.box.right).max() ?? 0) <= page.width - millimetres(15) + 0.5)
      // Its head is repeated.
      if page.runs.contains(where: { $0.text.hasPrefix("Phường Minh") }) {
        #expect(page.runs.contains { $0.text == "TT" && $0.isBold })
      }
    }
    let total = try #require(
      wide.last { page in page.runs.contains { $0.text == "Tổng cộng" } })
    #expect(total.runs.contains { $0.text.hasPrefix("Phường ") }, "the total is not alone")
    #expect(pdf.pages.last.map { $0.width < $0.height } == true)
  }

  /// An announcement that ends with a table of three rows.
  private static func announcement(columns: Int, title: String, cell: String) -> String {
    let heads = (1...columns).map { "cot: c\($0) | \(title) \($0)" }.joined(separator: "\n")
    let cells = (1...columns).map { "c\($0): \(cell)" }.joined(separator: "\n")
    return PrintedForms.announcement(
      "nha-nuoc-2020", paragraphs: [PrintedForms.paragraph(lines: 3)])
        + """

        noi_dung: Số liệu của các tổ
        doan: Số liệu từng tháng như sau
        bang: tung-thang

        %rec: bang

        ma: tung-thang
        hang: to
        \(heads)

        %rec: to

        \([cells, cells, cells].joined(separator: "\n\n"))

        """
  }

  @Test(
    "a heading and the line before a table go with it to the page in landscape, and so do the signers"
  )
  func headingOfWideTable() throws {
    let data = Self.announcement(columns: 12, title: "Cột", cell: "1")
    let pdf = try Self.printed(data, "thong-bao.pdf")
    #expect(pdf.pages.count == 2)
    let page = try #require(pdf.pages.first { $0.width > $0.height })
    for text in [
      "II. SỐ LIỆU CỦA CÁC TỔ", "Số liệu từng tháng như sau", "Cột 12", "./.", "CHỦ TỊCH",
    ] {
      #expect(page.runs.contains { $0.text.contains(text) }, "\(text)")
    }
  }

  @Test("the letters of a wide table are as small as it needs", arguments: [13, 16, 18])
  func manyColumns(count: Int) throws {
    let data = Self.announcement(columns: count, title: "Chỉ tiêu", cell: "12.345.678")
    let pdf = try Self.printed(data, "thong-bao.pdf")
    let page = try #require(pdf.pages.first { $0.width > $0.height })
    #expect(page.runs.filter { $0.text == "12.345.678" }.count == 3 * count)
    #expect((page.runs.map(\.box.right).max() ?? 0) <= page.width - millimetres(15) + 0.5)
  }

  @Test("a table that is wider than the paper with the smallest letters is an error")
  func tooManyColumns() throws {
    let data = Self.announcement(columns: 40, title: "Cột", cell: "12.345.678")
    let error = try #require(throws: Problems.self) {
      _ = try Self.printed(data, "thong-bao.pdf")
    }
    #expect(error.diagnostics.map(\.kind.code) == ["P014"])
  }

  @Test("tables of one row do not chain, and the last one stays with the signers")
  func oneRowTables()
    throws
  {
    var data = PrintedForms.announcement("nha-nuoc-2020", paragraphs: ["Đoạn ngắn"])
    for number in 1...18 { data += "\nnoi_dung: Bảng \(number)\nbang: b\(number)\n" }
    data += "\n%rec: bang\n"
    for number in 1...18 { data += "\nma: b\(number)\nhang: to\ncot: ten | Tổ\n" }
    data += "\n%rec: to\n\nten: Tổ dân phố\n"
    let pdf = try Self.printed(data, "thong-bao.pdf")
    #expect(pdf.pages.count == 3)
    let rows = pdf.pages.map { page in page.runs.count { $0.text == "Tổ dân phố" } }
    #expect(rows.reduce(0, +) == 18 && rows.allSatisfy { $0 > 0 }, "\(rows)")
    #expect(rows[0] > 3 && rows[1] > 6, "\(rows)")
  }

  @Test("no heading is alone at the foot, and no line of a paragraph at the foot or the top")
  func headings() throws {
    for length in 0..<12 {
      let text = Array(repeating: PrintedForms.paragraph(lines: 3), count: 6 + length / 4)
      let short = Array(repeating: "Đoạn ngắn", count: length % 4)
      var data = PrintedForms.announcement("nha-nuoc-2020", paragraphs: text + short)
      data += "\nnoi_dung: Tiêu đề thứ hai\ndoan: \(PrintedForms.paragraph(lines: 4))\n"
      let pdf = try Self.printed(data, "thong-bao.pdf")
      for page in pdf.pages {
        let lowest = page.runs.max { $0.box.bottom < $1.box.bottom }
        #expect(lowest?.text.contains("Tiêu đề thứ hai") == false)
      }
    }
  }

  @Test("a picture larger than a page is printed on one, with its caption") func pictures() throws {
    let folder = NSTemporaryDirectory() + "baocao-pictures-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(
      atPath: folder + "/anh", withIntermediateDirectories: true)
    let tall = """
      <svg xmlns="http://www.w3.org/2000/svg" width="800" height="6000" viewBox="0 0 800 6000">
      <title>cao</title><rect width="800" height="6000" fill="#345"/></svg>
      """
    try Data(tall.utf8).write(to: URL(fileURLWithPath: folder + "/anh/hoi-truong.svg"))
    let pdf = try Self.printed(
      try Self.shipped("ubnd-phuong-vi-du-2024-6-thang.rec"), "tin-bai.pdf", in: folder)
    let index = try #require(
      pdf.pages.firstIndex { page in
        page.rules.contains { $0.height > millimetres(150) && $0.width < millimetres(100) }
      }, "\(pdf.pages.map(\.rules))")
    let page = pdf.pages[index]
    let picture = try #require(page.rules.first { $0.height > millimetres(150) })
    #expect(picture.bottom <= millimetres(277) + 1)
    let caption = try #require(page.runs.first { $0.text.hasPrefix("Hội trường UBND phường") })
    #expect(caption.box.top >= picture.bottom - 1 && caption.box.bottom <= millimetres(277) + 1)
  }

  @Test("backs have the mirrored margins of the profile") func twoSided() throws {
    let text = (1...40).map { _ in PrintedForms.paragraph(lines: 3) }
    let pdf = try Self.printed(
      PrintedForms.announcement("dang-2026", paragraphs: text), "thong-bao.pdf", isTwoSided: true)
    for (index, page) in pdf.pages.enumerated() where index < pdf.pages.count - 1 {
      let text = page.runs.filter { $0.box.top > millimetres(19) }.map(\.box)
      let left = millimetres(index % 2 == 0 ? 30 : 15)
      #expect(isNear(text.map(\.left).min() ?? 0, left))
      #expect(isNear(text.map(\.right).max() ?? 0, left + millimetres(165)))
    }
  }

  @Test("the same bytes again, whatever was printed before, for archives too") func sameBytes()
    throws
  {
    let data = try Self.shipped("dang-uy-phuong-vi-du-2026-van-ban.rec")
    let other = PrintedForms.announcement("nha-nuoc-2020", paragraphs: ["Đoạn khác"])
    for form in [PagePrinter.Form.accessible, .archive] {
      let (one, two) = (try Printing.printer(form), try Printing.printer(form))
      defer {
        one.close()
        two.close()
      }
      let first = try Printing.pdfs(of: data, with: one)
      _ = try Printing.pdfs(of: other, with: two)
      #expect(try Printing.pdfs(of: data, with: two) == first)
      #expect(first.count >= 4)
      for pdf in try PrintedPDF.read(Array(first.values)) {
        #expect(pdf.isTagged && pdf.form == (form == .archive ? "a" : "ua"))
      }
    }
  }

  @Test("pages get no file, no network, and no picture but those of their document")
  func fetching() throws {
    let printer = try Printing.printer()
    defer { printer.close() }
    let secret = NSTemporaryDirectory() + "baocao-\(UUID().uuidString).svg"
    try Data("<svg xmlns='http://www.w3.org/2000/svg'/>".utf8).write(
      to: URL(fileURLWithPath: secret))
    defer { try? FileManager.default.removeItem(atPath: secret) }
    for source in [
      "file://\(secret)", secret, "../\(secret)", "http://127.0.0.1:9/a.png", "anh/khong-co.png",
      "ftp://127.0.0.1/a.png", "data:image/png;base64,AAAA",
    ] {
      let data = PrintedForms.announcement("nha-nuoc-2020", paragraphs: ["Đoạn"])
      #expect(throws: Problems.self, "\(source)") {
        try Printing.print(
          data, replacing: "<main", with: "<img alt=\"a\" src=\"\(source)\"><main", printer)
      }
    }
    // The same printer goes on.
    let data = PrintedForms.announcement("nha-nuoc-2020", paragraphs: ["Đoạn"])
    #expect(try Printing.pdfs(of: data, with: printer).count == 1)
  }

  @Test(
    "what a reader for the blind needs and the page lacks is an error",
    arguments: [
      ("<html lang=\"vi\">", "<html>"),
      ("<main", "<img src=\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\"><main"),
      ("<title>Thông báo: Kết luận của Chủ tịch UBND phường</title>", ""),
      (
        "<main",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><rect width=\"9\" height=\"9\"/></svg><main"
      ),
    ])
  func losses(old: String, new: String) throws {
    let printer = try Printing.shared.get()
    let data = PrintedForms.announcement("nha-nuoc-2020", paragraphs: ["Đoạn"])
    #expect(throws: Problems.self) {
      try Printing.print(data, replacing: old, with: new, printer)
    }
  }

  @Test("letters and their marks are one letter in the text, however they are typed")
  func composedLetters() throws {
    let text = "Niêm yết ở tổ dân phố".decomposedStringWithCanonicalMapping
    let data = PrintedForms.announcement(
      "nha-nuoc-2020", paragraphs: [text, "Niêm yết ở tổ dân phố"])
    let pdf = try Self.printed(data, "thong-bao.pdf")
    let lines = pdf.pages[0].runs.filter {
      $0.text.contains("yết") || $0.text.contains("yê\u{301}t")
    }
    #expect(lines.count == 2)
    for line in lines {
      #expect(Array(line.text.utf8) == Array(line.text.precomposedStringWithCanonicalMapping.utf8))
    }
  }
}
