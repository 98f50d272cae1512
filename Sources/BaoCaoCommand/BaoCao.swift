import ArgumentParser
import Diagnostics
import Glibc
import Reports

/// `baocao`: the command line.
@main
struct BaoCao: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "baocao",
    abstract: Messages.text(
      "Lập báo cáo, kế hoạch, tin bài từ tệp dữ liệu.",
      "Make reports, plans and news posts from data files."),
    discussion: Messages.text(
      "Thông báo bằng tiếng Việt; đặt BAOCAO_LANG=en để có tiếng Anh.",
      "Messages are in English with BAOCAO_LANG=en, else in Vietnamese."),
    subcommands: [
      Render.self, Fill.self, Check.self, FormatFiles.self, New.self, Kinds.self,
      Guide.self,
      ImportPosts.self, ImportSheet.self, ExportSheet.self, ExportWorkbook.self,
      ImportDocument.self, Convert.self, Confirm.self, Collect.self, Seal.self, Verify.self,
      Rebuild.self, Merge.self, Find.self, Compare.self, HandOver.self, MakeSite.self,
    ])

  /// Exit status 0: done; 1: the data or a template has errors; 2: the command is used wrongly.
  static func main() {
    do {
      try Files.prepareStreams()
      Interruptions.listen()
      if let job = commonJob(CommandLine.arguments.dropFirst()) {
        try job.run()
      } else {
        try CommonCommandLine.checkWords(of: CommandLine.arguments.dropFirst())
        var command = try parseAsRoot()
        try command.run()
      }
    } catch let failure as Failure {
      exit(withCode: failure.status)
    } catch let problem as Diagnostic {
      exit(showing: [problem])
    } catch let problems as Problems {
      exit(showing: problems.diagnostics)
    } catch {
      let status = exitCode(for: error)
      let message = fullMessage(for: error)
      if status.isSuccess { exit(printing: ParserPhrases.help(message)) }
      Files.writeStandardError(Messages.wrongUse(message) + "\n")
      exit(withCode: 2)
    }
  }

  private static func exit(showing problems: [Diagnostic]) -> Never {
    Messages.show(problems)
    exit(withCode: Failure.badInput.status)
  }

  private static func exit(printing message: String) -> Never {
    do throws(Problems) {
      try Messages.print(message)
    } catch {
      exit(showing: error.diagnostics)
    }
    exit(withCode: 0)
  }

  /// Ends the program. The parser's own way to an exit status makes the text of its help first.
  private static func exit(withCode code: Int32) -> Never {
    Glibc.exit(code)
  }
}

/// The command has said what is wrong; this is only its exit status.
struct Failure: Error {
  let status: Int32

  /// The data or a template has errors.
  static let badInput = Failure(status: 1)
  /// The command is used wrongly.
  static let wrongUse = Failure(status: 2)
}
