import Diagnostics
import Foundation
import Testing
import Texts
import Vietnamese

@testable import Reports

@Suite struct DraftTests {
  /// A field that is there and empty is no silent blank, and no error of the filter either.
  @Test(arguments: ["gia_tri", "noi_dung", "trich_yeu", "nguoi_ky"])
  func emptyFieldsGetMarks(field: String) throws {
    let templates = try TemplateCollection(
      TemplateFolder(GoldenTests.root + "/Templates"), undefined: .draft)
    let path = GoldenTests.root + "/data/dong-da-2022-tong-ket.rec"
    let lines = try String(contentsOfFile: path, encoding: .utf8).components(separatedBy: "\n")
    let emptied = lines.map { $0.hasPrefix("\(field): ") ? "\(field):" : $0 }
    try #require(emptied != lines)
    let text = emptied.filter { !$0.hasPrefix("+ ") }.joined(separator: "\n")
    let checked = try DataFile.read(name: path, bytes: Array(text.utf8))
      .check(templates, ofKind: "tong-ket")
    #expect(checked.problemsOfDraft.allSatisfy { $0.severity == .warning })
    let files = try checked.render(templates, formats: [.text])
    let page = String(decoding: files.first?.bytes ?? [], as: UTF8.self)
    #expect(page.contains("⟦thiếu: "))
  }

  private static let office = GoldenTests.root + "/data/ubnd-phuong-vi-du-2024-6-thang.rec"

