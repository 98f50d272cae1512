import Foundation
import Testing

@testable import Records
@testable import Reports

/// Data files that demand the same share one merged schema.
@Suite struct SharedSchemaTests {
  /// The first of them is gone when its check is done: only the texts of its demands are kept.
  @Test(arguments: [records, labelOfDescriptor, example])
  func keepsNoDataFile(_ text: String) throws {
    let templates = try TemplateCollection(
      TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict)
    for _ in 0..<2 {
      weak var storage: Storage?
      do {
        let file = try DataFile.read(name: "a.rec", bytes: Array(text.utf8))
        storage = file.database.storage
        _ = file.check(templates)
      }
      #expect(storage == nil)
    }
    #expect(templates.schemas.withLock { $0.count } == 1)
  }

  /// A file whose descriptors name the columns of its tables.
  private static let example =
    (try? String(
      contentsOfFile: GoldenTests.root + "/data/quan-minh-hoa-2024-6-thang.rec", encoding: .utf8))
    ?? ""

  private static let labelOfDescriptor =
    "%rec: van_ban\n\n%rec: bang_don_vi\nGhi chú của tệp: x"

  private static let records = """
    %rec: van_ban

    mau: so-ket

    %rec: bang_don_vi
    %allowed: don_vi ghi_chu

    don_vi: Phường An Biên
    Ghi chú dài hơn mười lăm byte: x
    """
}
