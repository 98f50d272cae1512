import Diagnostics
import Reports
import Texts

/// The data file that an old post, or a document in plain text, becomes.
public struct ImportedPost: Sendable {
  /// The rec text to write.
  public let bytes: [UInt8]
  /// What was guessed, and what could not be placed.
  public let notices: [Diagnostic]
  /// Those that go along, by their paths beside the data file.
  var pictures: [OutputFile] = []

  init(bytes: [UInt8], notices: [Diagnostic]) {
    (self.bytes, self.notices) = (bytes, notices)
  }

  /// Keeps a post word for word.
  ///
  /// - Parameter facts: finds what its prose states; nil where that is not wanted.
  init(_ file: PostFile, _ read: PostReading, _ signs: PostSigns, _ facts: FactFinder?) {
    var (post, reading) = (file.post, read)
    reading.addHints(to: &post, signs)
    bytes = PostText(post, reading, file: file.name, facts).writer.bytes
    let places =
      reading.notices.isEmpty ? nil : LinePlaces(in: Source(name: file.name, bytes: file.bytes))
    notices =
      file.notices
      + reading.notices.map { notice in
        let line = notice.block.map { post.blocks[$0].line } ?? 1
        return Diagnostic(.importing(.post(notice.problem(of: reading))), at: places?.line(line))
      }
  }
}

extension ImportedPost {
  private static let extensions = [".txt", ".html", ".htm", ".mht", ".mhtml"]

  /// Tells whether a path has the name of a post.
  public static func isNamed(_ path: String) -> Bool { ending(of: path) != nil }

  /// The name of a post without its extension, for its data file.
  public static func name(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return ending(of: name).map { String(name.dropLast($0.count)) } ?? name
  }

  static func ending(of path: String) -> String? {
    let small = path.lowercased()
    return extensions.first { small.hasSuffix($0) && small.utf8.count > $0.utf8.count }
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
    case .clock: .clockOfPage
    case .document: .document(kind: nil)
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
