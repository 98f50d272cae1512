import CaseFiles
import Diagnostics
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
      for _ in 0..<12 {
        let text = Self.data(&random)
        let data = try FillData.read(name: "a.rec", bytes: Array(text.utf8))
        let fresh = Self.render(template, data, library, RenderMemory())
        #expect(Self.render(template, data, library, memory) == fresh, "\(source.bytes)\n\(text)")
        if case .success = fresh { filled += 1 } else { refused += 1 }
      }
    }
    #expect(filled > 1000 && refused > 100)
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
  ]
  private static let values = [
    "{{ p.ten }}", "{{ p.so }}", "{{ p.so|so }}", "{{ p.ngay|ngay_dang }}", "{{ p.ten|upper }}",
    "{{ co_quan }}", "{{ loop.index }}", "{% if p.so > 500 %}{{ p.ten }}{% endif %}",
  ]

  private static func template(_ random: inout FixedRandom) -> String {
    func pieces(_ values: [String]) -> String {
      (0..<Int.random(in: 1...7, using: &random)).map { _ in
        (passages.randomElement(using: &random) ?? "")
          + (values.randomElement(using: &random) ?? "")
      }.joined() + (passages.randomElement(using: &random) ?? "")
    }
    return pieces(["{{ co_quan }}"]) + "{% for p in phuong %}" + pieces(values) + "{% endfor %}"
      + pieces(["{{ co_quan|upper }}"])
  }

  private static func data(_ random: inout FixedRandom) -> String {
    func name() -> String {
      [
        "An Biên", "Dư Hàng", "phường 3", "7 hộ", "", "*Cát* Dài", "- x", "a@b.vn", "1. x", "à ",
      ].randomElement(using: &random) ?? ""
    }
    var text = "co_quan: \(name())\n\n%rec: phuong\n%type: so int\n"
    for _ in 0..<Int.random(in: 0...4, using: &random) {
      text += "\nten: \(name())\nso: \(Int.random(in: -5...2000, using: &random))\n"
      text += "ngay: 2020-0\(Int.random(in: 1...9, using: &random))-11\n"
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
