/// The problems with the form of heads, signatures and single entries: K221 and on.
///
/// Sources: NĐ 30/2020 (Phụ lục I and II) for documents of the state, the Party's guides for others;
/// the registers of the templates have what goes with which profile.
public enum DocumentFormProblem: Sendable {
  case notInCapitals(String, meant: String)
  case capitalInSentence(NamedField, String, meant: String)
  case smallAtStart(NamedField, String, meant: String)
  case notAName(String, meant: String)
  case notOneName(String)
  /// Several entries stand in one, with this sign between them.
  case severalInOne(NamedField, sign: String)
  case perhapsSeveralInOne(NamedField)
  case repeatedEntry(String)
  /// A kind of place stands before the name.
  case kindOfPlace(String, meant: String)
  case perhapsKindOfPlace(String, meant: String)
  case wrongPlace(String, meant: String)
  case bodyAsPlace(String)

  case wrongAuthority(String, meant: String)
  /// A code for letters, which have none.
  case signWithUnusedCode(String, code: String, meant: String)
  /// The form of other profiles of layout.
  case authorityOfOtherProfile(String, meant: String, profiles: [String])
  case unknownAuthority(String, known: [String])
  case authorityOrder(String, before: String)
  case twoAuthorities(String, and: String)
  /// The mark goes with a body and not with a post, or the other way round.
  case authorityOfPost(mark: String, post: String, known: [String])
  case authorityOfBody(mark: String, body: String, known: [String])
  case notTheDeputy(String, authority: String, meant: String)
  case missingAuthority(String, meant: String)
  case notTheHead(String, authority: String, heads: [String])
  case ownAuthority(String, authority: String)
  /// nil where another line says already on behalf of whom.
  case neverForHead(String, meant: String?)
  case authorityAsPost(String, field: NamedField)
  case authoritiesInOneLine(String, field: NamedField)
  case misspeltSigner(String, meant: String)
  /// A deputy signs for his own head, not by his order.
  case deputyByOrder(String, String, meant: String)
  case missingBody(String, meant: String)
  case bodySignedByHead(String)
  case otherBody(String, issuer: String, meant: String)
  /// A body signs what is in the power of its head.
  case powerOfHead(String, power: String)
  case bodyInPost(String, meant: String)

  case typedBullet(String, meant: String)
  case signOfSymbolFont
  case doubledBlank
  case strayBlank(String, meant: String)
  case smallSentence(String, meant: String)
  case capitalBehindMark(String, meant: String)
  /// A name of which only the first word has a capital.
  case capitalsInName(String, meant: String)
  /// nil where nothing tells what was meant.
  case wrongSign(String, meant: String?, example: String)
  case signOfOtherKind(String, sign: String, meant: String)
  case signOfOtherBody(String, code: String)
  /// The code of the body that issues it is missing.
  case signWithoutIssuer(String, code: String, meant: String)
  /// The form of other profiles of layout.
  case signOfOtherProfile(String, meant: String)
  case noSuchDay(String)
  case noSuchHour(String, isSure: Bool)
  case otherWeekday(String, weekday: String)

  var wording: Wording { textWording ?? authorityWording ?? signingWording ?? movedWording }

