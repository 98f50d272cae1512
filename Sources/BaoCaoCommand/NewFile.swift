import ArgumentParser
import Diagnostics
import Reports

/// A file that a command makes, and does not write over what is there.
struct NewFile: ParsableArguments {
  @Option(name: .shortAndLong, help: "Tệp mới để ghi.")
  var output: String?

  @Flag(name: .customLong("ghi-de"), help: "Tệp đã có thì ghi đè.")
  var overwrites = false

  /// - Throws: that the file is one of those that it is made of, or lies among the templates.
  func checkIsNone(of inputs: [String], _ templates: String?) throws(Problems) {
    guard let output, output != "-" else { return }
    try Problems.collecting { () throws(Diagnostic) in
      try Files.check(output: output, isNoneOf: inputs)
      if let templates { try Files.check(output: output, isNotIn: templates) }
    }
  }

  /// - Throws: that the file is there already.
  func check() throws(Problems) {
    guard let output, output != "-", !overwrites, Files.exists(output) else { return }
    throw Problems([Diagnostic(.form(.fileExists(path: output)), at: nil)])
  }
}
