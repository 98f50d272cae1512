import Diagnostics
import Records
import Reports
import Texts

/// Which post has which address, and had which before: the file `duong-dan.rec` of a site.
///
/// It is what makes addresses last: a post keeps the one it has whatever its title becomes, and one that
/// was given is never given to another.
struct AddressBook: Sendable {
  static let file = "duong-dan.rec"
  private static let postType = "bai"
  private static let listType = "muc"

  struct Post: Sendable {
    /// The data file and the document: `phuong-a-2026/tin-bai`.
    var document: String
    var title: String
    var day: String
    /// The address that it had elsewhere; empty for none.
    var origin: String
    /// `/2026/07/so-ket/`
    var path: String
    /// Earlier paths.
    var oldPaths: [String]
    /// It is no longer among the data.
    var isGone = false

    var dataFile: Substring { document.prefix { $0 != "/" } }
  }

  private(set) var posts: [Post]
  /// The names in paths of categories and tags, by what they stand for.
  private(set) var lists: [String: String]
  /// Who has a path: posts by their number.
  private var owners: [String: Int] = [:]
  private var listNames: Set<String>

  init(posts: [Post] = [], lists: [String: String] = [:]) {
    (self.posts, self.lists) = (posts, lists)
    listNames = Set(lists.values)
    for (index, post) in posts.enumerated() {
      for path in [post.path] + post.oldPaths where owners[path] == nil { owners[path] = index }
    }
  }

  /// The book of a site; an empty one where none was made yet.
  static func read(in folder: String) throws(Problems) -> AddressBook {
    let path = "\(folder)/\(file)"
    guard Files.exists(path) else { return AddressBook() }
    let database = try Problems.collecting { () throws(Diagnostic) in
      var problems: [Diagnostic] = []
      let source = try Source.reading(name: path, bytes: try Files.read(path)).source
      let database = Database.read(source, into: &problems)
      // Addresses that are left out would be given away.
      if let problem = problems.first { throw problem }
      return database
    }
    let posts = database.records(ofType: postType).map { record in
      func text(_ name: String) -> String { record.field(name)?.value.string ?? "" }
      return Post(
        document: text("van_ban"), title: text("tieu_de"), day: text("ngay_dang"),
        origin: text("dia_chi_bai"), path: text("duong_dan"),
        oldPaths: record.values("duong_dan_cu").map(\.string), isGone: text("da_go") == "yes")
    }
    var lists: [String: String] = [:]
    for record in database.records(ofType: listType) {
      guard let name = record.field("ten"), let path = record.field("duong_dan") else { continue }
      lists[name.value.string] = path.value.string
    }
    return AddressBook(posts: posts.filter { PageName.path($0.path) == $0.path }, lists: lists)
  }

  /// The book as it is written: the same for the same content.
  var bytes: [UInt8] {
    var writer = Writer()
    writer.writeComment(
      "# Bài nào ở địa chỉ nào. Do baocao site ghi và đọc lại; giữ tệp này cùng trang tin.")
    writer.writeField("%rec", Self.postType)
    writer.endBlock()
    for post in posts.sorted(by: { ($0.path, $0.document) < ($1.path, $1.document) }) {
      writer.writeField("van_ban", post.document)
      writer.writeField("tieu_de", post.title)
      if !post.day.isEmpty { writer.writeField("ngay_dang", post.day) }
      if !post.origin.isEmpty { writer.writeField("dia_chi_bai", post.origin) }
      writer.writeField("duong_dan", post.path)
      for path in post.oldPaths { writer.writeField("duong_dan_cu", path) }
      if post.isGone { writer.writeField("da_go", "yes") }
      writer.endBlock()
    }
    writer.writeField("%rec", Self.listType)
    writer.endBlock()
    for (name, path) in lists.sorted(by: { ($0.value, $0.key) < ($1.value, $1.key) }) {
      writer.writeField("ten", name)
      writer.writeField("duong_dan", path)
      writer.endBlock()
    }
    return writer.bytes
  }
}

