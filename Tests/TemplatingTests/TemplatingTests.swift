import CaseFiles
import Diagnostics
import Texts
import Foundation
import Reports
import Templating
import Testing

/// The cases of `cases/*.case`: data and templates in, output or messages out.
///
/// Sections: `data` (JSON, or rec), `template` (the main one), `template NAME` (one it uses),
/// `options` (words: `lenient`, `draft`, `html`, `none`, `jinja` for Jinja2's own white space),
/// and what comes out: `output`, or `errors` and `errors en`.
@Suite(.serialized) struct TemplateCases {
  static let cases = CaseFile.all(
    in: folder("cases", besideFile: #filePath), extension: "case")

  @Test("there are cases") func thereAreCases() {
    #expect(Self.cases.count > 50)
  }

  @Test(arguments: cases) func fill(_ testCase: CaseFile) throws {
    let outcome = Filled(testCase).sections
    if CaseFile.isRecording {
      return try testCase.record(outcome, in: folder("cases", besideFile: #filePath))
    }
    for (name, text) in outcome {
      #expect(text == testCase[name], "\(text)")
    }
  }
}

/// What became of a case.
enum Filled {
  case output(String)
  case problems([Diagnostic])

  init(_ testCase: CaseFile) {
    let templates = Dictionary(
      uniqueKeysWithValues: testCase.sections.compactMap { section in
        section.name.hasPrefix("template ")
          ? (String(section.name.dropFirst(9)), section.text) : nil
      })
    self.init(
      testCase["template"] ?? "", data: testCase["data"] ?? "{}", templates: templates,
      options: Set((testCase["options"] ?? "").split(separator: " ").map(String.init)))
  }

  init(_ template: String, data: String, templates: [String: String], options: Set<String>) {
    var environment = Environment.documents(
      undefined: options.contains("lenient")
        ? .lenient : options.contains("draft") ? .draft : .strict)
    if options.contains("none") { environment.escapeChoice = .none }
    if options.contains("html") { environment.escapeChoice = .always(fileExtension: "html") }
    if options.contains("jinja") {
      environment.syntax.trimsBlocks = false
      environment.syntax.stripsBlocks = false
      environment.syntax.keepsTrailingNewline = false
    }
    environment.limits.steps = 2_000_000
    environment.limits.outputSize = 1 << 20
    let library = TemplateLibrary(environment: environment, names: { templates.keys.sorted() }) {
      (name: String) throws(Diagnostic) in
      templates[name].map { Source(name: name, bytes: Array($0.utf8)) }
    }
    do throws(Problems) {
      let data = try Filled.data(data)
      let main = Source(name: "mau.md.jinja", bytes: Array(template.utf8))
      let filled = try library.compile(main).render(data, library: library)
      self = .output(String(decoding: filled, as: UTF8.self))
    } catch {
      self = .problems(error.diagnostics)
    }
  }

  /// As the sections of a case file.
  var sections: [(name: String, text: String)] {
    switch self {
    case .output(let text): [("output", text)]
    case .problems(let problems):
      [
        ("errors", problems.messages(in: .vietnamese)),
        ("errors en", problems.messages(in: .english)),
      ]
    }
  }

  private static func data(_ text: String) throws(Problems) -> ValueMap {
    let name = text.hasPrefix("{") ? "data.json" : "data.rec"
    return try FillData.read(name: name, bytes: Array(text.utf8))
  }
}

extension [Diagnostic] {
  func messages(in language: Language) -> String {
    let text = map { $0.message(in: language) }.joined(separator: "\n")
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
  }
}