  /// Single texts.
  private var textWording: Wording? {
    switch self {
    case .notInCapitals(let text, let meant):
      Wording(
        "K221", "«\(text)» không viết hoa cả dòng", "“\(text)” is not in capitals",
        hint: ("viết «\(meant)»", "write “\(meant)”"))
    case .capitalInSentence(let field, let word, let meant):
      Wording(
        "K222", "trường \(field.vietnamese) đứng giữa câu, mà «\(word)» viết hoa",
        "the field \(field.english) stands within a sentence, but “\(word)” has a capital",
        hint: (
          "viết «\(meant)»; là tên riêng thì giữ nguyên",
          "write “\(meant)”; leave it if it is a name"
        ), severity: .warning)
    case .smallAtStart(let field, let word, let meant):
      Wording(
        "K222", "trường \(field.vietnamese) viết hoa chữ đầu, ở đây là «\(word)»",
        "the field \(field.english) begins with a capital, but here is “\(word)”",
        hint: ("viết «\(meant)»", "write “\(meant)”"), severity: .warning)
    case .notAName(let text, let meant):
      Wording(
        "K223", "họ tên «\(text)» viết hoa chưa đúng", "the name “\(text)” has wrong capitals",
        hint: ("viết «\(meant)»", "write “\(meant)”"))
    case .notOneName(let text):
      Wording(
        "K223", "«\(text)» không phải là một họ tên", "“\(text)” is not the name of one person",
        hint: (
          "ghi họ tên một người; người ký chưa rõ thì viết «…»",
          "give the name of one person; write “…” where the signer is not known yet"
        ))
    case .severalInOne(let field, let sign):
      Wording(
        "K224", "trường \(field.vietnamese) có dấu «\(sign)» giữa dòng",
        "the field \(field.english) has a “\(sign)” within",
        hint: ("mỗi mục một dòng riêng", "give each its own line"))
    case .perhapsSeveralInOne(let field):
      Wording(
        "K224", "trường \(field.vietnamese) có lẽ ghi nhiều mục trên một dòng",
        "the field \(field.english) has perhaps several in one line",
        hint: ("mỗi mục một dòng riêng", "give each its own line"), severity: .warning)
    case .repeatedEntry(let text):
      Wording(
        "K225", "«\(text)» đã ghi ở trên", "“\(text)” stands above already",
        hint: ("bỏ dòng này", "remove this line"))
    case .kindOfPlace(let place, let meant):
      Wording(
        "K226", "địa danh «\(place)» có tên loại ở đầu",
        "the place “\(place)” begins with a kind of place",
        hint: ("viết «\(meant)»", "write “\(meant)”"))
    case .perhapsKindOfPlace(let place, let meant):
      Wording(
        "K226", "địa danh «\(place)» có lẽ thừa tên loại ở đầu",
        "the place “\(place)” has perhaps a kind of place too much",
        hint: (
          "viết «\(meant)»; nơi mang tên người, tên sự kiện thì giữ nguyên",
          "write “\(meant)”; leave it where the place has the name of a person or an event"
        ), severity: .warning)
    case .wrongPlace(let place, let meant):
      Wording(
        "K226", "địa danh «\(place)» viết chưa đúng", "the place “\(place)” is not written right",
        hint: ("viết «\(meant)»", "write “\(meant)”"))
    case .bodyAsPlace(let text):
      Wording(
        "K226", "«\(text)» là tên cơ quan, không phải địa danh",
        "“\(text)” is the name of a body, not of a place",
        hint: (
          "ghi tên riêng của nơi cơ quan đóng, như «Ví Dụ»",
          "give the proper name of the place, such as “Ví Dụ”"
        ))
    default: lineWording
    }
  }

