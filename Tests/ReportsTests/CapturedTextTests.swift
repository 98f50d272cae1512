import CaseFiles
import Diagnostics
import Markdown
import Reports
import Templating
import Testing
import Texts

/// Places that a value stands in; `¤` is the expression that prints it.
private let places = [
  "¤", "Trước ¤ sau", "a¤b", "Số: ¤/BC", "# ¤", "## Mục ¤ #", "- ¤\n- x", "1. ¤\n2. y", "> ¤",
  "> - ¤ a", "**¤**: x", "_¤_", "[¤](/a)", "![¤](/a)", "¤\n===", "a\n¤\nb", "a\n\n    - ¤",
  "| a | b |\n|---|---|\n| ¤ | y |\n| ¤ | ¤ |", "| a | b |\n|---|---|\n|¤|y|",
  "| 1 | ¤ |\n|---|---|\n| x | y |", "a | b\n--|--\nx | ¤", "x\n| ¤ |\ny", "<¤>", "[a](¤)",
  "[a](/b \"¤\")", "`¤`", "```\n¤\n```", "&¤;", "\\¤", "!¤", "x\n-¤", "¤ ¤", "¤¤", "({{ 7 }}) ¤",
  "{{ 7 }}. ¤",
]

/// Ways to print a value that leave it as it is: what comes before the text, and the expression.
private let wraps: [(before: String, expression: String)] = [
  ("{% macro m(k) %}{{ k }}{% endmacro %}", "{{ m(x) }}"),
  ("{% macro m(k) %}{{ k }}{% endmacro %}", "{{ m(x) ~ '' }}"),
  ("{% macro m(k) %}{{ k }}{% endmacro %}", "{{ m(k=x) | default('') }}"),
  ("{% macro m(k) %}{{ k }}{% endmacro %}{% macro n(k) %}{{ m(k) }}{% endmacro %}", "{{ n(x) }}"),
  ("{% macro m(k) %}{{ k }}{% endmacro %}", "{{ [m(x)] | join }}"),
  ("{% macro m(k) %}{{ k }}{% endmacro %}", "{{ m(m(x)) }}"),
  ("{% macro m(k) %}{{ k }}{% endmacro %}{% set y = m(x) %}", "{{ y }}"),
  ("{% macro m(k) %}{{ k }}{% endmacro %}", "{{ {'a': m(x)}.a }}"),
  ("{% set y %}{{ x }}{% endset %}", "{{ y }}"),
  ("{% set y | replace('¬', '') %}{{ x }}{% endset %}", "{{ y }}"),
  ("{% set y %}{{ x }}{% endset %}{% set z %}{{ y }}{% endset %}", "{{ z }}"),
  ("{% set y %}{{ x }}{% endset %}", "{{ '%s' | format(y) }}"),
  ("{% set p %}%s{% endset %}", "{{ p | format(x) }}"),
  ("{% set y %}¬{% endset %}", "{{ y | replace('¬', x) }}"),
  ("{% set y %}{{ x }}{% endset %}", "{{ '¬' | replace('¬', y) }}"),
  ("{% set y %}{{ x }}{% endset %}", "{{ y[:] }}"),
  ("{% set y %}{{ x }}{% endset %}", "{{ y | string }}"),
  ("{% set y %}{{ x }}{% endset %}", "{{ y * 1 }}"),
  ("", "{{ x | e }}"),
  ("{% macro w() %}{{ caller() }}{% endmacro %}", "{% call w() %}{{ x }}{% endcall %}"),
  (
    "{% macro w() %}{% set c = caller() %}{{ c }}{% endmacro %}",
    "{% call w() %}{{ x }}{% endcall %}"
  ),
  (
    "{% macro w() %}{{ caller() | replace('¬', '') }}{% endmacro %}",
    "{% call w() %}{{ x }}{% endcall %}"
  ),
  ("", "{% filter replace('¬', '') %}{{ x }}{% endfilter %}"),
  ("", "{% filter string %}{{ x }}{% endfilter %}"),
  ("", "{% filter indent(0) %}{{ x }}{% endfilter %}"),
  ("", "{% include 'trong.md.jinja' %}"),
  ("{% set y %}{% include 'trong.md.jinja' %}{% endset %}", "{{ y }}"),
  ("{% from 'thu-vien.md.jinja' import m %}", "{{ m(x) }}"),
  ("{% import 'thu-vien.md.jinja' as t %}{% set y = t.m(x) %}", "{{ y }}"),
  ("{% import 'co-gia-tri.md.jinja' as t with context %}", "{{ t.y }}"),
  ("", "{% for k in [x] %}{{ k }}{% endfor %}"),
  ("", "{% with k = x %}{% set y %}{{ k }}{% endset %}{{ y }}{% endwith %}"),
]

