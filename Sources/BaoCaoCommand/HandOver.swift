import Archives
import ArgumentParser
import Diagnostics
import Reports
import Texts
import Vietnamese

struct HandOver: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hand-over",
    abstract: Messages.text(
      "Lập gói nộp lưu của một hồ sơ từ những văn bản đã niêm.",
      "Make the packet of a hồ sơ that is handed over, of sealed documents."),
    discussion: Messages.text(
      """
      Gói theo TT 05/2025/TT-BNV (METS, PREMIS, mô tả), trong một thư mục mang mã của gói. Chỗ chưa kiểm chứng nêu
      trong documentation/DOC-TOI.txt của gói và trong so-bo/ho-so-nop-luu.rec. Hồ sơ là gì thì ghi ở tệp của
      «baocao new ho-so». Không nêu điều kiện nào thì nộp mọi văn bản trong kho, mỗi văn bản bản niêm sau cùng.
      """,
      """
      As TT 05/2025/TT-BNV has it (METS, PREMIS, descriptions), in a folder named after the packet. What is not
      verified stands in its documentation/DOC-TOI.txt and in so-bo/ho-so-nop-luu.rec. The file of “baocao new
      ho-so” tells what the hồ sơ is. Without any choice all documents are taken, of each the one sealed last.
      """))

  @Argument(
    help: .text("Kho lưu trữ.", "The archive.", value: ("kho", "archive")))
  var archive: String

  @Option(
    name: .shortAndLong,
    help: .text(
      "Thư mục nhận gói.",
      "The folder into which the packet goes.",
      value: ("thư mục", "folder")))
  var output: String

  @Option(
    name: .customLong("ho-so"),
    help: .text(
      "Tệp tả hồ sơ.",
      "The file that describes the hồ sơ.",
      value: ("tệp", "file")))
  var dossier: String

  @Option(
    name: .customLong("dang"),
    help: .text(
      "Dạng gói: sip để nộp sang hệ thống khác, aip để bảo quản tại chỗ.",
      "The form: sip for another system, aip to be kept in this one.",
      value: ("dạng", "form")))
  var form = PacketProfile.Form.sip

  @Option(
    name: .customLong("co-quan"),
    help: .text(
      "Cơ quan ban hành, hoặc một phần tên.",
      "The body that issued it, or a part of its name.",
      value: ("tên", "name")))
  var issuer: String?

  @Option(
    name: .customLong("tu-ngay"),
    help: .text(
      "Ban hành từ ngày này.",
      "Issued on this day or later.",
      value: ("ngày", "day")),
    transform: HandOver.day)
  var first: CalendarDate?

  @Option(
    name: .customLong("den-ngay"),
    help: .text(
      "Ban hành đến hết ngày này.",
      "Issued on this day or earlier.",
      value: ("ngày", "day")),
    transform: HandOver.day)
  var last: CalendarDate?

  @Option(
    name: .customLong("goi"),
    help: .text(
      "Chỉ gói này, như ha-long-2020/so-ket; nêu được nhiều lần.",
      "Only this packet, as ha-long-2020/so-ket; may be given many times.",
      value: ("gói", "packet")))
  var places: [String] = []

  @Option(
    name: .customLong("luoc-do"),
    help: .text(
      "Thư mục các lược đồ .xsd do nơi nhận cấp, để chép vào schemas của gói.",
      "A folder of schemas (.xsd) from who receives it, which go into its schemas.",
      value: ("thư mục", "folder")))
  var schemas: String?

  @OptionGroup var parallel: JobOptions

  @OptionGroup var templates: TemplateOptions

  func validate() throws {
    if output.isEmpty { throw ValidationError(Messages.emptyOutput) }
  }

  func run() throws {
    let choice = PacketChoice(issuer: issuer, from: first, to: last, places: places)
    do throws(Problems) {
      let job = HandOverJob(
        archive: Archive(archive), output: output, choice: choice, form: form,
        schemas: schemas, jobs: parallel.jobs)
      try job.run(dossier, try templates.collection(undefined: .strict))
    } catch {
      Messages.show(error.diagnostics.toldOnce)
      throw Failure.badInput
    }
  }

  private static func day(_ text: String) throws -> CalendarDate {
    do throws(Diagnostic) {
      return try CalendarDate(Text(text))
    } catch {
      throw ValidationError(
        Messages.text(
          "«\(text.printed)» không phải là một ngày, như 28/6/2026",
          "“\(text.printed)” is no day, such as 28/6/2026"))
    }
  }
}

extension PacketProfile.Form: ExpressibleByArgument {}
