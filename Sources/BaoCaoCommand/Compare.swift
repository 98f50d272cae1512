import ArgumentParser
import Diagnostics
import Reports

struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: Messages.text(
      "So hai tệp dữ liệu, hai văn bản hoặc hai thư mục, gói lưu trữ.",
      "Compare two data files, two documents, or two folders or bags."),
    discussion: Messages.text(
      """
      Nói chỗ nào khác, thuộc trường, hàng và cột hay mục nào, cũ là gì và mới là gì. Số được so như số (1400 là
      1.400), ngày như ngày, lời văn theo từng từ; cách trình bày khác thì không tính.
      Mã thoát: 0 giống, 1 khác, 2 dùng sai hoặc không đọc được.
      """,
      """
      Tells where they differ, of which field, row and column or section, what it was and what it is. Figures are
      compared as numbers (1400 is 1.400), days as days, prose by its words; another layout does not count.
      Exit status: 0 the same, 1 different, 2 wrong use or unreadable.
      """))

  @Argument(
    help: .text("Bản cũ.", "The old one.", value: ("cũ", "old")))
  var old: String

  @Argument(
    help: .text("Bản mới.", "The new one.", value: ("mới", "new")))
  var new: String

  @Option(
    name: .long,
    help: .text(
      "Ghi thêm một trang HTML đặt hai bản cạnh nhau.",
      "Also write an HTML page that shows both side by side.",
      value: ("tệp", "file")))
  var html: String?

  @Flag(
    name: .customLong("ghi-de"),
    help: .text("Trang đã có thì ghi đè.", "Write over a page that is there."))
  var overwrites = false

  @OptionGroup var templates: TemplateOptions

  func validate() throws {
    if html?.isEmpty ?? false {
      throw ValidationError(Messages.text("«--html» cần một tên", "“--html” needs a name"))
    }
  }

  func run() throws {
    var isAlike = false
    do throws(Problems) {
      if let html { try check(page: html) }
      let found = try FoundDifferences(between: old, new)
      if let html { try found.writePage(to: html, overwrites: overwrites, templates) }
      try Messages.print(found.told)
      // A file that cannot be read keeps no other from being compared.
      try found.problems.throwIfErrors()
      isAlike = found.isAlike
    } catch {
      Messages.show(error.diagnostics)
      throw Failure.wrongUse
    }
    if !isAlike { throw Failure.badInput }
  }

  private func check(page: String) throws(Problems) {
    if !overwrites, Files.exists(page) {
      throw Problems([Diagnostic(.form(.fileExists(path: page)), at: nil)])
    }
    try Files.check(output: page, isNoneOf: [old, new], templates)
    try Problems.collecting { () throws(Diagnostic) in
      for folder in [old, new] where Files.isFolder(folder) {
        try Files.check(output: page, isNotIn: folder)
      }
    }
  }
}
