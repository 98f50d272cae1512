import ArgumentParser
import Diagnostics
import Reports

/// A file that a command makes, and does not write over what is there.
struct NewFile: ParsableArguments {
  @Option(name: .shortAndLong, help: "Tệp mới để ghi.")
  var output: String?

  @Flag(name: .customLong("ghi-de"), help: "Tệp đã có thì ghi đè.")
  var overwrites = false

  /// - Throws: that the file is there already.
  func check() throws(Problems) {
    guard let output, output != "-", !overwrites, Files.exists(output) else { return }
    throw Problems([Diagnostic(.form(.fileExists(path: output)), at: nil)])
  }
}
