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

  func validate() throws {
    if output?.isEmpty ?? false { throw ValidationError(Messages.emptyOutput) }
  }

  /// - Parameters:
  ///   - inputs: the files that it is made of.
  ///   - templates: the folder of those that are read.
  /// - Throws: that the file is there already, is an input, or lies among the templates.
  func check(isNoneOf inputs: [String], _ templates: TemplateOptions) throws(Problems) {
    guard let output, output != "-" else { return }
    if !overwrites, Files.exists(output) {
      throw Problems([Diagnostic(.form(.fileExists(path: output)), at: nil)])
    }
    try Files.check(output: output, isNoneOf: inputs, templates)
  }
}

extension Files {
  /// - Throws: that a result would take the place of an input, or of a template.
  static func check(
    output: String, isNoneOf inputs: [String], _ templates: TemplateOptions
  ) throws(Problems) {
    try Problems.collecting { () throws(Diagnostic) in
      try check(output: output, isNoneOf: inputs)
      if let folder = templates.used { try check(output: output, isNotIn: folder) }
    }
  }
}
