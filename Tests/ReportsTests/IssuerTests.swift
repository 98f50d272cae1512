import Diagnostics
import Testing
import Texts

@testable import Reports

/// Which layout profile the documents of a body have on a day, and which bodies there are on it.
@Suite struct IssuerTests {
  static let templates = try? TemplateCollection(
    TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict)

  /// A notice of a body.
  static func notice(
    of issuer: String, under superior: String?, on date: String, profile: String? = nil
  ) -> DataFile? {
    let text = """
      %rec: su_viec

      co_quan: Văn phòng

      %rec: van_ban

      mau: thong-bao
      \(profile.map { "the_thuc: \($0)\n" } ?? "")\(superior.map { "co_quan_chu_quan: \($0)\n" } ?? "")co_quan_ban_hanh: \(issuer)
      ky_hieu: TB-VP
      dia_danh: Ví Dụ
      ngay_ban_hanh: \(date)
      trich_yeu: Lịch trực
      mo_dau: Văn phòng thông báo lịch trực như sau:
      chuc_vu_ky: NGƯỜI PHỤ TRÁCH
      nguoi_ky: Trần Thị B
      noi_nhan: Các đơn vị
      luu: VT

      %rec: phan

      noi_dung: Trực theo lịch
      """
    return try? DataFile.read(name: "tb.rec", bytes: Array(text.utf8))
  }

  struct Body: CustomTestStringConvertible, Sendable {
    let name: String
    let superior: String?
    let date: String
    /// nil where none is chosen.
    let profile: String?
    var testDescription: String { "\(superior ?? "") / \(name), \(date)" }

    init(_ name: String, under superior: String? = nil, _ date: String, _ profile: String?) {
      (self.name, self.superior, self.date, self.profile) = (name, superior, date, profile)
    }
  }

  static let bodies = [
    // The state: ward, commune, special zone, province, city.
    Body("ỦY BAN NHÂN DÂN PHƯỜNG VÍ DỤ", "08/7/2026", "nha-nuoc-2020"),
    Body("UỶ BAN NHÂN DÂN XÃ VÍ DỤ", "08/7/2026", "nha-nuoc-2020"),
    Body("UBND ĐẶC KHU VÍ DỤ", "08/7/2026", "nha-nuoc-2020"),
    Body("ỦY BAN NHÂN DÂN TỈNH MINH HỌA", "05/3/2020", "nha-nuoc-2020"),
    Body("HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ MINH HỌA", "08/7/2026", "nha-nuoc-2020"),
    Body("THƯỜNG TRỰC HĐND PHƯỜNG VÍ DỤ", "08/7/2026", "nha-nuoc-2020"),
    Body("ỦY BAN NHÂN DÂN QUẬN MINH HỌA", "08/7/2024", "nha-nuoc-2020"),
    Body("SỞ NỘI VỤ", under: "UBND THÀNH PHỐ MINH HỌA", "08/7/2026", "nha-nuoc-2020"),
    Body("PHÒNG NỘI VỤ", under: "UBND QUẬN MINH HỌA", "08/7/2024", "nha-nuoc-2020"),
    // Before the decree no profile is known: the oldest of the state stands for it.
    Body("ỦY BAN NHÂN DÂN PHƯỜNG VÍ DỤ", "04/3/2020", "nha-nuoc-2020"),
    // The Party, on both sides of the day between its guides.
    Body("ĐẢNG ỦY PHƯỜNG VÍ DỤ", under: "ĐẢNG BỘ THÀNH PHỐ MINH HỌA", "26/5/2026", "dang-2018"),
    Body("ĐẢNG ỦY PHƯỜNG VÍ DỤ", under: "ĐẢNG BỘ THÀNH PHỐ MINH HỌA", "27/5/2026", "dang-2026"),
    Body("ĐẢNG UỶ ĐẶC KHU VÍ DỤ", "08/7/2026", "dang-2026"),
    Body("TỈNH ỦY MINH HỌA", "03/4/2018", "dang-2018"),
    Body("THÀNH ỦY MINH HỌA", "08/7/2026", "dang-2026"),
    Body("QUẬN ỦY MINH HỌA", "30/6/2025", "dang-2018"),
    Body("HUYỆN ỦY VÍ DỤ", "30/6/2025", "dang-2018"),
    Body("BAN DÂN VẬN", under: "QUẬN ỦY MINH HỌA", "01/7/2024", "dang-2018"),
    Body("ỦY BAN KIỂM TRA", under: "ĐẢNG ỦY PHƯỜNG VÍ DỤ", "08/7/2026", "dang-2026"),
    // Before the guide of 2018 no profile is known: the oldest of the Party stands for it.
    Body("TỈNH ỦY MINH HỌA", "02/4/2018", "dang-2018"),
    // The committee of the Party in a body of the state.
    Body("ĐẢNG ỦY ỦY BAN NHÂN DÂN THÀNH PHỐ", "08/7/2026", "dang-2026"),
    // Steering committees follow the body above them.
    Body("BAN CHỈ ĐẠO 35", under: "ĐẢNG ỦY PHƯỜNG VÍ DỤ", "08/7/2026", "dang-2026"),
    Body("BAN CHỈ ĐẠO 35", under: "UBND PHƯỜNG VÍ DỤ", "08/7/2026", "nha-nuoc-2020"),
    Body("BAN CHỈ ĐẠO Ở CƠ SỞ", "08/7/2026", nil),
    // The Front and the mass organisations.
    Body("ỦY BAN MTTQ VIỆT NAM PHƯỜNG VÍ DỤ", "08/7/2026", "mat-tran"),
    Body(
      "BAN THƯỜNG TRỰC", under: "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM PHƯỜNG", "08/7/2026", "mat-tran"),
    Body("HỘI NÔNG DÂN PHƯỜNG VÍ DỤ", "08/7/2026", "nha-nuoc-2020"),
    Body("ĐOÀN TNCS HỒ CHÍ MINH PHƯỜNG VÍ DỤ", "08/7/2026", "nha-nuoc-2020"),
    // Nobody tells.
    Body("TRUNG TÂM VĂN HÓA", "08/7/2026", nil),
  ]

