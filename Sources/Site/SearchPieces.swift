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
    let posts = Array(site.posts.reversed())
    var list = WordList()
    for (number, post) in posts.enumerated() { list.add(Array(post.post.searched.utf8), number) }
    var words: [String: [String: [String: [Int]]]] = [:]
    for (word, numbers) in zip(list.words, list.posts) {
      guard let piece = SearchPieces.piece(of: word.plain) else { continue }
      let plain = String(decoding: word.plain, as: UTF8.self)
      words[piece, default: [:]][plain, default: [:]][SearchPieces.shown(word)] = numbers
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

/// The words of texts, and which posts have each. A run of letters that was met before is not taken apart
/// again.
private struct WordList {
  private(set) var words: [SearchWord] = []
  /// The numbers of the posts that have each word.
  private(set) var posts: [[Int]] = []
  private var numbers: [SearchWord: Int] = [:]
  private var known: [Run: [Int]] = [:]

  /// A run of bytes without a separator of ASCII; no byte of it is 0.
  private struct Run: Hashable {
    private let low: UInt64
    private let high: UInt64

    /// nil for a long one.
    init?(_ bytes: ArraySlice<UInt8>) {
      guard bytes.count <= 16 else { return nil }
      func word(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
      }
      (low, high) = (word(bytes.prefix(8)), word(bytes.dropFirst(8)))
    }
  }

  /// Adds the words of a text of a post.
  mutating func add(_ text: [UInt8], _ post: Int) {
    var index = 0
    while index < text.count {
      let start = index
      while index < text.count, isPart(text[index]) { index += 1 }
      if index > start { add(run: text[start..<index], post) }
      index += 1
    }
  }

  private func isPart(_ byte: UInt8) -> Bool {
    byte >= 0x80 || isWordByte(byte) || byte == UInt8(ascii: "_")
  }

  private mutating func add(run bytes: ArraySlice<UInt8>, _ post: Int) {
    let run = Run(bytes)
    if let run, let found = known[run] {
      for number in found { note(number, post) }
      return
    }
    let found = SearchWord.words(of: String(decoding: bytes, as: UTF8.self)).map { number(of: $0) }
    if let run { known[run] = found }
    for number in found { note(number, post) }
  }

  private mutating func note(_ number: Int, _ post: Int) {
    if posts[number].last != post { posts[number].append(post) }
  }

  private mutating func number(of word: SearchWord) -> Int {
    if let number = numbers[word] { return number }
    numbers[word] = words.count
    words.append(word)
    posts.append([])
    return words.count - 1
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
