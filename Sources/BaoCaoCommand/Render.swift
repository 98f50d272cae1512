import ArgumentParser
import Reports

struct Render: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lập mọi văn bản của các tệp dữ liệu.",
    discussion: "Kết quả nằm trong out/<tên tệp dữ liệu>/<mẫu>.md và .html.")

  @OptionGroup var arguments: DataArguments

  @Option(name: .customLong("mau"), help: "Chỉ lập văn bản theo mẫu này.")
  var kind: String?

  @Option(
    name: .customLong("to"), help: "Các dạng cần có: markdown, html, text, cách nhau dấu phẩy.",
    transform: Format.list)
  var formats = RenderJob.usualFormats

  @Option(name: .shortAndLong, help: "Thư mục kết quả.")
  var output = RenderJob.usualOutput

  @Flag(name: .customLong("nhap"), help: "Bản nháp: chỗ thiếu được đánh dấu ⟦thiếu: …⟧.")
  var isDraft = false

  @Option(name: .long, help: "Số việc làm cùng lúc.")
  var jobs = 1

  @OptionGroup var templates: TemplateOptions

  var job: RenderJob {
    RenderJob(
      data: arguments.data, kind: kind, formats: formats, output: output, isDraft: isDraft,
      jobs: jobs, templates: templates.folder)
  }

  func run() throws { try job.run() }
}

/// A form that documents are made in.
extension Format: ExpressibleByArgument {
  static func list(_ text: String) throws -> [Format] {
    let names = text.split(separator: ",", omittingEmptySubsequences: false)
    return try names.map { name in
      guard let format = Format(rawValue: String(name)) else {
        throw ValidationError("\(name)? (markdown, html, text)")
      }
      return format
    }
  }
}
