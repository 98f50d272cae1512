import ArgumentParser

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Kiểm tra tệp dữ liệu và mẫu, không ghi gì.")

  @OptionGroup var arguments: DataArguments
  @OptionGroup var templates: TemplateOptions

  @Flag(name: .long, help: "In kết quả dạng JSON ra đầu ra chuẩn, cho chương trình khác đọc.")
  var json = false

  @Flag(name: .customLong("quy-dinh"), help: "Chỉ cả chỗ mẫu quy định điều bị vi phạm.")
  var showsRules = false

  var job: CheckJob {
    CheckJob(
      data: arguments.data, isSheet: json, showsRules: showsRules, templates: templates.folder)
  }

  func run() throws { try job.run() }
}
