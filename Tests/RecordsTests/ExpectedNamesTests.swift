import CaseFiles
import Diagnostics
import Testing
import Texts

@testable import Records

/// Records are read the same whether the record before had their names or there was none.
@Suite struct ExpectedNamesTests {
  static let pieces = [
    "ten: An Biên\n", "dan_so: 12\n", "dan_so:\n", "ghi_chu: có\n", "dan_so: 1\n+ 2\n", "+ x\n",
    "# lời chú\n", "Tên gọi: a\n", "ten : b\n", " ten: c\n", "1a: d\n", "ten_cua_phuong: dài\n",
    "ten_cua_phuong_nay: dài\n", "te: x\n", "tenn: y\n", "%type: ten line\n", "t:z\n", "câu văn\n",
    "ten_cua_phuong_kia: ngắn\n", "ten:\tcách\n",
  ]

  @Test func readsTheSameAlone() {
    var random = FixedRandom(seed: 1930)
    for _ in 0..<3_000 {
      let records = Self.records(&random)
      let text = records.joined(separator: "\n")
      let (whole, alone) = (Self.read(text), records.map(Self.read))
      #expect(whole.fields == alone.flatMap(\.fields), "\(text)")
      #expect(whole.problems.sorted() == alone.flatMap(\.problems).sorted(), "\(text)")
    }
  }

  @Test func sameShapeMeansSameNames() {
    var random = FixedRandom(seed: 1945)
    for _ in 0..<500 {
      var problems: [Diagnostic] = []
      let text = Self.records(&random).joined(separator: "\n")
      let database = Database.read(Source(name: "a.rec", bytes: Array(text.utf8)), into: &problems)
      var names: [Int: [String]] = [:]
      for record in database.recordSets.flatMap(\.records) {
        let own = record.fields.map(\.name.string)
        #expect(names[record.shape, default: own] == own, "\(text)")
        names[record.shape] = own
      }
    }
  }

  /// A few records that are mostly alike; none is empty.
  private static func records(_ random: inout FixedRandom) -> [String] {
    let form = ["ten: An Biên\n", "dan_so: 12\n", "ten_cua_phuong_nay: dài\n", "noi_nhan: a\n"]
    return (0..<Int.random(in: 1...6, using: &random)).map { _ in
      var lines = form
      for _ in 0..<Int.random(in: 0...2, using: &random) {
        let place = Int.random(in: 0..<lines.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0 where lines.count > 1: lines.remove(at: place)
        case 1: lines[place] = pieces.randomElement(using: &random) ?? ""
        default: lines.insert(pieces.randomElement(using: &random) ?? "", at: place)
        }
      }
      return lines.joined()
    }
  }

  /// What was read, without the places.
  private static func read(_ text: String) -> (fields: [String], problems: [String]) {
    var problems: [Diagnostic] = []
    let database = Database.read(Source(name: "a.rec", bytes: Array(text.utf8)), into: &problems)
    let fields = database.recordSets.flatMap(\.records).flatMap(\.fields)
    return (
      fields.map { "\($0.name.string)=\($0.value.string)" },
      (problems + database.irregularities).map { "\($0.kind.code) \($0.place?.string ?? "")" }
    )
  }
}
