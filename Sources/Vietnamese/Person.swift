import Diagnostics
import Texts

/// A person with a title, as lists of attendees write one: `Nguyễn Văn A, Phó Bí thư Quận ủy`.
public struct Person: Sendable {
  /// The form of address before the name, `đồng chí`, `ông` or `bà` as written; nil for none.
  public let address: Text?
  /// The full name: `Nguyễn Văn A`.
  public let name: Text
  /// The title, everything behind the first comma.
  public let title: Text

  /// Reads a name, a comma and a title.
  ///
  /// - Throws: ``ValueProblem/personMeant(_:_:)`` where a dash stands for the comma,
  ///   ``ValueProblem/notAPerson(_:)`` for any other text.
  public init(_ text: Text) throws(Diagnostic) {
    let text = text.trimmed
    let bytes = text.bytes
    guard let comma = bytes.firstIndex(of: UInt8(ascii: ",")) else {
      throw Diagnostic(.value(Self.mistake(text)), at: text)
    }
    var name = text.part(bytes.startIndex..<comma).trimmed
    title = text.part((comma + 1)..<bytes.endIndex).trimmed
    address = Self.address(takenFrom: &name)
    self.name = name
    guard Self.isName(name), !title.isEmpty else {
      throw Diagnostic(.value(.notAPerson(text.string)), at: text)
    }
  }

  /// The given name, the last word, by which Vietnamese people are addressed and sorted.
  public var givenName: Text {
    let space = name.bytes.lastIndex(of: UInt8(ascii: " ")) ?? name.bytes.startIndex - 1
    return name.part((space + 1)..<name.bytes.endIndex)
  }

  /// Removes a form of address from the start of the name.
  fileprivate static func address(takenFrom name: inout Text) -> Text? {
    let bytes = name.bytes
    let lower = lowercased(bytes.prefix(20))
    for address in ["đồng chí ", "ông ", "bà "] where lower.starts(with: address.utf8) {
      let end = bytes.startIndex + address.utf8.count
      let found = name.part(bytes.startIndex..<end - 1)
      name = name.part(end..<bytes.endIndex).trimmed
      return found
    }
    return nil
  }

  /// Tells whether the text is two to seven words of letters, each beginning with a capital.
  private static func isName(_ name: Text) -> Bool {
    guard name.count <= 200 else { return false }
    let words = name.string.split(separator: " ", omittingEmptySubsequences: false)
    return (2...7).contains(words.count)
      && words.allSatisfy { word in
        word.unicodeScalars.first?.properties.isUppercase == true
          && word.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || $0 == "'" }
      }
  }

  /// The problem of a text without a comma; often a dash stands in its place.
  private static func mistake(_ text: Text) -> ValueProblem {
    guard text.count <= 1000 else { return .notAPerson(text.string) }
    for dash in [" - ", " – ", " — "] {
      guard let range = text.string.firstRange(of: dash) else { continue }
      let meant = text.string.replacingCharacters(in: range)
      if (try? Person(Text(meant))) != nil { return .personMeant(text.string, meant) }
    }
    return .notAPerson(text.string)
  }
}

// MARK: - Order

/// Appends the sort key of a person, with or without a form of address and a title: by the given name,
/// then by the family name, then by the names between (the filter `theo_ten`). Lists of people are in
/// this order.
public func appendPersonSortKey(of text: Text, to key: inout ByteBuffer) {
  var name = text.trimmed
  if let comma = name.bytes.firstIndex(of: UInt8(ascii: ",")) {
    name = name.part(name.bytes.startIndex..<comma).trimmed
  }
  _ = Person.address(takenFrom: &name)
  let bytes = name.bytes
  let last = bytes.lastIndex { $0.isSpace } ?? bytes.startIndex - 1
  let first = bytes.firstIndex { $0.isSpace } ?? bytes.endIndex
  for part in [(last + 1)..<bytes.endIndex, bytes.startIndex..<min(first, last + 1)] {
    name.part(part).withBytes { appendSortKey(of: $0, to: &key) }
  }
  if first < last { name.part(first + 1..<last).withBytes { appendSortKey(of: $0, to: &key) } }
}

extension String {
  fileprivate func firstRange(of part: String) -> Range<Index>? {
    indices.first { self[$0...].hasPrefix(part) }.map { $0..<index($0, offsetBy: part.count) }
  }

  fileprivate func replacingCharacters(in range: Range<Index>) -> String {
    String(self[..<range.lowerBound]) + ", " + self[range.upperBound...]
  }
}
