import Foundation
import Testing

@testable import Site

@Suite struct AddressBookTests {
  private static func request(
    _ document: String, _ title: String, day: String = "2026-07-04", origin: String = "",
    wanted: String? = nil, others: [String] = []
  ) -> AddressBook.Request {
    let name = PageName.name(of: title, limit: 40) ?? "bai"
    return AddressBook.Request(
      document: document, title: title, day: day, origin: origin,
      usual: "/\(day.prefix(7).replacing("-", with: "/"))/\(name)/", wanted: wanted, others: others)
  }

  private static func paths(
    _ requests: [AddressBook.Request], _ book: inout AddressBook
  ) -> [String] {
    book.give(requests).map { [book] in book.posts[$0].path }
  }

  /// The book as it is after it was written and read.
  private static func reread(_ book: AddressBook) throws -> AddressBook {
    let folder = NSTemporaryDirectory() + "baocao-site-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data(book.bytes).write(to: URL(fileURLWithPath: "\(folder)/\(AddressBook.file)"))
    return try AddressBook.read(in: folder)
  }

  @Test("500 titles: unique, and the same whatever comes later") func unique() throws {
    let requests = PageNameTests.titles.enumerated().map { index, title in
      // Cut to 40 characters many are the same.
      Self.request("tep-\(index)/tin-bai", title)
    }
    var book = AddressBook()
    let first = Self.paths(Array(requests.prefix(400)), &book)
    #expect(Set(first).count == 400)
    #expect(first.contains { $0.hasSuffix("-2/") })
    book = try Self.reread(book)
    let all = Self.paths(requests.reversed(), &book)
    #expect(Set(all).count == 500)
    #expect(Array(all.reversed().prefix(400)) == first)
    #expect(try Self.reread(book).bytes == book.bytes)
  }

  @Test("a title that is corrected keeps its address") func corrected() {
    var book = AddressBook()
    #expect(Self.paths([Self.request("a/tin-bai", "Sơ két")], &book) == ["/2026/07/so-ket/"])
    let later = Self.request("a/tin-bai", "Sơ kết tháng bảy", day: "2026-08-01")
    #expect(Self.paths([later], &book) == ["/2026/07/so-ket/"])
  }

  @Test("posts of one file keep their addresses when another comes before them") func shifted() {
    var book = AddressBook()
    let old = [Self.request("a/tin-bai", "Một"), Self.request("a/tin-bai-2", "Hai")]
    let paths = Self.paths(old, &book)
    let new = [
      Self.request("a/tin-bai", "Không"), Self.request("a/tin-bai-2", "Một"),
      Self.request("a/tin-bai-3", "Hai"),
    ]
    #expect(Self.paths(new, &book) == ["/2026/07/khong/"] + paths)
  }

  @Test("a data file that gets another name keeps the addresses of its posts") func renamed() {
    var book = AddressBook()
    _ = Self.paths([Self.request("a/tin-bai", "Một", wanted: "/2026/07/rieng/")], &book)
    #expect(Self.paths([Self.request("b/tin-bai", "Một")], &book) == ["/2026/07/rieng/"])
  }

  @Test("a path that a record names leaves the old one as a way to it") func wanted() {
    var book = AddressBook()
    _ = Self.paths([Self.request("a/tin-bai", "Một")], &book)
    let number = book.give([
      Self.request("a/tin-bai", "Một", wanted: "/moi/", others: ["/tin/cu/"])
    ])[0]
    #expect(book.posts[number].path == "/moi/")
    #expect(book.posts[number].oldPaths == ["/2026/07/mot/", "/tin/cu/"])
  }

  @Test("an address that was given is never given to another") func gone() {
    var book = AddressBook()
    let kept = Self.request("b/tin-bai", "Hai")
    _ = Self.paths([Self.request("a/tin-bai", "Một"), kept], &book)
    #expect(Self.paths([kept], &book) == ["/2026/07/hai/"])
    #expect(book.posts.filter(\.isGone).map(\.path) == ["/2026/07/mot/"])
    let others = [kept, Self.request("b/tin-bai-2", "Một"), Self.request("a/tin-bai", "Một")]
    #expect(
      Self.paths(others, &book) == ["/2026/07/hai/", "/2026/07/mot-2/", "/2026/07/mot/"])
  }
}
