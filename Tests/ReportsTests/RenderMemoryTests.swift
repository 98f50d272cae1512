import CaseFiles
import Diagnostics
import Texts
import Testing

@testable import Reports
@testable import Templating

/// What one rendering learns is used by the next ones, and changes nothing.
@Suite struct RenderMemoryTests {
  @Test func whatWasLearnedChangesNothing() throws {
    var random = FixedRandom(seed: 29)
    var (filled, refused) = (0, 0)
    for _ in 0..<400 {
      let source = Source(name: "a.md.jinja", bytes: Array(Self.template(&random).utf8))
      let library = TemplateLibrary(environment: .documents(undefined: .strict)) { _ in nil }
      let template = try library.compile(source)
      let memory = RenderMemory()
      var reader = FillReader()
      for _ in 0..<12 {
        let text = Array(Self.data(&random).utf8)
        // The same data: read for itself, and by a reader that knows the form.
        let own = try FillData.read(name: "a.rec", bytes: text)
        let data = try reader.read(name: "a.rec", bytes: text)
        let fresh = Self.render(template, own, library, RenderMemory())
        #expect(
          Self.render(template, data, library, memory) == fresh,
          "\(source.text.string)\n\(String(decoding: text, as: UTF8.self))")
        if case .success = fresh { filled += 1 } else { refused += 1 }
      }
    }
    #expect(filled > 1000 && refused > 100)
  }

  /// A template of which each statement is known: whatever a value is, it comes out as it would
  /// from a template of its own.
  @Test func anyValueAfterKnownOnes() throws {
    var random = FixedRandom(seed: 30)
    let library = TemplateLibrary(environment: .documents(undefined: .strict)) { _ in nil }
    let template = try library.compile(
      Source(
        name: "a.md.jinja",
        bytes: Array("Tên: {{ ten }}, số {{ so }} và {{ so|so }}\n\n{{ so }}. {{ ten }}.\n\n".utf8)
          + Array("{{ ngay|ngay }} và {{ ngay|ngay_dang }}, {{ ngay|ngay_chu }}\n".utf8)
          + Array("\n{{ so|so }}. {{ ten }}\n\n{{ ngay|ngay }}. {{ ten }}\n".utf8)))
    let memory = RenderMemory()
    var reader = FillReader()
    for round in 0..<20_000 {
      let (name, number, day) = (
        Self.name(&random), Self.number(&random), Self.day(&random)
      )
      let end = round % 7 == 0 ? "" : "\n# Ghi chú ở cuối tệp, không in ra.\n"
      let text = Array(
        "%rec: x\n%type: so int\n\nten: \(name)\nngay: \(day)\nso: \(number)\(end)".utf8)
      let own = try FillData.read(name: "a.rec", bytes: text)
      let data = try reader.read(name: "a.rec", bytes: text)
      let fresh = Self.render(template, own, library, RenderMemory())
      let found = Self.render(template, data, library, memory)
      #expect(found == fresh, "\(name) \(number) \(day)")
      if found != fresh { return }
    }
  }

  /// Letters, signs and spaces of one to three bytes, up to 80 bytes.
  private static func name(_ random: inout FixedRandom) -> String {
    let pieces = [
      "a", "B", "7", "ế", "Ủ", "đ", " ", "phường ", "Ban Chỉ đạo ", "²", "”", "–", "*", "|", "<",
      "\u{2003}", "\u{3000}", "\u{1680}", "`", "{", "~", "&", "#", "!", "[", ".", "-", "(",
    ]
    let plain = Bool.random(using: &random)
    let text = (0..<Int.random(in: 1...8, using: &random)).map { _ in
      pieces[Int.random(in: 0..<(plain ? 9 : pieces.count), using: &random)]
    }.joined()
    return text.prefix { $0 != "\n" }.isEmpty ? "x" : text
  }

  private static func number(_ random: inout FixedRandom) -> String {
    let digits = Int.random(in: 0...17, using: &random)
    let top = (0..<digits).reduce(1) { power, _ in power * 10 }
    let number = Int.random(in: 0...top, using: &random)
    return Int.random(in: 0..<20, using: &random) == 0 ? "-\(number)" : "\(number)"
  }

  /// Nearly always a day that there is.
  private static func day(_ random: inout FixedRandom) -> String {
    func two(_ range: ClosedRange<Int>) -> String {
      let number = Int.random(in: range, using: &random)
      return number < 10 ? "0\(number)" : "\(number)"
    }
    switch Int.random(in: 0..<60, using: &random) {
    case 0: return "2019-\(two(0...13))-\(two(0...32))"
    case 1: return "0\(two(10...99))9-03-05"
    case 2: return "2020-02-29"
    case 3: return "5/3/2020"
    case 4: return "2020-12-5"
    default: return "20\(two(0...99))-\(two(1...12))-\(two(1...28))"
    }
  }

  /// What a round set is unset in the next one, and means what it means outside, whether the round's
  /// first statements are known or not.
  @Test func eachRoundBeginsUnset() throws {
    let library = TemplateLibrary(environment: .documents(undefined: .strict)) { _ in nil }
    let template = try library.compile(
      Source(
        name: "a.md.jinja",
        bytes: Array(
          """
          {% set t = dau|first %}
          {% for p in phuong %}
          {% if loop.first %}{% set t = p %}{% endif %}
          - {{ p.ten }}, {{ t.ten }}, {{ p.ten }}
          {% endfor %}
          """.utf8)))
    let memory = RenderMemory()
    let text = """
      co_quan: x

      %rec: dau

      ten: Đầu

      %rec: phuong

      ten: An

      ten: Biên

      ten: Cát
      """
    let data = try FillData.read(name: "a.rec", bytes: Array(text.utf8))
    for _ in 0..<3 {
      let text = try template.render(data, library: library, memory: memory)
      #expect(
        String(decoding: text, as: UTF8.self)
          == "- An, An, An\n- Biên, Đầu, Biên\n- Cát, Đầu, Cát\n")
    }
  }

  /// An empty value after a passage that is known, where a line begins.
  @Test func emptyValues() throws {
    let library = TemplateLibrary(environment: .documents(undefined: .strict)) { _ in nil }
    let template = try library.compile(
      Source(
        name: "a.md.jinja", bytes: Array("{% for p in phuong %}\n{{ p.ten }}\n{% endfor %}".utf8)))
    let memory = RenderMemory()
    let data = try FillData.read(
      name: "a.rec", bytes: Array("%rec: phuong\n\nten: An\n\nten: Biên\n\nten:\n\nten: Cát\n".utf8)
    )
    for _ in 0..<3 {
      let text = try template.render(data, library: library, memory: memory)
      #expect(String(decoding: text, as: UTF8.self) == "An\nBiên\n\nCát\n")
    }
  }

  private static let passages = [
    "", " ", "\n", "\n\n", "- ", "1. ", "> ", "# ", "    ", " của ", ": ", ";\n", "| ", " | ",
    " |\n", "|---|\n", "| a |\n", "`", "**", "*", "<", ">", "[", "](", ")", "\\", "&", "!", ".",
    ". ", ") ",
  ]
  private static let values = [
    "{{ p.ten }}", "{{ p.so }}", "{{ p.so|so }}", "{{ p.ngay|ngay_dang }}", "{{ p.ngay|ngay }}",
    "{{ p.ten|upper }}",
    "{{ co_quan }}", "{{ loop.index }}", "{% if p.so > 500 %}{{ p.ten }}{% endif %}",
    "{% if loop.last %}{{ p.so }}{% endif %}", "{% set t = p %}{{ t.so }}", "{{ t.ten|d('-') }}",
    "{% if p.so > 500 %}{% set t = p %}{% endif %}{{ t.ten|d('-') }}",
    "{% for q in phuong %}{{ q.ten }}{% endfor %}", "{{ loop.index }}. ",
  ]

  private static func template(_ random: inout FixedRandom) -> String {
    func pieces(_ values: [String]) -> String {
      (0..<Int.random(in: 1...7, using: &random)).map { _ in
        (passages.randomElement(using: &random) ?? "")
          + (values.randomElement(using: &random) ?? "")
      }.joined() + (passages.randomElement(using: &random) ?? "")
    }
    return pieces(["{{ co_quan }}"]) + "{% for p in phuong %}" + pieces(values) + "{% endfor %}"
      + pieces([
        "{{ co_quan|upper }}", "{{ phuong|sum('so') }}", "{{ phuong|map(attribute='so')|sum|so }}",
      ])
  }

  private static func data(_ random: inout FixedRandom) -> String {
    func name() -> String {
      [
        "An Biên", "Dư Hàng", "phường 3", "7 hộ", "", "*Cát* Dài", "- x", "a@b.vn", "1. x", "à ",
        "Ủy ban nhân dân phường Hồ Nam, quận Lê Chân, thành phố Hải Phòng", "diện tích 5 km²",
      ].randomElement(using: &random) ?? ""
    }
    var text = "co_quan: \(name())\n\n%rec: phuong\n%type: so int\n"
    let count = Int.random(in: 0...(Bool.random(using: &random) ? 4 : 13), using: &random)
    for _ in 0..<count {
      var fields = [
        "ten: \(name())", "so: \(Int.random(in: -5...2000, using: &random))",
        "ngay: \(day(&random))",
      ]
      // Now and then a record of another shape.
      if Int.random(in: 0..<6, using: &random) == 0 { fields.shuffle(using: &random) }
      text += "\n" + fields.joined(separator: "\n") + "\n"
    }
    return text
  }

  /// The text, or what is wrong.
  private static func render(
    _ template: Template, _ data: ValueMap, _ library: TemplateLibrary, _ memory: RenderMemory
  ) -> Result<[UInt8], Refusal> {
    do throws(Problems) {
      return .success(try template.render(data, library: library, memory: memory))
    } catch {
      return .failure(Refusal(messages: error.diagnostics.map { $0.message(in: .vietnamese) }))
    }
  }

  private struct Refusal: Error, Equatable {
    let messages: [String]
  }
}