/// What a block of a child writes for the value that the same block of its parent writes.
private let blockBodies = [
  "{{ super() }}", "{{ super() ~ '' }}", "{% set y %}{{ super() }}{% endset %}{{ y }}",
  "{% set y = super() %}{{ y }}", "{% filter replace('¬', '') %}{{ super() }}{% endfilter %}",
  "{% macro m(k) %}{{ k }}{% endmacro %}{{ m(super()) }}", "{{ x }}",
]

private let otherTemplates = [
  "trong.md.jinja": "{{ x }}",
  "thu-vien.md.jinja": "{% macro m(k) %}{{ k }}{% endmacro %}",
  "co-gia-tri.md.jinja": "{% set y %}{{ x }}{% endset %}",
]

private let alphabet = [
  "a", "b", "ế", "Ư", "đ", "0", "12", " ", "  ", "\n", "\n\n", "|", "||", "*", "**", "_", "`", "[",
  "]", "(", ")", "<", ">", "&", "!", "#", "+", "-", "=", "~", ":", ".", "\\", "\"", "'", "/", "{{",
  "{%", "&amp;", "&#35;", "<b>", "<!--", "](/evil)", "---", "|---|", "```", "- ", "1. ", "# ", "> ",
  "    ", "a_b", "http://x", "2 * 3", "\u{A0}", "–", "Ủy ban nhân dân",
]

/// What a template gives: the page or its text, or the code of the problem.
private func page(
  _ body: String, _ x: Value, beside others: [String: String] = otherTemplates,
  as name: String = "thu.md.jinja", isPlain: Bool = false
) throws -> String {
  var templates = others
  templates[name] = body
  var environment = Environment.documents(undefined: .strict)
  // The line feed after a block stays, as it does after an expression.
  (environment.syntax.trimsBlocks, environment.syntax.stripsBlocks) = (false, false)
  let library = TemplateLibrary(environment: environment) {
    [templates] name in templates[name].map { Source(name: name, bytes: Array($0.utf8)) }
  }
  let template = try #require(try library.template(named: name), "\(body)")
  let markdown: [UInt8]
  do {
    markdown = try template.render(
      ValueMap([(Key("x"), x)]), library: library, memory: RenderMemory())
  } catch {
    return error.diagnostics.map(\.kind.code).joined(separator: " ")
  }
  if name.hasSuffix(".html.jinja") { return String(decoding: markdown, as: UTF8.self) }
  let document = Document(parsing: markdown.span)
  var shown: [UInt8] = []
  if isPlain { document.appendPlainText(to: &shown) } else { document.appendHTML(to: &shown) }
  return String(decoding: shown, as: UTF8.self)
}

/// Text that a macro, a `set`, `filter` or `call` block, an include or an import made shows its
/// values where it is written at last as they show when they are written there themselves.
@Suite struct CapturedTextTests {
  @Test func showsWhatTheValueShowsThere() throws {
    var random = FixedRandom(seed: 15_001)
    var failures: [String] = []
    for _ in 0..<10_000 {
      let place = try #require(places.randomElement(using: &random))
      let wrap = try #require(wraps.randomElement(using: &random))
      let value = randomValue(&random)
      let direct = try page(place.replacing("¤", with: "{{ x }}"), value)
      let wrapped = try page(wrap.before + place.replacing("¤", with: wrap.expression), value)
      if direct != wrapped {
        failures.append(
          "\(wrap.before)\(wrap.expression) in \(place.debugDescription), x = \(value.printed.string.debugDescription):\n"
            + "\(direct)\n\(wrapped)")
      }
    }
    #expect(failures.isEmpty, "\(failures.count): \(failures.prefix(6).joined(separator: "\n"))")
  }

