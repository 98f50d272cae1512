import Diagnostics
import Foundation
import Reports
import Testing

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
}
