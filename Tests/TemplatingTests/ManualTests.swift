import CaseFiles
import Diagnostics
import Foundation
import Reports
import Templating
import Testing

/// The manual in `Sources/Templating/Templating.docc`, and the page on field types beside
/// `Sources/Reports`: their examples run, and they leave nothing out.
///
/// In a page, a fence `jinja` is a template and the fence `output` (or `problem`, a part of the
/// message in English) after it what comes of it. Words after `jinja` are options as in case files.
/// A fence `data` counts from there on; `template NAME` is a template that the next example uses.
/// In a line of text, `` `template` gives `output` ``, `` `template` gives nothing `` and
/// `` `template` is refused `` are examples too, filled without an escape.
@Suite struct ManualTests {
  static let pages = [
    "TheLanguage.md", "DifferencesFromJinja2.md", "HuongDanMau.md", "FieldTypes.md",
  ]

  @Test(arguments: try! pages.flatMap(ManualExample.all))
  func exampleIsRight(_ example: ManualExample) {
    let filled = Filled(
      example.template, data: example.data, templates: example.templates,
      options: example.options)
    switch (filled, example.expected) {
    case (.output(let text), .output(let expected)):
      #expect(text.trimmedNewlines == expected.trimmedNewlines, "\(example.template)")
    case (.problems(let problems), .problem(let part)):
      let messages = problems.messages(in: .english)
      let isRight = part.isEmpty || messages.contains(part.trimmedNewlines)
      #expect(isRight, "\(example.template): \(messages)")
    case (.output(let text), .problem):
      Issue.record("\(example.template): not refused, but \(text)")
    case (.problems(let problems), .output):
      Issue.record("\(example.template): \(problems.messages(in: .english))")
    }
  }

  @Test("every statement, filter, test and function is in the reference") func nothingIsLeftOut()
    throws
  {
    let manual = try manualPage("TheLanguage.md")
    let names = Self.names.filters + Self.names.tests + Self.names.functions
    let missing = names.filter { !manual.contains("`\($0)`") && !manual.contains("`\($0)(") }
    #expect(missing.isEmpty)
    let statements = try Self.names.statements.filter {
      !manual.contains(try Regex("(\\{% |`)\($0)\\b"))
    }
    #expect(statements.isEmpty)
  }

