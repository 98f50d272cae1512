import Diagnostics
import Testing
import Texts

@testable import Reports

/// What a person says of the facts of a file, and what of the file stays.
@Suite struct ProposedFactsTests {
  private let file = """
    %rec: du_kien

    loai: nguoi
    ho_ten: An Văn Bình
    trich: ông An Văn Bình
    xac_nhan: chua

    loai: so_lieu
    gia_tri: 12
    don_vi: hộ
    trich: 12 hộ

    """

  private func facts(_ text: String) throws -> ProposedFacts {
    try ProposedFacts(file: "bai.rec", bytes: Array(text.utf8))
  }

  @Test("line ends and the mark of the byte order stay") func lineEnds() throws {
    let written = "\u{FEFF}" + file.replacing("\n", with: "\r\n")
    let said = try facts(written).bytes(saying: [1: .confirmed, 2: .refused])
    #expect(
      said.map { String(decoding: $0, as: UTF8.self) }
        == written.replacing("xac_nhan: chua", with: "xac_nhan: co")
        .replacing("trich: 12 hộ", with: "trich: 12 hộ\r\nxac_nhan: khong"))
  }

  @Test("what was said of facts stays where the file is imported anew") func keeping() throws {
    let old = try facts(file.replacing("xac_nhan: chua", with: "xac_nhan: co"))
    let again = try facts(file).bytes(keeping: old)
    #expect(
      again.bytes.map { String(decoding: $0, as: UTF8.self) }?.contains("xac_nhan: co") == true)
    #expect(again.lost == 0)
    let other = try facts(file.replacing("An Văn Bình", with: "An Văn Chính")).bytes(keeping: old)
    #expect(other.bytes == nil && other.lost == 1)
  }

  @Test("nothing new gives no bytes") func nothing() throws {
    #expect(try facts(file).bytes(saying: [1: .proposed]) == nil)
    #expect(try facts(file).bytes(saying: [:]) == nil)
  }
}
