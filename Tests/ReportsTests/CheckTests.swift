import CaseFiles
import Diagnostics
import Texts
import Foundation
import Records
import Testing
import Vietnamese

@testable import Reports

/// The examples of the manual's page on checks: a fence `rec` holds descriptors and records, the
/// fence `problem` after it the first lines of all messages, in the order they are found.
@Suite struct CheckManualTests {
  struct Example: CustomTestStringConvertible, Sendable {
    let records: String
    let problems: [String]
    var testDescription: String { String(records.prefix(40)) }
  }

  static let page =
    (try? String(
      contentsOfFile: GoldenTests.root + "/Sources/Reports/Reports.docc/Checks.md",
      encoding: .utf8)) ?? ""

  static let examples: [Example] = {
    let fences = page.components(separatedBy: "```").enumerated().filter { $0.offset % 2 == 1 }
    var examples: [Example] = []
    var records = ""
    for (_, fence) in fences {
      let body = String(fence.drop { $0 != "\n" }.dropFirst())
      if fence.hasPrefix("rec\n") { records = body }
      if fence.hasPrefix("problem\n") {
        let lines = body.split(separator: "\n").map(String.init)
        examples.append(Example(records: records, problems: lines))
      }
    }
    return examples
  }()

  @Test(arguments: examples) func exampleIsRight(_ example: Example) throws {
    let found = try Checked(example.records).problems.map(\.headline)
    #expect(found.sorted() == example.problems.sorted())
  }

  @Test func everyCheckIsInTheManual() {
    #expect(Self.examples.count == 15)
    for code in CheckProblem.silenceable + ["K301", "K302", "K303", "K401", "K402"] {
      #expect(Self.page.contains("| `\(code)` |"), "\(code)")
    }
  }
}

/// What stood in five posts of offices, in our words: the mistakes that were made are found, and
/// what was right is left alone.
@Suite struct PostTests {
  private func codes(_ text: String, period: String = "6 tháng đầu năm 2018") throws -> [String] {
    try Checked(
      """
      %rec: su_viec
      %allowed: ky loi_van

      ky: \(period)
      loi_van: \(text)
      """
    ).problems.map(\.kind.code)
  }

  @Test(arguments: [
    ("Kết luận số 65-KL/TW ngày 04/3/2000 của Ban Bí thư", ["K122"]),
    ("theo Quyết định 6525- QĐ/TU ngày 29/9/2015", ["K202"]),
    ("Quyết định 2200- QĐ/TU và Chỉ thị 30- CT/TW", ["K202", "K202"]),
    ("Pháp lệnh 34/2007/PL-UBTVQH", ["K123"]),
    ("QCDC đã góp phầm hoàn thành nhiệm vụ", ["K205"]),
    ("các đơn vị đã đã nêu kinh nghiệm", ["K201"]),
    ("mô hình ‘Dân vận khéo” được nhân rộng", ["K203"]),
    ("6.Thực hiện quy chế phối hợp", ["K204"]),
    ("Dự hôi nghị có ủy viên thừng vụ; triển khai nhiêm vụ", ["K205", "K205", "K205"]),
    ("chấp hành quy tắc ứng xử” của Thành phố", ["K207"]),
  ])
  func mistakesAreFound(text: String, wanted: [String]) throws {
    #expect(try codes(text) == wanted)
  }

  @Test func dataOfAnotherYear() throws {
    let found = try Checked(
      """
      %rec: su_viec
      %allowed: ky

      ky: năm 2022

      %rec: so_lieu
      %allowed: den_ngay
      trong_ky: den_ngay

      den_ngay: 10/11/2021
      """
    ).problems
    #expect(found.map(\.kind.code) == ["K111"])
    #expect(found.first?.place?.string == "10/11/2021")
  }

