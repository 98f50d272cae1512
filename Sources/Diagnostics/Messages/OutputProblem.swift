/// The problems of where files may lie, and of several that belong together: S009 and on.
public enum OutputProblem: Sendable {
  /// The path, with its links followed, leaves the folder that it has to stay in.
  case outsideFolder(path: String, folder: String)
  /// A folder in a folder of data files is a link that leads out, so that its files are left out.
  case folderPassedOver(path: String)
  /// Another program holds the file for writing and did not let go.
  case inUse(path: String)
  /// Some files of a set are new and some old, as neither could be brought about.
  case mixedOutputs(folder: String)
  case outputIsInput(path: String)
  /// The name of a data file leaves none for the folder of its documents.
  case noOutputName(path: String)
  /// A file that the program did not write has the name of the list of documents.
  case foreignPage(path: String)
  /// Standard output is full or closed.
  case cannotPrint(SystemReason)

  var wording: Wording {
    switch self {
    case .outsideFolder(let path, let folder):
      Wording(
        "S009", "«\(path)» dẫn ra ngoài thư mục «\(folder)»",
        "“\(path)” leads out of the folder “\(folder)”",
        hint: (
          "bỏ liên kết hoặc dấu «..» ấy, hoặc nêu thẳng tệp mà nó dẫn đến",
          "remove that link or “..”, or name the file that it leads to"
        ))
    case .inUse(let path):
      Wording(
        "S010", "«\(path)» đang được chương trình khác ghi",
        "another program is writing “\(path)”",
        hint: (
          "đợi chương trình ấy xong rồi chạy lại lệnh", "wait for it and run the command again"
        ))
    case .mixedOutputs(let folder):
      Wording(
        "S011", "văn bản trong «\(folder)» cái mới, cái cũ: ghi giữa chừng thì hỏng",
        "of the documents in “\(folder)” some are new and some old: writing failed half-way",
        hint: ("sửa chỗ hỏng rồi chạy lại lệnh", "remove the cause and run the command again"))
    case .outputIsInput(let path):
      Wording(
        "S012", "kết quả sẽ ghi đè lên tệp đầu vào «\(path)»",
        "the result would overwrite the input “\(path)”",
        hint: ("đặt tên khác cho kết quả", "give the result another name"))
    case .noOutputName(let path):
      Wording(
        "S013", "tên tệp «\(path)» không đặt được thành tên thư mục kết quả",
        "no folder for documents can be named after “\(path)”",
        hint: ("đổi tên tệp, ví dụ: 2026-quy-1.rec", "rename the file, as in 2026-quy-1.rec"))
    case .folderPassedOver(let path):
      Wording(
        "S015", "bỏ qua «\(path)»: liên kết dẫn ra ngoài thư mục",
        "“\(path)” is passed over: the link leads out of the folder",
        hint: (
          "muốn đọc các tệp ở đó thì nêu thẳng thư mục ấy",
          "name that folder itself to have its files read"
        ), severity: .warning)
    case .foreignPage(let path):
      Wording(
        "S030", "«\(path)» không phải do chương trình lập, nên không ghi danh sách văn bản vào đó",
        "“\(path)” was not made by this program, so the list of documents is not written to it",
        hint: (
          "đổi tên hoặc chuyển tệp ấy đi chỗ khác nếu cần danh sách",
          "rename the file or move it away if you want the list"
        ), severity: .warning)
    case .cannotPrint(let reason):
      Wording(
        "S014", "không ghi được ra đầu ra chuẩn: \(reason.vietnamese)",
        "cannot write to standard output: \(reason.english)")
    }
  }
}
