import Diagnostics
import Reports
import Texts
import Vietnamese

/// The posts of a portal in their order, with their addresses, and the lists that they stand in.
public struct Site: Sendable {
  let profile: SiteProfile
  let base: SiteBase
  /// The newest first; those without a day at the end, by title.
  let posts: [PlacedPost]
  /// In Vietnamese order, a category before those below it.
  let categories: [Category]
  /// In Vietnamese order.
  let tags: [TagList]
  /// The newest first.
  let months: [Month]
  let book: AddressBook

  struct PlacedPost: Sendable {
    let post: SitePost
    let path: String
    let oldPaths: [String]
    /// The numbers of its categories, from the largest to the smallest.
    fileprivate(set) var categories: [Int] = []
    /// The numbers of its tags.
    fileprivate(set) var tags: [Int] = []
    /// The numbers of the posts that have most in common with it, the best first.
    fileprivate(set) var related: [Int] = []
  }

  struct Category: Sendable {
    let name: String
    /// `/chuyen-muc/cong-tac-dang/dan-van/`
    let path: String
    /// The number of the one that it is a part of.
    let parent: Int?
    /// The numbers of its posts, those of the categories below it too, the newest first.
    fileprivate(set) var posts: [Int] = []
  }

  struct TagList: Sendable {
    let kind: Int
    let name: String
    let path: String
    fileprivate(set) var posts: [Int] = []
  }

  struct Month: Sendable {
    let year: Int
    let month: Int
    fileprivate(set) var posts: [Int] = []

    var path: String { "/\(year.digits(4))/\(month.digits(2))/" }
  }

  /// - Parameters:
  ///   - folder: where the site lies or is going to lie: its book of addresses is read.
  ///   - problems: gets the warnings.
  public init(
    _ posts: [SitePost], _ profile: SiteProfile, _ base: SiteBase, in folder: String,
    _ problems: inout [Diagnostic]
  ) throws(Problems) {
    try self.init(
      posts, profile, base, book: try AddressBook.read(in: folder), &problems)
  }

  init(
    _ given: [SitePost], _ profile: SiteProfile, _ base: SiteBase, book: AddressBook,
    _ problems: inout [Diagnostic]
  ) throws(Problems) {
    guard !given.isEmpty else { throw Problems([Diagnostic(.site(.noPosts), at: nil)]) }
    (self.profile, self.base) = (profile, base)
    var book = book
    var placed = Site.placed(given, profile, base, &book, &problems)
    let categories = Site.categories(&placed, profile, &book)
    let tags = Site.tags(&placed, profile, &book)
    Site.relate(&placed, tags, count: profile.relatedCount)
    (self.posts, self.categories, self.tags) = (placed, categories, tags)
    months = Site.months(placed)
    self.book = book
  }

  private static func placed(
    _ given: [SitePost], _ profile: SiteProfile, _ base: SiteBase, _ book: inout AddressBook,
    _ problems: inout [Diagnostic]
  ) -> [PlacedPost] {
    // The earlier a post is, the earlier it is given its address.
    let chronological = given.map { (key: TimeKey($0), post: $0) }.sorted { $0.key < $1.key }
      .map(\.post)
    let requests = chronological.map { request($0, profile, base) }
    let numbers = book.give(requests)
    var placed: [PlacedPost] = []
    for (post, number) in zip(chronological, numbers) {
      let entry = book.posts[number]
      placed.append(PlacedPost(post: post, path: entry.path, oldPaths: entry.oldPaths))
      if let wanted = post.wantedPath, wanted != entry.path {
        problems.append(
          Diagnostic(
            .site(.pathTaken(wanted, post: post.document, given: entry.path)), at: nil))
      }
    }
    return placed.map { (key: TimeKey($0.post), post: $0) }.sorted {
      $0.key.isNewer(than: $1.key)
    }.map(\.post)
  }

