import Diagnostics
import Reports
import Texts

/// The data file that an old post becomes.
public struct ImportedPost: Sendable {
  /// The rec text to write.
  public let bytes: [UInt8]
  /// What was guessed, and what could not be placed.
  public let notices: [Diagnostic]

  /// Reads a post as it was copied from a portal: a plain text, or a page that was saved.
  ///
  /// - Parameter file: its path, by which the reader is chosen and messages name it.
  /// - Throws: that it is no text in UTF-8, or has no words.
  public init(_ input: [UInt8], of file: String, _ signs: PostSigns) throws(Diagnostic) {
    let (text, read) = try Self.read(input, of: file)
    guard !read.blocks.isEmpty else {
      throw Diagnostic(.importing(.emptyPost(path: file)), at: nil)
    }
    var post = read
    var reading = PostRecognition.read(post, signs)
    // Here a document, of which there is the notice `document`, becomes data of its kind, once it is
    // read from plain text.
    reading.addHints(to: &post, signs)
    bytes = PostText(post, reading, file: file).writer.bytes
    let places = reading.notices.isEmpty ? nil : LinePlaces(in: Source(name: file, bytes: text))
    notices = reading.notices.map { notice in
      let line = notice.block.map { post.blocks[$0].line } ?? 1
      return Diagnostic(.importing(.post(notice.problem(of: reading))), at: places?.line(line))
    }
  }
}

extension ImportedPost {
  private static let extensions = [".txt", ".html", ".htm", ".mht", ".mhtml"]

  /// The blocks of a file, by the reader for its name, and the text that they stand in.
  private static func read(
    _ input: [UInt8], of file: String
  ) throws(Diagnostic) -> (text: [UInt8], post: WrittenPost) {
    switch ending(of: file) {
    case ".html", ".htm":
      let text = try PostEncoding.decoded(input, of: file)
      return (text, try SavedPage(text, of: file).post)
    case ".mht", ".mhtml":
      guard let page = MailArchive.page(in: input) else {
        throw Diagnostic(.importing(.emptyPost(path: file)), at: nil)
      }
      let text = try PostEncoding.decoded(page, of: file)
      return (text, try SavedPage(text, of: file).post)
    default:
      let text = try PostEncoding.decoded(input, of: file)
      return (text, PlainTextReader(text).post)
    }
  }

  /// Tells whether a path has the name of a post.
  public static func isNamed(_ path: String) -> Bool { ending(of: path) != nil }

  /// The name of a post without its extension, for its data file.
  public static func name(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return ending(of: name).map { String(name.dropLast($0.count)) } ?? name
  }

  private static func ending(of path: String) -> String? {
    let small = path.lowercased()
    return extensions.first { small.hasSuffix($0) && small.utf8.count > $0.utf8.count }
  }
}

/// The one place where the bytes of an input become text.
enum PostEncoding {
  /// The text of a file in normalization form C, without a mark of the byte order.
  ///
  /// - Throws: that it is not UTF-8.
  static func decoded(_ input: [UInt8], of file: String) throws(Diagnostic) -> [UInt8] {
    guard (try? UTF8Span(validating: input.span)) != nil, !contains(0, input) else {
      throw Diagnostic(.importing(.otherEncoding(path: file)), at: nil)
    }
    let text = input.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(input.dropFirst(3)) : input
    return mayBeDecomposed(text) ? Array(String(decoding: text, as: UTF8.self).composed.utf8) : text
  }

  /// Tells whether a text has marks that letters are composed with, U+0300 to U+036F, or other
  /// characters that are composed.
  private static func mayBeDecomposed(_ text: [UInt8]) -> Bool {
    contains(0xCC, text) || contains(0xCD, text)
  }

  private static func contains(_ byte: UInt8, _ text: [UInt8]) -> Bool {
    text.span.bytes.first(byte, in: 0..<text.count) < text.count
  }
}

extension PostReading.Notice {
  fileprivate func problem(of reading: PostReading) -> PostProblem {
    let day = reading.day.map { "\($0.date.day)/\($0.date.month)/\($0.date.year)" } ?? ""
    return switch kind {
    case .unknown: .unknownBlock
    case .noTitle: .noTitle
    case .updateAsPosted: .updateAsPosted(day)
    case .unsureDay: .unsureDay(day)
    case .document: .document
    case .fromPage(let value, let source): .fromPage(value, source: source)
    }
  }
}

/// Where the lines of a text begin.
private struct LinePlaces {
  private let source: Source
  private var starts = [0]

  init(in source: Source) {
    self.source = source
    for (index, byte) in source.bytes.enumerated() where byte == 0x0A { starts.append(index + 1) }
  }

  /// A line by its number from 1; the last one for a greater number.
  func line(_ number: Int) -> Text {
    let index = min(max(number, 1), starts.count) - 1
    let end = index + 1 < starts.count ? starts[index + 1] - 1 : source.bytes.count
    return Text(source: source, range: SourceRange(start: starts[index], end: end))
  }
}
