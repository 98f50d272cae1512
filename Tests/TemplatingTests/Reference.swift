import CaseFiles
import Foundation

/// A template with what it needs, to be filled by each engine.
struct Job: Sendable {
  let title: String
  var templates: [String: String]
  /// JSON; the keys of every map in name order, as our engine keeps them.
  let data: String
  var options = FillOptions()
  /// The ways of treating white space to try: all where there is a line feed.
  var whiteSpace: [FillOptions]

  static let mainName = "main"

  init(_ title: String, _ template: String, data: String) {
    self.title = title
    templates = [Job.mainName: template]
    self.data = data
    whiteSpace = template.contains("\n") ? FillOptions.whiteSpace : [FillOptions()]
  }

  var main: String { templates[Job.mainName] ?? "" }
}

/// The options that all engines have, by Jinja2's names.
struct FillOptions: Sendable, Hashable, CustomStringConvertible {
  var trimsBlocks = false
  var stripsBlocks = false
  var keepsTrailingNewline = false
  var escapesHTML = false
  var isStrict = true

  fileprivate var byName: [String: Bool] {
    [
      "trim_blocks": trimsBlocks, "lstrip_blocks": stripsBlocks,
      "keep_trailing_newline": keepsTrailingNewline, "escape": escapesHTML, "strict": isStrict,
    ]
  }

  var description: String {
    let names = byName.filter(\.value).keys.sorted()
    return names.isEmpty ? "no options" : names.joined(separator: " ")
  }

  /// The eight ways of treating white space.
  static let whiteSpace = (0..<8).map { bits in
    var options = FillOptions()
    options.trimsBlocks = bits & 1 != 0
    options.stripsBlocks = bits & 2 != 0
    options.keepsTrailingNewline = bits & 4 != 0
    return options
  }

  static let others = {
    var (escaping, lenient) = (FillOptions(), FillOptions())
    escaping.escapesHTML = true
    lenient.isStrict = false
    return [escaping, lenient]
  }()
}

/// What an engine makes of a job.
enum Outcome: Sendable, Equatable, CustomStringConvertible {
  case output(String)
  case refused(String)

  var description: String {
    switch self {
    case .output(let text): text.debugDescription
    case .refused(let reason): "refused (\(reason))"
    }
  }

  var isRefused: Bool {
    if case .refused = self { true } else { false }
  }
}

/// Jinja2 and MiniJinja, run by `differential/reference.py`.
enum Reference {
  struct Answer: Sendable {
    let jinja2: Outcome
    let miniJinja: Outcome

    /// What both say, nil where they differ; two refusals agree.
    var agreed: Outcome? {
      if case .output = jinja2, jinja2 == miniJinja { return jinja2 }
      return jinja2.isRefused && miniJinja.isRefused ? jinja2 : nil
    }
  }

  private static let python = Tool("python3")

  static let isHere: Bool = {
    let probe = "import jinja2, minijinja"
    return python.isHere && (try? python.run(["-c", probe]).status) == 0
  }()

  /// The answers to all jobs, in their order, from one run of Python.
  static func answers(to jobs: [Job]) throws -> [Answer] {
    let script = folder("differential/reference.py", besideFile: #filePath)
    let given: [[String: Any]] = jobs.map { job in
      [
        "templates": job.templates, "main": Job.mainName, "data": job.data,
        "options": job.options.byName,
      ]
    }
    let input = try JSONSerialization.data(withJSONObject: given)
    let (status, output) = try python.run(["-W", "ignore", script], input: input)
    let answers = try JSONSerialization.jsonObject(with: Data(output.utf8))
    guard status == 0, let answers = answers as? [[String: [String: String]]] else {
      throw CocoaError(.fileReadCorruptFile)
    }
    return answers.map { answer in
      Answer(jinja2: outcome(answer["jinja2"]), miniJinja: outcome(answer["minijinja"]))
    }
  }

  private static func outcome(_ answer: [String: String]?) -> Outcome {
    if let output = answer?["output"] { return .output(output) }
    return .refused(answer?["error"] ?? "no answer")
  }
}
