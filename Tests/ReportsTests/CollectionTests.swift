import CaseFiles
import Diagnostics
import Texts
import Foundation
import Records
import Templating
import Testing

@testable import Reports

/// The shipped example of adding up: 21 wards, last year's total, the district's data file.
@Suite struct CollectionTests {
  private static let root = GoldenTests.root
  private static let folder = root + "/data/phuong/2024-6-thang"
  private static let golden = root + "/data/quan-minh-hoa-2024-6-thang.rec"

  static func total(_ paths: [String]) throws(Problems) -> CollectedTotal {
    let templates = try TemplateCollection(
      TemplateFolder(root + "/Templates"), undefined: .strict)
    return try CollectedTotal(
      try DataFile.read(path: root + "/data/phuong/tong-hop.rec"), units: paths,
      lastYear: try DataFile.read(path: root + "/data/phuong/2023-6-thang.rec"),
      leavesOut: false, templates)
  }

  private static var paths: [String] {
    GoldenTests.names(in: folder).map { folder + "/" + $0 }
  }

  @Test("the district's data file is made of the wards' files") func golden() throws {
    let total = try Self.total(Self.paths)
    #expect(total.warnings.isEmpty && total.reported == 21 && total.expected == 21)
    if CaseFile.isRecording {
      try Data(total.bytes).write(to: URL(fileURLWithPath: Self.golden))
    }
    #expect(FileManager.default.contents(atPath: Self.golden) == Data(total.bytes))
  }

  @Test("neither the order nor the names of the files matter") func order() throws {
    let golden = try #require(FileManager.default.contents(atPath: Self.golden))
    let temporary = NSTemporaryDirectory() + "baocao-units-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: temporary) }
    var random = FixedRandom(seed: 21)
    for round in 0..<12 {
      let folder = "\(temporary)/\(round)"
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
      let shuffled = try Self.paths.shuffled(using: &random).enumerated().map { index, path in
        let copy = "\(folder)/\(index).rec"
        try FileManager.default.copyItem(atPath: path, toPath: copy)
        return copy
      }
      #expect(Data(try Self.total(shuffled.shuffled(using: &random)).bytes) == golden)
    }
  }

  /// The blank plan with the example of each field that must be there, and of some others.
  private static func filledPlan(_ form: [UInt8], also optional: [String]) -> String {
    var lines: [String] = []
    var example = ""
    for line in String(decoding: form, as: UTF8.self).components(separatedBy: "\n") {
      let field = line.drop { $0 == "#" }.dropLast()
      if line.hasPrefix("#   Ví dụ: ") {
        example = String(line.dropFirst(11))
      } else if line.hasSuffix(":"), !line.hasPrefix("#") || optional.contains(String(field)) {
        lines.append("\(field): \(example)")
        continue
      }
      lines.append(line)
    }
    return lines.joined(separator: "\n")
  }

  @Test("the blank plan, filled with its examples, adds up the figures of its unit")
  func blankPlan() throws {
    let templates = try TemplateCollection(
      TemplateFolder(Self.root + "/Templates"), undefined: .strict)
    let form = try templates.blankForm(of: ["tong-hop"], from: nil)
    let optional = ["lay", "tai", "truong_don_vi", "truong_uoc"]
    let plan = try DataFile.read(
      name: "tong-hop.rec", bytes: Array(Self.filledPlan(form, also: optional).utf8))
    let folder = NSTemporaryDirectory() + "baocao-plan-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let unit = """
      %rec: su_viec

      co_quan: UBND phường A
      co_quan_tat: UBND phường
      dia_ban: phường A
      cong_viec: thực hiện dân chủ ở cơ sở
      ky: 6 tháng đầu năm 2026
      ky_toi: 6 tháng cuối năm 2026

      %rec: so_lieu

      chi_tieu: Lượt công dân được tiếp
      gia_tri: 1.400
      don_vi: lượt

      """
    try unit.write(toFile: folder + "/a.rec", atomically: true, encoding: .utf8)
    let total = try CollectedTotal(
      plan, units: [folder + "/a.rec"], lastYear: nil, leavesOut: false, templates)
    #expect(total.reported == 1 && total.warnings.isEmpty)
    let text = String(decoding: total.bytes, as: UTF8.self)
    #expect(text.contains("chi_tieu: Lượt công dân được tiếp\ngia_tri: 1.400\ndon_vi: lượt\n"))
  }

  @Test("the table's columns add up to the totals") func sums() throws {
    let file = try DataFile.read(path: Self.golden)
    for column in file.records(ofType: "cot_bang") {
      let code = try #require(column.field("ma")?.value.string)
      if code == "ty_le_don" { continue }
      let figures = try file.records(ofType: "bang_don_vi").map {
        try Self.tenths($0.field(code)?.value.string)
      }
      let total = file.records(ofType: "so_lieu").first {
        $0.field("chi_tieu")?.value == column.field("chi_tieu")?.value
      }
      #expect(figures.reduce(0, +) == (try Self.tenths(total?.field("gia_tri")?.value.string)))
    }
  }

  /// `1.234,5` as 12345, read by other means than the program's.
  private static func tenths(_ text: String?) throws -> Int {
    let parts = try #require(text).replacing(".", with: "").split(separator: ",")
    let whole = try #require(Int(parts[0]))
    return whole * 10 + (parts.count > 1 ? try #require(Int(parts[1])) : 0)
  }

  @Test("recutils accept what adding up makes", .enabled(if: Tool("recfix").isHere))
  func recfix() throws {
    let result = try Tool("recfix").run(["--check", Self.golden])
    #expect(result.status == 0, "\(result.output)")
  }

  @Test(
    "words of change",
    arguments: [
      ("9", "8", false, "tăng 12,5%"), ("21", "24", true, "giảm 3 vụ"),
      ("5", "5", false, "không thay đổi"), ("3", "0", false, "tăng 3 vụ"),
      ("0", "3", false, "giảm 100%"), ("1", "100000", false, "giảm 99.999 vụ"),
      ("100001", "100000", false, "tăng 1 vụ"), ("0.3", "0.1", false, "tăng 200%"),
      ("2", "3", false, "giảm 33,3%"), ("2000.5", "1000", true, "tăng 1.000,5 vụ"),
    ])
  func words(new: String, old: String, inUnits: Bool, words: String) throws {
    var problems: [Diagnostic] = []
    let text =
      "ma: vu\nchi_tieu: Vụ\ndon_vi: vụ\ncach: dem\nlay: x\n"
      + (inUnits ? "so_sanh: tuyet_doi\n" : "")
    let database = Database.read(Source(name: "a", bytes: Array(text.utf8)), into: &problems)
    let figure = try #require(
      database.recordSets.first?.records.first.flatMap { Indicator($0, UnitRegister()) })
    let (new, old) = (Decimal(Array(new.utf8)), Decimal(Array(old.utf8)))
    let comparison = FigureComparison(try #require(new), try #require(old), figure)
    #expect(comparison?.words == words)
  }
}