  @Test(arguments: [
    "Kết luận 120-KL/TW ngày 07/01/2016 của Bộ Chính trị",
    "Quyết định số 3814-QĐ/TU ngày 16/5/2018; nhiệm kỳ 2020-2022; ngày 20/5/2020",
    "kinh tế - xã hội dần dần, luôn luôn; xanh - sạch - đẹp",
    "tiếp trên 1.400 lượt, đạt 87,29%; 12/12 tổ dân phố; H’Mông; 06 QCDC",
    "các ban ban hành quy chế, hội hội viên; nhà nhà, người người",
    "“Năm dân vận chính quyền” và «Dân vận khéo», chữ \"một cửa\"",
    "gồm: 1. Đồng chí Chủ tịch; 2. Công tác giám sát (khóa XII); 8/2024. Sau đó",
    "UBND quận, Quận ủy, Ban Dân vận", "trang phuong.gov.vn, tác giả X.Sinh",
    "Nghị định 59/2023/NĐ-CP - văn bản mới; số 12/UBND-VX", "",
  ])
  func whatIsRightIsLeftAlone(_ text: String) throws {
    #expect(try codes(text).isEmpty)
  }

  @Test("decomposed letters are the letters they are") func decomposedLetters() throws {
    let text = "đã đã góp phầm".decomposedStringWithCanonicalMapping
    #expect(try codes(text) == ["K201", "K205"])
  }

  @Test("the place is the words that are wrong") func places() throws {
    let text = "%rec: su_viec\n%allowed: a\n\na: việc\n+ đã góp phầm, đã đã\n"
    let found = try Checked(text).problems.compactMap { $0.place?.string }
    #expect(found.sorted() == ["góp phầm", "đã đã"])
  }
}

/// Figures at the edges of what is surely wrong.
@Suite struct FigureCheckTests {
  private func isWrong(_ declaration: String, _ values: String) throws -> Bool {
    let fields = values.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
    let names = fields.map { $0.prefix { $0 != ":" } }.joined(separator: " ")
    let text =
      "%rec: x\n%allowed: \(names)\n\(declaration)\n\n" + fields.joined(separator: "\n") + "\n"
    return try !Checked(text).problems.isEmpty
  }

  @Test(arguments: [
    ("a: 13; b: 13", false), ("a: 14; b: 13", true), ("a: 1.400; b: 1399", true),
    ("a: 1.400; b: 13,5", true), ("a: trên 13; b: 13", false), ("a: trên 14; b: 13", true),
    ("a: 14; b: trên 13", false), ("a: 14; b: gần 13", true), ("a: khoảng 14; b: 13", false),
    ("a: dưới 14; b: 13", false), ("a: 13,5; b: 13,46", false), ("a: 13,6; b: 13,46", true),
    ("a: 900 triệu đồng; b: 1,2 tỷ đồng", false), ("a: 1.300 triệu đồng; b: 1,2 tỷ đồng", true),
    ("a: 14 đơn; b: 13 lượt", false), ("a: nhiều; b: 13", false),
    ("a: 99999999999999999999999999999999999999999; b: 1", false),
  ])
  func parts(values: String, wanted: Bool) throws {
    #expect(try isWrong("phan_cua: a b", values) == wanted, "\(values)")
  }

  @Test(arguments: [
    ("a: 30; b: 20; c: 10", false), ("a: 31; b: 20; c: 10", true),
    ("a: 0,3; b: 0,1; c: 0,2", false), ("a: 1,0; b: 0,33; c: 0,66", false),
    ("a: 1,00; b: 0,33; c: 0,65", true), ("a: 31; b: trên 20; c: 10", false),
    ("a: 29; b: trên 20; c: 10", true), ("a: trên 25; b: 20; c: 10", false),
    ("a: trên 35; b: 20; c: 10", true), ("a: khoảng 99; b: 20; c: 10", false),
    ("a: 100%; b: 71%; c: 30%", false), ("a: 100%; b: 71%; c: 32%", true),
  ])
  func totals(values: String, wanted: Bool) throws {
    #expect(try isWrong("tong_cua: a = b + c", values) == wanted, "\(values)")
  }

