import ArgumentParser
import Reports

struct MakeSite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "site",
    abstract: Messages.text(
      "Lập trang tin từ các bài đăng của tệp dữ liệu.",
      "Make a site of the posts of data files."),
    discussion: Messages.text(
      """
      Mỗi bài một trang có địa chỉ giữ mãi, trang nhất, chuyên mục, tháng, thẻ, lưu trữ, tìm kiếm, Atom, RSS, sơ
      đồ trang. Chỉ ghi trang đã đổi. Tên cổng, số bài mỗi trang: so-bo/trang-tin.rec của thư mục mẫu.
      """,
      """
      A page a post under an address that lasts, a front page, categories, months, topics, an archive,
      searching, Atom, RSS, a map of the site. Only what has changed is written. The name of the portal and
      the posts in a list are in so-bo/trang-tin.rec of the templates.
      """))

  @OptionGroup var arguments: DataArguments

  @Option(
    name: .customLong("base-url"),
    help: .text(
      "Địa chỉ của trang tin trên mạng, như https://vidu.example/tin; mặc định là dia_chi_trang của trang-tin.rec.",
      "The address of the site, as https://vidu.example/tin; by default dia_chi_trang of trang-tin.rec.",
      value: ("địa chỉ", "address")))
  var base: String?

  @Option(
    name: .shortAndLong,
    help: .text(
      "Thư mục kết quả.",
      "The folder to write to.",
      value: ("thư mục", "folder")))
  var output = "out/site"

  @Flag(
    name: .customLong("check"),
    help: .text(
      "Không ghi gì: kiểm tra liên kết, ảnh, nguồn tin, và địa chỉ nào đã mất.",
      "Write nothing: check links, pictures, feeds, and that no address is lost."))
  var isCheck = false

  @OptionGroup var parallel: JobOptions

  @OptionGroup var templates: TemplateOptions

  func run() throws {
    try SiteJob(
      data: arguments.data, base: base, output: output, isCheck: isCheck, jobs: parallel.jobs,
      templates: templates.folder
    ).run()
  }
}
