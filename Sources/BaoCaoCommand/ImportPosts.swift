import Archives
import ArgumentParser
import Diagnostics
import Reports

struct ImportPosts: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: Messages.text(
      "Đưa bài đăng cũ thành tệp dữ liệu, giữ nguyên văn.",
      "Make data files of old posts, word for word."),
    discussion: Messages.text(
      """
      Bài chép từ cổng thông tin (.txt) hoặc trang đã lưu (.html, .mht). Chuyên mục, tiêu đề, ngày giờ đăng,
      lượt xem, tác giả vào các trường; bài không có thì để trống. Không chữ nào mất. Báo cáo, kế hoạch,
      quyết định dạng văn bản thuần thì thành dữ liệu của mẫu ấy. Dữ kiện trong lời văn được đề nghị, xem
      và xác nhận bằng baocao confirm.
      """,
      """
      Posts copied from a portal (.txt), or pages that were saved (.html, .mht). Category, title, day and time
      posted, views and author go to fields, which stay empty where the post has none. No word is lost.
      A report, plan or decision in plain text becomes data of its kind. Facts of the prose are proposed;
      look at them and confirm them with baocao confirm.
      """))

  @Argument(
    help: .text(
      "Bài đăng, hoặc thư mục có các bài.",
      "Posts, or folders that have them.",
      value: ("tệp", "file")))
  var inputs: [String]

  @Option(
    name: [.customShort("o")],
    help: .text(
      "Tệp dữ liệu .rec của bài duy nhất; - là đầu ra chuẩn.",
      "The data file (.rec) of the one post; - is standard output.",
      value: ("tệp", "file")))
  var file: String?

  @Option(
    name: .customLong("output"),
    help: .text(
      "Thư mục của các tệp dữ liệu; mỗi bài một tệp cùng tên.",
      "The folder of the data files; each has the name of its post.",
      value: ("thư mục", "folder")))
  var folder: String?

  @Flag(
    name: .customLong("ghi-de"),
    help: .text("Tệp đã có thì ghi đè.", "Write over files that are there."))
  var overwrites = false

  @Option(
    name: .customLong("mau"),
    help: .text(
      "Mẫu của tệp dữ liệu, như bao-cao; tin-bai thì luôn giữ nguyên văn. Không ghi thì theo văn bản.",
      "The kind of the data files, as bao-cao; tin-bai keeps all word for word. Without it, by the text.",
      value: ("mẫu", "kind")))
  var kind: String?

  @Flag(
    name: .customLong("khong-du-kien"),
    help: .text(
      "Không đề nghị dữ kiện (văn bản, người, số liệu, cơ quan) tìm thấy trong lời văn.",
      "Do not propose the facts (documents, people, figures, bodies) that the prose states."))
  var proposesNoFacts = false

  @OptionGroup var parallel: JobOptions

  @OptionGroup var templates: TemplateOptions

  func validate() throws {
    if file?.isEmpty ?? false || folder?.isEmpty ?? false {
      throw ValidationError(Messages.emptyOutput)
    }
  }

  func run() throws {
    var isDone = true
    let collection = try templates.collection(undefined: .strict)
    let importer = try PostImporter(
      collection, asKind: kind, proposesFacts: !proposesNoFacts)
    if let folder {
      let job = ImportJob(
        inputs: inputs, folder: folder, overwrites: overwrites, jobs: parallel.jobs)
      isDone = try job.run(importer)
    } else {
      try importOne(importer)
    }
    if !isDone { throw Failure.badInput }
  }

  private func importOne(_ importer: PostImporter) throws(Problems) {
    guard inputs.count == 1, let input = inputs.first, !Files.isFolder(input) else {
      throw Problems([Diagnostic(.importing(.needsFolder), at: nil)])
    }
    if let file, file != "-", !file.hasSuffix(".rec") {
      throw Problems([Diagnostic(.report(.wrongExtension(file)), at: nil)])
    }
    let bytes = try Problems.collecting { () throws(Diagnostic) in
      if let file, file != "-" {
        if !overwrites, Files.exists(file) {
          throw Diagnostic(.form(.fileExists(path: file)), at: nil)
        }
        try Files.check(output: file, isNoneOf: inputs)
      }
      return try Files.input(input)
    }
    let post = try importer.post(bytes, of: input, for: file == "-" ? nil : file)
    Messages.show(try ImportedFile.write(post, to: file, overwrites: overwrites))
    if let file, file != "-" { try Messages.show(path: file) }
  }
}