  /// Signs and blanks in texts.
  private var lineWording: Wording? {
    switch self {
    case .typedBullet(let sign, let meant):
      Wording(
        "K232", "dấu đầu dòng «\(sign)» là thừa: văn bản tự đặt",
        "the “\(sign)” at the start is too much: the document sets its own",
        hint: ("viết «\(meant)»", "write “\(meant)”"), severity: .warning)
    case .signOfSymbolFont:
      Wording(
        "K233", "ký hiệu của phông Symbol, Wingdings, chép từ Word: phông khác không có",
        "a sign of a symbol font, copied from Word, that no other font has",
        hint: ("bỏ ký hiệu ấy", "remove the sign"))
    case .doubledBlank:
      Wording(
        "K234", "thừa dấu cách, hoặc dấu Tab", "blanks too many, or a tab",
        hint: ("để một dấu cách", "leave one blank"), severity: .warning)
    case .otherWeekday(let day, let weekday):
      Wording(
        "K236", "ngày \(day) là \(weekday)", "\(day) is a \(weekday)",
        hint: ("sửa thứ, hoặc sửa ngày", "correct the day of the week, or the day"))
    case .noSuchHour(let hour, let isSure):
      Wording(
        "K236", "một ngày không có \(hour)", "no day has \(hour)",
        hint: ("xem lại giờ", "look at the hour again"), severity: isSure ? .error : .warning)
    case .strayBlank(let sign, let meant):
      Wording(
        "K237",
        sign == "(" ? "thừa dấu cách sau dấu «(»" : "thừa dấu cách trước dấu «\(sign)»",
        sign == "(" ? "a blank too much behind “(”" : "a blank too much before “\(sign)”",
        hint: ("viết «\(meant)»", "write “\(meant)”"), severity: .warning)
    case .smallSentence(let word, let meant):
      Wording(
        "K238", "câu mới mở đầu bằng chữ thường «\(word)»",
        "a sentence begins with the small letter of “\(word)”",
        hint: (
          "viết «\(meant)», hoặc thay dấu chấm ở trước",
          "write “\(meant)”, or another mark than the full stop"
        ), severity: .warning)
    case .capitalBehindMark(let word, let meant):
      Wording(
        "K238", "sau dấu «;» mà «\(word)» viết hoa", "“\(word)” has a capital behind “;”",
        hint: (
          "viết «\(meant)», hoặc thay «;» bằng dấu chấm",
          "write “\(meant)”, or a full stop instead of “;”"
        ), severity: .warning)
    case .capitalsInName(let name, let meant):
      Wording(
        "K238", "«\(name)» thừa chữ hoa", "“\(name)” has capitals too many",
        hint: ("viết «\(meant)»", "write “\(meant)”"), severity: .warning)
    case .wrongSign(let sign, let meant, let example):
      Wording(
        "K235", "ký hiệu «\(sign)» viết chưa đúng", "the sign “\(sign)” is not written right",
        hint: meant.map { ("viết \($0)", "write \($0)") }
          ?? (
            "viết chữ tắt của tên loại rồi của cơ quan, như \(example)",
            "write the code of the kind, then of the body, such as \(example)"
          ))
    case .signOfOtherKind(let sign, let code, let meant):
      Wording(
        "K235", "ký hiệu «\(sign)» không mở đầu bằng \(code), chữ tắt của loại văn bản này",
        "the sign “\(sign)” does not begin with \(code), the code of this kind of document",
        hint: ("viết \(meant), hoặc sửa mau", "write \(meant), or correct mau"))
    case .signOfOtherBody(let sign, let code):
      Wording(
        "K235", "ký hiệu «\(sign)»: cơ quan «\(code)» không ra văn bản theo thể thức này",
        "the sign “\(sign)”: the body “\(code)” writes no documents of this profile",
        hint: ("sửa ký hiệu, hoặc sửa the_thuc", "correct the sign, or the_thuc"))
    case .signWithoutIssuer(let sign, let code, let meant):
      Wording(
        "K235", "ký hiệu «\(sign)» không có \(code), chữ tắt của cơ quan ban hành",
        "the sign “\(sign)” lacks \(code), the code of the body that issues it",
        hint: (
          "viết \(meant), hoặc sửa co_quan_ban_hanh", "write \(meant), or correct co_quan_ban_hanh"
        ), severity: .warning)
    case .signWithUnusedCode(let sign, let code, let meant):
      Wording(
        "K235", "ký hiệu «\(sign)» mở đầu bằng \(code), mà công văn không có chữ tắt của tên loại",
        "the sign “\(sign)” begins with \(code), but a letter has no code of its kind",
        hint: (
          "viết \(meant), rồi chữ tắt của đơn vị soạn thảo, như \(meant)-VP",
          "write \(meant), then the code of the office that drew it up, such as \(meant)-VP"
        ))
    case .signOfOtherProfile(let sign, let meant):
      Wording(
        "K235", "ký hiệu «\(sign)» là cách viết của thể thức khác",
        "the sign “\(sign)” is the form of another profile",
        hint: ("viết \(meant), hoặc sửa the_thuc", "write \(meant), or correct the_thuc"))
    case .noSuchDay(let day):
      Wording(
        "K236", "không có ngày \(day)", "there is no day \(day)",
        hint: ("xem lại ngày, tháng", "look at the day and the month again"))
    default: nil
    }
  }

