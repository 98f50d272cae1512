import Archives
import Diagnostics
import Reports
import Texts
import Vietnamese

/// The posts that an earlier run read, so that data files that have not changed need not be read and
/// checked again.
///
/// It lies beside the folder of the site, and holds nothing that the site does not publish. What it says is
/// never more than a saving: it counts for a file only where the bytes of the file, those of all files
/// beside it that it uses, the program and the templates are the same; and one that is damaged, missing or
/// of another program counts for none.
public struct PostMemory: Sendable {
  /// What was read of one data file.
  public struct Entry: Sendable {
    /// Of the bytes of the data file.
    let sum: Checksum
    /// The files beside it that it uses, by their paths below its folder.
    let beside: [(path: String, sum: Checksum)]
    public let posts: [SitePost]
  }

  /// What all entries depend on.
  private let basis: Checksum
  /// By the name of the data file, without its extension.
  private var entries: [String: Entry] = [:]

  /// An empty one.
  ///
  /// - Parameters:
  ///   - program: the bytes of the running program.
  ///   - templates: all of them, with the registers.
  public init(of program: [UInt8], _ templates: TemplateFolder) throws(Diagnostic) {
    var basis = MemoryWriter()
    basis.add(PostMemory.form)
    basis.add(Checksum(of: program))
    for name in templates.files {
      basis.add(name)
      basis.add(Checksum(of: try templates.bytes(named: name)))
    }
    self.basis = Checksum(of: basis.bytes)
  }

  /// What was read of a data file, if that is what it says now.
  ///
  /// - Parameters:
  ///   - name: the data file's, without its extension.
  ///   - folder: the one that it lies in.
  public func entry(named name: String, _ sum: Checksum, in folder: String) -> Entry? {
    guard let entry = entries[name], entry.sum == sum,
      entry.beside.allSatisfy({ CheckedFile.sum(of: $0.path, in: folder) == $0.sum })
    else { return nil }
    return Entry(
      sum: sum, beside: entry.beside,
      posts: entry.posts.map { $0.placed(inFolder: folder) })
  }

  /// What is kept of a data file.
  ///
  /// - Returns: nil for a file that has to be read again: what was said of it would not be said, and
  ///   documents beside posts depend on what prints them.
  public static func entry(
    of file: CheckedFile?, _ sum: Checksum, _ posts: [SitePost]
  ) -> Entry? {
    guard let file else { return Entry(sum: sum, beside: [], posts: []) }
    guard file.problems.isEmpty, posts.allSatisfy(\.companions.isEmpty),
      let paths = file.pathsBeside
    else { return nil }
    var beside: [(path: String, sum: Checksum)] = []
    for path in paths {
      guard let sum = CheckedFile.sum(of: path, in: file.folder) else { return nil }
      beside.append((path, sum))
    }
    return Entry(sum: sum, beside: beside, posts: posts)
  }

  /// The same with other entries.
  public func with(_ entries: [(name: String, entry: Entry)]) -> PostMemory {
    var memory = self
    memory.entries = Dictionary(entries.map { ($0.name, $0.entry) }) { first, _ in first }
    return memory
  }
}

extension CheckedFile {
  fileprivate static func sum(of path: String, in folder: String) -> Checksum? {
    bytes(beside: path, in: folder).map { Checksum(of: $0) }
  }
}

/// The file that it is kept in.
extension PostMemory {
  /// Other numbers have other forms.
  private static let form = 1
  /// So many bytes are read at most: those of some hundred thousand posts.
  private static let sizeLimit = 1 << 30

  /// The file of the site in a folder: `out/.site.bo-nho` of `out/site`; nil where nothing lies beside the
  /// folder.
  private static func place(for folder: String) -> String? {
    guard let real = Files.resolved(folder), real != "/" else { return nil }
    return "\(Files.folder(of: real))/.\(Files.name(of: real)).bo-nho"
  }

