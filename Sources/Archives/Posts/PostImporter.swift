import Diagnostics
import Reports

/// Makes data files of old texts, with what it needs of the templates read once for all of them.
public struct PostImporter: Sendable {
  private let templates: TemplateCollection
  private let signs: PostSigns
  private let facts: FactFinder?
  private let kind: String?

  /// The kind of the data of posts, whatever they look like.
  public static let postKind = "tin-bai"

  /// - Parameters:
  ///   - kind: of the data files; nil where each text tells whether it is a post or a document of an
  ///     office.
  ///   - proposesFacts: whether what the prose states becomes records too; see ``FactFinder``.
  /// - Throws: what is wrong with the registers.
  public init(
    _ templates: TemplateCollection, asKind kind: String? = nil, proposesFacts: Bool
  ) throws(Problems) {
    (self.templates, self.kind) = (templates, kind)
    signs = try PostSigns(templates)
    facts = proposesFacts ? try FactFinder(templates) : nil
  }

  /// Makes the data file of a text as it was copied, or of a page that was saved: a post is kept word for
  /// word; a report, plan or decision in plain text is taken apart as one of Word is.
  ///
  /// - Parameters:
  ///   - file: its path, by which the reader is chosen and messages name it.
  ///   - dataFile: the path that the data file will have; nil for one that keeps the paths of pictures.
  /// - Throws: that it is no text, or has no words, or is no document of the kind.
  public func post(
    _ input: [UInt8], of file: String, for dataFile: String? = nil
  ) throws(Problems) -> ImportedPost {
    var text = try Problems.collecting { () throws(Diagnostic) in
      try PostFile(input, of: file)
    }
    if let kind, kind != Self.postKind { return try document(text, asKind: kind) }
    text.post.partLeadingDay(signs)
    let reading = PostRecognition.read(text.post, signs)
    // Of a document whose kind no template has, a post keeps all words.
    if kind == nil, reading.notices.contains(where: { $0.kind == .document }),
      let document = try? document(text, asKind: nil)
    {
      return document
    }
    var pictures = dataFile.flatMap { PostPictures(of: file, besides: $0) }
    pictures?.take(from: &text.post)
    var post = ImportedPost(text, reading, signs, facts)
    post.pictures = pictures?.files ?? []
    return post
  }

  private func document(_ text: PostFile, asKind kind: String?) throws(Problems) -> ImportedPost {
    let document = WrittenDocument(text: String(decoding: text.bytes, as: UTF8.self))
    guard kind != nil || document.isFormal else {
      throw Problems([Diagnostic(.importing(.empty), at: nil)])
    }
    let imported = try ImportedDocument(document, of: text.name, asKind: kind, templates)
    let told = kind == nil ? [PostProblem.document(kind: imported.kind)] : []
    return ImportedPost(
      bytes: imported.bytes,
      notices: text.notices + told.map { Diagnostic(.importing(.post($0)), at: nil) }
        + imported.notices)
  }
}
