import Archives
import CCmark
import Diagnostics
import Glibc
import Reports

/// The import of old posts beside libcmark on the same texts, each post once a round.
struct Posts {
  /// Without the facts of the prose, and with them.
  private let importers: [PostImporter]
  private let posts: [(name: String, bytes: [UInt8])]

  init(templates: String, folder: String) throws {
    let collection = try TemplateCollection(TemplateFolder(templates), undefined: .strict)
    importers = try [false, true].map { try PostImporter(collection, proposesFacts: $0) }
    posts = try Files.names(in: folder).filter { $0.hasSuffix(".txt") }.map { name in
      (name, try Files.read("\(folder)/\(name)"))
    }
  }

  func measure(rounds: Int) {
    var stock: [Double] = []
    var own = importers.map { _ in [Double]() }
    for _ in 0...rounds {
      stock.append(microseconds { for post in posts { writeHTML(of: post.bytes) } })
      for (index, importer) in importers.enumerated() {
        own[index].append(
          microseconds { for post in posts { _ = try? importer.post(post.bytes, of: post.name) } })
      }
    }
    func median(_ times: [Double]) -> Double { times.sorted()[rounds / 2] / Double(posts.count) }
    let bytes = posts.reduce(0) { $0 + $1.bytes.count }
    print("\(posts.count) posts, \(bytes) bytes")
    print("libcmark, Markdown to HTML  \(median(stock))")
    for (name, times) in zip(["import", "with facts"], own) {
      print("\(name)  \(median(times)), ratio \(median(times) / median(stock))")
    }
  }

  private func writeHTML(of bytes: [UInt8]) {
    bytes.withUnsafeBytes { text in
      let html = cmark_markdown_to_html(
        text.baseAddress?.assumingMemoryBound(to: CChar.self), text.count, CMARK_OPT_DEFAULT)
      free(html)
    }
  }

  /// Of the processor: other work on the machine does not count.
  private func microseconds(_ work: () -> Void) -> Double {
    func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
      return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
    }
    let start = now()
    work()
    return now() - start
  }
}
