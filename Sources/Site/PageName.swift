import Texts
import Vietnamese

/// The part of an address that a text gives: `so-ket-6-thang-dau-nam`.
enum PageName {
  /// The words of a text in small letters without accents, with hyphens between; a text too long for
  /// an address ends at a word.
  ///
  /// - Parameter limit: the number of characters that it has at most, unless its first word has more.
  /// - Returns: nil where the text has no letter or digit that an address can have.
  static func name(of text: String, limit: Int) -> String? {
    var name = ""
    for word in SearchWord.words(of: text) {
      for part in word.plain.split(whereSeparator: { !$0.isNameByte }) {
        guard name.isEmpty || name.utf8.count + 1 + part.count <= limit else { return name }
        if !name.isEmpty { name += "-" }
        // A word that nobody types is cut too.
        name += String(decoding: part.prefix(limit), as: UTF8.self)
      }
    }
    return name.isEmpty ? nil : name
  }

  /// A path that a person wrote, with a slash at both ends; nil for one that the site cannot have.
  static func path(_ text: String) -> String? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let named = parts.drop { $0.isEmpty }
    let inner = named.last?.isEmpty == true ? named.dropLast() : named
    guard !inner.isEmpty, inner.allSatisfy({ isPart($0) }) else { return nil }
    return "/" + inner.joined(separator: "/") + "/"
  }

  private static func isPart(_ part: Substring) -> Bool {
    !part.isEmpty && part.utf8.count <= 120
      && part.utf8.allSatisfy { $0.isNameByte || $0 == UInt8(ascii: "-") }
  }
}

extension UInt8 {
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

  /// One that a name of a page may have: a digit or a small letter of ASCII.
  var isNameByte: Bool { isDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }
}