  /// The marks of authority: `TM.`, `KT.` and the others.
  private var authorityWording: Wording? {
    switch self {
    case .wrongAuthority(let text, let meant):
      Wording(
        "K227", "quyền hạn ký «\(text)» viết chưa đúng thể thức",
        "the authority “\(text)” is not written as the profile has it",
        hint: ("viết «\(meant)»", "write “\(meant)”"))
    case .authorityOfOtherProfile(let text, let meant, let profiles):
      Wording(
        "K227", "«\(text)» là cách viết của thể thức \(list(profiles, "và"))",
        "“\(text)” is the form of the profile \(list(profiles, "and"))",
        hint: ("viết «\(meant)», hoặc sửa the_thuc", "write “\(meant)”, or correct the_thuc"))
    case .authoritiesInOneLine(let mark, let field):
      Wording(
        "K227", "hai quyền hạn ký trên một dòng", "two authorities in one line",
        hint: (
          "viết từ \(mark) thành dòng \(field.name) riêng",
          "write what begins with \(mark) as a line \(field.name) of its own"
        ))
    case .misspeltSigner(let text, let meant):
      Wording(
        "K227", "«\(text)» có lẽ sai một chữ", "“\(text)” has perhaps one wrong letter",
        hint: ("viết «\(meant)»", "write “\(meant)”"), severity: .warning)
    case .unknownAuthority(let text, let known):
      Wording(
        "K227", "«\(text)» không mở đầu bằng quyền hạn ký nào",
        "“\(text)” begins with no mark of authority",
        hint: (
          "mở đầu bằng \(list(known, "hoặc")); người ký trực tiếp thì bỏ dòng này",
          "begin with \(list(known, "or")); who signs himself has no such line"
        ))
    case .authorityOrder(let later, let earlier):
      Wording(
        "K228", "\(later) phải đứng trước \(earlier)", "\(later) has to stand before \(earlier)",
        hint: ("đổi thứ tự hai dòng", "change the order of the lines"))
    case .twoAuthorities(let one, let other):
      Wording(
        "K228", "\(one) và \(other) không đi cùng nhau", "\(one) and \(other) do not go together",
        hint: ("giữ một dòng", "keep one of them"))
    case .authorityOfPost(let mark, let post, let known):
      Wording(
        "K229", "\(mark) đi với tập thể, mà «\(post)» là chức vụ",
        "\(mark) goes with a body, but “\(post)” is a post",
        hint: (
          "ký thay một chức vụ thì viết \(list(known, "hoặc"))",
          "for a post write \(list(known, "or"))"
        ))
    case .authorityOfBody(let mark, let body, let known):
      Wording(
        "K229", "\(mark) đi với chức vụ, mà «\(body)» là tập thể",
        "\(mark) goes with a post, but “\(body)” is a body",
        hint: (
          "thay mặt tập thể thì viết \(list(known, "hoặc"))",
          "for a body write \(list(known, "or"))"
        ))
    default: nil
    }
  }

