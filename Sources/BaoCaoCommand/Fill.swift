import ArgumentParser
import Diagnostics
import Reports
import Templating

struct Fill: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: Messages.text(
      "Điền một mẫu bất kỳ bằng tệp .rec hoặc .json bất kỳ.",
      "Fill any template from any .rec or .json file."),
    discussion: Messages.text(
      "«-» là đầu vào hoặc đầu ra chuẩn. Một thư mục thì lập mọi tệp trong đó.",
      "“-” is standard input or output. A folder stands for all files in it."))

  @Argument(
    help: .text(
      "Tệp mẫu.",
      "The template.",
      value: ("mẫu", "template")))
  var template: String

  @Argument(
    help: .text(
      "Tệp dữ liệu .rec hoặc .json, hoặc thư mục có các tệp đó.",
      "The data, .rec or .json, or a folder that has such files.",
      value: ("tệp", "file")))
  var data: String

  @Option(
    name: .shortAndLong,
    help: .text(
      "Tệp kết quả; thư mục kết quả khi dữ liệu là thư mục.",
      "The file to write; a folder where the data is a folder.",
      value: ("tệp", "file")))
  var output: String?

  @Option(
    name: .customLong("to"),
    help: .text(
      "Dạng kết quả: markdown, html, text.",
      "The form of the output: markdown, html, text.",
      value: ("dạng", "form")))
  var format: Format?

  @OptionGroup var parallel: JobOptions

  @OptionGroup var environment: EnvironmentOptions

  var job: FillJob {
    let environment = environment
    return FillJob(
      template: template, data: data, output: output, format: format,
      jobs: parallel.jobs
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

  @Option(
    name: .long,
    help: .text(
      "Cách thoát ký tự: auto theo tên mẫu, none, html, markdown.",
      "The escape: auto by the template's name, none, html, markdown.",
      value: ("cách", "escape")))
  var escape = Escape.auto

  @Option(
    name: .long,
    help: .text(
      "Giá trị thiếu: strict là lỗi, lenient là để trống.",
      "A missing value: strict is an error, lenient is nothing.",
      value: ("cách", "policy")))
  var undefined = Undefined.strict

  @Flag(
    name: .customLong("trim-blocks"), inversion: .prefixedNo,
    help: .text(
      "Như trim_blocks.",
      "As trim_blocks."))
  var trimBlocks = true

  @Flag(
    name: .customLong("lstrip-blocks"), inversion: .prefixedNo,
    help: .text(
      "Như lstrip_blocks.",
      "As lstrip_blocks."))
  var lstripBlocks = true

  @Flag(
    name: .customLong("keep-trailing-newline"), inversion: .prefixedNo,
    help: .text(
      "Như keep_trailing_newline.",
      "As keep_trailing_newline."))
  var keepTrailingNewline = true

  @Option(
    name: .customLong("template-root"),
    help: .text(
      "Thư mục mà include và extends tìm trong đó.",
      "The folder in which include and extends look.",
      value: ("thư mục", "folder")))
  var templateRoot: String?

  func validate() throws {
    guard let templateRoot, !Files.isFolder(templateRoot) else { return }
    throw ValidationError(
      Messages.text(
        "«\(templateRoot)» không phải là thư mục", "“\(templateRoot)” is not a folder"))
  }

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
