import Foundation

/// Fills one report with several template engines, side by side in one run.
///
/// `Comparison TEMPLATE.md.jinja FOLDER [ROUNDS]`: every `.rec` of the folder is filled into the
/// template, and into the templates of swift-mustache and Stencil in `templates/`. The texts have
/// to be the same, byte for byte. Then each engine is timed once a round, the engines in turn, and
/// the medians of a report's time are printed as the rows of a table in Markdown.
///
/// Templates are compiled before. The others are given the same values in JSON.
@main
struct Comparison {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 3 else {
      print("usage: Comparison TEMPLATE.md.jinja FOLDER [ROUNDS]")
      exit(2)
    }
    let rounds = arguments.count > 3 ? Int(arguments[3]) ?? 15 : 15
    let reports = try ReportData.all(in: arguments[2])
    let engines = try engines(template: arguments[1], reports)
    try check(engines, reports)
    printTable(engines, try medians(engines, rounds: rounds), reports: reports.count)
  }

  private static func engines(
    template: String, _ reports: [ReportData]
  ) throws -> [Engine] {
    let text = try String(contentsOfFile: template, encoding: .utf8)
    let templates = Engine.folder + "/templates/report."
    return try Engine.ours(template, reports) + Engine.python(text, reports) + [
      .mustache(String(contentsOfFile: templates + "mustache", encoding: .utf8), reports),
      .stencil(String(contentsOfFile: templates + "stencil", encoding: .utf8), reports),
    ]
  }

  /// Refuses to time engines that do not make the same texts.
  private static func check(_ engines: [Engine], _ reports: [ReportData]) throws {
    let wanted = try engines[0].texts()
    for engine in engines.dropFirst() {
      let texts = try engine.texts()
      for (report, (text, wanted)) in zip(reports, zip(texts, wanted)) where text != wanted {
        let line = zip(text, wanted).prefix { $0 == $1 }.count { $0.0 == UInt8(ascii: "\n") } + 1
        print("\(engine.name): another text of \(report.name) from line \(line) on")
        exit(1)
      }
    }
  }

  /// By engine and stage, in seconds for all reports.
  private static func medians(_ engines: [Engine], rounds: Int) throws -> [[Double]] {
    var times = engines.map { _ in Engine.Stage.allCases.map { _ in [Double]() } }
    for round in 0...rounds {
      for (index, engine) in engines.enumerated() {
        for (column, stage) in Engine.Stage.allCases.enumerated() {
          let time = try engine.time(stage)
          // The first round warms up.
          if round > 0 { times[index][column].append(time) }
        }
      }
    }
    return times.map { $0.map { $0.sorted()[rounds / 2] } }
  }

  private static func printTable(_ engines: [Engine], _ medians: [[Double]], reports: Int) {
    let heads = Engine.Stage.allCases.map { " \($0.rawValue) | of ours |" }
    print("| engine |" + heads.joined())
    print("| --- |" + heads.map { _ in " ---: | ---: |" }.joined())
    for (engine, times) in zip(engines, medians) {
      let cells = zip(times, medians[0]).map { time, ours in
        let microseconds = Int((time / Double(reports) * 1e6).rounded())
        return " \(microseconds) µs | \(((time / ours) * 10).rounded() / 10) |"
      }
      print("| \(engine.name) |" + cells.joined())
    }
  }
}