  /// The documents of the shipped file with some of its lines changed, as a draft or not.
  private func documents(
    isDraft: Bool, _ change: (String) -> String?
  ) throws -> [String: String] {
    let templates = try TemplateCollection(
      TemplateFolder(GoldenTests.root + "/Templates"), undefined: isDraft ? .draft : .strict)
    let lines = try String(contentsOfFile: Self.office, encoding: .utf8)
      .components(separatedBy: "\n")
    let text = lines.compactMap(change).joined(separator: "\n")
    let checked = try DataFile.read(name: Self.office, bytes: Array(text.utf8)).check(templates)
    let problems = isDraft ? checked.problemsOfDraft : checked.problems
    try #require(!problems.hasErrors, "\(problems.map { $0.message(in: .english) })")
    let files = try checked.render(templates, formats: Format.texts)
    return Dictionary(
      files.filter { !$0.path.hasSuffix(".svg") }
        .map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) }
    ) { first, _ in first }
  }

  @Test("every layout marks a draft in every format, and only a draft") func draftsAreMarked()
    throws
  {
    for (path, text) in try documents(isDraft: true, { $0 }) {
      #expect(text.contains("DỰ THẢO"), "\(path)")
    }
    for (path, text) in try documents(isDraft: false, { $0 }) {
      #expect(!text.contains("DỰ THẢO"), "\(path)")
    }
  }

  @Test(
    "a day that is left open is a blank to fill in",
    arguments: [
      ("…/6/2024", "Ví Dụ, ngày … tháng 6 năm 2024"), ("6/2024", "ngày … tháng 6 năm 2024"),
      ("…/…/2024", "ngày … tháng … năm 2024"), ("/6/2024", "ngày … tháng 6 năm 2024"),
      (".../.../2024", "ngày … tháng … năm 2024"), ("2024", "ngày … tháng … năm 2024"),
    ])
  func openDates(written: String, printed: String) throws {
    for isDraft in [true, false] {
      let all = try documents(isDraft: isDraft) {
        $0.hasPrefix("ngay_ban_hanh: 17/") ? "ngay_ban_hanh: " + written : $0
      }
      for path in ["so-ket.md", "so-ket.html", "so-ket.txt"] {
        #expect(all[path]?.contains(printed) == true, "\(path)")
      }
    }
  }

  @Test("a deadline of the last period is a deadline") func lastDeadlines() throws {
    let templates = try TemplateCollection(
      TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict)
    let record = "%rec: thuc_hien\n\nnoi_dung: Niêm yết\ntinh_trang: hoan_thanh\nthoi_han: tháng "
    for (month, codes) in [("13/2023", ["V003"]), ("12/2023", [])] {
      let text = try String(contentsOfFile: Self.office, encoding: .utf8)
        .replacing("%rec: nguoi", with: record + month + "\n\n%rec: nguoi")
      let checked = try DataFile.read(name: Self.office, bytes: Array(text.utf8)).check(templates)
      #expect(checked.problems.map(\.kind.code) == codes)
    }
  }

  @Test("a month before March is written with a zero") func openMonth() throws {
    let date = try #require(OpenDate(Text("/1/2024")))
    var written = ByteBuffer()
    date.append(as: .ngayChu, to: &written)
    #expect(written.string == "ngày … tháng 01 năm 2024")
  }

  @Test(
    "no day that does not exist passes as open", arguments: ["…/13/2024", "5/…/2024", "…/6/24"])
  func wrongOpenDates(written: String) throws {
    #expect(OpenDate(Text(written)) == nil)
  }

  @Test("without a profile a draft takes the one that fits the issuer and the date")
  func likelyProfiles() throws {
    let state = try documents(isDraft: true) { $0.hasPrefix("the_thuc: nha") ? nil : $0 }
    #expect(state["so-ket.txt"]?.contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") == true)
    for (date, sign) in [("17/6/2024", ","), ("…/6/2024", ",")] {
      let party = try documents(isDraft: true) { line in
        if line.hasPrefix("the_thuc: nha") { return "the_thuc:" }
        if line.hasPrefix("quyen_han") || line.hasPrefix("co_quan_chu_quan") { return nil }
        if line.hasPrefix("co_quan_ban_hanh") { return "co_quan_ban_hanh: ĐẢNG ỦY PHƯỜNG VÍ DỤ" }
        if line.hasPrefix("ky_hieu") {
          return line.replacingOccurrences(of: "-UBND", with: "/ĐU")
        }
        return line.hasPrefix("ngay_ban_hanh: 17/") ? "ngay_ban_hanh: " + date : line
      }
      #expect(party["so-ket.txt"]?.contains("ĐẢNG CỘNG SẢN VIỆT NAM") == true)
      #expect(party["so-ket.txt"]?.contains("Thường trực Đảng ủy phường" + sign) == true)
    }
  }

  @Test(
    "a draft of the Party takes the profile that is in force on its date",
    arguments: [("18/6/2026", ";"), ("…/6/2026", ";"), ("27/5/2026", ";"), ("26/5/2026", ",")])
  func profilesOfTheParty(date: String, sign: String) throws {
    let templates = try TemplateCollection(
      TemplateFolder(GoldenTests.root + "/Templates"), undefined: .draft)
    let path = GoldenTests.root + "/data/dang-uy-phuong-vi-du-2026-6-thang.rec"
    let lines = try String(contentsOfFile: path, encoding: .utf8).components(separatedBy: "\n")
    let text = lines.filter { $0 != "the_thuc: dang-2026" }.map {
      $0 == "ngay_ban_hanh: 18/6/2026" ? "ngay_ban_hanh: \(date)" : $0
    }.joined(separator: "\n")
    let files = try DataFile.read(name: path, bytes: Array(text.utf8)).check(templates)
      .render(templates, formats: [.markdown])
    let page = String(decoding: try #require(files.first).bytes, as: UTF8.self)
    #expect(page.contains("ĐẢNG CỘNG SẢN VIỆT NAM") && page.contains("DỰ THẢO"))
    #expect(page.contains("- Ban Tuyên giáo và Dân vận Thành ủy\(sign)\n"))
  }

  @Test("a mark names a field by its label, never by code") func marksAreLabels() throws {
    let templates = try TemplateCollection(
      TemplateFolder(GoldenTests.root + "/Templates"), undefined: .draft)
    let kinds = try templates.allKinds()
    let labels = Set(
      kinds.flatMap { kind -> [String] in
        var ignored: [Diagnostic] = []
        let types = Schema(kind.descriptors, own: [], into: &ignored).types
        return types.flatMap { $0.fields.compactMap { $0.label?.string } }
      })
    var count = 0
    for kind in kinds {
      let form = try templates.blankForm(of: [kind.name], from: nil)
      let checked = try DataFile.read(name: "x.rec", bytes: form).check(templates)
      for file in try checked.render(templates, formats: [.text]) {
        let text = String(decoding: file.bytes, as: UTF8.self).split { $0.isWhitespace }
          .joined(separator: " ")
        for mark in text.matches(of: /⟦([^⟧]*)⟧/) {
          count += 1
          let name = mark.1.lowercased().hasPrefix("thiếu: ") ? String(mark.1.dropFirst(7)) : ""
          #expect(
            labels.contains { $0.lowercased() == name.lowercased() }, "\(kind.name): \(mark.0)")
        }
      }
    }
    #expect(count > 40)
  }
}