  private static func request(
    _ post: SitePost, _ profile: SiteProfile, _ base: SiteBase
  ) -> AddressBook.Request {
    let name = PageName.name(of: post.title, limit: profile.nameLimit) ?? "bai"
    let month = post.time.map { "\($0.date.year.digits(4))/\($0.date.month.digits(2))" }
    return AddressBook.Request(
      document: post.document, title: post.title, day: post.time?.text ?? "", origin: post.origin,
      usual: "/\(month ?? profile.sections.undated)/\(name)/", wanted: post.wantedPath,
      others: post.oldPaths
        + [base.path(of: post.origin)].compactMap(\.self).filter { !profile.isReserved($0) })
  }

  /// The order of posts in time.
  private struct TimeKey {
    let isUndated: Bool
    let time: (Int, Int, Int, Int, Int, Int)
    let title: [UInt8]
    let document: [UInt8]

    init(_ post: SitePost) {
      let (date, hour) = (post.time?.date, post.time?.time)
      isUndated = date == nil
      time = (
        date?.year ?? 0, date?.month ?? 0, date?.day ?? 0, hour?.hour ?? 0, hour?.minute ?? 0,
        hour?.second ?? 0
      )
      title = sortKey(Array(post.title.utf8)[...])
      document = Array(post.document.utf8)
    }

    static func < (left: TimeKey, right: TimeKey) -> Bool {
      if left.time != right.time { return left.time < right.time }
      return left.document.lexicographicallyPrecedes(right.document)
    }

    func isNewer(than other: TimeKey) -> Bool {
      if isUndated != other.isUndated { return other.isUndated }
      if time != other.time { return time > other.time }
      if title != other.title { return title.lexicographicallyPrecedes(other.title) }
      return document.lexicographicallyPrecedes(other.document)
    }
  }

  private static func months(_ posts: [PlacedPost]) -> [Month] {
    var months: [Month] = []
    for (index, post) in posts.enumerated() {
      guard let date = post.post.time?.date else { break }
      if months.last.map({ ($0.year, $0.month) != (date.year, date.month) }) ?? true {
        months.append(Month(year: date.year, month: date.month))
      }
      months[months.count - 1].posts.append(index)
    }
    return months
  }
}

/// Categories and tags.
extension Site {
  private static func categories(
    _ posts: inout [PlacedPost], _ profile: SiteProfile, _ book: inout AddressBook
  ) -> [Category] {
    var found: [(key: [UInt8], category: Category, parent: String?)] = []
    var numbers: [String: Int] = [:]
    // The oldest post gives a category its name and its address.
    for index in posts.indices.reversed() {
      var (parent, path): (String?, String) = (nil, "/\(profile.sections.category)/")
      var sortKey: [UInt8] = []
      for name in posts[index].post.categories {
        let key = (parent ?? "") + "/" + name.lowercased()
        sortKey += [0] + Vietnamese.sortKey(Array(name.utf8)[...])
        if numbers[key] == nil {
          numbers[key] = found.count
          let part = PageName.name(of: name, limit: profile.nameLimit) ?? "khac"
          let listed = book.path(ofList: "chuyen-muc\(key)", "\(path)\(part)/")
          let category = Category(name: name, path: listed, parent: nil)
          found.append((sortKey, category, parent))
        }
        if let number = numbers[key] {
          posts[index].categories.append(number)
          path = found[number].category.path
        }
        parent = key
      }
    }
    let order = found.indices.sorted {
      found[$0].key != found[$1].key
        ? found[$0].key.lexicographicallyPrecedes(found[$1].key)
        : found[$0].category.path < found[$1].category.path
    }
    var place = [Int](repeating: 0, count: found.count)
    for (new, old) in order.enumerated() { place[old] = new }
    var categories = order.map { old in
      let parent = found[old].parent.flatMap { numbers[$0] }.map { place[$0] }
      return Category(
        name: found[old].category.name, path: found[old].category.path, parent: parent)
    }
    for index in posts.indices {
      posts[index].categories = posts[index].categories.map { place[$0] }
      for number in posts[index].categories { categories[number].posts.append(index) }
    }
    return categories
  }

