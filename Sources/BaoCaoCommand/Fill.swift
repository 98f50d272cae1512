import ArgumentParser
import Diagnostics
import Reports
import Templating

struct Fill: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Điền một mẫu bất kỳ bằng tệp .rec hoặc .json bất kỳ.",
    discussion: "«-» là đầu vào hoặc đầu ra chuẩn. Một thư mục thì lập mọi tệp trong đó.")

  @Argument(help: "Tệp mẫu.")
  var template: String

  @Argument(help: "Tệp dữ liệu .rec hoặc .json, hoặc thư mục có các tệp đó.")
  var data: String

  @Option(name: .shortAndLong, help: "Tệp kết quả; thư mục kết quả khi dữ liệu là thư mục.")
  var output: String?

  @Option(name: .customLong("to"), help: "Dạng kết quả: markdown, html, text.")
  var format: Format?

  @Option(name: .long, help: "Số việc làm cùng lúc.")
  var jobs = 1

  @OptionGroup var environment: EnvironmentOptions

  var job: FillJob {
    let environment = environment
    return FillJob(
      template: template, data: data, output: output, format: format, jobs: jobs
    ) { (template, format) throws(Problems) in
      try environment.filling(template: template, to: format)
    }
  }

  func run() throws { try job.run() }
}

/// The options of the environment, named as in Jinja2.
struct EnvironmentOptions: ParsableArguments {
  enum Escape: String, ExpressibleByArgument, CaseIterable {
    case auto, none, html, markdown
  }

  enum Undefined: String, ExpressibleByArgument, CaseIterable {
    case strict, lenient
  }

  @Option(name: .long, help: "Cách thoát ký tự: auto theo tên mẫu, none, html, markdown.")
  var escape = Escape.auto

  @Option(name: .long, help: "Giá trị thiếu: strict là lỗi, lenient là để trống.")
  var undefined = Undefined.strict

  @Flag(name: .customLong("trim-blocks"), inversion: .prefixedNo, help: "Như trim_blocks.")
  var trimBlocks = true

  @Flag(name: .customLong("lstrip-blocks"), inversion: .prefixedNo, help: "Như lstrip_blocks.")
  var lstripBlocks = true

  @Flag(
    name: .customLong("keep-trailing-newline"), inversion: .prefixedNo,
    help: "Như keep_trailing_newline.")
  var keepTrailingNewline = true

  @Option(name: .customLong("template-root"), help: "Thư mục mà include và extends tìm trong đó.")
  var templateRoot: String?

  func filling(template: String, to format: Format?) throws(Problems) -> Filling {
    var environment = Environment.documents(undefined: undefined == .strict ? .strict : .lenient)
    environment.syntax.trimsBlocks = trimBlocks
    environment.syntax.stripsBlocks = lstripBlocks
    environment.syntax.keepsTrailingNewline = keepTrailingNewline
    switch escape {
    case .auto: environment.escapeChoice = .byName
    case .none: environment.escapeChoice = .none
    case .html: environment.escapeChoice = .always(fileExtension: "html")
    case .markdown: environment.escapeChoice = .always(fileExtension: "md")
    }
    return try Filling(template: template, root: templateRoot, environment, to: format)
  }
}
