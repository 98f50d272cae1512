import Diagnostics
import Texts

/// A page as a browser saved it: its blocks, and which of them are the post.
struct SavedPage {
  let post: WrittenPost

  /// - Parameter page: UTF-8.
  /// - Throws: that the page is too large or too deep.
  init(_ page: [UInt8], of file: String) throws(Diagnostic) {
    guard let tree = PageTree.parse(page) else {
      throw Diagnostic(.importing(.pageTooLarge(path: file)), at: nil)
    }
    var reader = PageReader(tree)
    reader.forgetMisleadingNames()
    var post = reader.post
    if post.bytes.contains(where: { $0 == 0xCC || $0 == 0xCD }) { post.compose() }
    let article = PageArticle(in: reader)
    for index in post.blocks.indices
    where !article.range.contains(index) || article.beside.contains(index) {
      post.blocks[index].isOfPage = true
    }
    for (index, place) in reader.places.enumerated() where place.isOfPage {
      post.blocks[index].isOfPage = true
    }
    // The path may stand in the part of the page that has its menus.
    for (index, place) in reader.places.enumerated()
    where place.isStep && index < article.range.upperBound {
      post.blocks[index].isOfPage = false
    }
    // Pictures of menus and banners say nothing.
    post.blocks.removeAll { block in
      if case .picture = block.form { return block.isOfPage }
      return false
    }
    self.post = post
  }
}

extension WrittenPost {
  /// Composes the letters of all blocks.
  fileprivate mutating func compose() {
    var composed: [UInt8] = []
    func add(_ range: Range<Int>) -> Range<Int> {
      let start = composed.count
      composed += Array(String(decoding: bytes[range], as: UTF8.self).composed.utf8)
      return start..<composed.count
    }
    for index in blocks.indices {
      blocks[index].text = add(blocks[index].text)
      if case .row(let cells, let isFirst) = blocks[index].form {
        blocks[index].form = .row(cells.map(add), isFirst: isFirst)
      }
    }
    bytes = composed
  }
}