  private static func tags(
    _ posts: inout [PlacedPost], _ profile: SiteProfile, _ book: inout AddressBook
  ) -> [TagList] {
    var numbers: [SitePost.Tag: Int] = [:]
    var found: [TagList] = []
    for index in posts.indices.reversed() {
      for tag in posts[index].post.tags {
        if numbers[tag] == nil {
          numbers[tag] = found.count
          let part = PageName.name(of: tag.name, limit: profile.nameLimit) ?? "khac"
          let path = book.path(
            ofList: "the/\(profile.tagKinds[tag.kind].name)/\(tag.name)",
            "/\(profile.sections.tag)/\(part)/")
          found.append(TagList(kind: tag.kind, name: tag.name, path: path))
        }
        if let number = numbers[tag] { posts[index].tags.append(number) }
      }
    }
    let keys = found.map { sortKey(Array($0.name.utf8)[...]) }
    let order = found.indices.sorted {
      if found[$0].kind != found[$1].kind { return found[$0].kind < found[$1].kind }
      return keys[$0] != keys[$1]
        ? keys[$0].lexicographicallyPrecedes(keys[$1]) : found[$0].path < found[$1].path
    }
    var place = [Int](repeating: 0, count: found.count)
    for (new, old) in order.enumerated() { place[old] = new }
    var tags = order.map { found[$0] }
    for index in posts.indices {
      posts[index].tags = posts[index].tags.map { place[$0] }.sorted()
      for number in posts[index].tags { tags[number].posts.append(index) }
    }
    return tags
  }

  /// Finds for each post those that have most facts in common with it, then the category, then the
  /// time. A fact of very many posts joins those alone that are near in time.
  private static func relate(_ posts: inout [PlacedPost], _ tags: [TagList], count: Int) {
    for index in posts.indices {
      var common: [Int: Int] = [:]
      for tag in posts[index].tags {
        for other in near(index, in: tags[tag].posts) where other != index {
          common[other, default: 0] += 1
        }
      }
      let category = posts[index].categories.last
      let ranked = common.map { other, facts in
        let isSameCategory = posts[other].categories.last == category
        return (facts * 2 + (isSameCategory ? 1 : 0), -abs(other - index), -other)
      }.sorted { $0 > $1 }
      posts[index].related = ranked.prefix(count).map { -$0.2 }
    }
  }

  /// The most posts on either side that a fact joins a post with.
  private static let nearness = 40

  private static func near(_ index: Int, in posts: [Int]) -> ArraySlice<Int> {
    guard posts.count > 2 * nearness else { return posts[...] }
    var (low, high) = (0, posts.count)
    while low < high {
      let middle = (low + high) / 2
      if posts[middle] < index { low = middle + 1 } else { high = middle }
    }
    return posts[max(0, low - nearness)..<min(posts.count, low + nearness)]
  }
}

extension Int {
  /// With zeros before it.
  func digits(_ count: Int) -> String {
    let text = String(self)
    return String(repeating: "0", count: Swift.max(0, count - text.utf8.count)) + text
  }
}

extension DateWithTime {
  /// `2026-07-04T18:10:00`, or the day alone.
  var text: String {
    let day = "\(date.year.digits(4))-\(date.month.digits(2))-\(date.day.digits(2))"
    return time.map { "\(day)T\($0.text)" } ?? day
  }

  /// The moment with its zone, `2026-07-04T18:10:00+07:00`: the first of the day where no hour is known.
  func moment(_ zone: String) -> String {
    time == nil ? "\(text)T00:00:00\(zone)" : "\(text)\(zone)"
  }

  /// As mails and RSS have it: `Sat, 04 Jul 2026 18:10:00 +0700`.
  func mailMoment(_ zone: String) -> String {
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let day =
      switch date.weekday {
      case .monday: "Mon"
      case .tuesday: "Tue"
      case .wednesday: "Wed"
      case .thursday: "Thu"
      case .friday: "Fri"
      case .saturday: "Sat"
      case .sunday: "Sun"
      }
    return "\(day), \(date.day.digits(2)) \(months[date.month - 1]) \(date.year.digits(4))"
      + " \(time?.text ?? "00:00:00") \(zone.filter { $0 != ":" })"
  }
}

extension TimeOfDay {
  fileprivate var text: String { "\(hour.digits(2)):\(minute.digits(2)):\(second.digits(2))" }
}
