import CaseFiles
import Diagnostics
import Testing

/// Each reason for which the system refuses a file has words, and so has what no case of the command
/// line can bring about.
@Suite struct SystemReasonTests {
  static let problems: [SourceProblem] =
    SystemReason.allCases.map { .cannotWrite(path: "x.md", reason: $0) } + [
      .output(.inUse(path: "x.rec")), .output(.mixedOutputs(folder: "out/x")),
      .output(.cannotPrint(.noSpace)),
    ]

  @Test(arguments: [("errors", Language.vietnamese), ("errors en", .english)])
  func words(section: String, language: Language) throws {
    let folder = folder("cases", besideFile: #filePath)
    let testCase = try #require(CaseFile.all(in: folder, extension: "case").first)
    let messages = Self.problems.map { Diagnostic(.source($0), at: nil).message(in: language) }
    let printed = String(messages.joined(separator: "\n").dropLast())
    #expect(printed == testCase[section], "\(printed)")
  }
}
