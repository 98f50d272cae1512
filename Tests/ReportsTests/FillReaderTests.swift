import CaseFiles
import Texts
import Templating
import Testing

@testable import Reports

/// Files that are read one after the other, which share the shapes of their maps, give what each
/// gives alone.
@Suite struct FillReaderTests {
  static let form = """
    # Báo cáo
    %rec: van_ban
    %type: so,tong_cong int
    %type: khan bool

    so: 12
    tong_cong: 12345678901234567
    # giữa chừng
    khan: yes
    noi_nhan: Lưu
    chuc_vu_cua_nguoi_ky_van_ban: Phó
    co_quan_ban_hanh: Ủy ban
    + nhân dân
    trich_yeu: về việc \\
    thực hiện

    %rec: can_cu
    %type: stt int

    stt: 1
    ten: Luật

    stt: 2
    ten:
    ngay: 2019-01-02

    stt: -3
    ten: Nghị định

    %rec: noi_gui
    %type: stt int

    ten: Ủy ban
    ten: Hội đồng
    stt: 00000004

    %rec: trong

    %rec: phuong
    %type: dan_so real

    ten: An Biên
    dan_so: 12,5

    ten: Cát Dài
    dan_so: 7
    """

  static let pieces = [
    "\n", "\n\n", " ", "\t", "+ ", "\\", "#", ":", "%", "%rec: ", "stt: 9\n", "ten: x\n", "ế", "0",
    "-", "so", "\u{A0}", "²", "{", "99999999999999999999", "+ tiếp\n", "# nữa\n", "\r\n",
  ]

  private func mutated(_ text: [UInt8], _ random: inout FixedRandom) -> [UInt8] {
    var bytes = text
    for _ in 0..<Int(random.next() % 4) {
      let place = Int(random.next() % UInt64(bytes.count))
      let end = min(bytes.count, place + Int(random.next() % 12))
      let lineEnd = bytes[place...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
      let piece = Self.pieces[Int(random.next() % UInt64(Self.pieces.count))].utf8
      switch random.next() % 7 {
      case 0: bytes.removeSubrange(place..<end)
      case 1: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 2: bytes.removeSubrange(lineEnd...)
      case 3: bytes.insert(contentsOf: piece, at: lineEnd)
      case 4:
        let lines = bytes[lineEnd...].prefix(Int(random.next() % 80))
        bytes.insert(contentsOf: lines, at: lineEnd)
      default: bytes.insert(contentsOf: piece, at: place)
      }
      if bytes.count < 4 { bytes = text }
    }
    return bytes
  }

  private func read(_ bytes: [UInt8], _ reader: inout FillReader) -> String {
    do {
      return try show(.map(reader.read(name: "x.rec", bytes: bytes)))
    } catch {
      return error.diagnostics.map { $0.message(in: .english) }.joined(separator: "\n")
    }
  }

  /// All that there is to see of a value: kinds, texts and places.
  private func show(_ value: Value) -> String {
    switch value {
    case .map(let map):
      let entries = zip(map.shape.keys, map.values).map { "\($0.text.string): \(show($1))" }
      return "\(map.place.map { "\($0.range)" } ?? "-"){\(entries.joined(separator: ", "))}"
    case .items(let items): return "[\(items.map(show).joined(separator: ", "))]"
    case .text(let text): return "'\(text.string)' \(text.place.range)"
    default: return "\(value)"
    }
  }

  @Test func agreesWithAFreshReader() {
    var random = FixedRandom(seed: 1945)
    let form = Array(Self.form.utf8)
    var reader = FillReader()
    for round in 0..<3_000 {
      let bytes = round % 5 == 0 ? form : mutated(form, &random)
      var fresh = FillReader()
      let (found, wanted) = (read(bytes, &reader), read(bytes, &fresh))
      #expect(found == wanted, "\(String(decoding: bytes, as: UTF8.self))")
      if found != wanted { return }
    }
  }
}
