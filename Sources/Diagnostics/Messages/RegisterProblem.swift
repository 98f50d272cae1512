/// The problems of the register of sealed documents and of its head: L030 and on.
public enum RegisterProblem: Sendable {
  case entryChanged(path: String, line: Int, number: Int)
  case entryOutOfChain(path: String, line: Int, number: Int)
  case entryTwice(path: String, line: Int, bag: String)
  case backDated(path: String, line: Int, day: String, before: String)
  case notInRegister(path: String)
  case missingBag(path: String, number: Int)
  /// A bag that is whole by itself, but not the one that was sealed.
  case notTheSealedBag(path: String, number: Int)

  case oddHead(path: String)
  case wrongHead(path: String)
  /// The register has fewer entries than a head says that was written down once.
  case registerCut(path: String, said: Int, count: Int)
  case badSignature(path: String, tool: String)
  case noTool(String)
  /// A signature that nobody has given a key for.
  case uncheckedSignature(path: String)
  /// A run was killed after it had decided what to put in.
  case unfinished(path: String)

  var wording: Wording {
    switch self {
    case .entryChanged(let path, let line, let number):
      Wording(
        "L030", "«\(path)» dòng \(line): mục số \(number) đã bị sửa",
        "“\(path)” line \(line): the entry number \(number) was changed")
    case .entryOutOfChain(let path, let line, let number):
      Wording(
        "L031",
        "«\(path)» dòng \(line): mục ở chỗ thứ \(number) không nối tiếp mục liền trước: có mục bị bớt, đổi chỗ hay chen vào",
        "“\(path)” line \(line): the entry in place \(number) does not follow the one before: entries were taken out, moved or put in"
      )
    case .entryTwice(let path, let line, let bag):
      Wording(
        "L032", "«\(path)» dòng \(line): gói «\(bag)» đã có mục ở trên",
        "“\(path)” line \(line): the packet “\(bag)” has an entry above")
    case .backDated(let path, let line, let day, let before):
      Wording(
        "L033", "«\(path)» dòng \(line): ngày niêm \(day) lùi trước \(before) của mục trên",
        "“\(path)” line \(line): sealed on \(day), before \(before) of an entry above")
    case .notInRegister(let path):
      Wording(
        "L034", "«\(path)»: gói không có trong sổ đăng ký",
        "“\(path)”: a packet that the register does not have")
    case .missingBag(let path, let number):
      Wording(
        "L035", "«\(path)»: mất gói của mục số \(number)",
        "“\(path)”: the packet of entry number \(number) is missing")
    case .notTheSealedBag(let path, let number):
      Wording(
        "L036",
        "«\(path)»: không phải là gói đã vào sổ ở mục số \(number): «tagmanifest-sha256.txt» đã khác",
        "“\(path)”: not the packet that entry number \(number) is of: “tagmanifest-sha256.txt” is another"
      )
    case .oddHead(let path):
      Wording(
        "L037", "«\(path)»: không phải là dòng đầu sổ",
        "“\(path)”: no line of a register's head",
        hint: (
          "dòng ấy có dạng: baocao so-dang-ky SỐ_MỤC MÃ",
          "such a line reads: baocao so-dang-ky NUMBER SUM"
        ))
    case .wrongHead(let path):
      Wording(
        "L038", "«\(path)»: mã đầu sổ không khớp với sổ đăng ký",
        "“\(path)”: the head does not agree with the register")
    case .registerCut(let path, let said, let count):
      Wording(
        "L039", "«\(path)» ghi sổ có \(said) mục, mà sổ chỉ còn \(count) mục",
        "“\(path)” says that the register has \(said) entries, and it has \(count)")
    case .badSignature(let path, let tool):
      Wording(
        "L040", "«\(path)»: \(tool) không nhận chữ ký này",
        "“\(path)”: \(tool) does not accept this signature")
    case .noTool(let tool):
      Wording(
        "L041", "không chạy được «\(tool)» để kiểm chữ ký",
        "“\(tool)” cannot be run to check a signature",
        hint: ("cài gói openssh-client hoặc minisign", "install openssh-client or minisign"))
    case .uncheckedSignature(let path):
      Wording(
        "L101", "«\(path)»: chưa kiểm chữ ký này", "“\(path)”: this signature was not checked",
        hint: (
          "nêu người ký: «--nguoi-ky TỆP» cho ssh-keygen, «--khoa TỆP» cho minisign",
          "name the signers: “--nguoi-ky FILE” for ssh-keygen, “--khoa FILE” for minisign"
        ), severity: .warning)
    case .unfinished(let path):
      Wording(
        "L102", "«\(path)»: một lần niêm bị ngắt giữa chừng; kho vẫn nguyên vẹn",
        "“\(path)”: a run of sealing was cut short; the archive is whole",
        hint: ("chạy lại «baocao seal» để làm xong", "run “baocao seal” again to finish it"),
        severity: .warning)
    }
  }
}
