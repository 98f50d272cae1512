import CaseFiles
import Diagnostics
import Texts
import Records
import Templating
import Testing

@testable import Reports

/// Records that a template looks at where they lie in their file print what maps with values of
/// their own print.
@Suite struct RecordItemsTests {
  static let templates = [
    "{% for p in phuong %}{{ loop.index }}/{{ loop.length }} {{ p.ten }}: {{ p.dan_so|so }}\n{% endfor %}",
    "{% for p in phuong %}{{ p }}{% endfor %}{{ phuong }}",
    "{% for p in phuong %}{% set q = p %}{{ q.ten }}{{ q['dan_so'] }}{% endfor %}",
    "{% for p in phuong if p.dan_so > 50 %}{{ p.ten }}{% else %}không{% endfor %}",
    "{% for p in phuong %}{{ loop.previtem.ten|default('-') }}{{ loop.nextitem.ten|default('-') }}"
      + "{% endfor %}",
    "{% for p in phuong %}{% for q in phuong %}{{ p.ten }}{{ q.ten }}{% endfor %}{{ p.ten }}"
      + "{% endfor %}",
    "{% macro m(x) %}{{ x.ten }}{{ p.ten }}{% endmacro %}{% for p in phuong %}{{ m(p) }}"
      + "{{ m(x=p) }}{% endfor %}",
    "{% for p in phuong %}{% macro m() %}{{ p.ten }}{% endmacro %}{{ m() }}{% endfor %}",
    "{% for p in phuong %}{% call(y) c(p) %}{{ y.ten }}{{ p.ten }}{% endcall %}{% endfor %}",
    "{{ phuong|map(attribute='dan_so')|sum }} {{ phuong|sum(attribute='dan_so') }}",
    "{{ phuong|map(attribute='ten')|join(', ') }}{{ phuong|map(attribute='dan_so')|list }}",
    "{{ phuong|sort(attribute='dan_so')|map(attribute='ten')|join }}{{ (phuong|first).ten }}",
    "{{ phuong|map(attribute='dan_so')|max }}{{ phuong|map(attribute='dan_so')|reverse|list }}",
    "{{ phuong|map(attribute='dan_so')|map('so')|join(' ') }}{{ phuong|length }}",
    "{% for g in phuong|groupby('loai') %}{{ g.grouper }}{{ g.list|length }}{{ g.list[0].ten }}"
      + "{% endfor %}",
    "{{ phuong|selectattr('loai', 'equalto', 'xã')|map(attribute='ten')|join }}",
    "{% for b in phuong|batch(2) %}{% for p in b %}{{ p.ten }}{% endfor %};{% endfor %}",
    "{{ phuong[0].ten }}{{ phuong[-1].ten }}{{ (phuong[1:])|length }}{{ phuong == phuong }}",
    "{% for p in phuong + phuong %}{{ p.ten }}{% endfor %}{{ phuong[0] in phuong }}",
    "{% for p in phuong recursive %}{{ p.ten }}{% if loop.depth < 2 %}({{ loop(phuong) }}){% endif %}"
      + "{{ p.dan_so }}{% endfor %}",
    "{% for p in phuong %}{{ p.ten|upper }}{{ p.ngay|ngay }}{{ p.loai|lower }}{% endfor %}",
    "{% for p in phuong %}{{ loop.changed(p.loai) }}{{ p|tojson }}{{ p.items()|list }}{% endfor %}",
    "{% for p in phuong %}{% with q = p %}{{ q.ten }}{% endwith %}{% filter upper %}{{ p.ten }}"
      + "{% endfilter %}{% endfor %}{{ p is defined }}",
    "{% for p in phuong %}{{ p.khong_co }}{% endfor %}",
    "{{ phuong|map(attribute='khong_co')|list }}", "{{ phuong|sum(attribute='ten') }}",
  ]

  static let macro =
    "{% macro c(x) %}{{ caller(x) }}{% endmacro %}"

  @Test(arguments: templates)
  func printsTheSame(_ template: String) throws {
    var random = FixedRandom(seed: 23)
    for _ in 0..<20 {
      let data = Self.data(&random)
      let found = try FillData.read(name: "a.rec", bytes: Array(data.utf8))
      let wanted = ValueMap(
        zip(found.shape.keys, found.values).map { ($0, Self.detached($1)) }, place: found.place)
      #expect(Self.render(template, found) == Self.render(template, wanted), "\(data)")
    }
  }

  /// A field that the schema allows and the record leaves out prints nothing, unless a filter has an
  /// answer for it.
  @Test func fieldsThatAreLeftOut() throws {
    let source = Source(name: "a.rec", bytes: Array("ten: An Biên\n".utf8))
    var problems: [Diagnostic] = []
    let set = try #require(Database.read(source, into: &problems).recordSets.first)
    let record = try #require(set.records.first)
    let mappings = RecordMappings(optional: [Key("ghi_chu")]) { (Key($0), .text) }
    let data = mappings.map(record)
    let template =
      "{{ ten }}{{ ghi_chu }}{{ ghi_chu|upper }}{{ ghi_chu|list }}{{ ghi_chu|default('-') }}"
    // An escape is begun by the first value, so each comes twice.
    #expect(Self.render(template + template, data) == "An Biên\\[\\]-An Biên\\[\\]-")
  }

  /// Each map and list anew, its values its own.
  private static func detached(_ value: Value) -> Value {
    switch value {
    case .items(let items): .list(items.map(detached))
    case .map(let map):
      .map(
        ValueMap(
          zip(map.shape.keys, map.values).map { ($0, detached($1)) }, place: map.place))
    default: value
    }
  }

  private static func data(_ random: inout FixedRandom) -> String {
    var text = "co_quan: Ủy ban\n\n%rec: phuong\n%type: dan_so int\n"
    for _ in 0..<Int.random(in: 0...5, using: &random) {
      text += "\nten: \(["An Biên", "*Cát* Dài", "Dư Hàng"].randomElement(using: &random) ?? "")\n"
      text += "dan_so: \(Int.random(in: 0...2000, using: &random))\n"
      text += "ngay: 2020-0\(Int.random(in: 1...9, using: &random))-11\n"
      text += "loai: \(Bool.random(using: &random) ? "Xã" : "xã")\n"
      if Int.random(in: 0..<8, using: &random) == 0 { text += "ghi_chu: có\nghi_chu: thêm\n" }
    }
    return text
  }

  private static func render(_ template: String, _ data: ValueMap) -> String {
    let library = TemplateLibrary(environment: .documents(undefined: .strict)) { _ in nil }
    let source = Source(name: "a.md.jinja", bytes: Array((macro + template).utf8))
    do throws(Problems) {
      let filled = try library.compile(source).render(data, library: library)
      return String(decoding: filled, as: UTF8.self)
    } catch {
      return error.diagnostics.map { $0.message(in: .vietnamese) }.joined()
    }
  }
}
