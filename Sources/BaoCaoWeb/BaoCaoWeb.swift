import ArgumentParser
import Diagnostics
import NIOCore
import Reports

/// The office's page: a folder of data files to fill in, check, see and print in a browser.
@main
struct BaoCaoWeb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "baocao-web",
    abstract: text(
      "Mở trang của cơ quan: điền, kiểm tra, xem và in văn bản bằng trình duyệt.",
      "Serve the office's page: fill in, check, see and print documents in a browser."))

  @Argument(help: help("Thư mục có các tệp dữ liệu .rec.", "The folder of data files."))
  var folder: String

  @Option(
    name: .long,
    help: help("Cổng, 0 là cổng còn trống bất kỳ.", "The port, 0 for any that is free."))
  var port = 8080

  @Option(
    name: .long,
    help: help(
      "Địa chỉ mà máy nhận kết nối. Khác địa chỉ của riêng máy (127.…, ::1) thì mỗi người phải có tài khoản.",
      "The address to listen at. Other than those of the machine itself (127.…, ::1), all need accounts."
    ))
  var listen = "127.0.0.1"

  @Option(
    name: .customLong("ten-mien"),
    help: help(
      "Tên của trang khi đứng sau máy chủ khác, như https://baocao.phuong.example.",
      "The address of the page behind another server, as https://baocao.phuong.example."))
  var publicAddress: String?

  @Option(name: .long, help: help("Thư mục mẫu.", "The folder of templates."))
  var templates: String?

  func run() async throws {
    do {
      let office = try Office(
        folder: folder, templates: templates, listen: listen, publicAddress: publicAddress)
      try await Server(office, address: listen, port: port).run()
    } catch let problems as Problems {
      Self.tell(problems.diagnostics)
      throw ExitCode(1)
    } catch let problem as Diagnostic {
      Self.tell([problem])
      throw ExitCode(1)
    } catch let error as IOError {
      let place = "\(listen):\(port)"
      Self.tell([
        Diagnostic(
          .source(.cannotOpen(path: place, reason: SystemReason(error.errnoCode))), at: nil)
      ])
      throw ExitCode(1)
    }
  }

  private static func tell(_ problems: [Diagnostic]) {
    for problem in problems {
      Files.writeStandardError(problem.message(in: .ofEnvironment).printedLines + "\n")
    }
  }

  private static func text(_ vietnamese: String, _ english: String) -> String {
    Language.ofEnvironment == .vietnamese ? vietnamese : english
  }

  private static func help(_ vietnamese: String, _ english: String) -> ArgumentHelp {
    ArgumentHelp(text(vietnamese, english))
  }
}
