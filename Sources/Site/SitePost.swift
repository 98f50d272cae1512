import Diagnostics
import Reports
import Texts
import Vietnamese

/// A post as a data file has it.
public struct SitePost: Sendable {
  /// The data file and the document: `phuong-a-2026/tin-bai`.
  let document: String
  let title: String
  let time: DateWithTime?
  /// From the largest to the smallest.
  let categories: [String]
  let summary: String
  let author: String
  let source: String
  let views: String
  /// Where it stood before; empty for nowhere.
  let origin: String
  let wantedPath: String?
  let oldPaths: [String]
  let english: English?
  /// HTML, its pictures by their paths beside the data file.
  let body: [UInt8]
  let isVerbatim: Bool
  let tags: [Tag]
  /// Those that its body shows.
  var pictures: [SitePicture]
  let companions: [Companion]

  struct English: Sendable {
    let title: String
    let summary: String
  }

  /// A fact that posts have in common.
  struct Tag: Sendable, Hashable {
    /// The number of its kind in the profile.
    let kind: Int
    let name: String
  }

  /// A document that is published beside the post.
  struct Companion: Sendable {
    let title: String
    let subject: String
    /// Each a form of it.
    let files: [OutputFile]
  }
}

extension SitePost {
  /// The posts of a data file.
  ///
  /// - Parameter name: the data file's, without its extension.
  public static func posts(
    of file: CheckedFile, named name: String, _ profile: SiteProfile, _ companions: Companions,
    _ templates: TemplateCollection, _ memory: DocumentMemory
  ) throws(Problems) -> [SitePost] {
    let fragments = try file.fragments(
      ofKind: profile.kind, fragmentTemplates, templates, memory)
    let places = fragments.isEmpty ? [] : file.picturePlaces
    let facts = TagFinder(file, profile)
    var posts: [SitePost] = []
    for fragment in fragments {
      let document = "\(name)/\(fragment.name)"
      let text = BodyText(fragment.body)
      posts.append(
        SitePost(
          fragment, document, text,
          pictures: try places.filter { text.shows($0.path) }.map(SitePicture.init),
          tags: facts.tags(in: text), verbatim: file.values(of: "chu", ofType: "nguyen_van"),
          try companions(fragment.texts("dang_kem"), document), profile))
      for path in fragment.texts("duong_dan") + fragment.texts("duong_dan_cu")
      where PageName.path(path).map(profile.isReserved) ?? true {
        throw Problems([Diagnostic(.site(.wrongPath(path)), at: nil)])
      }
    }
    return posts
  }

  /// What its record leaves out.
  public var warnings: [Diagnostic] {
    time == nil ? [Diagnostic(.site(.undated(post: document)), at: nil)] : []
  }

  /// Makes the documents beside a post: their kinds, the post.
  public typealias Companions = ([String], String) throws(Problems) -> [CompanionDocument]

  private static let fragmentTemplates = FragmentTemplates(
    page: "site/than-bai.html.jinja", verbatimBody: "site/nguyen-van.md.jinja")

  private init(
    _ fragment: PostFragment, _ document: String, _ text: BodyText, pictures: [SitePicture],
    tags: [Tag], verbatim: [String], _ companions: [CompanionDocument], _ profile: SiteProfile
  ) {
    func field(_ name: String) -> String { fragment.text(name) ?? "" }
    self.document = document
    let first = verbatim.first ?? text.firstParagraph
    title = fragment.text("tieu_de") ?? first.cut(to: SitePost.titleLimit)
    time = fragment.time
    categories = fragment.texts("chuyen_muc")
    summary = fragment.text("sapo") ?? text.firstParagraph.cut(to: profile.summaryLimit)
    (author, source, origin) = (field("tac_gia"), field("nguon"), field("dia_chi_bai"))
    views = field("luot_xem")
    wantedPath = fragment.text("duong_dan").flatMap { PageName.path($0) }
    oldPaths = fragment.texts("duong_dan_cu").compactMap { PageName.path($0) }
    english = fragment.text("tieu_de_anh").flatMap { title in
      fragment.text("tom_tat_anh").map { English(title: title, summary: $0) }
    }
    (body, isVerbatim, self.tags) = (fragment.body, fragment.isVerbatim, tags)
    self.pictures = pictures
    self.companions = companions.map {
      Companion(title: $0.title, subject: $0.subject, files: $0.files)
    }
  }

  /// A title that a post does not give itself is no longer.
  private static let titleLimit = 100
}

/// A document beside a post, in its forms.
public struct CompanionDocument: Sendable {
  let title: String
  let subject: String
  let files: [OutputFile]

  public init(title: String, subject: String, files: [OutputFile]) {
    (self.title, self.subject, self.files) = (title, subject, files)
  }
}

/// Finds which facts of a data file a post speaks of: what the post does not say is not published by it.
private struct TagFinder {
  private let known: [SitePost.Tag]

  init(_ file: CheckedFile, _ profile: SiteProfile) {
    var known: [SitePost.Tag] = []
    for (kind, tagKind) in profile.tagKinds.enumerated() {
      for place in tagKind.fields {
        for name in file.values(of: place.field, ofType: place.type) {
          let tag = SitePost.Tag(kind: kind, name: name)
          if !known.contains(tag) { known.append(tag) }
        }
      }
    }
    self.known = known
  }

  func tags(in text: BodyText) -> [SitePost.Tag] {
    known.filter { text.plain.range(of: $0.name) }
  }
}

extension String {
  /// Tells whether a text occurs as whole words.
  fileprivate func range(of name: String) -> Bool {
    let (text, wanted) = (Array(utf8), Array(name.utf8))
    guard !wanted.isEmpty, wanted.count <= text.count else { return false }
    var index = 0
    while index + wanted.count <= text.count {
      guard let start = text[index...].firstIndex(of: wanted[0]),
        start + wanted.count <= text.count
      else { return false }
      let end = start + wanted.count
      let isWhole =
        (start == 0 || !text[start - 1].isWordByte) && (end == text.count || !text[end].isWordByte)
      if isWhole, text[start..<end].elementsEqual(wanted) { return true }
      index = start + 1
    }
    return false
  }

  /// The text, or its beginning to the end of a word and dots.
  func cut(to limit: Int) -> String {
    guard count > limit else { return self }
    let head = prefix(limit)
    let end = head.lastIndex(of: " ") ?? head.endIndex
    var words = head[..<end]
    while let last = words.last, ",;:-–".contains(last) || last == " " { words.removeLast() }
    return words + "…"
  }
}

extension UInt8 {
  /// A letter, a digit, or a part of a character beyond ASCII.
  fileprivate var isWordByte: Bool {
    self >= 0x80 || isDigit || (self | 0x20).isNameByte
  }
}