  @Test(arguments: [
    ("a: 87,30%; b: 213; c: 244", false), ("a: 87,3%; b: 213; c: 244", false),
    ("a: 87%; b: 213; c: 244", false), ("a: 87,29%; b: 213; c: 244", true),
    ("a: 88%; b: 213; c: 244", true), ("a: 50%; b: 1; c: 2", false),
    ("a: gần 40%; b: 424; c: 1.000", true), ("a: trên 40%; b: 424; c: 1.000", false),
    ("a: 33,3%; b: 1; c: 3", false), ("a: 33,4%; b: 1; c: 3", true),
    ("a: 90%; b: trên 80; c: 100", false), ("a: 70%; b: trên 80; c: 100", true),
    ("a: 50%; b: 0; c: 0", true), ("a: 0,5%; b: 1; c: 200", false),
    ("a: 12,5%; b: 1; c: 8", false), ("a: 13%; b: 1; c: 8", false), ("a: 12%; b: 1; c: 8", false),
  ])
  func rates(values: String, wanted: Bool) throws {
    #expect(try isWrong("ty_le_cua: a = b / c", values) == wanted, "\(values)")
  }

  @Test(arguments: [
    ("a: giảm 28,78%; b: 198; c: 278", false), ("a: giảm 28,77%; b: 198; c: 270", true),
    ("a: tăng 12,5%; b: 9; c: 8", false), ("a: tăng 12,5%; b: 8; c: 9", true),
    ("a: không đổi; b: 17; c: 17", false), ("a: không đổi; b: 17; c: 18", true),
    ("a: tăng 100%; b: 2; c: 1", false), ("a: tăng 5%; b: 2; c: 0", true),
    ("a: tăng 3 đơn; b: 5 đơn; c: 2 đơn", false), ("a: tăng 4 đơn; b: 5 đơn; c: 2 đơn", true),
    ("a: không đổi; b: 5; c: 0", true), ("a: không đổi; b: 0; c: 0", false),
    ("a: tăng 0,5 điểm %; b: 99,6%; c: 99,1%", false),
    ("a: tăng 0,7 điểm %; b: 99,6%; c: 99,1%", true),
    ("a: tăng 49800%; b: 499; c: 1", false), ("a: tăng 49900%; b: 500; c: 1", true),
  ])
  func changes(values: String, wanted: Bool) throws {
    #expect(try isWrong("tang_giam_cua: a = b / c", values) == wanted, "\(values)")
  }

  @Test("the sum over the records of a type") func overRecords() throws {
    func found(_ total: String) throws -> [String] {
      try Checked(
        """
        %rec: quan
        %allowed: tong
        tong_cua: tong = phuong.so

        tong: \(total)

        %rec: phuong
        %allowed: so

        so: 1.000

        so: 400
        """
      ).problems.map(\.kind.code)
    }
    #expect(try found("1.400").isEmpty)
    #expect(try found("1.401") == ["K102"])
  }
}

@Suite struct RegisterTests {
  private static let hunspell = Tool("hunspell")

  @Test(
    "the list of hunspell-vi gives hunspell's own answers",
    .enabled(
      if: hunspell.isHere && Files.exists(SyllableDictionary.path),
      "hunspell or hunspell-vi is not installed"))
  func dictionary() throws {
    let dictionary = try SyllableDictionary(path: SyllableDictionary.path)
    let words = "nhiêm vụ hôi nghị phầm thừng mới mớivà kêt nòng uỷ hoà khoẻ quý phường xlk"
      .split(separator: " ").map(String.init)
    let input = Data(words.joined(separator: "\n").utf8)
    let unknown = try Self.hunspell.run(["-d", "vi_VN", "-l", "-i", "UTF-8"], input: input).output
      .split(separator: "\n").map(String.init)
    #expect(words.filter { !dictionary.has(WordTable.hash($0.utf8)) } == unknown)
    // Its list has the new tone style alone.
    #expect(dictionary.has(WordTable.hash("hòa".utf8)) && dictionary.has(WordTable.hash("ủy".utf8)))
  }

