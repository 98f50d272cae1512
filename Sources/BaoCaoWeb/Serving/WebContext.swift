import Diagnostics
import HTTPTypes
import Hummingbird

/// What is known of a request on its way: who sends it, and the language of the answer.
struct WebContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// nil for who has not come in.
  var session: Session?
  var language = Language.ofEnvironment

  init(source: Source) { coreContext = CoreRequestContextStorage(source: source) }

  /// - Throws: that nobody has come in.
  func person() throws(PageFailure) -> Person {
    guard let session else { throw .notIn }
    return session.person
  }

  /// The person, where the role lets them.
  func person(who right: Right) throws(PageFailure) -> Person {
    let person = try person()
    guard person.role.has(right) else { throw .notAllowed }
    return person
  }
}

/// An answer that is no page of the office: what is wrong with a request, without what is inside.
enum PageFailure: Error {
  case notIn
  case notAllowed
  case notFound
  /// The request is not as a page of ours sends it.
  case badRequest
  /// It carries no token of the session, or comes from another page.
  case forged
  case tooLarge
  case tooSlow
  case tooMany
  /// The page that was sent is older than what is kept.
  case tooOld
  /// Somebody has written into the file that was to be written over.
  case written
  /// Another file of the folder has the name under which documents are sealed.
  case sameName
  /// A data file is larger than pages are for.
  case fileTooLarge
  /// Something of the inside failed.
  case broken

  var status: HTTPResponse.Status {
    switch self {
    case .notIn: .unauthorized
    case .notAllowed, .forged: .forbidden
    case .notFound: .notFound
    case .badRequest: .badRequest
    case .tooLarge: .contentTooLarge
    case .tooSlow: .requestTimeout
    case .tooMany: .tooManyRequests
    case .tooOld, .written, .sameName: .conflict
    case .fileTooLarge: .unprocessableContent
    case .broken: .internalServerError
    }
  }

  /// The key of its sentence in the register of wording.
  var wording: String {
    switch self {
    case .notIn: "loi_chua_vao"
    case .notAllowed: "loi_khong_duoc"
    case .notFound: "loi_khong_thay"
    case .badRequest: "loi_yeu_cau"
    case .forged: "loi_gia_mao"
    case .tooLarge: "loi_qua_lon"
    case .tooSlow: "loi_qua_cham"
    case .tooMany: "loi_qua_nhieu"
    case .tooOld: "loi_qua_cu"
    case .fileTooLarge: "loi_tep_lon"
    case .written: "loi_da_viet"
    case .sameName: "loi_cung_ten"
    case .broken: "loi_ben_trong"
    }
  }
}
