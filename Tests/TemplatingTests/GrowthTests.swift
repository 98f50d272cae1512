import CaseFiles
import Diagnostics
import Texts
import Reports
import Templating
import Testing

/// That a report ten times as long takes ten times the work: by the renderer's own count of steps,
/// not by time. What a step costs is measured by `Benchmarks growth`.
@Suite struct GrowthTests {
  static let template = """
    {% macro o(value) %}{{ value | so }}{% endmacro %}
    {% for p in phuong %}
    | {{ loop.index }} | {{ p.ten }} | {{ o(p.dan_so) }} |
    {% if p.dan_so > 5000 %}
    {% set lon = p.ten | upper %}
    {{ lon }}{{ ";" if not loop.last }}
    {% endif %}
    {% endfor %}
    {{ phuong | map(attribute="dan_so") | sum | so }}
    {{ phuong | selectattr("dan_so", "gt", 5000) | map(attribute="ten") | join(", ") }}
    """

  /// A long text that is joined counts too, by its bytes, which do not grow so evenly.
  @Test("steps grow in a line with the records") func steps() throws {
    let few = try leastLimit(of: wards(21))
    let added = try leastLimit(of: wards(210)) - few
    for (count, steps) in [(2_100, few + 11 * added), (21_000, few + 111 * added)] {
      #expect(try fits(wards(count), in: steps * 21 / 20))
      #expect(try !fits(wards(count), in: steps - 1))
    }
  }

  /// As many wards; every third one is large.
  private func wards(_ count: Int) -> ValueMap {
    let wards = (0..<count).map { index in
      Value.map(
        ValueMap([
          (Key("ten"), Value("Phường \(index)")),
          (Key("dan_so"), .int(index.isMultiple(of: 3) ? 12_000 : 4_000)),
        ]))
    }
    return ValueMap([(Key("phuong"), .list(wards))])
  }

  /// The number of steps that filling takes: the least limit that lets it through.
  private func leastLimit(of data: ValueMap) throws -> Int {
    var (low, high) = (0, 1 << 20)
    try #require(try fits(data, in: high))
    while high - low > 1 {
      let middle = (low + high) / 2
      if try fits(data, in: middle) { high = middle } else { low = middle }
    }
    return high
  }

  private func fits(_ data: ValueMap, in steps: Int) throws -> Bool {
    var environment = Environment.documents(undefined: .strict)
    environment.limits.steps = steps
    let library = TemplateLibrary(environment: environment) { _ in nil }
    let source = Source(name: "growth.md.jinja", bytes: Array(Self.template.utf8))
    let template = try library.compile(source)
    do throws(Problems) {
      _ = try template.render(data, library: library)
      return true
    } catch {
      let codes = error.diagnostics.map(\.kind.code)
      try #require(codes == [Kind.template(.tooManySteps(steps)).code])
      return false
    }
  }

  /// Loops whose every turn copies or reads a text or a list that grew with the turns before.
  static let growingTurns = [
    "{% set q %}<{{ n.a }}{% endset %}{% set n.a = q %}",
    "{% set q %}{{ n.a }}{{ '<' }}{{ i }}{% endset %}{% set n.a = q %}",
    "{% set n.a = m(n.a) %}",
    "{% set n.a = n.a ~ 'x' %}",
    "{% set n.a = n.a + 'x' %}",
    "{% set n.a = (n.a ~ 'x') | upper %}",
    "{% set n.a = n.a | replace('y', 'z') ~ 'x' %}",
    "{% set n.a = [n.a, 'x'] | join %}",
    "{% set n.a = [n.a, 'x'] | map('upper') | join %}",
    "{% set q %}{% filter upper %}<{{ n.a }}{% endfilter %}{% endset %}{% set n.a = q %}",
    "{% set n.a = '%sx' | format(n.a) %}",
    "{% set n.l = n.l + [i] %}",
    "{% set n.l = n.l | reverse | list %}{% set n.l = n.l + [i] %}",
    "{% set n.l = (n.l + [i]) | unique | list %}",
    "{% set n.l = (n.l + [i]) %}{% set q = n.l | batch(9) | list %}",
    "{% set n.l = (n.l + [i]) %}{% set q = n.l == range(i) | list %}",
  ]

  @Test("what a loop copies again and again is counted", arguments: growingTurns)
  func copies(turn: String) throws {
    let text = """
      {% macro m(x) %}<{{ x }}{% endmacro %}{% set n = namespace(a='x', l=[]) %}
      {% for i in range(200000) %}\(turn){% endfor %}
      """
    try stops(text)
  }

  /// Questions about a long text, as many as a second allows of short ones.
  @Test(
    "what a loop reads again and again is counted",
    arguments: [
      "a == b", "a < b", "a[900000]", "a[900000:]", "a | first", "a | length", "a | upper | length",
      "a in [b]", "a is lower", "{'x': 1}[a]", "a | list | length",
    ]) func reads(question: String) throws
  {
    let text = """
      {% set a = 'ab' * 500000 %}{% set b = 'ab' * 499999 ~ 'ac' %}
      {% for i in range(1000000) %}{% set q = \(question) %}{% endfor %}
      """
    try stops(text)
  }

