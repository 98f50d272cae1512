import CaseFiles
import Diagnostics
import Texts
import Foundation
import Reports
import Templating
import Testing

/// Our engine beside Jinja2 and MiniJinja, from which the language is taken: where these two agree
/// on an output, ours is the same bytes; where both refuse, ours refuses. What differs on purpose
/// stands with its reason in `differential/differences.txt`, and in the manual.
///
/// `differential/lines/*.txt` hold a template a line, `differential/*.case` longer ones (sections
/// `data`, `template`, `template NAME`), and ``TemplateGenerator`` makes more.
/// `BAOCAO_DIFFERENTIAL=FILE` writes what every engine says to every template.
@Suite(.serialized) struct DifferentialTests {
  @Test(.enabled(if: Reference.isHere, "python3 with jinja2 and minijinja is not installed"))
  func agreesWhereBothAgree() throws {
    let table = DifferenceTable.read()
    let jobs = Self.written + table.jobs + Self.generated
    let variants = jobs.flatMap { job in
      (job.whiteSpace + FillOptions.others).map { options in
        var job = job
        job.options = options
        return job
      }
    }
    let answers = try Reference.answers(to: variants)
    try #require(answers.count == variants.count)
    var engine = OurEngine()
    let verdicts = zip(variants, answers).map {
      Verdict(job: $0, ours: engine.outcome(of: $0), theirs: $1)
    }
    try write(verdicts)
    print(summary(verdicts, templates: jobs.count))
    var differing: Set<String> = []
    for verdict in verdicts where verdict.differs {
      let isFirst = differing.insert(verdict.job.title).inserted
      if isFirst, !table.titles.contains(verdict.job.title) {
        Issue.record("\(verdict)")
      }
    }
    let stale = table.titles.subtracting(differing)
    #expect(stale.isEmpty, "in the table, but no different: \(stale.sorted())")
  }

  // MARK: The templates

  static let data = text("data.json")

