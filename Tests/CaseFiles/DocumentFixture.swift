import Foundation

/// A document of Word for tests, from a text with a line a paragraph.
///
/// A line may begin with marks in brackets: `[b]` bold, `[i]` italic, `[c]` in the middle, `[r]` on the
/// right, `[p]` on a new page, `[n=1.0]` item of list 1, level 0, `[s=NAME]` a style; `[bc]` is both.
/// `\t` is a tab, `\n` a line break. Lines with `| ` are a table, their cells parted by ` | `: `<` is
/// joined with the cell before it, `^` with the one above, `*` before a text makes it bold, `\n` parts
/// paragraphs; `|h ` begins a row that is repeated on each page. Lines with `---` say the rest: `--- xml
/// XML` (blocks as they are), `--- list NUMBER FORMAT=TEXT; FORMAT=TEXT` (a list by its levels),
/// `--- style NAME XML`, `--- header TEXT`, `--- footer TEXT`, `--- endnote NUMBER TEXT`, `--- footnote NUMBER TEXT`, `--- comment NUMBER TEXT`,
/// `--- part NAME CONTENT` (in place of a part; without CONTENT it is left out), `--- type TYPE` (that
/// of the main part).
public struct DocumentFixture {
  private var body = ""
  private var lists: [(number: String, levels: [String])] = []
  private var styles = ""
  private var margins: [(type: String, text: String)] = []
  private var endnotes = ""
  private var footnotes = ""
  private var comments = ""
  private var parts: [(name: String, content: String?)] = []
  private var type = "wordprocessingml.document.main+xml"
  private var table: [[String]] = []
  private var heads: Set<Int> = []

  public init(_ text: String) {
    for line in text.components(separatedBy: "\n") {
      if line.hasPrefix("| ") || line.hasPrefix("|h ") {
        if line.hasPrefix("|h") { heads.insert(table.count) }
        let cells = line.drop { $0 != " " }.dropFirst()
        table.append(String(cells).components(separatedBy: " | "))
        continue
      }
      closeTable()
      if line.hasPrefix("--- ") {
        addDirective(String(line.dropFirst(4)))
      } else {
        body += Self.paragraph(line)
      }
    }
    closeTable()
  }

  private mutating func addDirective(_ text: String) {
    let words = text.split(separator: " ", maxSplits: 2).map(String.init)
    let rest = text.split(separator: " ", maxSplits: 1).dropFirst().first.map(String.init) ?? ""
    let last = words.count > 2 ? words[2] : ""
    switch words[0] {
    case "xml": body += rest
    case "list": lists.append((words[1], last.components(separatedBy: "; ")))
    case "style":
      styles += "<w:style w:type=\"paragraph\" w:styleId=\"\(words[1])\">\(last)</w:style>"
    case "header", "footer": margins.append((words[0], rest))
    case "endnote":
      endnotes += "<w:endnote w:id=\"\(words[1])\">\(Self.paragraph(last))</w:endnote>"
    case "footnote":
      footnotes += "<w:footnote w:id=\"\(words[1])\">\(Self.paragraph(last))</w:footnote>"
    case "comment":
      comments += "<w:comment w:id=\"\(words[1])\">\(Self.paragraph(last))</w:comment>"
    case "part": parts.append((words[1], words.count > 2 ? last : nil))
    case "type": type = rest
    default: break
    }
  }

  // MARK: Paragraphs and tables

  private static func paragraph(_ line: String) -> String {
    var (marks, text) = ("", line)
    if line.hasPrefix("["), let end = line.firstIndex(of: "]"),
      line[..<end].contains("=") || line[..<end].dropFirst().allSatisfy({ "bicrp".contains($0) })
    {
      marks = String(line[..<end].dropFirst())
      text = String(line[end...].dropFirst()).trimmingCharacters(in: .whitespaces)
    }
    var properties = ""
    if marks.hasPrefix("s=") { properties += "<w:pStyle w:val=\"\(marks.dropFirst(2))\"/>" }
    if marks.hasPrefix("n=") {
      let place = marks.dropFirst(2).split(separator: ".")
      properties +=
        "<w:numPr><w:ilvl w:val=\"\(place[1])\"/><w:numId w:val=\"\(place[0])\"/></w:numPr>"
    }
    let isPlain = !marks.contains("=")
    if isPlain, marks.contains("p") { properties = "<w:pageBreakBefore/>" + properties }
    if isPlain, marks.contains("c") { properties += "<w:jc w:val=\"center\"/>" }
    if isPlain, marks.contains("r") { properties += "<w:jc w:val=\"right\"/>" }
    let look =
      (isPlain && marks.contains("b") ? "<w:b/>" : "")
      + (isPlain && marks.contains("i") ? "<w:i/>" : "")
    return "<w:p><w:pPr>\(properties)</w:pPr>\(runs(text, look))</w:p>"
  }

