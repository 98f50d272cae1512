import Archives
import CCmark
import Diagnostics
import Glibc
import Reports

/// The import of old posts beside libcmark on the same texts, each post once a round.
struct Posts {
  private let signs: PostSigns
  private let posts: [(name: String, bytes: [UInt8])]

  init(templates: String, folder: String) throws {
    signs = try PostSigns(try TemplateCollection(TemplateFolder(templates), undefined: .strict))
    posts = try Files.names(in: folder).filter { $0.hasSuffix(".txt") }.map { name in
      (name, try Files.read("\(folder)/\(name)"))
    }
  }

  func measure(rounds: Int) {
    var times: (stock: [Double], own: [Double]) = ([], [])
    for _ in 0...rounds {
      times.stock.append(microseconds { for post in posts { writeHTML(of: post.bytes) } })
      times.own.append(
        microseconds {
          for post in posts { _ = try? ImportedPost(post.bytes, of: post.name, signs) }
        })
    }
    let (stock, own) = (times.stock.sorted()[rounds / 2], times.own.sorted()[rounds / 2])
    let bytes = posts.reduce(0) { $0 + $1.bytes.count }
    print("\(posts.count) posts, \(bytes) bytes")
    print("libcmark, Markdown to HTML  \(stock / Double(posts.count))")
    print("import                      \(own / Double(posts.count))")
    print("ratio                       \(own / stock)")
  }

  private func writeHTML(of bytes: [UInt8]) {
    bytes.withUnsafeBytes { text in
      let html = cmark_markdown_to_html(
        text.baseAddress?.assumingMemoryBound(to: CChar.self), text.count, CMARK_OPT_DEFAULT)
      free(html)
    }
  }

  private func microseconds(_ work: () -> Void) -> Double {
    let clock = ContinuousClock()
    let time = clock.measure(work)
    return Double(time.components.attoseconds) / 1e12 + Double(time.components.seconds) * 1e6
  }
}
