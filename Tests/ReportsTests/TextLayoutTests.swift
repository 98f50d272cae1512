import CaseFiles
import Diagnostics
import Foundation
import Reports
import Testing
import Texts

/// The plain text of what ships, as a typist would lay it out.
@Suite struct TextLayoutTests {
  private static let width = 72

  private static let texts: [(name: String, lines: [String])] = GoldenTests.dataFiles.flatMap {
    file in
    let documents = (try? GoldenTests.documents(of: file)) ?? []
    return documents.filter { $0.path.hasSuffix(".txt") }.map {
      let text = String(decoding: $0.bytes, as: UTF8.self)
      return ("\(file) \($0.path)", text.components(separatedBy: "\n"))
    }
  }

  private static func lines(_ name: String) throws -> [String] {
    try #require(texts.first { $0.name == name }?.lines)
  }

  private static func columns(_ line: some StringProtocol) -> Int {
    Array(line.utf8).span.columnCount
  }

  /// Where the text of a line stands: its first column and the one behind its last.
  private static func extent(_ line: String) -> ClosedRange<Int> {
    let start = line.prefix { $0 == " " }.count
    return start...columns(line)
  }

  @Test func thereAreTexts() { #expect(Self.texts.count >= 20) }

  @Test("no line is longer than the page but a single word, none ends in a blank")
  func linesFit() {
    for text in Self.texts {
      for line in text.lines {
        let isOneWord = !line.drop { $0 == " " }.contains(" ")
        #expect(Self.columns(line) <= Self.width || isOneWord, "\(text.name): \(line)")
        #expect(line.last?.isWhitespace != true, "\(text.name): \(line)")
      }
      #expect(text.lines.suffix(2).map(\.isEmpty) == [false, true], "\(text.name)")
    }
  }

  @Test("NĐ 30/2020: both heads side by side, each in the middle of its half") func stateHead()
    throws
  {
    let lines = try Self.lines("ubnd-phuong-vi-du-2024-6-thang.rec ke-hoach.txt")
    #expect(
      lines.prefix(9) == [
        "      UBND QUẬN MINH HỌA           CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        " ỦY BAN NHÂN DÂN PHƯỜNG VÍ DỤ         Độc lập - Tự do - Hạnh phúc",
        "         -----------                  ---------------------------",
        "",
        "        Số: 09/KH-UBND              Ví Dụ, ngày 01 tháng 7 năm 2024",
        "",
        "                                KẾ HOẠCH",
        "            Thực hiện dân chủ ở cơ sở 6 tháng cuối năm 2024",
        "                             --------------",
      ])
  }

  @Test(
    "NĐ 30/2020: the rule below Tiêu ngữ is as long as it, those of issuer and subject a third to half"
  )
  func stateRules() throws {
    for text in Self.texts where text.lines.contains(where: { $0.contains("Độc lập -") }) {
      let motto = try #require(text.lines.firstIndex { $0.contains("Độc lập - Tự do") })
      let below = text.lines[motto...].prefix(6)
      let rule = below.compactMap { $0.firstMatch(of: /-{20,}$/) }.first
      #expect(rule?.0.count == "Độc lập - Tự do - Hạnh phúc".count, "\(text.name)")
      let end = try #require(text.lines.firstIndex { $0.firstMatch(of: #/^ *-+/#) != nil })
      let short = text.lines[end].prefix(30).trimmingCharacters(in: .whitespaces).count
      let issuers = text.lines[..<end].map {
        $0.prefix(30).trimmingCharacters(in: .whitespaces).count
      }
      let isRight = issuers.contains { (1.0 / 3...0.5).contains(Double(short) / Double($0)) }
      #expect(isRight, "\(text.name): \(short) of \(issuers)")
    }
  }