  /// The same with what an earlier run kept for the site in a folder.
  public func read(for folder: String) -> PostMemory {
    guard let place = PostMemory.place(for: folder),
      let bytes = try? Files.read(place, atMost: PostMemory.sizeLimit)
    else { return self }
    var memory = self
    memory.entries = PostMemory.entries(in: bytes, basis) ?? [:]
    return memory
  }

  private static func entries(in bytes: [UInt8], _ basis: Checksum) -> [String: Entry]? {
    guard bytes.count > 64, let sum = Checksum(bytes.suffix(64)),
      sum == Checksum(of: bytes.span.extracting(droppingLast: 64))
    else { return nil }
    var reader = MemoryReader(bytes)
    guard reader.sum() == basis, let count = reader.count() else { return nil }
    var entries: [String: Entry] = [:]
    entries.reserveCapacity(count)
    for _ in 0..<count {
      guard let name = reader.text(), let entry = Entry(&reader) else { return nil }
      entries[name] = entry
    }
    return entries
  }

  /// Keeps it for the next run; where that cannot be, the next run reads everything again.
  public func write(for folder: String) {
    guard let place = PostMemory.place(for: folder) else { return }
    var writer = MemoryWriter()
    writer.add(basis)
    writer.add(entries.count)
    for (name, entry) in entries.sorted(by: { $0.key < $1.key }) {
      writer.add(name)
      entry.add(to: &writer)
    }
    writer.add(Checksum(of: writer.bytes))
    if (try? Files.read(place, atMost: PostMemory.sizeLimit)) == writer.bytes { return }
    try? Files.write(writer.bytes.span, to: place)
  }
}

extension PostMemory.Entry {
  fileprivate init?(_ reader: inout MemoryReader) {
    guard let sum = reader.sum(),
      let beside = reader.list({ reader in
        reader.text().flatMap { path in reader.sum().map { (path, $0) } }
      }), let posts = reader.list({ SitePost(&$0) })
    else { return nil }
    (self.sum, self.beside, self.posts) = (sum, beside, posts)
  }

  fileprivate func add(to writer: inout MemoryWriter) {
    writer.add(sum)
    writer.add(beside) { (writer, file) in
      writer.add(file.path)
      writer.add(file.sum)
    }
    writer.add(posts) { $1.add(to: &$0) }
  }
}

extension SitePost {
  fileprivate init?(_ reader: inout MemoryReader) {
    guard let document = reader.text(), let title = reader.text(), let time = reader.time(),
      let categories = reader.list({ $0.text() }), let summary = reader.text(),
      let author = reader.text(), let source = reader.text(), let views = reader.text(),
      let origin = reader.text(), let wantedPath = reader.list({ $0.text() }),
      let oldPaths = reader.list({ $0.text() }),
      let english = reader.list({ reader in
        reader.text().flatMap { title in
          reader.text().map { English(title: title, summary: $0) }
        }
      }), let body = reader.content(), let isVerbatim = reader.count(),
      let tags = reader.list({ reader in
        reader.count().flatMap { kind in reader.text().map { Tag(kind: kind, name: $0) } }
      }), let pictures = reader.list({ SitePicture(&$0) })
    else { return nil }
    self.init(
      document: document, title: title, time: time.first, categories: categories,
      summary: summary, author: author, source: source, views: views, origin: origin,
      wantedPath: wantedPath.first, oldPaths: oldPaths, english: english.first, body: body,
      isVerbatim: isVerbatim == 1, tags: tags, pictures: pictures, companions: [])
  }

  fileprivate func add(to writer: inout MemoryWriter) {
    writer.add(document)
    writer.add(title)
    writer.add(time)
    writer.add(categories) { $0.add($1) }
    for text in [summary, author, source, views, origin] { writer.add(text) }
    writer.add([wantedPath].compactMap(\.self)) { $0.add($1) }
    writer.add(oldPaths) { $0.add($1) }
    writer.add([english].compactMap(\.self)) { (writer, english) in
      writer.add(english.title)
      writer.add(english.summary)
    }
    writer.add(body)
    writer.add(isVerbatim ? 1 : 0)
    writer.add(tags) { (writer, tag) in
      writer.add(tag.kind)
      writer.add(tag.name)
    }
    writer.add(pictures) { $1.add(to: &$0) }
  }

