import Diagnostics
import Texts
import Foundation
import Templating
import Testing

@testable import Reports

/// The days that the shipped rules give periods, asked for as a template asks.
@Suite struct ReportingRulesTests {
  /// What a template prints where the matter has these fields; the problems' codes otherwise.
  private func printed(_ template: String, _ fields: [String: String]) throws(Problems) -> String {
    let templates = try TemplateCollection(
      TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict)
    var problems: [Diagnostic] = []
    let matter = fields.sorted { $0.key < $1.key }.map { key, value -> (Key, Value) in
      key == "ky" || key == "ky_toi"
        ? (Key(key), .typed(Text(value), .period)) : (Key(key), Value(value))
    }
    let days = ReportingDays(
      ValueMap(matter), among: templates.reportingRules, into: &problems)
    guard problems.isEmpty else { throw Problems(problems) }
    var environment = Environment.documents(undefined: .strict)
    environment.escapeChoice = .none
    let library = TemplateLibrary(environment: environment, names: { [] }) {
      (_: String) throws(Diagnostic) in nil
    }
    let source = Source(name: "x.md.jinja", bytes: Array(template.utf8))
    let filled = try library.compile(source).render(
      ValueMap(matter.map { ($0, days.completing($1, of: $0)) }), library: library)
    return String(decoding: filled, as: UTF8.self)
  }

  private static let allDays =
    "{{ ky.so_lieu_tu_ngay }} {{ ky.chot_so_lieu }} {{ ky.han_gui | default('-') }}"

  @Test(arguments: [
    ("nd-09-2019", "tháng 3 năm 2024", "15/02/2024 14/3/2024 15/3/2024"),
    ("nd-09-2019", "tháng 1 năm 2024", "15/12/2023 14/01/2024 15/01/2024"),
    ("nd-09-2019", "quý I năm 2024", "15/12/2023 14/3/2024 15/3/2024"),
    ("nd-09-2019", "quý II năm 2024", "15/3/2024 14/6/2024 17/6/2024"),
    ("nd-09-2019", "quý III năm 2024", "15/6/2024 14/9/2024 16/9/2024"),
    ("nd-09-2019", "quý IV năm 2024", "15/9/2024 14/12/2024 16/12/2024"),
    ("nd-09-2019", "6 tháng đầu năm 2024", "15/12/2023 14/6/2024 17/6/2024"),
    ("nd-09-2019", "6 tháng cuối năm 2024", "15/6/2024 14/12/2024 16/12/2024"),
    ("nd-09-2019", "năm 2024", "15/12/2023 14/12/2024 16/12/2024"),
    ("khanh-hoa-2023", "9 tháng đầu năm 2024", "15/12/2023 14/9/2024 17/9/2024"),
    ("tt-55-2020-bct", "6 tháng đầu năm 2024", "15/12/2023 14/6/2024 17/6/2024"),
    ("lich", "tháng 2 năm 2024", "01/02/2024 29/02/2024 -"),
    ("lich", "tháng 2 năm 2023", "01/02/2023 28/02/2023 -"),
    ("lich", "2 tháng đầu năm 2020", "01/01/2020 29/02/2020 -"),
    ("lich", "6 tháng đầu năm 2018", "01/01/2018 30/6/2018 -"),
    ("lich", "năm 2022", "01/01/2022 31/12/2022 -"),
    ("lich", "tuần 26 năm 2026", "22/6/2026 28/6/2026 -"),
    ("lich", "từ ngày 22/6/2026 đến ngày 05/7/2026", "22/6/2026 05/7/2026 -"),
    ("lich", "năm học 2025-2026", "01/9/2025 31/8/2026 -"),
    ("lich", "nhiệm kỳ 2020-2025", "01/01/2020 31/12/2025 -"),
    ("lich", "5 năm (2021-2025)", "01/01/2021 31/12/2025 -"),
  ])
  func days(rules: String, period: String, wanted: String) throws {
    #expect(try printed(Self.allDays, ["che_do_bao_cao": rules, "ky": period]) == wanted)
  }

  @Test func ownDaysStandOverTheRules() throws {
    let own = ["so_lieu_den_ngay": "20/5/2020", "han_gui": "29/5/2020"]
    let matter = own.merging(["ky": "6 tháng đầu năm 2020"]) { $1 }
    #expect(try printed("{{ ky.chot_so_lieu }} {{ ky.han_gui }}", matter) == "20/5/2020 29/5/2020")
    let withRules = matter.merging(["che_do_bao_cao": "lich"]) { $1 }
    #expect(try printed(Self.allDays, withRules) == "01/01/2020 20/5/2020 29/5/2020")
  }

  @Test("the office's own days are those of its period alone") func otherPeriods() throws {
    let matter = [
      "ky": "6 tháng đầu năm 2024", "ky_toi": "6 tháng cuối năm 2024",
      "che_do_bao_cao": "nd-09-2019", "so_lieu_den_ngay": "10/6/2024",
    ]
    let template =
      "{{ ky.chot_so_lieu }} {{ ky_toi.chot_so_lieu }} {{ ky.cung_ky.chot_so_lieu.thang }}"
      + " {{ ky.truoc.han_gui }} {{ ky.cung_ky.cung_ky.truoc.chot_so_lieu }}"
    #expect(try printed(template, matter) == "10/6/2024 14/12/2024 6 15/12/2023 14/12/2021")
  }

  @Test(arguments: [
    (["ky": "9 tháng đầu năm 2024", "che_do_bao_cao": "nd-09-2019"], "V038"),
    (["ky": "năm 2018", "che_do_bao_cao": "nd-09-2019"], "V039"),
    (["ky": "năm 2024", "che_do_bao_cao": "lich"], "V038"), (["ky": "năm 2024"], "V037"),
    (["ky": "năm 2024", "che_do_bao_cao": "nd-90-2019"], "D116"),
  ])
  func problems(matter: [String: String], code: String) throws {
    let problems = #expect(throws: Problems.self) { try printed("{{ ky.han_gui }}", matter) }
    #expect(problems?.diagnostics.map(\.kind.code) == [code])
  }

  @Test("rules end where the next begin") func timeOfRules() throws {
    let matter = ["che_do_bao_cao": "nd-09-2019", "ky": "tháng 3 năm 2019"]
    #expect(try printed("{{ ky.chot_so_lieu }}", matter) == "14/3/2019")
    #expect(throws: Problems.self) {
      try printed("", ["che_do_bao_cao": "nd-09-2019", "ky": "tháng 2 năm 2019"])
    }
  }
}
