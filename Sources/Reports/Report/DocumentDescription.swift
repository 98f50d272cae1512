import Texts
import Templating
import Vietnamese

/// What a document says of itself in its head, for those who keep it.
public struct DocumentDescription: Sendable {
  /// The file's name without its extension.
  public let name: String
  /// The name of its kind: `so-ket`.
  public let kind: String
  /// What it is called at its head, `BÁO CÁO`; nil for a letter.
  public let type: String?
  public let issuer: String?
  public let number: String?
  /// `BC-UBND`
  public let notation: String?
  /// The subject, or the title of a post.
  public let subject: String?
  public let signer: String?
  /// The day of the document, or the day on which a post was posted.
  public let day: CalendarDate?
}

extension CheckedFile {
  /// What its documents say of themselves, in their order.
  public var descriptions: [DocumentDescription] { reports.map(\.description) }
}

extension Report {
  fileprivate var description: DocumentDescription {
    func text(_ field: String) -> String? {
      guard let text = head[Key(field)]?.asLine, !text.isBlank else { return nil }
      return text.string.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    let day = head[Key(HeadFields.date)]?.asText ?? head[Key("ngay_dang")]?.asText
    return DocumentDescription(
      name: name, kind: kind.name, type: kind.record[Key("ten_loai")]?.asText?.string,
      issuer: text(HeadFields.issuer), number: text("so"), notation: text("ky_hieu"),
      subject: text("trich_yeu") ?? text("tieu_de"), signer: text("nguoi_ky"),
      day: day.flatMap { CalendarDate(dayOf: $0) })
  }
}

extension Value {
  /// A value as it is printed; nil for a list, and for none.
  fileprivate var asLine: Text? {
    switch self {
    case .text, .typed, .int, .decimal: printed
    default: nil
    }
  }
}