/// Giving addresses.
extension AddressBook {
  /// What an address is asked for with.
  struct Request {
    let document: String
    let title: String
    let day: String
    let origin: String
    /// The path that its day and title give.
    let usual: String
    /// The path that its record names; nil for none.
    let wanted: String?
    /// The paths at which it shall be found too.
    let others: [String]
  }

  /// Gives each post its path: the one its record names, else the one it has, else the usual one, with
  /// a number behind it where another has it.
  ///
  /// - Parameter requests: in an order that later posts do not change.
  /// - Returns: the numbers of the posts in the book, in the order of the requests.
  mutating func give(_ requests: [Request]) -> [Int] {
    var numbers = known(requests)
    for index in posts.indices { posts[index].isGone = true }
    for (index, request) in requests.enumerated() where numbers[index] == nil {
      numbers[index] = posts.count
      posts.append(
        Post(document: request.document, title: "", day: "", origin: "", path: "", oldPaths: []))
    }
    // What a record names comes before what a title gives.
    for (request, number) in zip(requests, numbers) {
      guard let number, let wanted = request.wanted, owners[wanted] ?? number == number else {
        continue
      }
      owners[wanted] = number
    }
    for (request, number) in zip(requests, numbers) {
      if let number { give(request, number) }
    }
    return numbers.compactMap(\.self)
  }

  private mutating func give(_ request: Request, _ number: Int) {
    let old = posts[number]
    var path = old.path.isEmpty ? free(request.usual, for: number) : old.path
    if let wanted = request.wanted, owners[wanted] == number { path = wanted }
    owners[path] = number
    var others = old.oldPaths
    for other in [old.path] + request.others
    where !other.isEmpty && owners[other] ?? number == number && !others.contains(other) {
      owners[other] = number
      others.append(other)
    }
    posts[number] = Post(
      document: request.document, title: request.title, day: request.day, origin: request.origin,
      path: path, oldPaths: others.filter { $0 != path })
  }

  /// A path that nobody else has.
  private func free(_ path: String, for number: Int) -> String {
    var candidate = path
    var count = 1
    while let owner = owners[candidate], owner != number {
      count += 1
      candidate = "\(path.dropLast())-\(count)/"
    }
    return candidate
  }

  /// The posts of the book that are asked for again: by the address they had elsewhere; else by data
  /// file, title and day; else by the document's name; else, where a data file got another name, by title
  /// and day.
  private func known(_ requests: [Request]) -> [Int?] {
    var numbers = [Int?](repeating: nil, count: requests.count)
    var claimed: Set<Int> = []
    func claim(_ key: (Post) -> String?, _ wanted: (Request) -> String?) {
      var byKey: [String: Int] = [:]
      for (index, post) in posts.enumerated() where !claimed.contains(index) {
        if let key = key(post), byKey[key] == nil { byKey[key] = index }
      }
      for (index, request) in requests.enumerated() where numbers[index] == nil {
        guard let key = wanted(request), let found = byKey[key], claimed.insert(found).inserted
        else { continue }
        numbers[index] = found
      }
    }
    claim({ $0.origin.isEmpty ? nil : $0.origin }, { $0.origin.isEmpty ? nil : $0.origin })
    claim(
      { "\($0.dataFile)\n\($0.title)\n\($0.day)" },
      { "\($0.document.prefix { $0 != "/" })\n\($0.title)\n\($0.day)" })
    claim({ $0.document }, { $0.document })
    let files = Set(requests.map { $0.document.prefix { $0 != "/" } })
    claim(
      { files.contains($0.dataFile) ? nil : "\($0.title)\n\($0.day)" },
      { "\($0.title)\n\($0.day)" })
    return numbers
  }

  /// The name in paths of a category or tag: the one it has, else the one it is given.
  ///
  /// - Parameters:
  ///   - key: what it stands for, with its kind: `the/Nguyễn Văn A`.
  ///   - name: of which none is there yet in the same part of the site.
  mutating func path(ofList key: String, _ name: String) -> String {
    if let known = lists[key] { return known }
    var candidate = name
    var count = 1
    while !listNames.insert(candidate).inserted {
      count += 1
      candidate = "\(name.dropLast())-\(count)/"
    }
    lists[key] = candidate
    return candidate
  }
}
