import Diagnostics
import Foundation
import Reports
import Templating
import Testing
import Texts

/// What calls itself without end is refused, whatever a level of it takes and whatever stack the
/// thread has.
@Suite struct NestingTests {
  private static let endless = [
    "{% macro m(n) %}{{ m(n + 1) }}{% endmacro %}{{ m(0) }}",
    "{% macro m(n) %}{% set x %}{% filter upper %}{% call w() %}{{ m(n + 1) | trim }}{% endcall %}"
      + "{% endfilter %}{% endset %}{{ x }}{% endmacro %}"
      + "{% macro w() %}{% set c = caller() %}{{ c }}{% endmacro %}{{ m(0) }}",
    "{% macro m(n) %}{{ [[[[m(n) ~ (m(n) | trim)]]]] | join }}{% endmacro %}{{ m(0) }}",
    "{% macro m(n) %}{{ (((m(n) if true else 1) | upper) or (not m(n))) }}{% endmacro %}{{ m(0) }}",
    "{% macro m(n) %}{% for k in [1] if m(n) %}{% endfor %}{% endmacro %}{{ m(0) }}",
    "{% macro m(n) %}{% with a = {'b': [m(n) | replace('a', m(n))]} %}{{ a.b[0] }}{% endwith %}"
      + "{% endmacro %}{{ m(0) }}",
    "{% for k in ds recursive %}{{ loop(ds) }}{% endfor %}",
    "{% for k in ds recursive %}{% set a %}{% filter trim %}{% with z = [[[loop(ds) | upper]]] %}"
      + "{{ z[0][0][0] ~ (loop(ds) | trim | upper | replace('a', loop(ds))) }}{% endwith %}"
      + "{% endfilter %}{% endset %}{{ a }}{% endfor %}",
    "{% for k in ds recursive %}{% set o = loop %}{% for q in ds %}{{ o(ds) | upper }}{% endfor %}"
      + "{% endfor %}",
    "{% block a %}{% set x %}{% filter upper %}{{ self.a() | trim }}{% endfilter %}{% endset %}"
      + "{{ x }}{% endblock %}",
    "{% macro w() %}{{ caller() }}{% endmacro %}{% macro m() %}{% call w() %}{% call w() %}"
      + "{% filter trim | upper %}{{ m() }}{% endfilter %}{% endcall %}{% endcall %}{% endmacro %}"
      + "{{ m() }}",
    "{% set a %}{% include 'mau.md.jinja' %}{% endset %}{{ a | trim }}",
  ]

  @Test(arguments: endless, [256 << 10, 512 << 10, 8 << 20]) func isRefused(
    template: String, stack: Int
  ) async {
    let codes = await withCheckedContinuation { done in
      let thread = Thread { done.resume(returning: Self.problems(of: template)) }
      thread.stackSize = stack
      thread.start()
    }
    #expect(!codes.isEmpty)
    #expect(codes.allSatisfy { $0 == "T303" || $0 == "T302" }, "\(codes)")
  }

  /// Lists are gone through once, and what they hold is known of the longer list that is made of them.
  @Test(arguments: [
    ("{% for i in range(59) %}{% set n.l = [n.l] %}{% endfor %}{{ n.l | length }}", []),
    ("{% for i in range(60) %}{% set n.l = [n.l] %}{% endfor %}", ["T120"]),
    ("{% for i in range(60) %}{% set n.l = [1] + [n.l] + [2] %}{% endfor %}", ["T120"]),
    ("{% for i in range(60) %}{% set n.l = {'a': n.l} %}{% endfor %}", ["T120"]),
    ("{% for i in range(20) %}{% set n.l = [1] + [n.l, n.l] %}{% endfor %}", []),
    ("{% for i in range(23) %}{% set n.l = [1] + [n.l, n.l] %}{% endfor %}", ["T120"]),
    ("{% for i in range(23) %}{% set n.l = [ds, ds] + [n.l, n.l] %}{% endfor %}", ["T120"]),
    ("{% for i in range(4000) %}{% set n.l = n.l + [i] %}{% endfor %}{{ n.l | length }}", []),
  ])
  func nestingOfListsThatGrow(template: String, codes: [String]) {
    let found = Self.problems(of: "{% set n = namespace(l=[]) %}" + template)
    #expect(Set(found) == Set(codes))
  }

  private static func problems(of template: String) -> [String] {
    let source = Source(name: "mau.md.jinja", bytes: Array(template.utf8))
    let library = TemplateLibrary(environment: .documents(undefined: .strict)) { name in
      name == "mau.md.jinja" ? source : nil
    }
    do throws(Problems) {
      guard let compiled = try library.template(named: "mau.md.jinja") else { return ["none"] }
      _ = try compiled.render(
        ValueMap([(Key("ds"), .list([.int(1)]))]), library: library, memory: RenderMemory())
      return []
    } catch {
      return error.diagnostics.map(\.kind.code)
    }
  }
}
