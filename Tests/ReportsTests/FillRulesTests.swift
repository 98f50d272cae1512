import CaseFiles
import Diagnostics
import Foundation
import Testing
import Texts

@testable import Reports

/// What `fill` demands of data files by their own descriptors, and what `check` and recfix do.
@Suite struct FillRulesTests {
  static let form = """
    %rec: cuoc_hop
    %type: ngay_hop ngay
    %type: so_nguoi so
    %type: tuoi range 1 9
    %typedef: muc_t enum cao thap
    %type: muc muc_t
    %mandatory: ten ngay_hop
    %unique: ten
    %prohibit: mat
    %key: ma
    %size: < 4

    ma: a1
    ten: Họp
    ngay_hop: 28/6/2018
    so_nguoi: 1.400
    muc: cao

    ma: a2
    ten: Giao ban
    ngay_hop: 2018-06-29
    tuoi: 7

    %rec: nguoi
    %allowed: ho_ten tuoi
    %type: tuoi int
    %constraint: tuoi > 5

    ho_ten: An
    tuoi: 30

    %rec: khac

    x: 1
    """

  private static let lines = [
    "ngay_hop: 31/02/2020", "ngay_hop: 1/1", "so_nguoi: 1,400", "tuoi: 10", "tuoi: 3", "muc: vừa",
    "ten: Hai", "mat: x", "ma: a1", "ho_ten:", "la: c", "", "+ tiếp", "tuoi: hai", "%size: 0",
    "%mandatory: so_nguoi", "%type: x bool", "%allowed: ten", "%type: tuoi khong_co",
    "Ngày họp: x", "a\u{200B}b: 1",
  ]

  private static func mutated(_ random: inout FixedRandom) -> String {
    var lines = form.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for _ in 0...random.next() % 3 {
      let index = Int(random.next() % UInt64(lines.count))
      if random.next() % 4 == 0 {
        lines.remove(at: index)
      } else {
        lines.insert(Self.lines[Int(random.next() % UInt64(Self.lines.count))], at: index)
      }
    }
    return lines.joined(separator: "\n")
  }

  private func text(_ problems: [Diagnostic]) -> [String] {
    problems.map { $0.message(in: .vietnamese) }
  }

  private func found(_ text: String, _ reader: inout FillReader) -> [Diagnostic] {
    do {
      _ = try reader.read(name: "x.rec", bytes: Array(text.utf8))
      return reader.warnings
    } catch {
      return error.diagnostics
    }
  }

  @Test("fill tells what check tells, of one file and of many") func sameAsCheck() throws {
    let templates = try TemplateCollection(
      TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict)
    var (random, reader) = (FixedRandom(seed: 45), FillReader())
    var wrong = 0
    for round in 0..<1_000 {
      let text = round % 7 == 0 ? Self.form : Self.mutated(&random)
      let file = try DataFile.read(name: "x.rec", bytes: Array(text.utf8))
      let checked = (file.problemsAsData(templates) ?? []).filter { $0.kind.code != "D117" }
      let filled = found(text, &reader)
      #expect(self.text(filled) == self.text(checked), "\(text)")
      if filled.hasErrors { wrong += 1 }
    }
    #expect(wrong > 300 && wrong < 950)
  }

  @Test(
    "each demand of a descriptor",
    arguments: [
      ("%mandatory: a", "b: 1", "R201"), ("%mandatory: a", "a:", "R202"),
      ("%prohibit: b", "b: 1", "R203"), ("%allowed: a", "b: 1", "R204"),
      ("%unique: a", "a: 1\na: 2", "R205"), ("%key: a", "a: 1\na: 2", "R206"),
      ("%key: a", "a: 1\n\na: 1", "R207"), ("%singular: a", "a: 1\n\na: 1", "R207"),
      ("%size: 2", "a: 1", "R208"), ("%type: a int", "a: x", "R209"),
      ("%type: a enum x y", "a: z", "R209"), ("%type: a bool", "a: có", "R209"),
      ("%type: a line", "a: x\n+ y", "R209"), ("%type: a date", "a: 31/02/2020", "R209"),
      ("%typedef: t range 1 5\n%type: a t", "a: 6", "R209"),
      ("%constraint: a > 1", "a: 1", "R210"), ("%type: a ngay", "a: 29/02/2019", "V002"),
      ("%type: a ngay_gio", "a: 28/6/2018 25:00", "V006"), ("%type: a so", "a: 1,400", "V011"),
      ("%typedef: so regexp !^[0-9.]+$!\n%type: a so", "a: 1.40", "V013"),
      ("%type: a khong_co", "a: 1", "R105"), ("%mandatroy: a", "b: 1", "R101"),
    ])
  func demands(descriptor: String, record: String, code: String) {
    var reader = FillReader()
    let problems = found("%rec: x\n\(descriptor)\n\n\(record)\n", &reader)
    #expect(problems.map(\.kind.code) == [code])
  }

  @Test("a type of recutils through a name of one's own types the value") func types() throws {
    var reader = FillReader()
    let data = try reader.read(
      name: "x.rec",
      bytes: Array("%rec: x\n%typedef: tuoi_t int\n%type: tuoi tuoi_t\n\ntuoi: 3\n".utf8))
    #expect(data["tuoi"] == .int(3))
  }

  @Test("a descriptor in a file beside the data") func externalDescriptor() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/fill-rules-\(getpid())"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try "%rec: x\n%type: a int\n%mandatory: b\n".write(
      toFile: folder + "/mo-ta.rec", atomically: true, encoding: .utf8)
    var reader = FillReader()
    let problems = Result {
      try reader.read(name: folder + "/d.rec", bytes: Array("%rec: x mo-ta.rec\n\na: x\n".utf8))
    }
    guard case .failure(let error as Problems) = problems else { return #expect(Bool(false)) }
    #expect(error.diagnostics.map(\.kind.code) == ["R201", "R209"])
  }
}
