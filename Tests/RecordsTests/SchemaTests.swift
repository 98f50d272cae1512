import Diagnostics
import Texts
import Records
import Testing

/// Several schemas for one record type, and the descriptor as values.
@Suite struct SchemaTests {
  private func descriptors(_ text: String) -> [Descriptor] {
    var problems: [Diagnostic] = []
    let database = Database.read(Source(name: "mau.rec", bytes: Array(text.utf8)), into: &problems)
    let all = database.recordSets.compactMap { Descriptor($0, into: &problems) }
    #expect(problems.isEmpty)
    return all
  }

  @Test func laterSchemasAddAndOverride() throws {
    let shared = """
      %rec: su_viec
      %mandatory: ten
      %allowed: ngay
      %typedef: Dem int
      %type: so Dem
      nhan: ten Tên sự việc
      nhan: so Số
      don_vi: so cuộc
      """
    let kind = """
      %rec: su_viec
      %mandatory: so
      %type: so range 1 9
      nhan: so Số cuộc kiểm tra
      vi_du: ten Hội nghị sơ kết
      giup: ten Ghi đầy đủ
      """
    var problems: [Diagnostic] = []
    let schemas = descriptors(shared) + descriptors(kind)
    let type = try #require(RecordType(merging: schemas, into: &problems))
    #expect(problems.isEmpty)
    #expect(type.fields.map(\.name.string) == ["ten", "ngay", "so"])
    #expect(type.fields.map(\.isMandatory) == [true, false, true])
    let number = try #require(type.rule(for: Text("so")))
    #expect(number.label == Text("Số cuộc kiểm tra"))
    #expect(number.unit == Text("cuộc"))
    guard case .range(1, 9)? = number.type else {
      Issue.record("the later type does not stand")
      return
    }
    let name = try #require(type.rule(for: Text("TÊN SỰ VIỆC")))
    #expect(name.example == Text("Hội nghị sơ kết"))
    #expect(name.help == Text("Ghi đầy đủ"))
  }

  @Test func aSchemaChecksADataFile() {
    let schema = descriptors("%rec: a\n%mandatory: x\n\n%rec: b\n%allowed: y\n")
    var problems: [Diagnostic] = []
    let text = "%rec: a\n\ny: 1\n\n%rec: b\n\nx: 1\n\n%rec: c\n\nz: 1\n"
    let database = Database.read(Source(name: "x.rec", bytes: Array(text.utf8)), into: &problems)
    #expect(database.check(with: schema).map(\.kind.code) == ["R201", "R204"])
  }

  @Test func renamesLabelsWhenWriting() throws {
    var problems: [Diagnostic] = []
    let text = "%rec: a\n\nNgười ký : A\nten: b\n"
    let database = Database.read(Source(name: "x.rec", bytes: Array(text.utf8)), into: &problems)
    let schema = descriptors("%rec: a\n%allowed: ten nguoi_ky\nnhan: nguoi_ky Người ký\n")
    let type = try #require(RecordType(merging: schema, into: &problems))
    let written = database.written { field, _ in type.rule(for: field.name)?.name }
    #expect(String(decoding: written, as: UTF8.self) == "%rec: a\n\nnguoi_ky: A\nten: b\n")
  }

  @Test func keepsEverySpecialField() throws {
    let text = """
      %rec: a mo-ta/a.rec
      %doc: Một
      %doc: Hai
      %key: k
      %sort: x y
      %auto: k
      %size: < 10
      %constraint: x > 3
      """
    let one = try #require(descriptors(text).first)
    #expect(one.type == Text("a"))
    #expect(one.externalFile == Text("mo-ta/a.rec"))
    #expect(one.doc.map(\.string) == ["Một", "Hai"])
    #expect(one.key == Text("k"))
    #expect(one.sort.map(\.string) == ["x", "y"])
    #expect(one.auto.map(\.string) == ["k"])
    #expect(one.size == .atMost(9))
    #expect(one.constraints.map(\.text.string) == ["x > 3"])
  }

  @Test func aFoldedValueKnowsItsPlace() throws {
    var problems: [Diagnostic] = []
    let text = "a: 1\nb: hai\n+ ba\n"
    let database = Database.read(Source(name: "x.rec", bytes: Array(text.utf8)), into: &problems)
    let value = try #require(database.recordSets[0].records[0].field("b")).value
    #expect(value.string == "hai\nba")
    #expect(value.place.range == SourceRange(start: 8, end: 16))
    #expect(value.place.string == "hai\n+ ba")
  }
}
