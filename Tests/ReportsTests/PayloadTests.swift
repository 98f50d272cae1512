import Diagnostics
import Foundation
import Markdown
import Reports
import Templating
import Testing
import Texts

/// Data that tries to become an element: through every filter of the language, in templates of each
/// output format, and handed from one format to the other.
@Suite struct PayloadTests {
  private static let payloads = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg/onload=alert(1)>",
    "' onmouseover='alert(1)", "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;",
    "<a href=\"javascript:alert(1)\">x</a>", "[x](javascript:alert(1))", "![x](x \"onerror=1\")",
    "<javascript:alert(1)>", "</p><h1>x</h1>", "<!--", "-->", "<![CDATA[", "<?php ?>",
    "\n\n<div>\n",
    "\n# x\n", "\n- x\n", "**x**", "`x`", "\n    x", "\n```\nx\n", "| a |\n|---|\n| b |", "a|b",
    "<b",
    "\\<b>", "&amp;<b>", "%3Cscript%3E", "\u{202E}<b>", "<b>\u{0}", "<\nb>", "{{ 7 * 7 }}",
    "{% raw %}",
  ]

  /// What data may become through `markdown`, which is there for that.
  private static let prose = Set(
    ["p", "em", "strong", "code", "pre", "ul", "ol", "li", "br", "hr", "blockquote", "a", "img"]
      + ["h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"])

  private static let names = Environment.documents(undefined: .strict).names.filters

  private static let forms = [
    "{{ x | FILTER }}", "{% filter FILTER %}{{ x }}{% endfilter %}",
    "{% set y %}{{ x }}{% endset %}{{ y | FILTER }}",
    "{% macro m(k) %}{{ k }}{% endmacro %}{{ m(x) | FILTER }}",
    "{{ [x] | map('FILTER') | join }}", "{{ x | FILTER | trim }}", "{{ x | e | FILTER }}",
    "{% set y %}{{ x | FILTER }}{% endset %}{{ y }}",
    "{% from 'm.md.jinja' import m %}{{ m(x) | FILTER }}",
    "{% from 'm.html.jinja' import m %}{{ m(x) | FILTER }}",
    "{% from 'm.txt.jinja' import m %}{{ m(x) | FILTER }}",
    "{% from 'm.md.jinja' import m %}{{ m(x) }}", "{% from 'm.html.jinja' import m %}{{ m(x) }}",
    "{% from 'm.txt.jinja' import m %}{{ m(x) }}",
  ]

  private static let macros = [
    "m.md.jinja": "{% macro m(k) %}{{ k }}{% endmacro %}",
    "m.html.jinja": "{% macro m(k) %}{{ k }}{% endmacro %}",
    "m.txt.jinja": "{% macro m(k) %}{{ k }}{% endmacro %}",
  ]

  @Test(arguments: names.filter { $0 != "safe" }, ["md", "html"])
  func staysText(filter: String, format: String) throws {
    let isProse = filter == "markdown"
    for form in Self.forms {
      let body = "Trước " + form.replacing("FILTER", with: filter) + " sau"
      for payload in Self.payloads {
        guard let html = try page(body, format, payload) else { continue }
        let foreign = Self.foreignTags(html, isProse: isProse)
        #expect(foreign.isEmpty, "\(body), x = \(payload.debugDescription): \(html)")
      }
    }
  }

  @Test func elementsThatGetThroughAreSeen() throws {
    for payload in Self.payloads.prefix(3) {
      let html = try #require(try page("{{ x | safe }}", "html", payload))
      #expect(!Self.foreignTags(html, isProse: false).isEmpty)
    }
    let link = "<p><a href=\"javascript:x\">x</a></p>"
    #expect(Self.foreignTags(link, isProse: true).count == 1)
  }

  /// The page that a template makes; nil where it refuses.
  private func page(_ body: String, _ format: String, _ payload: String) throws -> String? {
    let name = "t.\(format).jinja"
    let text = format == "html" ? "<p>\(body)</p>" : body
    let library = TemplateLibrary(environment: .documents(undefined: .strict)) { wanted in
      let text = wanted == name ? text : Self.macros[wanted]
      return text.map { Source(name: wanted, bytes: Array($0.utf8)) }
    }
    let data = ValueMap([(Key("x"), Value(payload))])
    let bytes: [UInt8]
    do throws(Problems) {
      let template = try library.template(named: name)
      guard let made = try template?.render(data, library: library) else { return nil }
      bytes = made
    } catch {
      return nil
    }
    if format == "html" { return String(decoding: bytes, as: UTF8.self) }
    var html: [UInt8] = []
    Document(parsing: bytes.span).appendHTML(to: &html)
    return String(decoding: html, as: UTF8.self)
  }

  /// The tags that data may not become.
  private static func foreignTags(_ html: String, isProse: Bool) -> [Substring] {
    tags(html).filter { tag in
      let inner = tag.drop { $0 == "/" }
      let name = inner.prefix { $0.isLetter || $0.isNumber }
      if isProse { return !prose.contains(name.lowercased()) || tag.contains("javascript:") }
      return !["p", "br"].contains(name) || inner.count > name.count + 2
    }
  }

  /// What stands between each `<` and the next `>`.
  private static func tags(_ html: String) -> [Substring] {
    html.split(separator: "<", omittingEmptySubsequences: false).dropFirst()
      .map { $0.prefix { $0 != ">" } }
  }
}
