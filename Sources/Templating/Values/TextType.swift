import Diagnostics
import Texts

/// The attributes that texts of one type, such as dates, give a template beside their characters.
///
/// The attributes are worked out when a template asks for one, never before.
public final class TextType: Sendable {
  /// As messages and the manual name it: `ngay`.
  let name: String
  /// Every attribute, also those that some texts of the type do not have.
  public let attributes: [String]
  private let read: @Sendable (Text, String) throws(Diagnostic) -> Value

  /// - Parameter read: gives one of the attributes. It throws why a text has none: it is not of
  ///   the form of its type, or the thing is not there.
  public init(
    _ name: String, attributes: [String],
    read: @escaping @Sendable (Text, String) throws(Diagnostic) -> Value
  ) {
    self.name = name
    self.attributes = attributes
    self.read = read
  }

  /// Undefined where the text has none of the name; missing for every attribute of no text.
  func attribute(_ key: Key, of text: Text) -> Value {
    let name = key.text.string
    guard !key.isInteger, attributes.contains(name) else { return .undefined }
    if text.isEmpty { return .missing }
    return (try? read(text, name)) ?? .undefined
  }

  /// Why the text has no such attribute.
  func problem(of key: Key, _ text: Text) -> Diagnostic {
    let wanted = key.text.string
    guard attributes.contains(wanted) else {
      let suggestion = nearest(to: wanted, among: attributes)
      return .template(
        .unknownAttribute(wanted, type: name, known: attributes, suggestion: suggestion))
    }
    do throws(Diagnostic) {
      _ = try read(text, wanted)
      return .template(.absentValue)
    } catch {
      return error
    }
  }
}
