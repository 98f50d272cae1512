import CCmark
import Diagnostics
import Glibc
import Markdown
import Reports
import Templating

/// Measures the stages of a report beside libcmark itself, all in one process and one run.
///
/// `Benchmarks TEMPLATE.md.jinja FOLDER [ROUNDS]`: every `.rec` of the folder is filled into the
/// template and rendered; each stage is timed once a round, the stages in turn. The figures are
/// medians of a report's time in microseconds; what counts is the ratio to libcmark.
///
/// `Benchmarks growth TEMPLATE.md.jinja DATA.rec TYPE NAME [ROUNDS]`: see ``Growth``.
///
/// `Benchmarks check TEMPLATES FOLDER|DATA.rec [ROUNDS]`,
/// `Benchmarks check-large TEMPLATES DATA.rec [ROUNDS]`: see ``Checking`` and ``BenchSize``.
///
/// `Benchmarks posts TEMPLATES FOLDER [ROUNDS]`: see ``Posts``.
@main
struct Benchmarks {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch arguments.first {
    case "growth"? where arguments.count >= 5:
      let growth = try Growth(
        template: arguments[1], data: arguments[2], type: arguments[3], name: arguments[4])
      try growth.measure(rounds: rounds(arguments.dropFirst(5)))
    case "check"? where arguments.count >= 3:
      let checking = try Checking(templates: arguments[1], path: arguments[2])
      try checking.measure(rounds: rounds(arguments.dropFirst(3)))
    case "check-large"? where arguments.count >= 3:
      let checking = try Checking(templates: arguments[1], extending: arguments[2])
      try checking.measure(rounds: rounds(arguments.dropFirst(3)))
    case "posts"? where arguments.count >= 3:
      let posts = try Posts(templates: arguments[1], folder: arguments[2])
      posts.measure(rounds: rounds(arguments.dropFirst(3)))
    case .some where arguments.count >= 2:
      let reports = try Reports(template: arguments[0], folder: arguments[1])
      try measure(reports, rounds: rounds(arguments.dropFirst(2)))
    default:
      print("usage: Benchmarks TEMPLATE.md.jinja FOLDER [ROUNDS]")
      print("       Benchmarks growth TEMPLATE.md.jinja DATA.rec TYPE NAME [ROUNDS]")
      print("       Benchmarks check TEMPLATES FOLDER|DATA.rec [ROUNDS]")
      print("       Benchmarks check-large TEMPLATES DATA.rec [ROUNDS]")
      print("       Benchmarks posts TEMPLATES FOLDER [ROUNDS]")
      exit(2)
    }
  }

  private static func rounds(_ arguments: ArraySlice<String>) -> Int {
    arguments.first.flatMap { Int($0) } ?? 15
  }

  private static func measure(_ reports: Reports, rounds: Int) throws {
    let stages: [(name: String, work: () throws -> Int)] = [
      ("libcmark, Markdown to HTML", { reports.stock() }),
      ("Markdown to HTML, with tables", { reports.convert() }),
      ("read and parse the data", { try reports.parse() }),
      ("parse the data and fill", { try reports.fill() }),
      ("parse, fill, HTML", { try reports.render() }),
    ]
    var times = [[Double]](repeating: [], count: stages.count)
    var total = 0
    for _ in 0...rounds {
      for (index, stage) in stages.enumerated() {
        let start = processorTime()
        total &+= try stage.work()
        times[index].append(processorTime() - start)
      }
    }
    let medians = times.map { $0.dropFirst().sorted()[rounds / 2] / Double(reports.count) * 1e6 }
    print("\(reports.count) reports, \(reports.markdownSize) bytes of Markdown each")
    for (stage, median) in zip(stages, medians) {
      let ratio = median / medians[0]
      print("\(rounded(median)) µs  \(rounded(ratio)) of libcmark  \(stage.name)")
    }
    if total == 0 { print("nothing was made") }
  }
}

/// Seconds of the processor, which do not count what other programs take meanwhile.
func processorTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }

/// The data files in memory, with the Markdown that they make.
private struct Reports {
  private let filling: Filling
  private let sources: [(name: String, bytes: [UInt8])]
  private let markdown: [[UInt8]]

  init(template: String, folder: String) throws {
    let filling = try Filling(
      template: template, root: nil, .documents(undefined: .strict), to: nil)
    let names = try Files.names(in: folder).filter { $0.hasSuffix(".rec") }
    sources = try names.map { ($0, try Files.read(folder + "/" + $0)) }
    markdown = try sources.map { source in
      try filling.fill(try filling.read(name: source.name, bytes: source.bytes), to: .markdown)
    }
    self.filling = filling
  }

  var count: Int { sources.count }
  var markdownSize: Int { markdown.map(\.count).reduce(0, +) / max(1, count) }

  func stock() -> Int {
    var size = 0
    for text in markdown {
      let html = text.withUnsafeBytes { bytes in
        cmark_markdown_to_html(bytes.baseAddress, bytes.count, CMARK_OPT_DEFAULT)
      }
      size += html.map { strlen($0) } ?? 0
      free(html)
    }
    return size
  }

  func convert() -> Int {
    var size = 0
    for text in markdown {
      var html: [UInt8] = []
      Document(parsing: text.span).appendHTML(to: &html)
      size += html.count
    }
    return size
  }

  func parse() throws -> Int {
    try sources.reduce(0) { total, source in
      total + (try filling.read(name: source.name, bytes: source.bytes)).values.count
    }
  }

  func fill() throws -> Int { try make(.markdown) }
  func render() throws -> Int { try make(.html) }

  private func make(_ format: Format) throws -> Int {
    var size = 0
    for source in sources {
      // The document is handed on where it lies, as the program does it.
      try filling.fill(name: source.name, bytes: source.bytes, to: format) { size += $0.count }
    }
    return size
  }
}