  /// Expects that a tenth of the steps that a template may take stops it.
  private func stops(_ text: String) throws {
    var environment = Environment.documents(undefined: .lenient)
    environment.limits.steps = 5_000_000
    let library = TemplateLibrary(environment: environment) { _ in nil }
    let template = try library.compile(
      Source(name: "growth.md.jinja", bytes: Array(text.utf8)))
    let seconds = threadSeconds {
      let error = #expect(throws: Problems.self) {
        _ = try template.render(ValueMap([]), library: library)
      }
      #expect(error?.diagnostics.map(\.kind.code) == [Kind.template(.tooManySteps(0)).code])
    }
    #expect(seconds < 20)
  }

  @Test("a sum of lists grows in a line, and a search in a list counts") func listsOfLists() throws
  {
    func codes(_ body: String) throws -> [String] {
      let library = TemplateLibrary(environment: .documents(undefined: .strict)) { _ in nil }
      let source = Source(name: "growth.md.jinja", bytes: Array(body.utf8))
      let template = try library.compile(source)
      do throws(Problems) {
        _ = try template.render(ValueMap([]), library: library)
        return []
      } catch {
        return error.diagnostics.map(\.kind.code)
      }
    }
    #expect(try codes("{{ range(30000) | batch(1) | sum(start=[]) | length }}") == [])
    let tooMany = [Kind.template(.tooManySteps(0)).code]
    let few =
      "{% set q = range(30000) | list %}{{ range(30000) | select('in', q) | list | length }}"
    #expect(try codes(few) == tooMany)
    #expect(try codes(few.replacing("30000", with: "5000")) == [])
  }
}

/// That a template with eight times as much in it takes eight times the time, or a little more.
@Suite(.serialized) struct TemplateGrowthTests {
  /// Templates with ever more of one thing; `#` stands for a number of its own in each.
  private static let grown: [(name: String, head: String, part: String, tail: String)] = [
    ("blocks", "", "{% block b# %}x{% endblock %}", ""),
    ("blocks asked for", "", "{% block b# %}x{% endblock %}{{ self.b#() }}", ""),
    (
      "blocks in a loop", "{% for x in [1] %}", "{% block b# scoped %}x{% endblock %}",
      "{% endfor %}"
    ),
    ("variables", "", "{% set a# = 1 %}{{ a# }}", ""),
    ("captured variables", "", "{% set a# %}x{% endset %}{{ a# }}", ""),
    ("variables of a loop", "{% for x in [1] %}", "{% set a# = 1 %}{{ a# }}", "{% endfor %}"),
    (
      "names of a macro around a loop", "{% macro m() %}{% for x in [1] %}",
      "{% set a# = 1 %}{{ b#|default(a#) }}", "{% endfor %}{% endmacro %}{{ m() }}"
    ),
    ("parameters", "{% macro m(", "a#=1,", "z=1) %}{{ z }}{% endmacro %}{{ m(z=2) }}"),
    (
      "arguments with names", "{% macro m() %}{{ kwargs|length }}{% endmacro %}{{ m(", "a#=1,",
      ") }}"
    ),
    ("entries of dict", "{{ dict(", "a#=1,", ") | length }}"),
    ("entries of a map", "{{ {", "'a#': 1,", "} | length }}"),
    ("attributes of namespace", "{% set n = namespace(", "a#=1,", ") %}{{ n.a1 }}"),
    ("attributes set", "{% set n = namespace() %}", "{% set n.a# = 1 %}{{ n.a# }}", ""),
    ("arguments of format", "{{ '%(a1)s' | format(", "a#=1,", ") }}"),
    ("macros", "", "{% macro m#() %}x{% endmacro %}{{ m#() }}", ""),
    ("includes", "", "{% include 'x.md.jinja' %}", ""),
    ("names of with", "{% with ", "a#=1,", "z=1 %}{{ z }}{% endwith %}"),
    ("imported names", "{% from 'x.md.jinja' import ", "x as a#,", " x %}{{ a1 }}"),
  ]

  /// Eight times as much may take three times eight times as long on a busy machine, but not
  /// sixty-four times.
  @Test("compiling and filling grow in a line", arguments: grown.indices) func names(
    index: Int
  ) throws {
    let (name, head, part, tail) = Self.grown[index]
    func seconds(_ count: Int) throws -> Double {
      let parts = (0..<count).map { part.replacing("#", with: String($0)) }
      let body = head + parts.joined() + tail
      let library = TemplateLibrary(environment: .documents(undefined: .strict)) { name in
        name == "x.md.jinja"
          ? Source(name: name, bytes: Array("{% set x = 1 %}".utf8)) : nil
      }
      let source = Source(name: "growth.md.jinja", bytes: Array(body.utf8))
      return try (0..<3).map { _ in
        try threadSeconds {
          let template = try library.compile(source)
          _ = try template.render(ValueMap([]), library: library)
        }
      }.min() ?? 0
    }
    let (few, many) = (try seconds(2000), try seconds(16_000))
    #expect(many < 28 * few + 0.05, "\(name): \(few) and \(many) s")
  }
}