  /// The case in which the command fills a template that uses everything.
  private static let everyConstruct: String = {
    let folder = packageRoot(ofTest: #filePath) + "/Tests/BaoCaoCommandTests/cases"
    let cases = CaseFile.all(in: folder, extension: "case")
    let sections = cases.first { $0.file == "every-construct.case" }?.sections ?? []
    return sections.filter { $0.name.hasSuffix(".jinja") }.map(\.text).joined(separator: "\n")
  }()

  @Test(
    "one template of the command's cases uses every name",
    arguments: [
      (names.statements, #"\{%[-+]? NAME\b"#),
      (names.filters, #"(\| |\{% filter )NAME\b"#),
      (names.tests, #"( is (not )?NAME[ )]|(select|reject)(attr)?\(.*"NAME")"#),
      (names.functions, #"\bNAME\("#),
      (loopAttributes, #"\bloop\.NAME\b"#),
    ])
  func everyNameIsUsed(_ names: [String], pattern: String) throws {
    #expect(names.count >= 5)
    let missing = try names.filter { name in
      let own = pattern.replacing("NAME", with: NSRegularExpression.escapedPattern(for: name))
      return try !Self.everyConstruct.contains(Regex(own))
    }
    #expect(missing.isEmpty)
  }

  @Test("… and every operator of the manual") func everyOperatorIsUsed() throws {
    let operators = try Self.firstColumn(ofTableAfter: "| operator | meaning |")
    #expect(operators.count >= 25)
    let missing = operators.filter { sign in
      let parts = Self.spelling[sign] ?? [" \(sign) "]
      return !parts.allSatisfy { Self.everyConstruct.contains($0) }
    }
    #expect(missing.isEmpty)
  }

  /// Operators that do not stand between blanks.
  private static let spelling: [String: [String]] = [
    "a if test else b": [" if ", " else "], "-a": ["{{ -a }}"], "+a": ["{{ +b }}"],
    "\\|": [" | "], ".": ["dia_chi.thon"], "[ ]": ["uy_vien[0]"], "( )": ["dam("],
  ]

  private static let loopAttributes: [String] = {
    let names = try? firstColumn(ofTableAfter: "| in a loop | is |")
    return (names ?? []).map { String($0.dropFirst(5).prefix { $0 != "(" }) }
  }()

  /// The code in the first column of a table of the manual.
  private static func firstColumn(ofTableAfter head: String) throws -> [String] {
    let lines = try manualPage("TheLanguage.md").components(separatedBy: "\n")
    let rows = lines.drop { $0 != head }.dropFirst(2).prefix { $0.hasPrefix("|") }
    return rows.flatMap { row in
      let cell = row.replacing("\\|", with: "\u{0}").split(separator: "|")[0]
      return cell.matches(of: /`([^`]+)`/).map {
        String($0.output.1).replacing("\u{0}", with: "\\|")
      }
    }
  }

  @Test(
    "… and each is timed beside other engines",
    arguments: [
      ("statement", names.statements), ("loop", loopAttributes), ("filter", names.filters),
      ("test", names.tests), ("function", names.functions),
      (
        "operator",
        try! firstColumn(ofTableAfter: "| operator | meaning |").map {
          $0.replacing("\\|", with: "|")
        }
      ),
    ])
  func everyNameIsTimed(_ kind: String, names: [String]) {
    let folder = packageRoot(ofTest: #filePath) + "/Tests/Comparison"
    let rows = Set(
      CaseFile.all(in: folder, extension: "case").map {
        $0.title.components(separatedBy: ": ")[0]
      })
    #expect(names.count >= 5)
    #expect(names.filter { !rows.contains("\(kind) \($0)") }.isEmpty)
  }

  private static let names = Environment.documents(undefined: .strict).names

  @Test("every difference is in the manual") func everyDifferenceIsTold() throws {
    let manual = try manualPage("DifferencesFromJinja2.md")
    let names = DifferenceTable.read().differences.map(\.name)
    #expect(names.filter { !manual.contains("`\($0)`") }.isEmpty)
  }
}

private func manualPage(_ name: String) throws -> String {
  let root = packageRoot(ofTest: #filePath)
  let module = name == "FieldTypes.md" ? "Reports" : "Templating"
  return try String(
    contentsOfFile: root + "/Sources/\(module)/\(module).docc/" + name, encoding: .utf8)
}

extension String {
  fileprivate var trimmedNewlines: String { trimmingCharacters(in: .newlines) }
}

struct ManualExample: Sendable, CustomTestStringConvertible {
  enum Expected: Sendable {
    case output(String)
    case problem(String)
  }

  let page: String
  let template: String
  let data: String
  let templates: [String: String]
  let options: Set<String>
  let expected: Expected

  var testDescription: String { "\(page): \(template.prefix(60))" }

  static func all(of page: String) throws -> [ManualExample] {
    var reader = ManualReader(page: page)
    let parts = try manualPage(page).components(separatedBy: "```")
    for (index, part) in parts.enumerated() {
      if index.isMultiple(of: 2) {
        reader.readText(part)
      } else {
        let head = part.prefix { $0 != "\n" }
        reader.readFence(
          head.split(separator: " ").map(String.init),
          String(part.dropFirst(head.count + 1)).trimmedNewlines)
      }
    }
    return reader.examples
  }
}

/// Collects the examples of a page.
private struct ManualReader {
  let page: String
  var examples: [ManualExample] = []
  private var data = "{}"
  private var templates: [String: String] = [:]
  private var open: (template: String, options: Set<String>)?

  init(page: String) { self.page = page }

  mutating func readFence(_ words: [String], _ text: String) {
    switch words.first {
    case "data": data = text
    case "template": templates[words.last ?? ""] = text
    case "jinja": open = (text, Set(words.dropFirst()))
    case "output": close(.output(text))
    case "problem": close(.problem(text))
    default: break
    }
  }

  private mutating func close(_ expected: ManualExample.Expected) {
    guard let (template, options) = open else { return }
    add(template, templates, options, expected)
    (open, templates) = (nil, [:])
  }

  mutating func readText(_ text: String) {
    let pattern = /`([^`\n]+)`\s+(?:gives\s+(?:`([^`\n]+)`|nothing)|is\s+(refused))/
    for match in text.matches(of: pattern) {
      let output = match.output.2.map(String.init) ?? ""
      let isRefused = match.output.3 != nil
      add(String(match.output.1), [:], ["none"], isRefused ? .problem("") : .output(output))
    }
  }

  private mutating func add(
    _ template: String, _ templates: [String: String], _ options: Set<String>,
    _ expected: ManualExample.Expected
  ) {
    examples.append(
      ManualExample(
        page: page, template: template, data: data, templates: templates, options: options,
        expected: expected))
  }
}