  @Test func showsWhatABlockOfTheParentShows() throws {
    var random = FixedRandom(seed: 15_002)
    var failures: [String] = []
    for _ in 0..<2000 {
      let place = try #require(places.randomElement(using: &random))
      let body = try #require(blockBodies.randomElement(using: &random))
      let value = randomValue(&random)
      let direct = try page(place.replacing("¤", with: "{{ x }}"), value)
      var (parent, child) = ("", "{% extends 'cha.md.jinja' %}")
      for (index, part) in place.split(separator: "¤", omittingEmptySubsequences: false)
        .enumerated()
      {
        if index > 0 {
          parent += "{% block b\(index) %}{{ x }}{% endblock %}"
          child += "{% block b\(index) %}\(body){% endblock %}"
        }
        parent += part
      }
      let wrapped = try page(child, value, beside: ["cha.md.jinja": parent])
      if direct != wrapped {
        failures.append(
          "\(body) in \(place.debugDescription), x = \(value.printed.string.debugDescription):\n\(direct)\n\(wrapped)"
        )
      }
    }
    #expect(failures.isEmpty, "\(failures.count): \(failures.prefix(6).joined(separator: "\n"))")
  }

  /// Filters and operators see the characters of a captured value, in HTML as in Markdown.
  @Test(arguments: ["thu.md.jinja", "thu.html.jinja"])
  func filtersSeeTheValue(name: String) throws {
    let uses = [
      "¤ | title", "¤ | wordwrap(5)", "¤ | center(20)", "¤ | replace('a', 'b')",
      "¤ | replace('&', '<')", "¤ | replace('', '-')", "¤ | upper", "¤ | lower", "¤ | capitalize",
      "¤ | length", "¤ | wordcount", "¤ | truncate(5, true, '…', 0)", "¤ | first", "¤ | last",
      "¤ | reverse", "¤ | list | join('·')", "¤ | urlencode", "¤ | striptags", "¤ | trim",
      "¤ | indent(2)", "¤ | string", "¤ | default('z', true)", "¤ | tojson | string", "¤ | pprint",
      "¤ | batch(2) | length", "¤ | unique | join", "¤ | sort | join", "¤ | min",
      "¤ | select('eq', '<') | list | length",
      "¤ == x", "¤ != x", "¤ in x", "x in ¤", "'&' in ¤", "'&lt;' in ¤", "¤ < 'b'", "¤ is eq(x)",
      "¤ ~ '<'", "'<' ~ ¤", "¤ * 2", "¤ + '&'", "¤[0]", "¤[-1]", "¤[1:3]", "¤[::-1]",
      "'%s|%5s' | format(¤, ¤)", "¤ and 'a' or 'b'", "{x: 1}[¤]", "[¤] | map('length') | first",
      "['&lt;', '<', x] | select('in', ¤) | list | length", "(¤ ~ ¤) | length",
    ]
    let captures = [
      "{% set y %}{{ x }}{% endset %}", "{% macro m(k) %}{{ k }}{% endmacro %}{% set y = m(x) %}",
      "{% macro m(k) %}{{ k }}{% endmacro %}{% set y = m(m(x)) %}",
      "{% macro w() %}{{ caller() }}{% endmacro %}{% set y %}{% call w() %}{{ x }}{% endcall %}{% endset %}",
      "{% set y %}{% filter string %}{{ x }}{% endfilter %}{% endset %}",
    ]
    var random = FixedRandom(seed: 15_003)
    var failures: [String] = []
    for _ in 0..<4000 {
      let use = try #require(uses.randomElement(using: &random))
      let capture = try #require(captures.randomElement(using: &random))
      let value = Value(randomValue(&random).printed.string)
      let direct = try page(
        "{{ \(use.replacing("¤", with: "x")) }}", value, as: name, isPlain: true)
      let captured = try page(
        capture + "{{ \(use.replacing("¤", with: "y")) }}", value, as: name, isPlain: true)
      if direct != captured {
        failures.append(
          "\(capture)\(use), x = \(value.printed.string.debugDescription):\n\(direct)\n\(captured)")
      }
    }
    #expect(failures.isEmpty, "\(failures.count): \(failures.prefix(9).joined(separator: "\n"))")
  }

  private func randomValue(_ random: inout FixedRandom) -> Value {
    if Int.random(in: 0..<12, using: &random) == 0 {
      return .int(Int.random(in: -20...3000, using: &random))
    }
    let count = Int.random(in: 1...7, using: &random)
    return Value((0..<count).map { _ in alphabet.randomElement(using: &random) ?? "" }.joined())
  }
}