  static var written: [Job] {
    let lines = ["expressions", "filters", "tests", "statements"].flatMap { name in
      text("lines/\(name).txt").split(separator: "\n").map(String.init)
    }
    let cases = CaseFile.all(in: folder("differential", besideFile: #filePath), extension: "case")
    return lines.map { Job($0, $0, data: data) } + cases.map(job)
  }

  private static func job(_ testCase: CaseFile) -> Job {
    var job = Job(
      testCase.title, testCase["template"] ?? "", data: testCase["data"] ?? data)
    for section in testCase.sections where section.name.hasPrefix("template ") {
      job.templates[String(section.name.dropFirst(9))] = section.text
    }
    return job
  }

  static var generated: [Job] {
    (1...600).map { seed in
      var generator = TemplateGenerator(seed: UInt64(seed))
      var job = Job("generated \(seed)", generator.template(), data: data)
      job.whiteSpace = [FillOptions.whiteSpace[seed % 8]]
      return job
    }
  }

  static func text(_ name: String) -> String {
    let path = folder("differential/" + name, besideFile: #filePath)
    return (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
  }

  // MARK: Telling

  private func summary(_ verdicts: [Verdict], templates: Int) -> String {
    let same = verdicts.count { $0.theirs.agreed != nil && !$0.differs }
    let split = verdicts.filter { $0.theirs.agreed == nil }
    let asJinja2 = split.count { Verdict.isSame($0.ours, $0.theirs.jinja2) }
    let asMiniJinja = split.count { Verdict.isSame($0.ours, $0.theirs.miniJinja) }
    return """
      \(templates) templates, \(verdicts.count) fillings: \(same) as both engines, \
      \(verdicts.count { $0.differs }) different on purpose; where the two differ \
      (\(split.count)): \(asJinja2) as Jinja2, \(asMiniJinja) as MiniJinja, \
      \(split.count - asJinja2 - asMiniJinja) as neither
      """
  }

  private func write(_ verdicts: [Verdict]) throws {
    guard let path = ProcessInfo.processInfo.environment["BAOCAO_DIFFERENTIAL"] else { return }
    let text = verdicts.map { "\($0.mark) \($0)\n" }.joined()
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  }
}

/// Our engine, with the options of a job.
private struct OurEngine {
  private var environments: [FillOptions: Environment] = [:]
  private var data: [String: ValueMap] = [:]

  mutating func outcome(of job: Job) -> Outcome {
    let library = TemplateLibrary(environment: environment(for: job.options)) {
      (name: String) throws(Diagnostic) in
      job.templates[name].map { Source(name: name, bytes: Array($0.utf8)) }
    }
    do throws(Problems) {
      let data = try data(job.data)
      let main = Source(name: Job.mainName, bytes: Array(job.main.utf8))
      let filled = try library.compile(main).render(data, library: library)
      return .output(String(decoding: filled, as: UTF8.self))
    } catch {
      return .refused(error.diagnostics.first?.kind.code ?? "")
    }
  }

  private mutating func data(_ json: String) throws(Problems) -> ValueMap {
    if let known = data[json] { return known }
    let read = try FillData.read(name: "data.json", bytes: Array(json.utf8))
    data[json] = read
    return read
  }

  private mutating func environment(for options: FillOptions) -> Environment {
    if let known = environments[options] { return known }
    var environment = Environment.documents(undefined: options.isStrict ? .strict : .lenient)
    environment.escapeChoice = options.escapesHTML ? .always(fileExtension: "html") : .none
    environment.syntax.trimsBlocks = options.trimsBlocks
    environment.syntax.stripsBlocks = options.stripsBlocks
    environment.syntax.keepsTrailingNewline = options.keepsTrailingNewline
    environment.limits.steps = 1_000_000
    environments[options] = environment
    return environment
  }
}

/// What the three engines say to one job.
private struct Verdict: CustomStringConvertible {
  let job: Job
  let ours: Outcome
  let theirs: Reference.Answer

  /// Whether ours is another than what both others say.
  var differs: Bool { theirs.agreed.map { !Verdict.isSame(ours, $0) } ?? false }

  static func isSame(_ left: Outcome, _ right: Outcome) -> Bool {
    left == right || left.isRefused && right.isRefused
  }

  var mark: String { theirs.agreed == nil ? "split" : differs ? "DIFFERENT" : "same" }

  var description: String {
    """
    \(job.title) [\(job.options)]
      template: \(job.main.debugDescription)
      ours: \(ours)
      Jinja2: \(theirs.jinja2)
      MiniJinja: \(theirs.miniJinja)
    """
  }
}

/// `differential/differences.txt`: differences on purpose.
///
/// `# name` begins one; then its reason; then the templates that show it: `| template`, or
/// `= title` of a case or a generated template.
struct DifferenceTable {
  struct Difference {
    let name: String
    var reason = ""
    var templates: [String] = []
    var titles: [String] = []
  }

  var differences: [Difference] = []

  var jobs: [Job] {
    differences.flatMap(\.templates).map { Job($0, $0, data: DifferentialTests.data) }
  }

  var titles: Set<String> { Set(differences.flatMap { $0.templates + $0.titles }) }

  static func read() -> DifferenceTable {
    var table = DifferenceTable()
    for line in DifferentialTests.text("differences.txt").split(separator: "\n").map(String.init) {
      if line.hasPrefix("# ") {
        table.differences.append(Difference(name: String(line.dropFirst(2))))
        continue
      }
      guard !table.differences.isEmpty else { continue }
      let last = table.differences.count - 1
      switch line.prefix(2) {
      case "| ": table.differences[last].templates.append(String(line.dropFirst(2)))
      case "= ": table.differences[last].titles.append(String(line.dropFirst(2)))
      default: table.differences[last].reason += line + "\n"
      }
    }
    return table
  }
}
