import CGumbo
import Texts

/// The tree that gumbo makes of a page, walked without calling itself for each level.
///
/// Only this file touches what belongs to gumbo.
struct PageTree: ~Copyable {
  private let memory: UnsafeMutablePointer<page_memory>

  /// No page of a portal is larger, in bytes.
  static let sizeLimit = 16 << 20
  /// What a page may ask for beside some memory for each of its bytes.
  private static let memoryLimit = 96 << 20
  /// No element of a real page lies deeper.
  private static let depthLimit = 600
  /// Gumbo compares each attribute with all before it in its tag. No real page asks for so much.
  private static let comparisonLimit = 100_000_000

  /// - Returns: nil for a page that is too large, too deep, or asks for too much memory.
  static func parse(_ page: [UInt8]) -> PageTree? {
    guard page.count <= sizeLimit, NestedTags.depth(of: page) <= depthLimit,
      TagAttributes.comparisons(in: page) <= comparisonLimit
    else { return nil }
    let parsed = page.withUnsafeBytes { bytes in
      page_parse(
        bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, memoryLimit)
    }
    guard let parsed else { return nil }
    let tree = PageTree(memory: parsed)
    guard tree.isWhole else { return nil }
    return tree
  }

  private init(memory: UnsafeMutablePointer<page_memory>) { self.memory = memory }

  private var isWhole: Bool { memory.pointee.output != nil }

  deinit { page_free(memory) }

  /// Visits all elements and texts in the order of the page.
  ///
  /// - Parameter visit: gets each element as it begins, and says whether what is in it is looked at;
  ///   gets it again as it ends; and each text.
  func walk(_ visit: (Step) -> Bool) {
    guard let output = memory.pointee.output, let root = output.pointee.root else { return }
    var path: [(node: UnsafePointer<GumboNode>, child: UInt32)] = []
    func enter(_ node: UnsafePointer<GumboNode>) {
      if let text = page_text(node) {
        _ = visit(.text(PageText(text: text)))
      } else if let element = page_element(node), visit(.begin(PageElement(element: element))) {
        path.append((node, 0))
      }
    }
    enter(UnsafePointer(root))
    while let last = path.last {
      guard let element = page_element(last.node) else { break }
      let children = element.pointee.children
      if last.child < children.length, let child = children.data[Int(last.child)] {
        path[path.count - 1].child += 1
        enter(UnsafePointer(child.assumingMemoryBound(to: GumboNode.self)))
      } else {
        path.removeLast()
        _ = visit(.end(PageElement(element: element)))
      }
    }
  }

  enum Step {
    case begin(PageElement)
    case end(PageElement)
    case text(PageText)
  }
}

/// An element, while its tree lives.
struct PageElement {
  fileprivate let element: UnsafePointer<GumboElement>

  var tag: GumboTag { element.pointee.tag }
  var line: Int { Int(element.pointee.start_pos.line) }

  /// The value of an attribute; nil where it is not there.
  func attribute(_ name: StaticString) -> String? {
    let attributes = element.pointee.attributes
    for index in 0..<Int(attributes.length) {
      guard let attribute = attributes.data[index]?.assumingMemoryBound(to: GumboAttribute.self),
        name.withUTF8Buffer({ wanted in
          let found = UnsafeRawPointer(attribute.pointee.name).map {
            UnsafeBufferPointer(
              start: $0.assumingMemoryBound(to: UInt8.self), count: wanted.count + 1)
          }
          guard let found else { return false }
          for (index, byte) in wanted.enumerated() where found[index] != byte { return false }
          return found[wanted.count] == 0
        })
      else { continue }
      return String(cString: attribute.pointee.value)
    }
    return nil
  }
}

/// A text, while its tree lives.
struct PageText {
  fileprivate let text: UnsafePointer<GumboText>

  var line: Int { Int(text.pointee.start_pos.line) }
  var bytes: UnsafeBufferPointer<UInt8> {
    let start = UnsafeRawPointer(text.pointee.text)?.assumingMemoryBound(to: UInt8.self)
    var count = 0
    while let start, start[count] != 0 { count += 1 }
    return UnsafeBufferPointer(start: start, count: count)
  }
}

/// How deep the tags of a page lie in each other, by counting alone. For each tag gumbo looks through
/// those that are open.
private enum NestedTags {
  /// Tags without an end, and those that the next one of their kind ends.
  private static let flat: Set<String> = [
    "br", "img", "input", "meta", "link", "hr", "area", "base", "col", "embed", "source", "track",
    "wbr", "param", "p", "li", "td", "tr", "th", "dt", "dd", "option", "tbody", "thead", "tfoot",
  ]

  static func depth(of page: [UInt8]) -> Int {
    var (depth, deepest, index) = (0, 0, 0)
    while let open = page[index...].firstIndex(of: 0x3C) {
      index = open + 1
      guard index < page.count else { break }
      let isEnd = page[index] == 0x2F
      let name = page[(isEnd ? index + 1 : index)...].prefix(12).prefix { ($0 | 0x20) &- 0x61 < 26 }
      if name.isEmpty { continue }
      if flat.contains(String(decoding: name, as: UTF8.self).lowercased()) { continue }
      depth = max(0, depth + (isEnd ? -1 : 1))
      deepest = max(deepest, depth)
    }
    return deepest
  }
}

/// How many attributes the tags of a page have, by counting alone.
private enum TagAttributes {
  /// How often gumbo compares two names, and no less: what looks like a tag in a script counts too.
  static func comparisons(in page: [UInt8]) -> Int {
    var (sum, index) = (0, 0)
    while let open = page[index...].firstIndex(of: 0x3C) {
      index = open + 1
      guard index < page.count, (page[index] | 0x20) &- 0x61 < 26 else { continue }
      let count = count(in: page, from: &index)
      sum += count * count / 2
    }
    return sum
  }

  /// Counts the words of a tag that no quotes hold, up to its end.
  private static func count(in page: [UInt8], from index: inout Int) -> Int {
    var (count, isBetween) = (0, false)
    var last: UInt8 = 0
    while index < page.count {
      let byte = page[index]
      index += 1
      switch byte {
      case 0x3E: return count
      case 0x20, 0x09, 0x0A, 0x0C, 0x0D, 0x2F: isBetween = true
      case 0x22, 0x27:
        if last == 0x3D {
          index = page[index...].firstIndex(of: byte).map { $0 + 1 } ?? page.count
          isBetween = true
        }
      default:
        if isBetween, byte != 0x3D, last != 0x3D { count += 1 }
        isBetween = false
      }
      if byte > 0x20 { last = byte }
    }
    return count
  }
}