  /// The signer's post beside the authority.
  private var signingWording: Wording? {
    switch self {
    case .notTheDeputy(let post, let authority, let meant):
      Wording(
        "K230", "«\(authority)» thì người ký là cấp phó, mà chức vụ ghi «\(post)»",
        "“\(authority)” is signed by a deputy, but the post is “\(post)”",
        hint: (
          "viết «\(meant)», hoặc sửa quyền hạn ký", "write “\(meant)”, or correct the authority"
        ))
    case .missingAuthority(let post, let meant):
      Wording(
        "K230", "cấp phó «\(post)» ký mà không có dòng ký thay",
        "the deputy “\(post)” signs without a line for whom",
        hint: ("thêm dòng quyen_han: \(meant)", "add the line quyen_han: \(meant)"),
        severity: .warning)
    case .notTheHead(let post, let authority, let heads):
      Wording(
        "K230", "«\(authority)» không đi với chức vụ «\(post)»",
        "“\(authority)” does not go with the post “\(post)”",
        hint: ("người ký là \(list(heads, "hoặc"))", "the signer is \(list(heads, "or"))"),
        severity: .warning)
    case .ownAuthority(let post, let authority):
      Wording(
        "K230", "«\(authority)» không để chính «\(post)» ký",
        "“\(authority)” is not signed by “\(post)”",
        hint: (
          "ghi chức vụ của người được giao ký", "give the post of the one who was told to sign"
        ))
    case .neverForHead(let authority, let meant):
      Wording(
        "K230", "cấp ủy không ký «\(authority)»", "no committee signs “\(authority)”",
        hint: meant.map { ("viết «\($0)»", "write “\($0)”") }
          ?? ("bỏ dòng này", "remove this line"), severity: .warning)
    case .deputyByOrder(let post, let line, let meant):
      Wording(
        "K230", "cấp phó «\(post)» ký thay chứ không ký «\(line)»",
        "the deputy “\(post)” signs for the head, not “\(line)”",
        hint: ("viết «\(meant)» thay cho dòng này", "write “\(meant)” instead of this line"))
    case .missingBody(let post, let meant):
      Wording(
        "K230", "cơ quan này làm việc theo tập thể, mà «\(post)» ký không thay mặt",
        "this body works together, but “\(post)” signs on behalf of nobody",
        hint: (
          "thêm dòng quyen_han: \(meant); văn bản thuộc thẩm quyền riêng của người ký thì giữ nguyên",
          "add the line quyen_han: \(meant); leave it where the power is the signer's own"
        ), severity: .warning)
    case .bodySignedByHead(let line):
      Wording(
        "K230", "ban tham mưu, ban chỉ đạo của cấp ủy không ký «\(line)»",
        "no office of a committee signs “\(line)”",
        hint: (
          "bỏ dòng này: người đứng đầu ký trực tiếp", "remove this line: the head signs himself"
        ), severity: .warning)
    case .otherBody(let line, let issuer, let meant):
      Wording(
        "K230", "«\(line)» không phải là cơ quan ban hành, «\(issuer)»",
        "“\(line)” is not the body that issues it, “\(issuer)”",
        hint: (
          "viết «\(meant)», hoặc sửa co_quan_ban_hanh",
          "write “\(meant)”, or correct co_quan_ban_hanh"
        ))
    case .powerOfHead(let line, let power):
      Wording(
        "K230", "thẩm quyền ghi «\(power)», mà ký «\(line)»",
        "the power is that of “\(power)”, but it is signed “\(line)”",
        hint: (
          "bỏ dòng này: người có thẩm quyền ký trực tiếp; hoặc ghi tham_quyen là tên cơ quan",
          "remove this line: who has the power signs himself; or give the body as tham_quyen"
        ))
    case .bodyInPost(let post, let meant):
      Wording(
        "K230", "chức vụ người ký «\(post)» kèm tên cơ quan, địa phương",
        "the signer's post “\(post)” has the name of a body or place with it",
        hint: ("viết «\(meant)»", "write “\(meant)”"), severity: .warning)
    default: nil
    }
  }

  private var movedWording: Wording {
    guard case .authorityAsPost(let text, let field) = self else { return Wording("K231", "", "") }
    return Wording(
      "K231", "«\(text)» thuộc về trường \(field.vietnamese)",
      "“\(text)” belongs into the field \(field.english)",
      hint: ("chuyển sang trường ấy", "move it there"))
  }
}
