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

  func run() throws {
    let isFolder = data != "-" && Files.isFolder(data)
    if isFolder, output == nil || output == "-" {
      throw Messages.refuse(
        "dữ liệu là thư mục nên cần «--output THƯ_MỤC»",
        "the data is a folder, so “--output FOLDER” is needed")
    }
    do throws(Problems) {
      if isFolder {
        try fillFolder(into: output ?? "out")
      } else {
        try fillOne()
      }
    } catch {
      Messages.show(error.diagnostics)
      throw Failure.badInput
    }
  }

  private func fillOne() throws(Problems) {
    let filling = try environment.filling(template: template, to: format)
    let result = try filling.fill(data)
    try Problems.collecting { () throws(Diagnostic) in
      if let output, output != "-" {
        try Files.write(result, to: output)
      } else {
        try Files.writeStandardOutput(result)
      }
    }
  }

  /// Every data file of a folder into another folder; each thread has a template of its own.
  private func fillFolder(into output: String) throws(Problems) {
    let first = try environment.filling(template: template, to: format)
    let names = try Fill.dataNames(in: data)
    try Problems.collecting { () throws(Diagnostic) in try Files.makeFolder(output) }
    let (folder, environment, template, format) = (data, environment, template, format)
    let failures = inParallel(names.count, jobs: jobs) {
      let filling = Result { () throws(Problems) in
        try environment.filling(template: template, to: format)
      }
      return { index in
        Fill.fill(names[index], of: folder, into: output, filling)
      }
    }
    _ = first
    let problems = failures.flatMap { $0 }
    guard problems.isEmpty else { throw Problems(problems) }
  }

  private static func dataNames(in folder: String) throws(Problems) -> [String] {
    try Problems.collecting { () throws(Diagnostic) in
      let names = try Files.names(in: folder).filter {
        $0.hasSuffix(".rec") || $0.hasSuffix(".json")
      }
      guard !names.isEmpty else {
        throw Diagnostic(.report(.noDataFiles(folder: folder)), at: nil)
      }
      return names
    }
  }

  private static func fill(
    _ name: String, of folder: String, into output: String, _ filling: Result<Filling, Problems>
  ) -> [Diagnostic] {
    do throws(Problems) {
      let filling = try filling.get()
      let result = try filling.fill("\(folder)/\(name)")
      let base = name.prefix(upTo: name.lastIndex(of: ".") ?? name.endIndex)
      try Problems.collecting { () throws(Diagnostic) in
        try Files.write(result, to: "\(output)/\(base).\(filling.fileExtension)")
      }
      return []
    } catch {
      return error.diagnostics
    }
  }
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
