import Diagnostics
import Testing

@testable import Reports

/// The cells in which the problems of a sheet are.
@Suite struct SheetCellNameTests {
  @Test("a problem of a sheet tells its cell, one of a data file none") func cells() throws {
    let templates = try TemplateCollection(
      TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict)
    let file = try DataFile.read(
      name: "a.rec", bytes: Array("%rec: so_lieu\n\nchi_tieu: A\ngia_tri: x\ndon_vi: lượt\n".utf8))
    let sheet = "Chỉ tiêu;Giá trị;Đơn vị tính\nA;5;lượt\nB;năm mươi;lượt\n"
    var cells: [String?] = []
    do {
      _ = try ImportedSheet(
        sheet: "so.csv", Array(sheet.utf8), ofType: "so_lieu", into: file, templates,
        separator: nil, clearing: [])
    } catch {
      cells = error.diagnostics.map(\.cellName)
    }
    #expect(cells == ["B3"])
    let check = WholeCheck(file, templates, nil, DocumentMemory())
    #expect(!check.problems.isEmpty && check.problems.allSatisfy { $0.cellName == nil })
  }
}
