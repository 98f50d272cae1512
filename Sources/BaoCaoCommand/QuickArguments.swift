import Diagnostics
import Reports
import Templating

extension FillJob {
  /// A format by its name, found without the table that `Format(rawValue:)` makes.
  private static func format(named name: String) -> Format? {
    switch name {
    case Format.markdown.rawValue: .markdown
    case Format.html.rawValue: .html
    case Format.text.rawValue: .text
    default: nil
    }
  }

  /// Reads the plain form of `fill TEMPLATE DATA [-o FILE] [--to FORMAT] [--jobs N]`; nil for any
  /// other command line, which the argument parser then reads.
  ///
  /// The argument parser looks at every type of the program to describe its commands. That takes
  /// longer than filling a report, and a script that fills one report a call waits for it each time.
  convenience init?(quickly arguments: some Collection<String>) {
    guard arguments.first == "fill" else { return nil }
    var paths: [String] = []
    var (output, format, jobs): (String?, String?, String?)
    var rest = arguments.dropFirst()
    while let word = rest.popFirst() {
      switch word {
      case "-o", "--output":
        guard output == nil, let value = rest.popFirst() else { return nil }
        output = value
      case "--to":
        guard format == nil, let value = rest.popFirst() else { return nil }
        format = value
      case "--jobs":
        guard jobs == nil, let value = rest.popFirst() else { return nil }
        jobs = value
      default:
        if word.hasPrefix("-"), word != "-" { return nil }
        paths.append(word)
      }
    }
    let wantedFormat = format.flatMap(FillJob.format)
    guard paths.count == 2, format == nil || wantedFormat != nil,
      let jobCount = Int(jobs ?? "1")
    else { return nil }
    self.init(
      template: paths[0], data: paths[1], output: output, format: wantedFormat, jobs: jobCount
    ) { (template, format) throws(Problems) in
      try Filling(template: template, root: nil, .documents(undefined: .strict), to: format)
    }
  }
}
