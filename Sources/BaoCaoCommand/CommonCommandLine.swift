import Diagnostics
import Reports
import Templating

/// A command line as scripts mostly give it: words, options with a value behind them and flags, each
/// once.
///
/// The argument parser looks at every type of the program to describe its commands. That takes
/// longer than filling a report, and a script that makes one report a call waits for it each time.
/// So a command line of this form is read here; every other one, right or wrong, by the parser.
struct CommonCommandLine {
  private(set) var words: [String] = []
  private var options: [(name: String, value: String)] = []
  private var flags: [String] = []

  /// The options and flags that a command takes.
  struct Form {
    /// Each with the names it has, as `-o` and `--output`; the last one is asked for.
    let options: [[String]]
    var flags: [String] = []
  }

  /// Reads a command line; nil for one of another form.
  ///
  /// - Parameter arguments: those behind the name of the command.
  init?(_ arguments: some Collection<String>, _ form: Form) {
    var rest = Array(arguments)[...]
    while let word = rest.popFirst() {
      guard CommonCommandLine.isOption(word) else {
        words.append(word)
        continue
      }
      if form.flags.contains(word), !flags.contains(word) {
        flags.append(word)
        continue
      }
      guard let name = form.options.first(where: { $0.contains(word) })?.last,
        self[name] == nil, let value = rest.popFirst(), !CommonCommandLine.isOption(value)
      else { return nil }
      options.append((name, value))
    }
  }

  /// `-` alone stands for standard input or output.
  private static func isOption(_ word: String) -> Bool { word.utf8.first == 0x2D && word != "-" }

  /// The value of an option; nil where it is not given.
  subscript(name: String) -> String? {
    for option in options where option.name == name { return option.value }
    return nil
  }

  func has(_ flag: String) -> Bool { flags.contains(flag) }

  /// The number of threads that may work; nil where it is none.
  var jobs: Int? {
    guard let text = self["--jobs"] else { return 1 }
    return Int(text).flatMap { $0 > 0 ? $0 : nil }
  }
}

/// What the argument parser would let pass.
extension CommonCommandLine {
  /// - Throws: an option that is given twice, of which the last alone would count; help on a command
  ///   that there is not.
  static func checkWords(of arguments: some Collection<String>) throws(Failure) {
    if arguments.first == "help", let name = arguments.dropFirst().first, !isOption(name) {
      let known = BaoCao.configuration.subcommands.flatMap {
        [$0._commandName] + $0.configuration.aliases
      }
      guard known.contains(name) else {
        let list = known.joined(separator: ", ")
        throw Messages.refuse(
          "không có lệnh «\(name.printed)»; các lệnh: \(list)",
          "there is no command “\(name.printed)”; the commands are \(list)")
      }
    }
    var seen: Set<String> = []
    for word in arguments.prefix(while: { $0 != "--" }) where isOption(word) {
      let name = word.split(separator: "=").first.map(String.init) ?? word
      let long = name == "-o" ? "--output" : name
      guard !repeatable.contains(long), !seen.insert(long).inserted else { continue }
      throw Messages.refuse(
        "«\(name.printed)» được ghi hai lần", "“\(name.printed)” is given twice")
    }
  }

  /// The options that take one value each time.
  private static let repeatable: Set = ["--xoa", "--trong", "--goi"]
}

extension Format {
  /// A format by its name, found without the table that `Format(rawValue:)` makes.
  init?(named name: some StringProtocol) {
    switch name {
    case "markdown": self = .markdown
    case "html": self = .html
    case "text": self = .text
    case "pdf": self = .pdf
    case "xlsx": self = .xlsx
    case "docx": self = .docx
    default: return nil
    }
  }
}

extension BaoCao {
  /// The work that a command line of the common form asks for; nil for any other.
  static func commonJob(_ arguments: some Collection<String>) -> (any Job)? {
    let rest = arguments.dropFirst()
    return switch arguments.first {
    case "fill": FillJob(common: rest)
    case "render": RenderJob(common: rest)
    case "check": CheckJob(common: rest)
    default: nil
    }
  }
}

/// The work of a command, however its arguments were read.
protocol Job {
  func run() throws
}

extension FillJob {
  convenience init?(common arguments: some Collection<String>) {
    let form = CommonCommandLine.Form(options: [["-o", "--output"], ["--to"], ["--jobs"]])
    guard let arguments = CommonCommandLine(arguments, form), arguments.words.count == 2,
      let jobs = arguments.jobs
    else { return nil }
    let format = arguments["--to"].map { Format(named: $0) }
    if case .some(nil) = format { return nil }
    if case .some(.some(.xlsx)) = format { return nil }
    if case .some(.some(.docx)) = format { return nil }
    self.init(
      template: arguments.words[0], data: arguments.words[1], output: arguments["--output"],
      format: format ?? nil, jobs: jobs
    ) { (template, format) throws(Problems) in
      try Filling(template: template, root: nil, .documents(undefined: .strict), to: format)
    }
  }
}

extension RenderJob {
  init?(common arguments: some Collection<String>) {
    let form = CommonCommandLine.Form(
      options: [["--mau"], ["--to"], ["-o", "--output"], ["--jobs"], ["--templates"]],
      flags: ["--nhap", "--pdf-a", "--hai-mat"])
    guard let arguments = CommonCommandLine(arguments, form), !arguments.words.isEmpty,
      let jobs = arguments.jobs
    else { return nil }
    var formats = Format.usual
    if let names = arguments["--to"] {
      let parts = names.split(separator: ",", omittingEmptySubsequences: false)
      formats = parts.compactMap { Format(named: $0) }
      guard formats.count == parts.count else { return nil }
    }
    self.init(
      data: arguments.words, kind: arguments["--mau"], formats: formats,
      output: arguments["--output"] ?? RenderJob.usualOutput, isDraft: arguments.has("--nhap"),
      isArchived: arguments.has("--pdf-a"), isTwoSided: arguments.has("--hai-mat"),
      jobs: jobs, templates: arguments["--templates"])
  }
}

extension CheckJob {
  init?(common arguments: some Collection<String>) {
    let form = CommonCommandLine.Form(options: [["--templates"]], flags: ["--json", "--quy-dinh"])
    guard let arguments = CommonCommandLine(arguments, form), !arguments.words.isEmpty else {
      return nil
    }
    self.init(
      data: arguments.words, isSheet: arguments.has("--json"),
      showsRules: arguments.has("--quy-dinh"), templates: arguments["--templates"])
  }
}
