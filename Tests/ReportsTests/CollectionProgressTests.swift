import Diagnostics
import Foundation
import Testing

@testable import Reports

/// Which units of a plan have reported, and what is wrong with their files.
@Suite struct CollectionProgressTests {
  private static let root = GoldenTests.root
  private static let wards = root + "/data/phuong/2024-6-thang"

  private static func templates() throws -> TemplateCollection {
    try TemplateCollection(TemplateFolder(root + "/Templates"), undefined: .strict)
  }

  private static func plan() throws -> DataFile {
    try DataFile.read(path: root + "/data/phuong/tong-hop.rec")
  }

  /// Writes files into a folder of their own, and passes their paths.
  private static func withFiles<Result>(
    _ files: [String: String], _ use: ([String]) throws -> Result
  ) throws -> Result {
    let folder = NSTemporaryDirectory() + "baocao-progress-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let paths = try files.map { name, text in
      try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
      return "\(folder)/\(name)"
    }
    return try use(paths)
  }

  private static func ward(_ name: String) throws -> String {
    try String(contentsOfFile: "\(wards)/\(name).rec", encoding: .utf8)
  }

  @Test("all units have reported when all files are there") func all() throws {
    let paths = GoldenTests.names(in: Self.wards).map { "\(Self.wards)/\($0)" }
    let progress = try CollectionProgress(Self.plan(), units: paths, Self.templates())
    #expect(progress.period == "6 tháng đầu năm 2024")
    #expect(progress.units.count == 21 && progress.units.allSatisfy(\.isReady))
    #expect(progress.strangers.isEmpty)
    #expect(progress.units.first?.name == "phường Minh An")
    #expect(progress.units.first?.reports.map(\.path) == ["\(Self.wards)/minh-an.rec"])
  }

  @Test("without files nobody has reported, in the order of the plan") func none() throws {
    let progress = try CollectionProgress(Self.plan(), units: [], Self.templates())
    #expect(progress.units.count == 21 && progress.units.allSatisfy { $0.reports.isEmpty })
    #expect(progress.units.map(\.name).suffix(2) == ["phường Minh Xuân", "phường Ví Dụ"])
    #expect(progress.units.allSatisfy { !$0.isReady })
  }

  @Test("mistakes, second files and strangers are told where they belong") func mixed() throws {
    let good = try Self.ward("minh-an")
    let files = [
      "a.rec": good, "b.rec": try Self.ward("minh-binh"),
      "b-lai.rec": try Self.ward("minh-binh"),
      "chau.rec": try Self.ward("minh-chau").replacingOccurrences(
        of: "ky: 6 tháng đầu năm 2024", with: "ky: 6 tháng đầu năm 2023"),
      "la.rec": good.replacingOccurrences(of: "phường Minh An", with: "phường Minh Lạ"),
      "hong.rec": "không phải tệp dữ liệu\n",
    ]
    try Self.withFiles(files) { paths in
      let progress = try CollectionProgress(Self.plan(), units: paths, Self.templates())
      let names = progress.units.map { $0.reports.map { ($0.path as NSString).lastPathComponent } }
      #expect(names.prefix(4) == [["a.rec"], ["b-lai.rec", "b.rec"], ["chau.rec"], []])
      let codes = progress.units.map { $0.reports.flatMap(\.problems).map(\.kind.code) }
      #expect(codes.prefix(4) == [[], ["C003"], ["C005"], []])
      #expect(progress.units.map(\.isReady).prefix(4) == [true, false, false, false])
      #expect(progress.strangers.map(\.unit) == [nil, "phường Minh Lạ"])
      #expect(progress.strangers.last?.problems.map(\.kind.code) == ["C002"])
      #expect(progress.strangers.first?.problems.isEmpty == false)
      // What is ready is what a total that leaves out the others is made of.
      let total = try CollectedTotal(
        Self.plan(), units: paths, lastYear: nil, leavesOut: true, Self.templates())
      #expect(total.reported == progress.units.filter(\.isReady).count)
      #expect(total.expected == progress.units.count)
    }
  }

  @Test("a file tells its unit, where the plan has it") func unit() throws {
    func unit(_ text: String) throws -> String {
      try DataFile.read(name: "a.rec", bytes: Array(text.utf8))
        .unit(in: Self.plan(), Self.templates())
    }
    let name = try unit(Self.ward("minh-an"))
    #expect(name == "phường Minh An")
    let codes = ["%rec: su_viec\n\ndia_ban: phường Minh Lạ\n", "%rec: su_viec\n\nky: quý I\n"].map {
      text in
      do {
        return [try unit(text)]
      } catch let problems as Problems {
        return problems.diagnostics.map(\.kind.code)
      } catch {
        return ["\(error)"]
      }
    }
    #expect(codes == [["C002"], ["C001"]])
  }

  @Test("a file that is no plan is refused") func noPlan() throws {
    let file = try DataFile.read(path: Self.wards + "/minh-an.rec")
    #expect(!file.isPlan)
    let templates = try Self.templates()
    #expect(throws: Problems.self) { try CollectionProgress(file, units: [], templates) }
  }
}
