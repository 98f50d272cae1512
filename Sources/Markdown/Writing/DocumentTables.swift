import CCmark
import Texts

/// A table of a document: the texts of its cells, without markup.
public struct DocumentTable: Sendable {
  /// The nearest heading above; empty where there is none.
  public let heading: [UInt8]
  /// The paragraph right above; empty where there is none.
  public let caption: [UInt8]
  public let head: [[UInt8]]
  public let rows: [[Cell]]

  public struct Cell: Sendable {
    public let text: [UInt8]
    /// All of it is bold, as the figures of a total.
    public let isStrong: Bool
  }

  /// The pipe tables of a Markdown text, in its order.
  public static func all(of markdown: [UInt8]) -> [DocumentTable] {
    var scanner = BlockScanner(markdown)
    scanner.scan()
    if scanner.tables.isEmpty { return [] }
    let document = Document(parsing: markdown.span, tables: scanner.tables, rows: .joined)
    return document.withRoot { root in
      var reader = TableReader()
      root.forEachEvent { node, entering in reader.read(node, entering: entering) }
      return reader.tables
    }
  }
}

/// A walk over a document that keeps what stands above each table.
private struct TableReader {
  private(set) var tables: [DocumentTable] = []
  private var heading: [UInt8] = []
  private var caption: [UInt8] = []

  mutating func read(_ node: Node, entering: Bool) {
    guard entering else { return }
    switch node.type {
    case CMARK_NODE_HEADING: (heading, caption) = (node.plainText, [])
    case CMARK_NODE_PARAGRAPH: caption = node.plainText
    case CMARK_NODE_CUSTOM_BLOCK where node.tablePart == .table:
      let sections = node.children
      tables.append(
        DocumentTable(
          heading: heading, caption: caption,
          head: sections.first?.children.first?.children.map(\.plainText) ?? [],
          rows: sections.dropFirst().flatMap { $0.children }.map { row in
            row.children.map {
              DocumentTable.Cell(text: $0.plainText, isStrong: $0.isStrong)
            }
          }))
      caption = []
    default: break
    }
  }
}

extension Node {
  fileprivate var children: [Node] {
    Array(
      sequence(state: firstChild) { node in
        defer { node = node?.next }
        return node
      })
  }

  /// The text of a block or cell with breaks as line feeds; pictures leave their text.
  var plainText: [UInt8] {
    var text: [UInt8] = []
    forEachEvent { node, entering in
      guard entering else { return }
      switch node.type {
      case CMARK_NODE_TEXT, CMARK_NODE_CODE: node.appendLiteral(to: &text)
      case CMARK_NODE_SOFTBREAK: text.append(UInt8(ascii: " "))
      case CMARK_NODE_LINEBREAK: text.append(UInt8(ascii: "\n"))
      default: break
      }
    }
    return text
  }

  fileprivate var isStrong: Bool {
    guard let first = firstChild, first.next == nil else { return false }
    return first.type == CMARK_NODE_STRONG
  }
}
