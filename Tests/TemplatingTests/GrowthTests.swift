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

  @Test("steps grow in a line with the records") func steps() throws {
    let few = try leastLimit(of: wards(21))
    let added = try leastLimit(of: wards(210)) - few
    for (count, steps) in [(2_100, few + 11 * added), (21_000, few + 111 * added)] {
      #expect(try fits(wards(count), in: steps))
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
