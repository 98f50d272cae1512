import Diagnostics
import Foundation
import Records
import Testing
import Texts

@testable import Reports

/// The form of a data file, made from the schemas.
@Suite struct EntryFormTests {
  static let templates = try? TemplateCollection(
    TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict)
  static let names = GoldenTests.dataFiles + ["phuong/tong-hop.rec"]

  static func file(_ name: String) throws -> DataFile {
    try DataFile.read(path: GoldenTests.root + "/data/" + name)
  }

  static func form(_ text: String) throws -> (file: DataFile, form: EntryForm) {
    let file = try DataFile.read(name: "a.rec", bytes: Array(text.utf8))
    return (file, try EntryForm(of: file, #require(templates)))
  }

  @Test("every value of every file that ships is in its form", arguments: names)
  func everyValue(_ name: String) throws {
    let file = try Self.file(name)
    let form = try EntryForm(of: file, #require(Self.templates))
    #expect(!form.sections.isEmpty)
    let schema = try EntrySchema(of: file, #require(Self.templates)).schema
    let known = schema.types.map(\.name.string)
    for type in Set(file.database.recordSets.compactMap { $0.type?.string }) {
      // An author's own tables are of types that no schema knows.
      let section = form.sections.first { $0.type == type }
      if section == nil, !known.contains(type) { continue }
      let entries = try #require(section?.records, "\(type)")
      let records = file.database.records(ofType: type)
      #expect(entries.map(\.index) == Array(records.indices))
      for (entry, record) in zip(entries, records) {
        let values = record.fields.filter { !$0.value.isBlank }
        #expect(entry.values.values.joined().count == values.count)
        #expect(Set(entry.values.keys).isSubset(of: entry.fields.map(\.name)))
        #expect(values.isEmpty || !entry.title.isEmpty)
        #expect(Set(entry.fields.map(\.name)).count == entry.fields.count)
      }
    }
    let needed = form.sections.map(\.isNeeded)
    #expect(needed == needed.filter(\.self) + needed.filter { !$0 }, "needed ones come first")
    #expect(form.sections.allSatisfy { !$0.title.isEmpty && !$0.title.hasSuffix(".") })
  }

  @Test("fields are filled in as their types ask for")
  func inputs() throws {
    let (_, form) = try Self.form("%rec: van_ban\n\nmau: so-ket\n\nmau: tin-bai\n")
    func field(_ type: String, _ name: String) throws -> EntryField {
      try #require(form.sections.first { $0.type == type }?.fields.first { $0.name == name })
    }
    #expect(form.sections.prefix(2).map(\.type) == ["su_viec", "van_ban"])
    #expect(form.sections[0].isSingle && form.sections[0].least == 1)
    #expect(form.sections[0].title == "Việc được báo cáo: cơ quan, kỳ báo cáo, cuộc họp")
    #expect(form.sections[0].guide == "Đúng một bản ghi.")
    #expect(try field("su_viec", "ngay_hop").input == .day)
    #expect(try field("su_viec", "ky").input == .period)
    #expect(try field("su_viec", "buoi").input == .choice(["sáng", "chiều", "tối"]))
    #expect(try field("su_viec", "mo_dau").input == .prose(marks: true))
    #expect(try field("su_viec", "dia_ban").input == .line)
    #expect(try field("su_viec", "so_y_kien").input == .whole)
    #expect(try field("su_viec", "thanh_phan").isRepeated)
    #expect(try field("nguoi", "giao_viec").input == .yesNo)
    #expect(try field("nguoi", "vai_tro").choiceLabels["chu_tri"] == "chủ trì")
    #expect(try field("nguoi", "trong").input == .choice(["so-ket", "tin-bai"]))
    #expect(try field("nguoi", "trong").choiceLabels["so-ket"] == "Báo cáo sơ kết")
    #expect(try field("so_lieu", "gia_tri").input == .figure)
    #expect(try field("so_lieu", "gia_tri").comparedWith == "ky_truoc")
    #expect(try field("so_lieu", "gia_tri").isRequired)
    #expect(try field("ket_qua", "noi_dung").input == .prose(marks: false))
    #expect(try field("nhiem_vu", "thoi_han").input == .deadline)
    #expect(try field("can_cu", "so_ky_hieu").input == .documentNumber)
    #expect(try field("anh", "tap_tin").input == .picture)
    guard case .choice(let kinds) = try field("van_ban", "mau").input else {
      return #expect(Bool(false))
    }
    #expect(kinds.contains("so-ket") && kinds.contains("quyet-dinh"))
    let heads = try #require(form.sections.first { $0.type == "van_ban" })
    #expect(heads.records.map(\.title) == ["Báo cáo sơ kết", "Tin, bài"])
    #expect(heads.records[0].fields.contains { $0.name == "nguoi_ky" })
    #expect(!heads.fields.contains { $0.name == "nguoi_ky" }, "a post has no signer")
  }

  @Test("a reference is chosen among the records that there are") func references() throws {
    let (_, form) = try Self.form(
      "%rec: can_cu\n\nma: KL120\n\nma: L10\n\n%rec: ket_qua\n\nnoi_dung: A\ntheo: L10\n")
    let results = try #require(form.sections.first { $0.type == "ket_qua" })
    let field = try #require(results.fields.first { $0.name == "theo" })
    #expect(field.input == .choice(["KL120", "L10"]) && field.isRepeated)
  }

  @Test("problems are shown at their fields") func places() throws {
    let text = """
      %rec: su_viec

      co_quan: Đảng ủy phường Ví Dụ
      ky: 6 thang
      Ngày họp: 31/2/2026
      buoi:

      %rec: van_ban

      mau: so-ket
      so: 0

      %rec: so_lieu

      chi_tieu: A
      gia_tri: 1
      don_vi: lượt

      # lời chú
      chi_tieu: B
      don_vi: lượt
      uocc: trên
      """
    let (file, form) = try Self.form(text)
    let problems = file.check(try #require(Self.templates)).problems
    let places = Set(problems.compactMap { form.place(of: $0) })
    for place in [
      EntryPlace(type: "su_viec", record: 0, field: "ky"),
      EntryPlace(type: "su_viec", record: 0, field: "ngay_hop"),
      EntryPlace(type: "su_viec", record: 0, field: "cong_viec"),
      EntryPlace(type: "van_ban", record: 0, field: "nguoi_ky"),
      EntryPlace(type: "van_ban", record: 0, field: "so"),
      EntryPlace(type: "so_lieu", record: 1, field: "gia_tri"),
      EntryPlace(type: "so_lieu", record: 1, field: "uocc"),
    ] { #expect(places.contains(place), "\(place)") }
    #expect(form.sections.first { $0.type == "so_lieu" }?.records[1].fields.last?.name == "uocc")
    let whole = problems.filter { form.place(of: $0) == nil }
    #expect(whole.allSatisfy { $0.kind.code.hasPrefix("M") || $0.place == nil }, "\(whole)")
    let other = Diagnostic(.report(.noDocument), at: Text("khác"))
    #expect(form.place(of: other) == nil)
  }

  @Test("a plan and a hồ sơ have forms too") func otherFiles() throws {
    let templates = try #require(Self.templates)
    for name in [CollectionPlan.formName, DossierFile.formName] {
      let blank = try templates.blankForm(of: [name], from: nil)
      let form = try EntryForm(of: DataFile.read(name: "a.rec", bytes: blank), templates)
      let types = form.sections.map(\.type)
      #expect(types.contains("tong_hop") || types.contains("ho_so"), "\(types)")
    }
  }
}
