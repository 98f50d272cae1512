import ArgumentParser
import Reports

struct Render: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: Messages.text(
      "Lập mọi văn bản của các tệp dữ liệu.",
      "Make all documents of data files."),
    discussion: Messages.text(
      "Kết quả nằm trong out/<tên tệp dữ liệu>/<mẫu>.md và .html.",
      "They are in out/<name of the data file>/<kind>.md and .html."))

  @OptionGroup var arguments: DataArguments

  @Option(
    name: .customLong("mau"),
    help: .text(
      "Chỉ lập văn bản theo mẫu này.",
      "Make only documents of this kind.",
      value: ("mẫu", "kind")))
  var kind: String?

  @OptionGroup var formats: FormatOption

  @Option(
    name: .shortAndLong,
    help: .text(
      "Thư mục kết quả.",
      "The folder to write to.",
      value: ("thư mục", "folder")))
  var output = RenderJob.usualOutput

  @Flag(
    name: .customLong("nhap"),
    help: .text(
      "Bản nháp: ghi DỰ THẢO ở đầu, chỗ thiếu được đánh dấu ⟦thiếu: …⟧.",
      "A draft: marked as one at its top, and where something is missing."))
  var isDraft = false

  @OptionGroup var paper: PaperOptions

  @OptionGroup var parallel: JobOptions

  @OptionGroup var templates: TemplateOptions

  var job: RenderJob {
    RenderJob(
      data: arguments.data, kind: kind, formats: formats.formats, output: output,
      isDraft: isDraft, isArchived: paper.isArchived, isTwoSided: paper.isTwoSided,
      jobs: parallel.jobs, templates: templates.folder)
  }

  func run() throws { try job.run() }
}

/// The option that chooses the forms of whole documents.
struct FormatOption: ParsableArguments {
  @Option(
    name: .customLong("to"),
    help: .text(
      "Các dạng cần có: markdown, html, text, pdf, docx, xlsx, cách nhau dấu phẩy.",
      "The forms: markdown, html, text, pdf, docx, xlsx, with commas between.",
      value: ("dạng", "forms")),
    transform: Format.list)
  var formats = Format.usual
}

/// The options of what is printed.
struct PaperOptions: ParsableArguments {
  @Flag(
    name: .customLong("pdf-a"),
    help: .text(
      "Bản PDF để lưu trữ: PDF/A-2a thay cho PDF/UA-1.",
      "PDFs for archives: PDF/A-2a instead of PDF/UA-1."))
  var isArchived = false

  @Flag(
    name: .customLong("hai-mat"),
    help: .text(
      "In hai mặt: lề mặt sau theo thể thức.",
      "Print on both sides: backs have the margins that the profile has for them."))
  var isTwoSided = false

  func check(for formats: [Format]) throws {
    try PaperOptions.check(isArchived: isArchived, for: formats)
  }

  /// - Throws: that PDFs for archives are asked for, and no PDF is.
  static func check(isArchived: Bool, for formats: [Format]) throws {
    if isArchived, !formats.contains(.pdf) {
      throw Messages.refuse("«--pdf-a» đi với «--to pdf»", "“--pdf-a” goes with “--to pdf”")
    }
  }
}

/// A form that documents are made in.
extension Format: ExpressibleByArgument {
  /// A form that a single text is filled into.
  public init?(argument: String) {
    guard let format = Format.texts.first(where: { $0.rawValue == argument }) else { return nil }
    self = format
  }

  public static var allValueStrings: [String] { texts.map(\.rawValue) }

  static func list(_ text: String) throws -> [Format] {
    let names = text.split(separator: ",", omittingEmptySubsequences: false)
    return try names.map { name in
      guard let format = Format(rawValue: String(name)) else {
        throw ValidationError("\(name)? (markdown, html, text, pdf, docx, xlsx)")
      }
      return format
    }
  }
}
