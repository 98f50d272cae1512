import Diagnostics
import Foundation
import Records
import Testing
import Texts

@testable import Reports

/// What helps with filling in: rows pasted from a sheet, checks passed over, citations, the mark on a page.
@Suite struct EntryHelpTests {
  private static func read(_ text: String) throws -> DataFile {
    try DataFile.read(name: "a.rec", bytes: Array(text.utf8))
  }

  private func pasted(
    _ text: String, into file: String, replacing: Bool
  ) throws -> String {
    let templates = try #require(EntryFormTests.templates)
    let file = try Self.read(file)
    let edit = try SectionEdit(
      pasting: text, ofType: "so_lieu", into: file, replacing: replacing, templates)
    let edited = try file.applying(edit, madeOn: file, templates)
    return String(decoding: edited.bytes, as: UTF8.self)
  }

  private let figures = """
    %rec: so_lieu

    # ghi chú A
    chi_tieu: A
    gia_tri: 1
    don_vi: lượt
    muc: tiep_dan

    chi_tieu:
    gia_tri:
    don_vi:

    """

  @Test("rows with a header, in the order of a sheet of their own") func header() throws {
    let text = try pasted(
      "TT\tĐơn vị tính\tChỉ tiêu\tGiá trị\r\n1\tđơn\t\"Đơn,\nthư \"\"mới\"\"\"\t1.400\r\n",
      into: figures, replacing: false)
    #expect(
      text.hasSuffix(
        "muc: tiep_dan\n\nchi_tieu: Đơn,\n+ thư \"mới\"\ngia_tri: 1.400\ndon_vi: đơn\n"), "\(text)")
  }

  @Test("rows without a header are in the order of the form") func noHeader() throws {
    let text = try pasted("B\t2\tđơn\ttrên\nC\t3\tđơn\n", into: figures, replacing: false)
    #expect(
      text.hasSuffix(
        "chi_tieu: B\ngia_tri: 2\ndon_vi: đơn\nuoc: trên\n\nchi_tieu: C\ngia_tri: 3\ndon_vi: đơn\n"),
      "\(text)")
  }

  @Test("rows in place of the others keep what the sheet has not") func replacing() throws {
    let text = try pasted(
      "Chỉ tiêu\tGiá trị\nB\t2\nA\t5\n", into: figures, replacing: true)
    #expect(text.contains("# ghi chú A\nchi_tieu: A\ngia_tri: 5\ndon_vi: lượt\nmuc: tiep_dan\n"))
    #expect(text.contains("chi_tieu: B\ngia_tri: 2\n"))
  }

  @Test("what is wrong with pasted rows is told at their cells") func wrongRows() throws {
    let many = Array(repeating: "x", count: 60).joined(separator: "\t")
    for (text, code) in [
      ("A\t1\n" + many, "B016"), ("Chỉ tiêu\tGiá trị\tMàu\nA\t1\tđỏ\n", "B004"),
      ("A\t\"mở", "B001"), ("", "B008"), ("Chỉ tiêu\tGiá trị\n", "B008"),
    ] {
      do {
        _ = try pasted(text, into: figures, replacing: false)
        Issue.record("\(text) was taken")
      } catch let problems as Problems {
        #expect(problems.diagnostics.map(\.kind.code).contains(code), "\(problems)")
      }
    }
  }

  @Test("a check is passed over in the file, or in a record") func silencing() throws {
    let text = "%rec: su_viec\n\nco_quan: X\n\n%rec: so_lieu\n\nchi_tieu: A\n"
    let file = try Self.read(text)
    let whole = try file.silencing("K111", because: " chưa\nchốt ")
    #expect(
      String(decoding: whole, as: UTF8.self)
        == text.replacing("co_quan: X\n", with: "co_quan: X\nbo_qua: K111 chưa chốt\n"))
    let again = try DataFile.read(name: "a.rec", bytes: whole).silencing("K111", because: "khác")
    #expect(String(decoding: again, as: UTF8.self).contains("\nbo_qua: K111 khác\n\n%rec"))
    let one = try file.silencing(
      "K111", because: "x", in: EntryPlace(type: "so_lieu", record: 0, field: nil))
    #expect(String(decoding: one, as: UTF8.self) == text + "bo_qua: K111 x\n")
    #expect(throws: Problems.self) { try file.silencing("K111", because: " ") }
    #expect(throws: Problems.self) { try file.silencing("R001", because: "x") }
  }

  @Test("citations are found with accents and without") func citations() throws {
    let templates = try #require(EntryFormTests.templates)
    let day = try Self.read("%rec: van_ban\n\nmau: so-ket\nngay_ban_hanh: 28/6/2026\n")
    for words in ["thuc hien dan chu 10/2022", "Thực hiện dân chủ ở cơ sở QH1"] {
      let found = try templates.citationChoices(matching: words, limit: 5, for: day)
      let law = try #require(found.first)
      #expect(law.title == "Luật Thực hiện dân chủ ở cơ sở, 10/2022/QH15")
      #expect(law.note == nil)
      #expect(law.values["so_ky_hieu"] == ["10/2022/QH15"] && law.values["ma"] == ["L10"])
      #expect(law.values["trich_yeu"] == ["Thực hiện dân chủ ở cơ sở"])
    }
    let old = try templates.citationChoices(matching: "55/1998", limit: 5, for: day)
    #expect(
      old.first?.note
        == "Hết hiệu lực sau ngày 30/6/2023; thay bằng Luật Thực hiện dân chủ ở cơ sở năm 2022 (10/2022/QH15)"
    )
    #expect(try templates.citationChoices(matching: "", limit: 3).count == 3)
    #expect(try templates.citationChoices(matching: "khongco", limit: 3).isEmpty)
  }

  @Test("what is found fills in a record that checks find nothing wrong with")
  func citedRecords() throws {
    let templates = try #require(EntryFormTests.templates)
    let file = try EntryFormTests.file("dang-uy-phuong-vi-du-2026-6-thang.rec")
    for choice in try templates.citationChoices(matching: "", limit: 10, for: file)
    where choice.note == nil {
      var entries = file.database.records(ofType: "can_cu").indices.map {
        SectionEdit.Entry(origin: $0, values: [:])
      }
      entries.append(SectionEdit.Entry(origin: nil, values: choice.values))
      let edited = try file.applying(
        SectionEdit(type: "can_cu", entries: entries), madeOn: file, templates)
      let problems = try DataFile.read(name: "a.rec", bytes: edited.bytes).check(templates).problems
      #expect(!problems.hasErrors, "\(choice) \(problems.map { $0.message(in: .vietnamese) })")
    }
  }

  // MARK: - The mark

  @Test("every text that is edited is marked on its page, and nothing else changes")
  func mark() throws {
    let templates = try #require(EntryFormTests.templates)
    let file = try EntryFormTests.file("dang-uy-phuong-vi-du-2026-6-thang.rec")
    let plain = try Self.page(file, templates)
    #expect(EditMark.marked(plain) == plain)
    var found = 0
    let form = try EntryForm(of: file, templates)
    for section in form.sections {
      for record in section.records {
        for field in record.fields where record.values[field.name] != nil {
          let place = EntryPlace(type: section.type, record: record.index, field: field.name)
          guard let marked = file.marked(place, templates) else { continue }
          let page = try String(
            decoding: EditMark.marked(Self.page(marked, templates)), as: UTF8.self)
          let back = page.replacing("<mark id=\"dang-sua\">", with: "")
            .replacing("<mark>", with: "").replacing("</mark>", with: "")
          // Of lines that are set in the middle the spaces in front are other ones.
          if back.split(separator: " ")
            != String(decoding: plain, as: UTF8.self).split(separator: " ")
          {
            let lines = zip(
              back.split(separator: "\n"),
              String(decoding: plain, as: UTF8.self).split(separator: "\n"))
            Issue.record("\(place) changes the page: \(lines.first { $0 != $1 } ?? ("", ""))")
          }
          found += page.contains("<mark id=\"dang-sua\">") ? 1 : 0
        }
      }
    }
    #expect(found > 60, "\(found)")
  }

  private static func page(_ file: DataFile, _ templates: TemplateCollection) throws -> [UInt8] {
    let checked = file.check(templates)
    let pages = try checked.render(templates, formats: [.html])
    return try #require(pages.first { $0.path.hasSuffix(".html") }).bytes
  }

  @Test("marks stand in text alone") func page() {
    let (open, close) = (String(EditMark.opening), String(EditMark.closing))
    for (page, marked) in [
      ("<p>N\(open)ộ\(close)i</p>", "<p><mark id=\"dang-sua\">Nội</mark></p>"),
      ("<a t=\"x\(open)y\(close)\">z</a>", "<a t=\"xy\">z</a>"),
      ("<style>a\(open)b\(close)c</style>", "<style>abc</style>"),
      (
        "<p>a\(open)b<b>c</b>d\(close)e</p><p>x\(open)y\(close)z</p>",
        "<p><mark id=\"dang-sua\">ab</mark><b><mark>c</mark></b><mark>de</mark></p><p><mark>xyz</mark></p>"
      ),
      ("<p>a\(open)b", "<p><mark id=\"dang-sua\">ab</mark>"),
      ("\(close)<p>\(open)</p>", "<p></p>"),
    ] { #expect(String(decoding: EditMark.marked(Array(page.utf8)), as: UTF8.self) == marked) }
  }
}