  /// The same with its pictures in a folder.
  fileprivate func placed(inFolder folder: String) -> SitePost {
    guard !pictures.isEmpty else { return self }
    var post = self
    post.pictures = pictures.map { $0.placed(inFolder: folder) }
    return post
  }
}

extension SitePicture {
  fileprivate init?(_ reader: inout MemoryReader) {
    guard let path = reader.text(), let name = reader.text(), let fileExtension = reader.text(),
      let size = reader.list({ $0.count() })
    else { return nil }
    self.init(
      path: path, place: "", name: name, fileExtension: fileExtension,
      size: size.count == 2 ? (size[0], size[1]) : nil)
  }

  fileprivate func add(to writer: inout MemoryWriter) {
    for text in [path, name, fileExtension] { writer.add(text) }
    writer.add(size.map { [$0.width, $0.height] } ?? []) { $0.add($1) }
  }

  fileprivate func placed(inFolder folder: String) -> SitePicture {
    SitePicture(
      path: path, place: CheckedFile.place(ofPicture: path, in: folder), name: name,
      fileExtension: fileExtension, size: size)
  }
}

/// Writes what ``MemoryReader`` reads: numbers of eight bytes, the lowest first, and texts and lists behind
/// their lengths.
private struct MemoryWriter {
  private(set) var bytes: [UInt8] = []

  mutating func add(_ number: Int) {
    withUnsafeBytes(of: Int64(number).littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func add(_ sum: Checksum) { bytes += sum.digits }

  mutating func add(_ text: String) {
    add(text.utf8.count)
    bytes += text.utf8
  }

  mutating func add(_ content: [UInt8]) {
    add(content.count)
    bytes += content
  }

  mutating func add<Element>(
    _ list: [Element], _ add: (inout MemoryWriter, Element) -> Void
  ) {
    self.add(list.count)
    for element in list { add(&self, element) }
  }

  mutating func add(_ time: DateWithTime?) {
    let parts = time.map { time in
      [time.date.year, time.date.month, time.date.day]
        + (time.time.map { [$0.hour, $0.minute, $0.second] } ?? [])
    }
    add(parts ?? []) { $0.add($1) }
  }
}

/// Reads what a memory says; nil for what it does not say.
private struct MemoryReader {
  private let bytes: [UInt8]
  private var index = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  private mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count >= 0, count <= bytes.count - index else { return nil }
    defer { index += count }
    return bytes[index..<index + count]
  }

  /// A number from zero.
  mutating func count() -> Int? {
    guard let taken = take(8) else { return nil }
    let number = taken.withUnsafeBytes { $0.loadUnaligned(as: Int64.self) }.littleEndian
    return number < 0 ? nil : Int(exactly: number)
  }

  mutating func sum() -> Checksum? { take(64).flatMap { Checksum($0) } }

  mutating func text() -> String? {
    count().flatMap { take($0) }.map { String(decoding: $0, as: UTF8.self) }
  }

  mutating func content() -> [UInt8]? { count().flatMap { take($0) }.map { Array($0) } }

  mutating func list<Element>(_ element: (inout MemoryReader) -> Element?) -> [Element]? {
    guard let count = count(), count <= bytes.count else { return nil }
    var list: [Element] = []
    for _ in 0..<count {
      guard let element = element(&self) else { return nil }
      list.append(element)
    }
    return list
  }

  /// At most one.
  mutating func time() -> [DateWithTime]? {
    guard let parts = list({ $0.count() }) else { return nil }
    if parts.isEmpty { return [] }
    guard parts.count == 3 || parts.count == 6,
      let date = CalendarDate(year: parts[0], month: parts[1], day: parts[2])
    else { return nil }
    if parts.count == 3 { return [DateWithTime(date, nil)] }
    return TimeOfDay(hour: parts[3], minute: parts[4], second: parts[5]).map {
      [DateWithTime(date, $0)]
    }
  }
}