  @Test(
    "HD 36 and 05: a star below the issuer, the title underlined, five hyphens below the subject")
  func partyHead() throws {
    let lines = try Self.lines("dang-uy-phuong-vi-du-2026-van-ban.rec quyet-dinh.txt")
    #expect(
      lines.prefix(9) == [
        "    ĐẢNG BỘ THÀNH PHỐ MINH HỌA             ĐẢNG CỘNG SẢN VIỆT NAM",
        "       ĐẢNG ỦY PHƯỜNG VÍ DỤ                ----------------------",
        "                *",
        "",
        "           Số 64-QĐ/ĐU                Ví Dụ, ngày 10 tháng 8 năm 2026",
        "",
        "                               QUYẾT ĐỊNH",
        "     thành lập Tổ kiểm tra việc thực hiện dân chủ ở cơ sở năm 2026",
        "                                 -----",
      ])
  }

  @Test("a letter has its subject below the number, in its half") func letter() throws {
    let lines = try Self.lines("ubnd-phuong-vi-du-2026-van-ban.rec cong-van.txt")
    #expect(
      lines[4..<12] == [
        "      Số: 312/UBND-VHXH             Ví Dụ, ngày 10 tháng 8 năm 2026",
        "   V/v tăng cường công khai",
        "      thủ tục hành chính",
        "",
        "        Kính gửi:",
        "                  - Trung tâm Phục vụ hành chính công phường;",
        "                  - Các tổ dân phố.",
        "",
      ])
  }

  @Test("recipients and signature side by side, with room to sign") func signature() throws {
    let lines = try Self.lines("dang-uy-phuong-vi-du-2026-van-ban.rec cong-van.txt")
    #expect(
      lines.suffix(8) == [
        "Nơi nhận:                                    T/L BAN THƯỜNG VỤ",
        "- Như trên;                                   CHÁNH VĂN PHÒNG",
        "- Thường trực Đảng ủy;",
        "- Lưu Văn phòng Đảng ủy.",
        "",
        "",
        "                                                  Đỗ Văn H",
        "",
      ])
    let state = try Self.lines("ubnd-phuong-vi-du-2024-6-thang.rec so-ket.txt")
    let start = try #require(state.firstIndex { $0.hasPrefix("Nơi nhận:") })
    let below = state[start...].map { $0.dropFirst(32).trimmingCharacters(in: .whitespaces) }
    #expect(
      below.prefix(8) == [
        "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "", "", "", "Nguyễn Văn A",
      ])
  }

  @Test("an annex begins behind a rule, its title in the middle") func annex() throws {
    let lines = try Self.lines("ubnd-phuong-vi-du-2024-6-thang.rec ke-hoach.txt")
    let title = try #require(lines.firstIndex { $0.contains("BẢNG PHÂN CÔNG NHIỆM VỤ") })
    let rule = String(repeating: "-", count: Self.width)
    #expect(lines[title - 3..<title].contains(rule), "\(lines[title - 3..<title])")
    let extent = Self.extent(lines[title])
    #expect(abs(extent.lowerBound - (Self.width - extent.upperBound)) <= 1)
  }

  @Test("a post: title with a rule, day, pictures described, captions in the middle, author last")
  func post() throws {
    let lines = try Self.lines("ubnd-phuong-vi-du-2024-6-thang.rec tin-bai.txt")
    let title = "Phường Ví Dụ sơ kết thực hiện dân chủ ở cơ sở 6 tháng đầu năm 2024"
    #expect(
      lines.prefix(6) == [
        "Tin tức › Tin hoạt động", "", title, String(repeating: "-", count: title.count),
        "Ngày đăng 20/06/2024 | 15:30 | Lượt xem: 1.268", "",
      ])
    let picture = try #require(lines.firstIndex { $0.contains("[Ảnh: Hình vẽ một hội trường") })
    #expect(lines[picture + 1].hasSuffix("ghế đại biểu]"))
    #expect(lines[picture + 3].trimmingCharacters(in: .whitespaces).hasPrefix("Hội trường UBND"))
    #expect(lines[picture + 3].hasPrefix("     "))
    #expect(lines.suffix(2) == [String(repeating: " ", count: 60) + "Ban Biên tập", ""])
  }

  @Test("the bars of a table stand under each other") func tables() {
    var tables = 0
    for text in Self.texts {
      for block in text.lines.split(separator: "") where block.first?.hasPrefix("+-") ?? false {
        tables += 1
        let bars = block.map { line in
          Set(line.indices.filter { "|+".contains(line[$0]) }.map { Self.columns(line[..<$0]) })
        }
        #expect(Set(bars).count == 1, "\(text.name): \(block)")
        #expect(block.count { $0.hasPrefix("+=") } == 1, "\(text.name)")
      }
    }
    #expect(tables >= 8)
  }

  @Test("a layout without a text template gives the text of its Markdown, with tables drawn")
  func withoutLayout() throws {
    let folder = NSTemporaryDirectory() + "baocao-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.copyItem(atPath: GoldenTests.root + "/Templates", toPath: folder)
    try FileManager.default.removeItem(atPath: folder + "/layouts/nha-nuoc.txt.jinja")
    let templates = try TemplateCollection(TemplateFolder(folder), undefined: .strict)
    let path = GoldenTests.root + "/data/ubnd-phuong-vi-du-2024-6-thang.rec"
    let files = try DataFile.read(path: path).check(templates)
      .render(templates, formats: [.text])
    let report = try #require(files.first { $0.path == "so-ket.txt" })
    let text = String(decoding: report.bytes, as: UTF8.self)
    #expect(text.hasPrefix("UBND QUẬN MINH HỌA\nỦY BAN NHÂN DÂN PHƯỜNG VÍ DỤ\n\nCỘNG HÒA"))
    #expect(text.contains("\n+----+") && text.contains("\n\nTrên đây là báo cáo kết quả thực hiện"))
  }

  @Test("what data holds stays in its line and its column") func hostileData() throws {
    let templates = try TemplateCollection(
      TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict)
    let path = GoldenTests.root + "/data/ubnd-phuong-vi-du-2024-6-thang.rec"
    let text = try String(contentsOfFile: path, encoding: .utf8)
      .replacing("nguoi_ky: Nguyễn Văn A", with: "nguoi_ky: Nguyễn \u{1B}[2J\u{202E}Văn A")
      .replacing("luu: VT, VP-TK", with: "luu: VT,\t\u{C}VP-TK")
    let checked = try DataFile.read(name: path, bytes: Array(text.utf8)).check(templates)
    let files = try checked.render(templates, formats: [.text])
    for file in files where file.path.hasSuffix(".txt") {
      let text = String(decoding: file.bytes, as: UTF8.self)
      let isClean = text.unicodeScalars.allSatisfy {
        $0 == "\n" || $0.value >= 0x20 && $0.value != 0x7F && !(0x202A...0x202E ~= $0.value)
      }
      #expect(isClean, "\(file.path)")
    }
    let report = String(decoding: files[0].bytes, as: UTF8.self)
    #expect(report.contains("Nguyễn ␛[2J\u{FFFD}Văn A"))
  }
}
