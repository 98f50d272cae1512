/// The problems of sealed documents: L0xx is wrong in an archive or refuses to seal, L1xx is told.
public enum ArchiveProblem: Sendable {
  /// A folder that holds other things than an archive.
  case notArchive(path: String)
  /// The list of what a run that was killed was about to do is not whole.
  case oddJournal(path: String)
  /// A register that does not read as one, from a line on; nil where its end is missing.
  case oddRegister(path: String, line: Int?)
  /// A file of the store whose bytes are not those that its name says.
  case changedObject(path: String)
  /// A file whose name cannot be written into the lists of a bag.
  case unsafeName(String)
  /// `SOURCE_DATE_EPOCH` that is no number of seconds.
  case wrongEpoch(String)
  /// An archive that holds another part of a job than is to be made, or no part.
  case otherPart(path: String)
  /// A folder that is no archive of a part.
  case notPart(path: String)
  /// Archives that are not all the parts of one job, each once.
  case partsDiffer(count: Int, missing: [Int])
  /// A path that is neither an archive nor a bag.
  case noArchive(path: String)
  case bag(BagProblem)
  case register(RegisterProblem)
  case handOver(HandOverProblem)

  var wording: Wording {
    switch self {
    case .bag(let problem): problem.wording
    case .register(let problem): problem.wording
    case .handOver(let problem): problem.wording
    case .notArchive(let path):
      Wording(
        "L001", "«\(path)» không phải là kho lưu trữ, mà cũng không trống",
        "“\(path)” is no archive, and not empty",
        hint: (
          "nêu một thư mục mới, hoặc kho đã lập bằng «baocao seal»",
          "name a new folder, or an archive made by “baocao seal”"
        ))
    case .oddJournal(let path):
      Wording(
        "L002", "«\(path)» hỏng: không rõ lần niêm dở dang trước đó định làm gì",
        "“\(path)” is damaged: what an unfinished run was about to do is not known",
        hint: (
          "khôi phục kho từ bản sao dự phòng, hoặc xóa tệp ấy rồi chạy «baocao verify»",
          "restore the archive from a backup, or remove that file and run “baocao verify”"
        ))
    case .oddRegister(let path, let line?):
      Wording(
        "L003", "«\(path)» dòng \(line): từ đây không đọc được thành mục của sổ",
        "“\(path)” line \(line): from here on it reads as no entry of a register")
    case .oddRegister(let path, nil):
      Wording(
        "L003", "«\(path)»: cuối sổ không phải là một mục trọn vẹn",
        "“\(path)”: the register does not end in a whole entry",
        hint: (
          "khôi phục sổ từ bản sao dự phòng; «baocao verify» nêu mọi chỗ hỏng của kho",
          "restore the register from a backup; “baocao verify” names all that is damaged"
        ))
    case .changedObject(let path):
      Wording(
        "L004", "«\(path)» không còn đúng nội dung mà tên tệp nêu",
        "“\(path)” has not the content that its name says any more",
        hint: (
          "khôi phục tệp ấy từ bản sao dự phòng; «baocao verify» nêu mọi chỗ hỏng của kho",
          "restore the file from a backup; “baocao verify” names all that is damaged"
        ))
    case .unsafeName(let name):
      Wording(
        "L005", "tên «\(name)» không dùng được trong gói lưu trữ",
        "the name “\(name)” cannot be used in an archive",
        hint: (
          "đổi tên tệp: không dùng dấu %, xuống dòng, ký tự điều khiển, dấu chấm ở đầu",
          "rename the file: without %, line breaks, control characters, a dot at its start"
        ))
    case .wrongEpoch(let text):
      Wording(
        "L006", "SOURCE_DATE_EPOCH là «\(text)», không phải số giây tính từ 1970",
        "SOURCE_DATE_EPOCH is “\(text)”, which is no number of seconds since 1970")
    case .otherPart(let path):
      Wording(
        "L007", "kho «\(path)» không phải là kho của phần này (xem tệp phan.txt trong đó)",
        "the archive “\(path)” is not that of this part (see its file phan.txt)",
        hint: (
          "mỗi phần «--shard» cần một thư mục riêng; gộp bằng «baocao merge»",
          "each part of “--shard” needs a folder of its own; “baocao merge” puts them together"
        ))
    case .notPart(let path):
      Wording(
        "L008", "«\(path)» không phải là kho của một phần, do «baocao seal --shard» lập",
        "“\(path)” is no archive of a part, made by “baocao seal --shard”")
    case .partsDiffer(let count, let missing):
      Wording(
        "L009",
        "các kho không phải là đủ \(count) phần của một lần niêm\(missing.isEmpty ? "" : ", thiếu phần \(missing.map(String.init).joined(separator: ", "))")",
        "these are not all \(count) parts of one job\(missing.isEmpty ? "" : ", without \(missing.map(String.init).joined(separator: ", "))")"
      )
    case .noArchive(let path):
      Wording(
        "L010", "«\(path)» không phải là kho lưu trữ hay gói lưu trữ",
        "“\(path)” is neither an archive nor a packet of one",
        hint: (
          "kho có tệp so-dang-ky.rec, gói có tệp bagit.txt",
          "an archive has a file so-dang-ky.rec, a packet a file bagit.txt"
        ))
    }
  }
}
