import Diagnostics
import Reports
import Templating

extension FillJob {
  /// Reads the plain form of `fill TEMPLATE DATA [-o FILE] [--to FORMAT] [--jobs N]`; nil for any
  /// other command line, which the argument parser then reads.
  ///
  /// The argument parser looks at every type of the program to describe its commands. That takes
  /// longer than filling a report, and a script that fills one report a call waits for it each time.
  init?(quickly arguments: some Collection<String>) {
    guard arguments.first == "fill" else { return nil }
    var paths: [String] = []
    var options: [String: String] = [:]
    var rest = arguments.dropFirst()
    while let word = rest.popFirst() {
      switch word {
      case "-o", "--output", "--to", "--jobs":
        guard let value = rest.popFirst(), options.updateValue(value, forKey: word) == nil else {
          return nil
        }
      case "-": paths.append(word)
      default:
        if word.hasPrefix("-") { return nil }
        paths.append(word)
      }
    }
    let format = options["--to"].map { Format(rawValue: $0) }
    let jobs = options["--jobs"].map { Int($0) }
    let hasTwoOutputs = options["-o"] != nil && options["--output"] != nil
    guard paths.count == 2, format != .some(nil), jobs != .some(nil), !hasTwoOutputs else {
      return nil
    }
    self.init(
      template: paths[0], data: paths[1], output: options["-o"] ?? options["--output"],
      format: format ?? nil, jobs: jobs.flatMap { $0 } ?? 1
    ) { (template, format) throws(Problems) in
      try Filling(template: template, root: nil, .documents(undefined: .strict), to: format)
    }
  }
}
