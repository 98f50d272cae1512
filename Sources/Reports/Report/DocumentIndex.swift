import Diagnostics
import Glibc
import Records
import Templating
import Texts
import Vietnamese

/// The list of all documents that lie in an output folder: a page that leads to each.
///
/// Beside the documents of a data file lies what the list says of them, a small rec file that is
/// written together with them. The page is made of these files and of nothing else, so it is the same
/// after whatever runs brought the documents there, and a run that finds an old page makes it anew.
public enum DocumentIndex {
  /// The name of the page.
  public static let page = "index.html"
  /// The name of the file beside the documents of one data file.
  static let facts = ".muc-luc.rec"
  /// The template of the page.
  static let template = "layouts/muc-luc.html.jinja"
  /// The last line of a page of ours, by which it is told from another's.
  static let mark = "<!-- baocao: muc-luc -->\n"
  fileprivate static let type = "van_ban"

  /// Makes the page of a folder anew, where documents lie in it and the page does not say so yet.
  ///
  /// - Returns: a warning where another's file has the page's name, which is left as it is.
  public static func update(
    _ folder: String, _ templates: TemplateCollection
  ) throws(Problems) -> [Diagnostic] {
    guard Files.isFolder(folder) else { return [] }
    let lock: FolderLock
    do throws(Diagnostic) {
      lock = try FolderLock(folder)
    } catch {
      throw Problems([error])
    }
    let warnings = try updateLocked(folder, templates)
    lock.release()
    return warnings
  }

  /// The same, where no other program makes the page meanwhile.
  private static func updateLocked(
    _ folder: String, _ templates: TemplateCollection
  ) throws(Problems) -> [Diagnostic] {
    let groups = groups(in: folder)
    let path = "\(folder)/\(page)"
    let old = try? Files.read(path)
    guard !groups.isEmpty || old.map(isOurs) ?? false else { return [] }
    guard !Files.isThere(path) || isOwn(path, old) else {
      return [Diagnostic(.source(.output(.foreignPage(path: path))), at: nil)]
    }
    let new = try rendered(groups, templates)
    if let new, new != old {
      try Problems.collecting { () throws(Diagnostic) in try Files.write(new.span, to: path) }
    }
    Leftovers.remove(in: folder)
    return []
  }

  private static func isOurs(_ page: [UInt8]) -> Bool {
    page.suffix(mark.utf8.count) == Array(mark.utf8)[...]
  }

  /// Tells whether a file is a page of ours itself, and no link to one.
  private static func isOwn(_ path: String, _ bytes: [UInt8]?) -> Bool {
    var status = stat()
    let isFile = lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    return isFile && bytes.map(isOurs) ?? false
  }

  /// The page; nil where the templates have none.
  private static func rendered(
    _ groups: [Value], _ templates: TemplateCollection
  ) throws(Problems) -> [UInt8]? {
    let page = try templates.page(template, ValueMap([(Key("cac_tep"), .list(groups))]))
    return page.map { $0 + mark.utf8 }
  }

  /// The data files whose documents lie in a folder, in Vietnamese order.
  private static func groups(in folder: String) -> [Value] {
    let names = (try? Files.names(in: folder)) ?? []
    let found = names.compactMap { name -> (key: [UInt8], group: Value)? in
      guard !Files.isMisread(name) else { return nil }
      let documents = documents(in: "\(folder)/\(name)")
      guard !documents.isEmpty else { return nil }
      let group = ValueMap([(Key("ten"), Value(name)), (Key("van_ban"), .list(documents))])
      return (sortKey(name), .map(group))
    }
    return found.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.group)
  }

  private static func sortKey(_ name: String) -> [UInt8] {
    let bytes = Array(name.utf8)
    var key = ByteBuffer()
    Vietnamese.appendSortKey(of: bytes.span, to: &key)
    return key.bytes + [0] + bytes
  }

  /// The documents of a data file that still lie in its folder, each with its forms.
  private static func documents(in folder: String) -> [Value] {
    records(in: folder).compactMap { record in
      guard let name = record.field("tep")?.value.string, Files.isRelative(name) else {
        return nil
      }
      let forms = Format.allCases.map(\.fileExtension).filter {
        Files.isRegular("\(folder)/\(name).\($0)")
      }
      guard !forms.isEmpty else { return nil }
      var entries = record.fields.map { (Key($0.name), Value.text($0.value)) }
      entries.append((Key("cac_dang"), .list(forms.map { Value($0) })))
      return .map(ValueMap(entries))
    }
  }

  /// What was written of the documents in a folder; nothing where the file is not one of ours.
  fileprivate static func records(in folder: String) -> [Record] {
    let path = "\(folder)/\(facts)"
    guard let bytes = try? Files.read(path),
      let source = try? Source.reading(name: path, bytes: bytes).source
    else { return [] }
    var ignored: [Diagnostic] = []
    return Database.read(source, into: &ignored).records(ofType: type)
  }
}

extension CheckedFile {
  /// What the list of an output folder says of the documents, to be written beside them.
  ///
  /// - Parameters:
  ///   - folder: where the documents are going to lie.
  ///   - kind: the only kind that was made: what is known of others there is kept.
  public func listing(in folder: String, ofKind kind: String?, isDraft: Bool) -> OutputFile {
    var writer = Writer()
    writer.writeField("%rec", DocumentIndex.type)
    writer.endBlock()
    for report in reports {
      report.writeFacts(isDraft: isDraft, to: &writer)
      writer.endBlock()
    }
    for record in kind == nil ? [] : DocumentIndex.records(in: folder)
    where record.field("mau")?.value.string != kind {
      for field in record.fields { writer.writeField(field.name.string, field.value) }
      writer.endBlock()
    }
    return OutputFile(path: DocumentIndex.facts, bytes: writer.bytes)
  }
}

extension Report {
  /// Writes the fields of the head that are short enough to be looked up by.
  fileprivate func writeFacts(isDraft: Bool, to writer: inout Writer) {
    writer.writeField("tep", name)
    writer.writeField("loai", kind.title)
    if isDraft { writer.writeField("ban_nhap", "yes") }
    for (key, value) in zip(head.shape.keys, head.values) {
      guard let text = value.asFact, !["tep", "loai", "ban_nhap"].contains(key.text.string) else {
        continue
      }
      writer.writeField(key.text.string, text)
    }
    for name in ["noi_ky_hieu", "dau_so"] {
      if let text = profile.record[Key(name)]?.asText { writer.writeField(name, text) }
    }
  }
}

extension Value {
  /// A value of one line that is not prose.
  fileprivate var asFact: Text? {
    switch self {
    case .text, .typed, .int, .decimal: break
    default: return nil
    }
    let text = printed
    let isShort = (1...Value.longestFact).contains(text.count)
    return isShort && !text.bytes.contains(UInt8(ascii: "\n")) ? text : nil
  }

  /// A subject may have some lines; prose has more.
  private static let longestFact = 600
}
