import CaseFiles
import Foundation
import Reports
import Testing

/// What each profile's pages measure when they are read back, against the numbers of the rules:
/// NĐ 30/2020, Phụ lục I, II.1 to II.9 and its table, and Phụ lục 3 of HD 36-HD/VPTW.
@Suite(.enabled(if: Printing.isHere, Printing.absence)) struct ProfilePrintTests {
  private static func printed(_ data: String) throws -> (pdf: PrintedPDF, bytes: Data) {
    let printer = try Printing.shared.get()
    let files = try Printing.pdfs(of: data, with: printer)
    let bytes = try #require(files.values.first)
    return (try #require(try PrintedPDF.read([bytes]).first), bytes)
  }

  /// The edges of the text on pages after the first, of which some lines are full.
  private func checkMargins(
    _ pdf: PrintedPDF, left: Double, right: Double, top: Double, bottom: Double
  ) {
    for page in pdf.pages {
      #expect(isNear(page.width, millimetres(210)) && isNear(page.height, millimetres(297)))
      let body = page.runs.filter { $0.box.top > millimetres(top) - 3 }
      #expect(isNear(body.map(\.box.left).min() ?? 0, millimetres(left)))
      #expect(isNear(body.map(\.box.right).max() ?? 0, millimetres(210 - right)))
      #expect((body.map(\.box.bottom).max() ?? 0) <= millimetres(297 - bottom) + 0.5)
    }
  }

  /// No number on the first page; on the others at the top, centred over the text.
  private func checkPageNumbers(_ pdf: PrintedPDF, size: Double, margin: Double) throws {
    #expect(pdf.pages.count > 2)
    for (index, page) in pdf.pages.enumerated() {
      let above = page.runs.filter { $0.box.bottom < millimetres(margin) }
      guard index > 0 else {
        #expect(above.isEmpty)
        continue
      }
      let number = try #require(above.first)
      #expect(above.count == 1 && number.text == "\(index + 1)")
      #expect(isNear(number.size, size, 0.5) && !number.isBold && !number.isItalic)
      #expect(isNear(number.box.top, millimetres(10)), "\(number.box)")
      let text = page.runs.filter { $0.box.top > millimetres(margin) - 3 }.map(\.box)
      let middle = ((text.map(\.left).min() ?? 0) + (text.map(\.right).max() ?? 0)) / 2
      #expect(isNear(number.box.middle, middle))
    }
  }

  private func check(
    _ run: PrintedPDF.Run, size: Double, bold: Bool = false, italic: Bool = false
  ) {
    #expect(isNear(run.size, size, 0.5), "\(run)")
    #expect(run.isBold == bold && run.isItalic == italic, "\(run)")
  }

  /// The line drawn under a run: centred under it, with a share of its length.
  private func checkRule(
    under run: PrintedPDF.Run, on page: PrintedPDF.Page, _ share: ClosedRange<Double>
  ) throws {
    let rule = try #require(
      page.rules.first { rule in
        rule.height < 2 && rule.top > run.box.bottom - 3 && rule.top < run.box.bottom + 6
          && isNear(rule.middle, run.box.middle)
      }
        ?? page.rules.first { rule in
          rule.bottom > run.box.bottom && rule.bottom < run.box.bottom + 6
            && isNear(rule.middle, run.box.middle) && isNear(rule.width, run.box.width)
        }, "no line under «\(run.text)»: \(page.rules)")
    let slack = millimetres(0.5) / run.box.width
    #expect(share.lowerBound - slack <= rule.width / run.box.width)
    #expect(rule.width / run.box.width <= share.upperBound + slack)
  }

  @Test("state documents: nha-nuoc-2020") func state() throws {
    let text = (1...40).map { _ in PrintedForms.paragraph(lines: 3) }
    let data = PrintedForms.announcement("nha-nuoc-2020", paragraphs: text)
    let (pdf, bytes) = try Self.printed(data)
    checkMargins(pdf, left: 30, right: 15, top: 20, bottom: 20)
    try checkPageNumbers(pdf, size: 13, margin: 20)
    let page = pdf.pages[0]
    let motto = try page.run("Độc lập - Tự do - Hạnh phúc")
    let country = try page.run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    check(country, size: 12, bold: true)
    check(motto, size: 13, bold: true)
    #expect(isNear(country.box.middle, motto.box.middle) && country.box.top < motto.box.top)
    try checkRule(under: motto, on: page, 1...1)
    let superior = try page.run("UBND THÀNH PHỐ MINH HỌA")
    let issuer = try page.run("UBND PHƯỜNG VÍ DỤ")
    check(superior, size: 12)
    check(issuer, size: 12, bold: true)
    #expect(isNear(superior.box.middle, issuer.box.middle))
    #expect(isNear(superior.box.top, country.box.top))
    try checkRule(under: issuer, on: page, 1 / 3...1 / 2)
    let number = try page.run("Số: 05/TB-UBND")
    let date = try page.run("Ví Dụ, ngày 08 tháng 7 năm 2026")
    check(number, size: 13)
    check(date, size: 13, italic: true)
    #expect(isNear(number.box.bottom, date.box.bottom, 0.5), "they stand on one line")
    #expect(isNear(number.box.middle, issuer.box.middle))
    #expect(isNear(date.box.middle, country.box.middle))
    try checkTitle(
      page, "THÔNG BÁO", 14, "Kết luận của Chủ tịch UBND phường", 14, left: 30, right: 15)
    try checkRule(under: try page.run("Kết luận của Chủ"), on: page, 1 / 3...1 / 2)
    // 14 pt, spaced 125 %: between 1 and 1,5 lines; 6 pt more between paragraphs; 10 mm indent.
    try checkBody(pdf, size: 14, pitch: 17.5, gap: 6, indent: 10, left: 30)
    let last = try #require(pdf.pages.last)
    check(try last.run("KT. CHỦ TỊCH"), size: 14, bold: true)
    check(try last.run("PHÓ CHỦ TỊCH"), size: 14, bold: true)
    check(try last.run("Nơi nhận:"), size: 12, bold: true, italic: true)
    check(try last.run("- Các tổ dân phố"), size: 11)
    check(try last.run("- Lưu: VT."), size: 11)
    try checkSigning(last, above: "KT. CHỦ TỊCH", left: 30, right: 15)
    try checkFile(pdf, bytes, title: "Thông báo: Kết luận của Chủ tịch UBND phường")
  }

  @Test(
    "Party documents",
    arguments: [("dang-2018", "08/7/2020", ","), ("dang-2026", "08/7/2026", ";")])
  func party(profile: String, date: String, separator: String) throws {
    let text = (1...40).map { _ in PrintedForms.paragraph(lines: 3) }
    let (pdf, bytes) = try Self.printed(
      PrintedForms.announcement(profile, on: date, paragraphs: text))
    checkMargins(pdf, left: 30, right: 15, top: 20, bottom: 20)
    try checkPageNumbers(pdf, size: 14, margin: 20)
    let page = pdf.pages[0]
    let title = try page.run("ĐẢNG CỘNG SẢN VIỆT NAM")
    check(title, size: 15, bold: true)
    try checkRule(under: title, on: page, 1...1)
    let superior = try page.run("ĐẢNG BỘ THÀNH PHỐ MINH HỌA")
    let issuer = try page.run("ĐẢNG ỦY PHƯỜNG VÍ DỤ")
    let star = try page.run("*")
    let number = try page.run("Số 05-TB/ĐU")
    check(superior, size: 14)
    check(issuer, size: 14, bold: true)
    for run in [superior, star, number] { #expect(isNear(run.box.middle, issuer.box.middle)) }
    #expect(issuer.box.bottom <= star.box.top + 3 && star.box.bottom <= number.box.top)
    check(number, size: 14)
    let day = try page.run("Ví Dụ, ngày 08 tháng 7 năm")
    check(day, size: 14, italic: true)
    #expect(isNear(day.box.bottom, number.box.bottom, 0.5))
    #expect(isNear(day.box.middle, title.box.middle))
    try checkTitle(page, "THÔNG BÁO", 16, "kết luận của Thường trực", 14, left: 30, right: 15)
    let hyphens = try page.run("-----")
    #expect(hyphens.text == "-----")
    #expect(isNear(hyphens.box.middle, millimetres(112.5)))
    // Exactly 20 pt: at least 18, and since 2026 at most 22.
    try checkBody(pdf, size: 14, pitch: 20, gap: 6, indent: 10, left: 30)
    let last = try #require(pdf.pages.last)
    check(try last.run("T/M BAN THƯỜNG VỤ"), size: 14, bold: true)
    check(try last.run("PHÓ BÍ THƯ"), size: 14)
    let label = try last.run("Nơi nhận")
    check(label, size: 14)
    #expect(
      last.rules.contains { rule in
        rule.height < 2 && isNear(rule.left, label.box.left) && rule.width < label.box.width + 1
          && rule.top > label.box.top && rule.top < label.box.bottom + 2
      }, "it is underlined")
    check(try last.run("- Các tổ dân phố số 1\(separator)"), size: 12)
    check(try last.run("- Lưu Văn phòng Đảng ủy."), size: 12)
    try checkSigning(last, above: "T/M BAN THƯỜNG VỤ", left: 30, right: 15)
    try checkFile(pdf, bytes, title: "Thông báo: kết luận của Thường trực Đảng ủy về dân vận")
  }

  @Test("posts: trang-tin") func post() throws {
    let path = GoldenTests.root + "/data/ubnd-phuong-vi-du-2024-6-thang.rec"
    let data = try String(contentsOfFile: path, encoding: .utf8)
    let printer = try Printing.shared.get()
    let files = try Printing.pdfs(
      of: data, in: URL(fileURLWithPath: path).deletingLastPathComponent().path, with: printer)
    let bytes = try #require(files["tin-bai.pdf"])
    let pdf = try #require(try PrintedPDF.read([bytes]).first)
    checkMargins(pdf, left: 25, right: 20, top: 20, bottom: 20)
    try checkPageNumbers(pdf, size: 11, margin: 20)
    let page = pdf.pages[0]
    check(try page.run("Phường Ví Dụ sơ kết"), size: 20, bold: true)
    check(try page.run("Ngày đăng"), size: 11)
    let sizes = pdf.pages[1].runs.filter { $0.box.top > millimetres(20) }.map(\.size)
    #expect(isNear(sizes.sorted()[sizes.count / 2], 13, 0.5))
    #expect(pdf.isTagged && pdf.language == "vi" && !pdf.title.isEmpty)
  }

  /// The kind and the subject: bold, and centred over the text.
  private func checkTitle(
    _ page: PrintedPDF.Page, _ kind: String, _ size: Double, _ subject: String,
    _ subjectSize: Double, left: Double, right: Double
  ) throws {
    let middle = millimetres((left + 210 - right) / 2)
    for (text, size) in [(kind, size), (subject, subjectSize)] {
      let run = try page.run(text)
      check(run, size: size, bold: true)
      #expect(isNear(run.box.middle, middle))
    }
  }

  /// Lines, paragraphs and indents of a page that is all text.
  private func checkBody(
    _ pdf: PrintedPDF, size: Double, pitch: Double, gap: Double, indent: Double, left: Double
  ) throws {
    let lines = pdf.pages[1].runs.filter { $0.box.top > millimetres(19) }
    #expect(lines.allSatisfy { isNear($0.size, size, 0.5) })
    var (inside, between) = (0, 0)
    for (line, next) in zip(lines, lines.dropFirst()) {
      let isFirst = isNear(next.box.left, millimetres(left + indent), 1)
      #expect(isFirst || isNear(next.box.left, millimetres(left), 1))
      let step = next.box.top - line.box.top
      #expect(isNear(step, isFirst ? pitch + gap : pitch, 0.5), "\(step)")
      if isFirst { between += 1 } else { inside += 1 }
    }
    #expect(inside > 10 && between > 5)
  }

  /// The signature stands in the right half, the signer's name under the authority, with room to
  /// sign between them; the recipients begin at the left margin, level with the authority.
  private func checkSigning(
    _ page: PrintedPDF.Page, above authority: String, left: Double, right: Double
  ) throws {
    let top = try page.run(authority)
    let name = try page.run("Lê Văn C")
    check(name, size: 14, bold: true)
    #expect(isNear(name.box.middle, top.box.middle))
    #expect(top.box.left > millimetres((left + 210 - right) / 2))
    #expect(name.box.top - top.box.bottom > 72)
    let label = try page.run("Nơi nhận")
    #expect(isNear(label.box.left, millimetres(left)))
    #expect(isNear(label.box.top, top.box.top))
  }

  /// Every font is embedded and of the right widths; the file has a title, a language and tags.
  private func checkFile(_ pdf: PrintedPDF, _ bytes: Data, title: String) throws {
    #expect(pdf.isTagged)
    #expect(pdf.language == "vi")
    #expect(pdf.title == title)
    let path = NSTemporaryDirectory() + "baocao-\(UUID().uuidString).pdf"
    try bytes.write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let fonts = try Tool("pdffonts").run([path]).output.split(separator: "\n").dropFirst(2)
    #expect(fonts.count >= 3)
    for font in fonts {
      #expect(font.contains("Tinos") || font.contains("Times") || font.contains("Liberation-Serif"))
      #expect(font.contains(" yes yes yes "), "embedded, a subset, with Unicode: \(font)")
    }
    let info = try Tool("pdfinfo").run([path]).output
    #expect(info.contains("Tagged:          yes") && info.contains("(A4)"))
  }
}
