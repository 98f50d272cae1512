import CaseFiles
import Diagnostics
import Foundation
import Templating
import Testing
import Texts

@testable import Reports

/// Changes in words, titles in order of precedence, and what is in full the first time only.
@Suite struct DocumentTextTests {
  private static let templates: TemplateCollection? = try? TemplateCollection(
    TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict)

  // MARK: - Changes

  @Test(
    arguments: [
      ("120", "135", "đơn", .percent, "tăng 12,5%"), ("120", "135", "đơn", .measure, "tăng 15 đơn"),
      ("120", "135", "đơn", .both, "tăng 15 đơn (12,5%)"), ("120", "135", "", .measure, "tăng 15"),
      ("120", "120.0", "đơn", .both, "không thay đổi"), ("0", "0", "", .percent, "không thay đổi"),
      ("0", "5", "đơn", .both, "tăng 5 đơn"), ("5", "0", "đơn", .percent, "giảm 100%"),
      ("120", "240", "", .times, "gấp 2 lần"), ("120", "300", "", .times, "gấp 2,5 lần"),
      ("120", "239", "", .times, "gấp 2 lần"), ("120", "230", "", .times, "tăng 91,7%"),
      ("120", "60", "", .times, "giảm 50%"), ("92", "92.5", "%", .percent, "tăng 0,5 điểm %"),
      ("92.5", "90", "%", .times, "giảm 2,5 điểm %"),
      ("10000", "10001", "", .percent, "tăng dưới 0,1%"),
      ("100000", "1", "", .percent, "giảm trên 99,9%"),
      ("100000", "1", "vụ", .both, "giảm 99.999 vụ (trên 99,9%)"),
      ("0.1", "0.3", "", .percent, "tăng 200%"), ("-10", "-5", "", .percent, "tăng 50%"),
      ("3", "4", "", .percent, "tăng 33,3%"), ("8", "9", "", .percent, "tăng 12,5%"),
    ] as [(String, String, String, ChangeWords.Form, String)])
  func changes(
    _ old: String, _ new: String, _ measure: String, _ form: ChangeWords.Form, _ wanted: String
  ) throws {
    let (old, new) = (Decimal(Array(old.utf8)), Decimal(Array(new.utf8)))
    let change = ChangeWords(form: form, digits: 1, measure: measure)
    #expect(change.words(from: try #require(old), to: try #require(new)) == wanted)
  }

  /// A change that goes up from one figure to another goes down as much in the unit the other way round.
  @Test func changesAreExact() throws {
    var random = FixedRandom(seed: 21)
    let change = ChangeWords(form: .measure, digits: 1, measure: "")
    for _ in 0..<2000 {
      let (left, right) = (
        Decimal(digits: Int.random(in: 0...9999, using: &random), scale: 2),
        Decimal(digits: Int.random(in: 0...9999, using: &random), scale: 1)
      )
      let (there, back) = (change.words(from: left, to: right), change.words(from: right, to: left))
      let turned =
        there?.hasPrefix("tăng") ?? false
        ? there?.replacing("tăng", with: "giảm") : there?.replacing("giảm", with: "tăng")
      #expect(back == turned)
    }
  }

  // MARK: - Periods of a file

  private static let data = """
    %rec: su_viec

    co_quan: Đảng ủy phường Ví Dụ
    dia_ban: phường Ví Dụ
    cong_viec: thực hiện dân chủ ở cơ sở
    ky: KY
    ky_toi: SAU
    ky_so_sanh: TRUOC

    %rec: van_ban

    mau: MAU
    the_thuc: dang-2018
    co_quan_ban_hanh: ĐẢNG ỦY PHƯỜNG VÍ DỤ
    ky_hieu: BC/ĐU
    dia_danh: Ví Dụ
    ngay_ban_hanh: 28/12/2025
    trich_yeu: Kết quả thực hiện dân chủ ở cơ sở TUA
    quyen_han: T/M ĐẢNG ỦY
    chuc_vu_ky: BÍ THƯ
    nguoi_ky: Nguyễn Văn A
    noi_nhan: Thường trực Thành ủy
    luu: Văn phòng Đảng ủy

    %rec: ket_qua

    muc: quan_triet
    noi_dung: Đảng ủy đã quán triệt Luật tới cán bộ, đảng viên

    %rec: nhiem_vu

    noi_dung: Tiếp công dân theo lịch

    """

