import Diagnostics
import Records
import Synchronization
import Texts

/// Titles (chức danh) in order of precedence: the register `so-bo/chuc-danh.rec`.
struct TitleRegister: Sendable {
  /// The titles, with their place among all.
  private var titles = PhraseTable()
  /// The words that tell of what level of administration a title is, with its place among all.
  private var levels = PhraseTable()
  private var titleCount = 0
  private var levelCount = 0

  /// The rank of a title: of two the lower comes first.
  struct Rank: Comparable, Sendable {
    /// The level of administration, 0 for the highest.
    let level: Int
    let title: Int

    static func < (left: Rank, right: Rank) -> Bool {
      (left.level, left.title) < (right.level, right.title)
    }
  }

  private static let form = RegisterForm(
    LazyTitleRegister.file,
    """
    %rec: cap
    %mandatory: dau_hieu

    %rec: chuc_danh
    %mandatory: ten
    """)

  static func read(
    in folder: TemplateFolder, into problems: inout [Diagnostic]
  ) throws(Diagnostic) -> TitleRegister {
    var register = TitleRegister()
    guard let database = try folder.register(form, into: &problems) else { return register }
    for record in database.records(ofType: "cap") {
      for sign in record.values("dau_hieu") { register.levels.insert(sign, register.levelCount) }
      register.levelCount += 1
    }
    for record in database.records(ofType: "chuc_danh") {
      for name in record.values("ten") { register.titles.insert(name, register.titleCount) }
      register.titleCount += 1
    }
    return register
  }

  /// The number of words of the longest title that begins at a word; nil for none.
  func titleLength(_ words: TextWords, at index: Int) -> Int? {
    titles.match(words, at: index)?.count
  }

  /// The highest rank of the titles that a text names, `Phó Bí thư Đảng ủy, Chủ tịch UBND phường Ví
  /// Dụ`; nil where the register has none of them.
  ///
  /// A title counts where it begins the text, or a part behind a comma or `kiêm`: in a longer name it
  /// is none. Its level is the first that its part names, or else that the text names; without one
  /// it is that of the office itself, and comes behind the others.
  func rank(of text: Text) -> Rank? {
    var words = TextWords()
    words.split(text, marking: WordFilter())
    var parts: [(title: Int?, level: Int?)] = []
    for index in words.indices {
      if words.beginsPart(at: index, of: text) {
        parts.append((titles.match(words, at: index)?.payload, nil))
      }
      guard let last = parts.indices.last, parts[last].level == nil else { continue }
      parts[last].level = levels.match(words, at: index)?.payload
    }
    let level = parts.lazy.compactMap(\.level).first ?? levelCount
    return parts.compactMap { part in
      part.title.map { Rank(level: part.level ?? level, title: $0) }
    }.min()
  }

  /// The bytes whose order is that of the ranks; what the register does not have comes last.
  func appendSortKey(of text: Text, to key: inout ByteBuffer) {
    let rank = rank(of: text) ?? Rank(level: levelCount + 1, title: titleCount)
    for number in [rank.level, rank.title] {
      key.append(UInt8(truncatingIfNeeded: number >> 8))
      key.append(UInt8(truncatingIfNeeded: number))
    }
  }
}

/// The register of titles, read where a template asks for it first: few documents do.
final class LazyTitleRegister: Sendable {
  static let file = "so-bo/chuc-danh.rec"
  private let folder: TemplateFolder
  private let known = Mutex<TitleRegister?>(nil)

  init(_ folder: TemplateFolder) { self.folder = folder }

  /// - Throws: what is wrong with it.
  func register() throws(Diagnostic) -> TitleRegister {
    if let register = known.withLock({ $0 }) { return register }
    var problems: [Diagnostic] = []
    let register = try TitleRegister.read(in: folder, into: &problems)
    if let first = problems.first { throw first }
    known.withLock { $0 = register }
    return register
  }
}

extension TextWords {
  /// Tells whether a word begins the text or stands behind a sign or `kiêm`.
  fileprivate func beginsPart(at index: Int, of text: Text) -> Bool {
    guard index > 0, followsBlank(at: index) else { return true }
    let (before, start) = (range(at: index - 1), range(at: index).start)
    return text.source.bytes[Int(before.start)..<Int(start)].starts(with: "kiêm ".utf8)
  }
}
