/// The problems of packets that are handed over: L050 and on; L103 is told.
public enum HandOverProblem: Sendable {
  /// No sealed document is as the choice wants it.
  case nothingChosen(archive: String)
  /// A packet that the register does not have.
  case unknownBag(String, archive: String)
  /// A document that was sealed in none of the forms that may be handed over.
  case noForm(bag: String, forms: [String])
  /// A field that the packet has to have.
  case missingField(owner: String, field: String, sources: [String])
  case tooLong(owner: String, field: String, count: Int, limit: Int)
  /// A value that is neither a code of its list nor the name of one.
  case unknownCode(String, field: String, names: [String])
  /// A file that is there already under the name of the packet.
  case packetExists(path: String)
  /// The profile has no such form of packets.
  case noPacketForm(String)
  /// Neither the documents nor `SOURCE_DATE_EPOCH` give a day.
  case noDay
  /// A PDF that was not made for archives.
  case notForArchives(bag: String)

  var wording: Wording {
    switch self {
    case .nothingChosen(let archive):
      Wording(
        "L050", "«\(archive)»: không có văn bản nào như đã chọn",
        "“\(archive)”: there is no document of that choice",
        hint: (
          "xem lại --co-quan, --tu-ngay, --den-ngay; ngày và cơ quan có trong so-dang-ky.rec",
          "see --co-quan, --tu-ngay, --den-ngay; so-dang-ky.rec has the days and issuers"
        ))
    case .unknownBag(let bag, let archive):
      Wording(
        "L051", "«\(archive)»: sổ đăng ký không có gói «\(bag)»",
        "“\(archive)”: the register has no packet “\(bag)”")
    case .noForm(let bag, let forms):
      Wording(
        "L052", "«\(bag)»: văn bản không được niêm ở dạng nào nộp được (\(forms.list))",
        "“\(bag)”: the document was sealed in no form that may be handed over (\(forms.list))",
        hint: (
          "niêm lại với «--to pdf --pdf-a»", "seal it again with “--to pdf --pdf-a”"
        ))
    case .missingField(let owner, let field, let sources):
      Wording(
        "L053", "«\(owner)»: thiếu \(field), gói nộp lưu phải có (lấy từ \(sources.list))",
        "“\(owner)”: without \(field), which a packet has to have (from \(sources.list))",
        hint: (
          "điền ở tệp dữ liệu rồi niêm lại, hoặc ở tệp hồ sơ; nơi nhận không đòi thì bỏ bat_buoc ở so-bo/ho-so-nop-luu.rec",
          "fill it in and seal again, or in the file of the hồ sơ; where it is not asked for take out bat_buoc in so-bo/ho-so-nop-luu.rec"
        ))
    case .tooLong(let owner, let field, let count, let limit):
      Wording(
        "L054", "«\(owner)»: \(field) dài \(count) chữ cái, gói nộp lưu nhận nhiều nhất \(limit)",
        "“\(owner)”: \(field) has \(count) letters, and a packet takes at most \(limit)")
    case .unknownCode(let value, let field, let names):
      Wording(
        "L055", "«\(value)» không có trong bảng mã của \(field)",
        "“\(value)” is not in the code list of \(field)",
        hint: ("ghi một trong: \(names.list)", "write one of: \(names.list)"))
    case .packetExists(let path):
      Wording(
        "L056", "«\(path)» đã có, không ghi đè", "“\(path)” is there already, and is kept")
    case .noPacketForm(let form):
      Wording(
        "L057", "so-bo/ho-so-nop-luu.rec không có dạng gói «\(form)»",
        "so-bo/ho-so-nop-luu.rec has no form of packets “\(form)”")
    case .noDay:
      Wording(
        "L058", "không văn bản nào có ngày, nên không rõ ngày lập gói",
        "no document has a day, so that of the packet is not known",
        hint: ("đặt SOURCE_DATE_EPOCH", "set SOURCE_DATE_EPOCH"))
    case .notForArchives(let bag):
      Wording(
        "L103", "«\(bag)»: bản PDF không phải là PDF/A", "“\(bag)”: the PDF is no PDF/A",
        hint: (
          "niêm lại với «--to pdf --pdf-a»", "seal it again with “--to pdf --pdf-a”"
        ), severity: .warning)
    }
  }
}

extension [String] {
  fileprivate var list: String { joined(separator: ", ") }
}
