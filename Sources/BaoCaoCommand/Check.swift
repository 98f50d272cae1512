import ArgumentParser

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: Messages.text(
      "Kiểm tra tệp dữ liệu và mẫu, không ghi gì.",
      "Check data files and templates, and write nothing."))

  @OptionGroup var arguments: DataArguments
  @OptionGroup var templates: TemplateOptions

  @Flag(
    name: .long,
    help: .text(
      "In kết quả dạng JSON ra đầu ra chuẩn, cho chương trình khác đọc.",
      "Print the result as JSON to standard output, for other programs."))
  var json = false

  @Flag(
    name: .customLong("quy-dinh"),
    help: .text(
      "Chỉ cả chỗ mẫu quy định điều bị vi phạm.",
      "Show where the schema rules what is broken, too."))
  var showsRules = false

  var job: CheckJob {
    CheckJob(
      data: arguments.data, isSheet: json, showsRules: showsRules, templates: templates.folder)
  }

  func run() throws { try job.run() }
}
