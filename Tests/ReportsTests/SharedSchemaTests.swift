import Diagnostics
import Testing

@testable import Records
@testable import Reports

/// Data files that demand the same share one merged schema.
@Suite struct SharedSchemaTests {
  /// The first of them is gone when its check is done: only the texts of its demands are kept.
  @Test func keepsNoDataFile() throws {
    let templates = try TemplateCollection(
      TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict)
    for _ in 0..<2 {
      weak var storage: Storage?
      do {
        let file = try DataFile.read(name: "a.rec", bytes: Array(Self.text.utf8))
        storage = file.database.storage
        #expect(!file.check(templates).problems.isEmpty)
      }
      #expect(storage == nil)
    }
    #expect(templates.schemas.withLock { $0.count } == 1)
  }

  private static let text = """
    %rec: van_ban

    mau: so-ket

    %rec: bang_don_vi
    %allowed: don_vi ghi_chu

    don_vi: Phường An Biên
    Ghi chú dài hơn mười lăm byte: x
    """
}