  private static func runs(_ text: String, _ look: String) -> String {
    if text.isEmpty { return "" }
    let inside = escaped(text).replacingOccurrences(
      of: "\\t", with: "</w:t><w:tab/><w:t xml:space=\"preserve\">"
    ).replacingOccurrences(of: "\\n", with: "</w:t><w:br/><w:t xml:space=\"preserve\">")
    return "<w:r><w:rPr>\(look)</w:rPr><w:t xml:space=\"preserve\">\(inside)</w:t></w:r>"
  }

  private static func escaped(_ text: String) -> String {
    text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
  }

  private mutating func closeTable() {
    guard !table.isEmpty else { return }
    body += "<w:tbl><w:tblPr/><w:tblGrid/>"
    for (index, row) in table.enumerated() {
      body += "<w:tr>" + (heads.contains(index) ? "<w:trPr><w:tblHeader/></w:trPr>" : "")
      var column = 0
      while column < row.count {
        let span = row[(column + 1)...].prefix { $0 == "<" }.count + 1
        let text = row[column]
        let isBelow =
          index + 1 < table.count && column < table[index + 1].count
          && table[index + 1][column] == "^"
        let merge = text == "^" ? "<w:vMerge/>" : isBelow ? "<w:vMerge w:val=\"restart\"/>" : ""
        let lines = text == "^" ? [""] : text.components(separatedBy: "\\n")
        let paragraphs = lines.map { line in
          line.hasPrefix("*") ? Self.paragraph("[bc]" + line.dropFirst()) : Self.paragraph(line)
        }
        body +=
          "<w:tc><w:tcPr><w:gridSpan w:val=\"\(span)\"/>\(merge)</w:tcPr>"
          + paragraphs.joined() + "</w:tc>"
        column += span
      }
      body += "</w:tr>"
    }
    body += "</w:tbl>"
    (table, heads) = ([], [])
  }

  // MARK: Parts

  private static let names =
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
    + " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
    + " xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\""
    + " xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\""
    + " xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\""
    + " xmlns:v=\"urn:schemas-microsoft-com:vml\""
  private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let package = "http://schemas.openxmlformats.org/package/2006"

  /// The container, to be made wrong where a test wants it.
  public var zip: ZipFixture {
    func root(_ name: String, _ content: String) -> String {
      "<w:\(name) \(Self.names)>\(content)</w:\(name)>"
    }
    var zip = ZipFixture([
      .init("[Content_Types].xml", contentTypes),
      .init("_rels/.rels", relationships([("d", "officeDocument", "word/document.xml")])),
      .init("word/document.xml", root("document", "<w:body>\(body)<w:sectPr/></w:body>")),
      .init("word/_rels/document.xml.rels", relationships(links)),
      .init("word/styles.xml", root("styles", styles)),
      .init("word/numbering.xml", root("numbering", numbering)),
      .init("word/footnotes.xml", root("footnotes", footnotes)),
      .init("word/comments.xml", root("comments", comments)),
      .init("word/endnotes.xml", root("endnotes", endnotes)),
    ])
    for (index, (type, text)) in margins.enumerated() {
      zip.entries.append(.init("word/\(type)\(index).xml", root("hdr", Self.paragraph(text))))
    }
    zip.replace(parts)
    return zip
  }

  public var data: Data { zip.data }

  private var links: [(String, String, String)] {
    [
      ("s", "styles", "styles.xml"), ("n", "numbering", "numbering.xml"),
      ("f", "footnotes", "footnotes.xml"), ("c", "comments", "comments.xml"),
      ("e", "endnotes", "endnotes.xml"),
    ] + margins.enumerated().map { ("m\($0)", $1.type, "\($1.type)\($0).xml") }
  }

  private func relationships(_ links: [(id: String, type: String, target: String)]) -> String {
    let list = links.map {
      "<Relationship Id=\"\($0.id)\" Type=\"\(Self.office)/\($0.type)\" Target=\"\($0.target)\"/>"
    }
    return "<Relationships xmlns=\"\(Self.package)/relationships\">\(list.joined())</Relationships>"
  }

  private var contentTypes: String {
    let base =
      type.hasPrefix("wordprocessingml") ? "application/vnd.openxmlformats-officedocument." : ""
    return "<Types xmlns=\"\(Self.package)/content-types\"><Default Extension=\"xml\""
      + " ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\""
      + " ContentType=\"\(base)\(type)\"/></Types>"
  }

  private var numbering: String {
    let definitions = lists.map { list in
      let levels = list.levels.enumerated().map { index, level in
        let parts = level.components(separatedBy: "=")
        return "<w:lvl w:ilvl=\"\(index)\"><w:start w:val=\"1\"/><w:numFmt w:val=\"\(parts[0])\"/>"
          + "<w:lvlText w:val=\"\(parts[1])\"/></w:lvl>"
      }
      return "<w:abstractNum w:abstractNumId=\"\(list.number)\">\(levels.joined())</w:abstractNum>"
    }
    let numbers = lists.map { list in
      "<w:num w:numId=\"\(list.number)\"><w:abstractNumId w:val=\"\(list.number)\"/></w:num>"
    }
    return (definitions + numbers).joined()
  }
}
