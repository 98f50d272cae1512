/// The problems with who issues and signs a document, and with the marks on it: K251 and on.
///
/// Sources: NĐ 30/2020 (Phụ lục I, phần I mục II.7 and III.2) for documents of the state, HD 36-HD/VPTW
/// (mục 1.7) for those of the Party.
public enum SigningProblem: Sendable {
  /// The issuer belongs to another system than the layout profile is made for.
  case profileOfOtherBody(
    body: String, profile: String, rule: String, meant: String, meantRule: String, isSure: Bool)
  /// A field of the signer in a document that records of signers sign.
  case signedTwice(NamedField)
  case signedByNobody
  case missingSigners(count: Int, bodies: Int)
  case signerOfOtherBody(String, bodies: [String])
  case missingOwnPost
  case ownPostWithoutSeal(String)
  case ownPostBesideSeal(String)
  case deputyWithoutSeal(String)
  case secrecyMark(String)
  case unknownCirculation(String, known: [String])
  case numberOfDraft(String)

  var wording: Wording { signerWording ?? sealWording }

  private var signerWording: Wording? {
    switch self {
    case .profileOfOtherBody(let body, let profile, let rule, let meant, let meantRule, let isSure):
      Wording(
        "K251", "«\(body)» không ra văn bản theo thể thức \(profile) («\(rule)»)",
        "“\(body)” writes no documents of the profile \(profile) (“\(rule)”)",
        hint: (
          "viết the_thuc: \(meant), theo \(meantRule); hoặc sửa tên cơ quan",
          "write the_thuc: \(meant), after \(meantRule); or correct the name of the body"
        ), severity: isSure ? .error : .warning)
    case .signedTwice(let field):
      Wording(
        "K252", "văn bản vừa có trường \(field.vietnamese), vừa có bản ghi nguoi_ky",
        "the document has the field \(field.english) and a record nguoi_ky too",
        hint: (
          "bỏ trường này; bản ghi nguoi_ky của văn bản khác thì ghi thêm trường trong",
          "remove the field; if the record signs another document, name it there in the field trong"
        ))
    case .signedByNobody:
      Wording(
        "K252", "văn bản chưa có người ký", "nobody signs the document",
        hint: ("thêm bản ghi nguoi_ky", "add a record nguoi_ky"))
    case .missingSigners(let count, let bodies):
      Wording(
        "K252", "\(bodies) cơ quan cùng ban hành mà có \(count) bản ghi nguoi_ky",
        "\(bodies) bodies issue the document, but there are \(count) records nguoi_ky",
        hint: (
          "mỗi cơ quan một bản ghi nguoi_ky, theo thứ tự từ trái sang phải",
          "a record nguoi_ky for each body, in their order from left to right"
        ))
    case .signerOfOtherBody(let body, let bodies):
      Wording(
        "K252", "«\(body)» không phải là cơ quan ban hành văn bản",
        "“\(body)” is none of the bodies that issue the document",
        hint: ("viết \(list(bodies, "hoặc"))", "write \(list(bodies, "or"))"))
    default: nil
    }
  }

  private var sealWording: Wording {
    switch self {
    case .missingOwnPost:
      Wording(
        "K253", "dùng con dấu của cơ quan mà không ghi chức vụ của người ký ở cơ quan ấy",
        "the seal is that of a body in which the signer has no post here",
        hint: ("thêm dòng chuc_vu_khac", "add the line chuc_vu_khac"))
    case .ownPostWithoutSeal(let post):
      Wording(
        "K253", "không dùng con dấu của cơ quan mà ghi chức vụ «\(post)» ở cơ quan ấy",
        "the seal of the body is not used, but the post in it is “\(post)”",
        hint: (
          "bỏ dòng này, hoặc sửa con_dau", "remove this line, or correct con_dau"
        ), severity: .warning)
    case .ownPostBesideSeal(let post):
      Wording(
        "K253", "có con dấu riêng thì không ghi chức vụ khác, ở đây là «\(post)»",
        "with a seal of its own no other post is written, but here is “\(post)”",
        hint: (
          "bỏ dòng này, hoặc sửa con_dau", "remove this line, or correct con_dau"
        ), severity: .warning)
    case .deputyWithoutSeal(let line):
      Wording(
        "K253", "không có con dấu riêng thì cấp phó không ghi «\(line)»",
        "without a seal of its own no deputy writes “\(line)”",
        hint: (
          "bỏ dòng này: ghi chức vụ chính rồi chức vụ trong ban",
          "remove this line: write the own post, then that in the body"
        ))
    case .secrecyMark(let mark):
      Wording(
        "K254", "«\(mark)» là dấu chỉ độ mật, không phải phạm vi lưu hành",
        "“\(mark)” is a mark of secrecy, and not of circulation",
        hint: (
          "bỏ dòng này: dấu mật được khắc sẵn và đóng theo pháp luật về bảo vệ bí mật nhà nước, không soạn trên máy nối mạng",
          "remove this line: secrecy is stamped by the law on state secrets, and not written on a connected computer"
        ))
    case .unknownCirculation(let mark, let known):
      Wording(
        "K254", "«\(mark)» không phải chỉ dẫn thường dùng trong thể thức này",
        "“\(mark)” is no usual mark of this profile",
        hint: ("thường là \(list(known, "hoặc"))", "usual are \(list(known, "or"))"),
        severity: .warning)
    case .numberOfDraft(let number):
      Wording(
        "K255", "bản dự thảo mà đã có số \(number)",
        "a draft that has the number \(number) already",
        hint: (
          "để trống số, hoặc bỏ du_thao khi văn bản đã ký",
          "leave the number empty, or remove du_thao once the document is signed"
        ), severity: .warning)
    default: Wording("K252", "", "")
    }
  }
}
