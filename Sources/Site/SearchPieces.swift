import Reports
import Texts
import Vietnamese

/// The words of all posts for searching in the page: small files, of which a search loads only those that
/// its words are in.
///
/// A file has the words that begin with the same two letters without accents: for each word without
/// accents its forms with accents, and the numbers of the posts that have it, each after the first as the
/// distance from the one before. Posts are counted from the oldest, so that a new one changes the numbers of
/// no other.
struct SearchPieces {
  let files: [OutputFile]

  /// So many posts are in one file of titles.
  static let postsInFile = 100

  init(_ site: Site) {
    var words: [String: [String: [String: [Int]]]] = [:]
    let posts = Array(site.posts.reversed())
    for (number, post) in posts.enumerated() {
      var seen: Set<SearchWord> = []
      for word in SearchWord.words(of: post.post.searched) where seen.insert(word).inserted {
        guard let piece = SearchPieces.piece(of: word.plain) else { continue }
        let plain = String(decoding: word.plain, as: UTF8.self)
        words[piece, default: [:]][plain, default: [:]][SearchPieces.shown(word), default: []]
          .append(number)
      }
    }
    let folder = site.profile.sections.search
    files =
      words.sorted { $0.key < $1.key }.map { piece, words in
        OutputFile(path: "\(folder)/chu-\(piece).json", bytes: SearchPieces.json(words))
      }
      + stride(from: 0, to: posts.count, by: Self.postsInFile).map { start in
        let part = posts[start..<min(start + Self.postsInFile, posts.count)]
        return OutputFile(
          path: "\(folder)/bai-\(start / Self.postsInFile).json",
          bytes: SearchPieces.json(part, site.base))
      }
  }

  /// The first two letters; nil for a word that is in no file.
  private static func piece(of plain: [UInt8]) -> String? {
    let head = plain.prefix(2)
    return head.allSatisfy(\.isNameByte) ? String(decoding: head, as: UTF8.self) : nil
  }

  /// The letters with their shapes, and a digit for each tone: `chê4` of `chế`.
  private static func shown(_ word: SearchWord) -> String {
    guard word.isAccented else { return "" }
    return String(
      decoding: word.exact.map { $0 < 0x20 ? $0 + UInt8(ascii: "0") : $0 }, as: UTF8.self)
  }

  private static func json(_ words: [String: [String: [Int]]]) -> [UInt8] {
    var text = ByteBuffer()
    text.append(literal: "{")
    for (index, (plain, forms)) in words.sorted(by: { $0.key < $1.key }).enumerated() {
      text.append(contentsOf: "\(index > 0 ? ",\n" : "\n")\"\(plain)\":{".utf8)
      for (index, (form, numbers)) in forms.sorted(by: { $0.key < $1.key }).enumerated() {
        text.append(contentsOf: "\(index > 0 ? "," : "")\"\(form)\":[".utf8)
        var last = 0
        for (index, number) in numbers.enumerated() {
          if index > 0 { text.append(UInt8(ascii: ",")) }
          text.append(number: number - last)
          last = number
        }
        text.append(literal: "]")
      }
      text.append(literal: "}")
    }
    text.append(literal: "\n}\n")
    return text.bytes
  }

  private static func json(_ posts: ArraySlice<Site.PlacedPost>, _ base: SiteBase) -> [UInt8] {
    var text = "["
    for (index, post) in posts.enumerated() {
      text += index > 0 ? ",\n[" : "\n["
      let day = post.post.time.map { $0.shortDay } ?? ""
      text += [post.post.title, base.prefix + post.path, day].map(\.jsonString)
        .joined(separator: ",")
      text += "]"
    }
    return Array((text + "\n]\n").utf8)
  }
}

extension SitePost {
  /// The words by which it is found.
  fileprivate var searched: String {
    ([title, summary, author, BodyText(body).plain] + categories).joined(separator: "\n")
  }
}

extension DateWithTime {
  /// `04/7/2026`
  fileprivate var shortDay: String {
    // As documents write days: a month below three has a zero.
    "\(date.day.digits(2))/\(date.month < 3 ? date.month.digits(2) : "\(date.month)")/\(date.year)"
  }
}

extension String {
  /// In quotes, as JSON has it.
  fileprivate var jsonString: String {
    var text = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case let scalar where scalar.value < 0x20:
        text += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }
}