  @Test("the days of the registers are days, and begin before they end") func days() throws {
    for file in ["luat.rec", "to-chuc.rec"] {
      let path = GoldenTests.root + "/Templates/so-bo/" + file
      let bytes = try Files.read(path)
      var problems: [Diagnostic] = []
      let database = Database.read(Source(name: path, bytes: bytes), into: &problems)
      let records = database.recordSets.flatMap { Array($0.records) }
      #expect(records.count > 8)
      for record in records {
        let days = try ["ngay", "tu_ngay", "den_ngay"].compactMap { name in
          try record.field(name).map { try CalendarDate($0.value) }
        }
        #expect(days == days.sorted(), "\(record.text.string)")
        if let sign = record.field("so_ky_hieu")?.value, let day = record.field("ngay")?.value {
          let (year, issued) = (try DocumentNumber(sign).year, try CalendarDate(day).year)
          #expect(year == nil || year == issued, "\(sign.string)")
        }
      }
    }
  }

  @Test("the data that ships passes over nothing in vain and has no warning")
  func shippedData() throws {
    for name in try Files.names(in: GoldenTests.root + "/data") where name.hasSuffix(".rec") {
      let file = try DataFile.read(path: GoldenTests.root + "/data/" + name)
      let templates = try Checked.templates.get()
      let checked = file.check(templates)
      let documents = try checked.render(templates, formats: [.text])
      let found = checked.problems + checked.proofread(documents, with: nil)
      #expect(found.isEmpty, "\(name): \(found.map(\.headline))")
    }
  }

  @Test("a text of a megabyte takes its time once") func longText() throws {
    let text = String(repeating: "6525- QĐ/TU “ đã đã 1.A ", count: 20_000)
    let checked = try Checked("%rec: su_viec\n%allowed: a\n\na: \(text)\n")
    #expect(checked.problems.count >= 80_000)
  }
}

/// Records with descriptors of their own, checked with the registers that ship.
private struct Checked {
  let problems: [Diagnostic]

  static let templates = Result {
    try TemplateCollection(TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict)
  }

  init(_ text: String) throws {
    var problems: [Diagnostic] = []
    let source = try Source.reading(name: "x.rec", bytes: Array(text.utf8)).source
    let database = Database.read(source, into: &problems)
    let descriptors = database.recordSets.compactMap { Descriptor($0, into: &problems) }
    let schema = Schema(descriptors, own: [], into: &problems)
    var declarations: [CheckDeclaration] = []
    for descriptor in descriptors {
      declarations += descriptor.checkDeclarations(ofKind: nil, into: &problems)
    }
    let (declared, templates) = (DeclaredChecks(declarations, schema), try Self.templates.get())
    var columns = DeclaredColumns(schema)
    let neighbours = DeclarationNeighbours(declared.declarations)
    let resolved = declared.declarations.compactMap {
      ResolvedDeclaration($0, among: neighbours, &columns)
    }
    var shapes = SchemaShapes(schema, columns: columns.fields, declared.texts)
    let records = shapes.records(of: database)
    let matter = schema.types.firstIndex { $0.name.string == Schema.matterType }
    let time = ReportTime(
      matter.flatMap { records.first(ofType: $0) }, database, schema,
      among: templates.reportingRules)
    let documents = FileDocuments(
      records, type: schema.types.firstIndex { $0.name.string == Schema.documentType }, resolved)
    var checks = DataChecks(
      CheckedData(records, schema, time, templates.registers, TextWords(), documents))
    let found = declared.problems + checks.problems(resolved)
    var silencing = Silencing(database)
    problems += silencing.filter(found).withoutDerived(besides: [])
    problems += silencing.problems
    self.problems = problems + silencing.unused { _ in true }
  }
}

extension Diagnostic {
  /// The first line of its message, in English.
  fileprivate var headline: String {
    String(message(in: .english).prefix { $0 != "\n" })
  }
}
