import Diagnostics
import Records
import Testing
import Texts

/// Fields that a schema declares in blocks, and types with names.
@Suite struct BlockTests {
  private let lines = """
    %rec: su_viec
    %doc: Việc được báo cáo.
    %mandatory: co_quan ngay_hop
    %allowed: co_quan ngay_hop so_y_kien muc_tieu buoi
    %unique: co_quan ngay_hop so_y_kien buoi
    %key: co_quan
    %typedef: ngay regexp /^[0-9]+$/
    %type: ngay_hop ngay
    %type: so_y_kien range 1 9
    %type: buoi enum sang chieu
    %constraint: so_y_kien < 8
    nhan: co_quan Cơ quan
    nhan: ngay_hop Ngày họp
    vi_du: ngay_hop 28
    nhan: so_y_kien Số ý kiến
    don_vi: so_y_kien ý kiến
    giup: so_y_kien Một số.
    nhan: muc_tieu Mục tiêu
    nhan: buoi Buổi

    """

  private let blocks = """
    %rec: kieu

    ten: ngay
    bieu_thuc: ^[0-9]+$

    ten: buoi
    gia_tri: sang chieu

    %rec: su_viec
    %doc: Việc được báo cáo.
    rang_buoc: so_y_kien < 8

    truong: co_quan
    nhan: Cơ quan
    bat_buoc: co
    khoa: co

    truong: ngay_hop
    nhan: Ngày họp
    kieu: ngay
    bat_buoc: co
    vi_du: 28

    truong: so_y_kien
    nhan: Số ý kiến
    kieu: range 1 9
    don_vi: ý kiến
    giup: Một số.

    truong: muc_tieu
    nhan: Mục tiêu
    nhieu_lan: co

    truong: buoi
    nhan: Buổi
    kieu: buoi

    """

  private func descriptors(
    _ text: String, _ problems: inout [Diagnostic]
  ) -> [Descriptor] {
    let source = Source(name: "mau.rec", bytes: Array(text.utf8))
    let database = Database.read(source, into: &problems)
    let types = NamedTypes(database, into: &problems)
    return database.recordSets.filter { $0.type?.string != NamedTypes.recordType }.compactMap {
      Descriptor($0, blocks: types, into: &problems)
    }
  }

  private func type(_ schemas: String...) throws -> RecordType {
    var problems: [Diagnostic] = []
    let all = schemas.flatMap { descriptors($0, &problems) }
    let type = RecordType(merging: all, into: &problems)
    #expect(problems.isEmpty)
    return try #require(type)
  }

  private func described(_ rule: FieldRule) -> [String] {
    [
      rule.name.string, rule.label?.string ?? "", rule.unit?.string ?? "",
      rule.example?.string ?? "", rule.help?.string ?? "",
      "\(rule.isMandatory) \(rule.isAllowed) \(rule.isUnique) \(rule.isKey) \(rule.type != nil)",
    ]
  }

  @Test func blocksSayWhatLinesSay() throws {
    let (lines, blocks) = (try type(lines), try type(blocks))
    #expect(lines.fields.map(described) == blocks.fields.map(described))
    #expect(blocks.isClosed && blocks.constraints.count == 1)
    #expect(blocks.rule(for: Text("NGÀY HỌP"))?.typeName == Text("ngay"))
    #expect(blocks.rule(for: Text("ngay_hop"))?.typedAt == Text("ngay"))
  }

  @Test(
    "data are judged alike",
    arguments: [
      "co_quan: A\nngay_hop: 28\n", "co_quan: A\n", "co_quan: A\nngay_hop: mai\n",
      "co_quan: A\nco_quan: B\nngay_hop: 1\nso_y_kien: 12\nmuc_tieu: x\nmuc_tieu: y\n",
      "co_quan: A\nngay_hop: 1\nbuoi: toi\nbuoi: sang\nkhac: z\nso_y_kien: 8\n",
    ])
  func alike(_ record: String) {
    func codes(_ schema: String) -> [String] {
      var problems: [Diagnostic] = []
      let all = descriptors(schema, &problems)
      let source = Source(name: "x.rec", bytes: Array("%rec: su_viec\n\n\(record)".utf8))
      return Database.read(source, into: &problems).check(with: all).map(\.kind.code)
    }
    #expect(codes(lines) == codes(blocks))
  }

  @Test func aBlockWithoutLabelAddsToAField() throws {
    let kind = """
      %rec: su_viec
      duoc_co: so

      truong: muc_tieu
      bat_buoc: co
      vi_du: Đạt

      """
    let shared = blocks + "\ntruong: so\nnhan: Số\nbat_buoc: tuy_mau\n"
    #expect(try type(shared).rule(for: Text("so"))?.isAllowed == false)
    let merged = try type(shared, kind)
    let target = try #require(merged.rule(for: Text("muc_tieu")))
    #expect(target.isMandatory && !target.isUnique)
    #expect(target.label == Text("Mục tiêu") && target.example == Text("Đạt"))
    #expect(merged.rule(for: Text("so"))?.isAllowed == true)
  }

  @Test func aTypeMayBeANarrowerFormOfAnother() throws {
    let type = try type(
      """
      %rec: kieu

      ten: so_dem
      la: so_nguyen
      bieu_thuc: ^[1-9]$

      ten: so_nguyen
      bieu_thuc: ^[0-9]$

      %rec: a

      truong: x
      nhan: X
      kieu: so_dem

      """)
    #expect(type.rule(for: Text("x"))?.typeName == Text("so_nguyen"))
  }

  @Test(
    "mistakes",
    arguments: [
      ("nhan: Tên", "R121"), ("truong: x y", "R121"), ("truong: x\nnhn: Tên", "R122"),
      ("truong: x\n\ntruong: x", "R123"), ("truong: x\nbat_buoc: phai", "R124"),
      ("truong: x\nnhieu_lan:", "R124"), ("truong: x\nkieu: ngya", "R105"),
      ("truong: x\nkieu: enum", "R104"), ("truong: x\nnhan: X\nnhan: Y", "R103"),
      ("%rec: kieu\n\nbieu_thuc: x", "R121"), ("%rec: kieu\n\nten: x", "R121"),
      ("%rec: kieu\n\nten: x\nbieu_thuc: (", "R104"), ("%rec: kieu\n\nten: x\nmau: y", "R122"),
      ("%rec: kieu\n\nten: x\nbieu_thuc: y\n\nten: x\nbieu_thuc: z", "R123"),
      ("%rec: kieu\n\nten: x\nla: z\nbieu_thuc: y", "R105"),
    ])
  func mistakes(_ text: String, _ code: String) {
    var problems: [Diagnostic] = []
    let all = descriptors("%rec: a\n\n\(text)\n", &problems)
    _ = RecordType(merging: all, into: &problems)
    #expect(problems.map(\.kind.code) == [code])
  }
}
