import ArgumentParser
import Diagnostics
import Reports

/// A file that a command makes, and does not write over what is there.
struct NewFile: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: .text(
      "Tệp mới để ghi.",
      "A new file to write.",
      value: ("tệp", "file")))
  var output: String?

  @Flag(
    name: .customLong("ghi-de"),
    help: .text(
      "Tệp đã có thì ghi đè.",
      "Write over a file that is there."))
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