  @Test("the profile follows from the issuer and the day", arguments: bodies)
  func chosen(_ body: Body) throws {
    let templates = try #require(Self.templates)
    let file = try #require(Self.notice(of: body.name, under: body.superior, on: body.date))
    let checked = file.check(templates)
    #expect(checked.reports.first?.profile.name == body.profile)
    let isMissed = checked.problems.contains {
      if case .records(.missingField(let field)) = $0.kind {
        field.name == "the_thuc"
      } else {
        false
      }
    }
    #expect(isMissed == (body.profile == nil))
  }

  @Test("what is chosen may be written, and that of another system is refused", arguments: bodies)
  func named(_ body: Body) throws {
    let templates = try #require(Self.templates)
    for profile in ["nha-nuoc-2020", "dang-2018", "dang-2026", "mat-tran"] {
      let file = Self.notice(
        of: body.name, under: body.superior, on: body.date, profile: profile)
      let problems = try #require(file).check(templates).problems
      let found = problems.filter { $0.kind.code == "K251" }
      switch body.profile {
      case profile: #expect(found.isEmpty, "\(profile)")
      case "dang-2018", "dang-2026":
        #expect(found.isEmpty == profile.hasPrefix("dang"), "\(profile)")
      case "nha-nuoc-2020", "mat-tran":
        // What takes one of the two takes the other, but for the state.
        let isSure = profile.hasPrefix("dang")
        if isSure { #expect(!found.isEmpty, "\(profile)") }
      default: break
      }
    }
  }

  @Test(
    "bodies of the districts end on 30/6/2025, those of special zones begin on the day after",
    arguments: [
      ("QUẬN ỦY MINH HỌA", "30/6/2025", true), ("QUẬN ỦY MINH HỌA", "01/7/2025", false),
      ("HUYỆN ỦY VÍ DỤ", "01/7/2025", false), ("ỦY BAN NHÂN DÂN QUẬN MINH HỌA", "30/6/2025", true),
      ("ỦY BAN NHÂN DÂN QUẬN MINH HỌA", "01/7/2025", false),
      ("HỘI ĐỒNG NHÂN DÂN HUYỆN VÍ DỤ", "01/7/2025", false),
      ("ỦY BAN NHÂN DÂN ĐẶC KHU VÍ DỤ", "30/6/2025", false),
      ("ỦY BAN NHÂN DÂN ĐẶC KHU VÍ DỤ", "01/7/2025", true),
      ("ĐẢNG ỦY ĐẶC KHU VÍ DỤ", "01/7/2025", true), ("ĐẢNG ỦY ĐẶC KHU VÍ DỤ", "30/6/2025", false),
      ("ỦY BAN NHÂN DÂN PHƯỜNG VÍ DỤ", "30/6/2025", true),
      ("ỦY BAN NHÂN DÂN PHƯỜNG VÍ DỤ", "01/7/2025", true),
      ("ỦY BAN MTTQ VIỆT NAM QUẬN MINH HỌA", "01/7/2025", false),
    ])
  func lifetimes(issuer: String, date: String, isThere: Bool) throws {
    let templates = try #require(Self.templates)
    let file = try #require(Self.notice(of: issuer, under: nil, on: date))
    let absent = file.check(templates).problems.contains {
      $0.kind.code == "K131" || $0.kind.code == "K132"
    }
    #expect(absent != isThere)
  }

  @Test("every body of the register is told by each of its names, in both styles of tone marks")
  func names() throws {
    let templates = try #require(Self.templates)
    let register = templates.registers.issuers
    for name in ["ỦY BAN NHÂN DÂN", "UỶ BAN NHÂN DÂN", "Ủy ban nhân dân", "ủy ban nhân dân xã A"] {
      let found = try #require(register.kind(of: Text(name), under: nil))
      #expect(found.isSure && found.kind.profiles == ["nha-nuoc-2020"])
    }
    #expect(register.kind(of: Text("ỦY BAN NHÂN DÂNX"), under: nil) == nil)
    #expect(register.kind(of: Text("CƠ SỞ Y TẾ"), under: nil) == nil)
  }
}