  /// Which periods may be reported by a kind, be compared, come next, and stand in the title.
  @Test(arguments: [
    (
      "tong-ket", "nhiệm kỳ 2020-2025", "nhiệm kỳ 2025-2030", "nhiệm kỳ 2015-2020",
      "nhiệm kỳ 2020-2025", ""
    ),
    ("tong-ket", "nhiệm kỳ 2020-2025", "năm 2026", "giai đoạn 2015-2019", "nhiệm kỳ 2020-2025", ""),
    (
      "tong-ket", "giai đoạn 2021-2025", "giai đoạn 2026-2030", "giai đoạn 2017-2020",
      "giai đoạn 2021-2025", "K114"
    ),
    (
      "tong-ket", "giai đoạn 2021-2025", "giai đoạn 2016-2020", "giai đoạn 2016-2020",
      "giai đoạn 2021-2025", "K113"
    ),
    (
      "tong-ket", "5 năm (2021-2025)", "5 năm (2026-2030)", "5 năm (2016-2020)",
      "5 năm (2021-2025)", ""
    ),
    (
      "tong-ket", "năm học 2024-2025", "năm học 2025-2026", "năm học 2023-2024",
      "năm học 2024-2025", ""
    ),
    ("tong-ket", "năm học 2024-2025", "năm học 2025-2026", "năm 2023", "năm học 2024-2025", "K114"),
    (
      "tong-ket", "6 tháng đầu năm 2025", "6 tháng cuối năm 2025", "cùng kỳ năm 2024",
      "6 tháng đầu năm 2025", "K143"
    ),
    (
      "so-ket", "năm học 2024-2025", "năm học 2025-2026", "năm học 2023-2024", "năm học 2024-2025",
      "K143"
    ),
    (
      "so-ket", "5 năm (2020-2025)", "5 năm (2025-2030)", "5 năm (2015-2020)", "5 năm (2020-2025)",
      ""
    ),
    ("so-ket", "tuần 50 năm 2025", "tuần 51 năm 2025", "cùng kỳ năm 2024", "tuần 50 năm 2025", ""),
    ("so-ket", "tuần 50 năm 2025", "tuần 51 năm 2025", "tuần 49 năm 2025", "tuần 50 năm 2025", ""),
    (
      "so-ket", "tuần 50 năm 2025", "tuần 51 năm 2025", "tháng 11 năm 2025", "tuần 50 năm 2025",
      "K114"
    ),
    (
      "so-ket", "từ ngày 15/12/2025 đến ngày 21/12/2025", "tuần 52 năm 2025", "tuần 50 năm 2025",
      "từ ngày 15/12/2025 đến ngày 21/12/2025", ""
    ),
    ("tong-ket", "nhiệm kỳ 2020-2025", "nhiệm kỳ 2025-2030", "nhiệm kỳ 2015-2020", "năm 2023", ""),
    (
      "tong-ket", "nhiệm kỳ 2020-2025", "nhiệm kỳ 2025-2030", "nhiệm kỳ 2015-2020", "năm 2018",
      "K159"
    ),
  ])
  func periods(
    _ kind: String, _ own: String, _ next: String, _ before: String, _ title: String,
    _ code: String
  ) throws {
    let templates = try #require(Self.templates)
    var text = Self.data
    for (old, new) in [
      ("MAU", kind), ("KY", own), ("SAU", next), ("TRUOC", before), ("TUA", title),
    ] {
      text = text.replacing(": \(old)\n", with: ": \(new)\n").replacing(
        " \(old)\n", with: " \(new)\n")
    }
    let file = try DataFile.read(name: "a.rec", bytes: Array(text.utf8))
    let problems = file.check(templates).problems.filter { $0.kind.code.hasPrefix("K1") }
    #expect(
      problems.map(\.kind.code).joined(separator: " ") == code,
      "\(problems.map { $0.message(in: .vietnamese) })")
  }

  // MARK: - Titles

  @Test func titlesAreInOrder() throws {
    let titles = try #require(Self.templates).titles.register()
    // Each stands before those behind it.
    let ordered = [
      "Bí thư Thành ủy", "Phó Bí thư Thường trực Tỉnh ủy", "Chủ tịch HĐND thành phố",
      "Chủ tịch Ủy ban nhân dân tỉnh", "Trưởng ban Tuyên giáo và Dân vận Thành ủy",
      "Phó Giám đốc Sở Nội vụ thành phố", "Bí thư Quận ủy", "Bí thư Đảng ủy phường",
      "Phó Bí thư Đảng ủy, Chủ tịch HĐND phường",
      "Phó Bí thư, Chủ tịch UBND phường Ví Dụ, thành phố Minh Họa",
      "Chủ tịch Ủy ban MTTQ Việt Nam phường", "Ủy viên Ban Thường vụ kiêm Trưởng ban phường",
      "Phó Chủ tịch UBND xã", "Trưởng phòng Văn hóa phường", "Phó Trưởng phòng Văn hóa phường",
      "Tổ trưởng tổ dân phố số 5", "Bí thư Đảng ủy",
    ]
    let ranks = ordered.map { titles.rank(of: Text($0)) }
    for (index, (rank, next)) in zip(ranks, ranks.dropFirst()).enumerated() {
      let (rank, next) = (try #require(rank, "\(ordered[index])"), try #require(next))
      #expect(rank < next, "\(ordered[index]) < \(ordered[index + 1])")
    }
    #expect(titles.rank(of: Text("Họa sĩ")) == nil)
    #expect(titles.rank(of: Text("")) == nil)
    // A word of a longer name is no title.
    #expect(titles.rank(of: Text("Văn phòng Bí thư")) == nil)
  }

  // MARK: - The first time

  private static func filled(_ template: String, others: [String: String] = [:]) throws -> String {
    var environment = Environment.documents(undefined: .strict)
    environment.escapeChoice = .byName
    let library = TemplateLibrary(environment: environment, names: { Array(others.keys) }) {
      (name: String) throws(Diagnostic) in
      others[name].map { Source(name: name, bytes: Array($0.utf8)) }
    }
    let source = Source(name: "x.md.jinja", bytes: Array(template.utf8))
    let memory = RenderMemory()
    let filled = try library.compile(source).render(
      ValueMap([(Key("q"), Value("*Ban* Ân (BÂ)"))]), library: library, memory: memory)
    return String(decoding: filled, as: UTF8.self)
  }

  @Test(
    "what is said first is what is read first",
    arguments: [
      ("{{ q | lan_dau }} {{ q | lan_dau }}", #"\*Ban\* Ân (BÂ) BÂ"#),
      (#"{% set q = "Ban Ân (BÂ)" %}{{ q | lan_dau }}, {{ q | lan_dau }}"#, "Ban Ân (BÂ), BÂ"),
      (
        #"{% set q = "Ban Ân (BÂ)" %}{% set sau %}{{ q | lan_dau }}{% endset %}{{ q | lan_dau }}, {{ sau }}, {{ sau }}"#,
        "Ban Ân (BÂ), BÂ, BÂ"
      ),
      (
        #"{% macro m(x) %}({{ x | lan_dau }}){% endmacro %}{% set k = m("Ban Ân (BÂ)") %}{{ m("Ban Ân (BÂ)") }}{{ k }}"#,
        "(Ban Ân (BÂ))(BÂ)"
      ),
      (
        #"{% set s %}{% set t %}{{ "Ban Ân (BÂ)" | lan_dau }}{% endset %}[{{ t }}]{% endset %}{{ "Ban Ân (BÂ)" | lan_dau }} {{ s ~ "." }}"#,
        "Ban Ân (BÂ) [BÂ]."
      ),
      (
        #"{% set k = "ban Ân (BÂ)" | lan_dau %}{{ k | viet_hoa_dau }}; {{ k | viet_hoa_dau }}; {{ k | upper }}"#,
        "Ban Ân (BÂ); BÂ; BÂ"
      ),
      (
        #"{% set k = "Ban Ân (BÂ)" | lan_dau %}{{ [k, k] | join(" - ") }}"#, "Ban Ân (BÂ) - BÂ"
      ),
      // A part of it stays as it is.
      (#"{% set k = "Ban Ân (BÂ)" | lan_dau %}{{ k }} {{ k[:6] }}"#, "Ban Ân (BÂ) Ban Ân"),
      (#"{% include "a.md.jinja" %}, {{ "Ban Ân (BÂ)" | lan_dau }}"#, "Ban Ân (BÂ), BÂ"),
      (
        #"{% from "b.md.jinja" import k %}{{ "Ban Ân (BÂ)" | lan_dau }}, {{ k }}"#,
        "Ban Ân (BÂ), BÂ"
      ),
      (
        #"{% filter upper %}{{ "Ban Ân (BÂ)" | lan_dau }}{% endfilter %} {{ "Ban Ân (BÂ)" | lan_dau }}"#,
        "BAN ÂN (BÂ) BÂ"
      ),
      (#"{% for i in range(3) %}{{ "Ban Ân (BÂ)" | lan_dau }};{% endfor %}"#, "Ban Ân (BÂ);BÂ;BÂ;"),
      (
        #"{{ ("Ban Ân (BÂ)" | lan_dau) | length }} {{ "Ban Ân (BÂ)" | lan_dau }}"#, "11 Ban Ân (BÂ)"
      ),
    ])
  func firstTimes(_ template: String, _ wanted: String) throws {
    let others = [
      "a.md.jinja": #"{{ "Ban Ân (BÂ)" | lan_dau }}"#,
      "b.md.jinja": #"{% set k %}{{ "Ban Ân (BÂ)" | lan_dau }}{% endset %}{{ k }}"#,
    ]
    #expect(try Self.filled(template, others: others) == wanted)
  }

  @Test func manyMentionsTakeLinearTime() throws {
    func time(_ count: Int) throws -> Double {
      let template = """
        {% set s %}{% for i in range(\(count)) %}{{ ("Ban Ân (BÂ) " ~ i) | lan_dau }}{% endfor %}{% endset %}
        {{ s }}{{ s }}
        """
      return try threadSeconds { _ = try Self.filled(template) }
    }
    _ = try time(500)
    let (short, long) = (try time(4000), try time(16_000))
    #expect(long < short * 12, "\(short) s, \(long) s")
  }

  @Test func longListsOfPeopleTakeLittleTime() throws {
    func time(_ count: Int) throws -> Double {
      let template = """
        {{ (["Trần Văn Bình", "Lê Thị An", "Vũ Đức Ân"] * \(count)) | theo_ten | length }}
        """
      return try threadSeconds { _ = try Self.filled(template) }
    }
    _ = try time(300)
    let (short, long) = (try time(3000), try time(12_000))
    #expect(long < short * 14, "\(short) s, \(long) s")
  }
}
