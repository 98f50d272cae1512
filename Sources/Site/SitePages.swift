import Diagnostics
import Reports
import Templating
import Texts
import Vietnamese

/// All files of a site, each made when it is asked for.
public struct SitePages: Sendable {
  let site: Site
  private let scaled: ScaledPictures
  let templates: TemplateCollection
  let words: PageWords
  let values: PostValues
  private let style: [OutputFile]
  /// What all pages see.
  let common: [(Key, Value)]
  private let works: [Work]

  /// One page, or the pages that belong together.
  private enum Work: Sendable {
    case post(Int)
    case list(PostList, page: Int)
    case archive(ArchivePart, page: Int)
    case feed(PostList, Feed)
    case year(Int)
    case index, tagIndex, search, notFound, sitemap, robots, words, book
    case picture(SitePicture)
    case ready(OutputFile)
  }

  enum Feed: String {
    case atom, rss
  }

  /// Posts that are shown together.
  enum PostList: Sendable, Equatable {
    case all
    case category(Int)
    case tag(Int)
    case month(Int)
  }

  /// The posts whose titles begin with one letter.
  private struct ArchivePart: Sendable {
    let letter: String
    let path: String
    let posts: [Int]
  }

  private let archive: [ArchivePart]

  public init(
    _ site: Site, in folder: String, _ templates: TemplateCollection,
    _ problems: inout [Diagnostic]
  ) throws(Problems) {
    (self.site, self.templates) = (site, templates)
    words = try PageWords("site/chu.rec", templates)
    scaled = try ScaledPictures(of: site, in: folder, &problems)
    values = PostValues(site, scaled)
    style = try Problems.collecting { () throws(Diagnostic) in
      var files: [OutputFile] = []
      for name in ["site.css", "site.js"] {
        files.append(
          OutputFile(path: name, bytes: try templates.folder.bytes(named: "site/\(name)")))
      }
      return files
    }
    archive = SitePages.archive(site)
    let menu = site.categories.indices.filter { site.categories[$0].parent == nil }
    let version = String(fingerprint(of: style.flatMap(\.bytes)), radix: 36)
    let sections = site.profile.sections
    common = [
      (Key("trang"), .map(site.profile.record)), (Key("goc"), Value(site.base.prefix)),
      (Key("goc_url"), Value(site.base.url)), (Key("phien"), Value(version)),
      (Key("menu"), .list(menu.map { [values] in values.categories[$0] })),
      (Key("co_the"), .bool(!site.tags.isEmpty)), (Key("phan_the"), Value(sections.tag)),
      (Key("phan_luu_tru"), Value(sections.archive)),
      (Key("phan_tim_kiem"), Value(sections.search)),
      (Key("phan_tieng_anh"), Value(sections.english)),
    ]
    works = SitePages.works(site, archive, style + scaled.files)
  }

  private static func works(
    _ site: Site, _ archive: [ArchivePart], _ ready: [OutputFile]
  ) -> [Work] {
    var works: [Work] = site.posts.indices.map { .post($0) }
    let categories = site.categories.indices.map { PostList.category($0) }
    let lists: [PostList] =
      [.all] + categories + site.tags.indices.map { .tag($0) }
      + site.months.indices.map { .month($0) }
    for list in lists {
      let count = pageCount(posts(of: list, site).count, site.profile.pageSize)
      works += (1...count).map { .list(list, page: $0) }
    }
    for part in archive {
      let count = pageCount(part.posts.count, site.profile.archivePageSize)
      works += (1...count).map { .archive(part, page: $0) }
    }
    for list in [.all] + categories { works += [.feed(list, .atom), .feed(list, .rss)] }
    works += Set(site.months.map(\.year)).sorted().map { .year($0) }
    works += [.index, .search, .notFound, .sitemap, .robots, .words, .book]
    if !site.tags.isEmpty { works.append(.tagIndex) }
    works += site.pictures.map { .picture($0) }
    return works + ready.map { .ready($0) }
  }

  public var count: Int { works.count }

  /// The files of the site that are not made again.
  var kept: Set<String> { scaled.kept }

  /// The files of one work.
  public func files(
    at index: Int, _ memory: DocumentMemory
  ) throws(Problems) -> [OutputFile] {
    switch works[index] {
    case .post(let number): try postFiles(number, memory)
    case .list(let list, let page): [try listPage(list, page, memory)]
    case .archive(let part, let page): [try archivePage(part, page, memory)]
    case .feed(let list, let feed): [try feedFile(list, feed, memory)]
    case .year(let year): [try yearPage(year, memory)]
    case .index: [try archiveIndex(memory)]
    case .tagIndex: [try tagIndex(memory)]
    case .search:
      [
        try page(
          "tim-kiem", "/\(site.profile.sections.search)/", title: words["tim_kiem"], [], memory)
      ]
    case .notFound:
      [
        try page(
          "khong-thay", "/404.html", title: words["khong_thay"], [], memory)
      ]
    case .sitemap: try sitemaps(memory)
    case .robots:
      [
        OutputFile(
          path: "robots.txt",
          bytes: Array("User-agent: *\nAllow: /\n\nSitemap: \(site.base.url)/sitemap.xml\n".utf8))
      ]
    case .words: SearchPieces(site).files
    case .book: [OutputFile(path: AddressBook.file, bytes: site.book.bytes)]
    case .picture(let picture):
      [
        OutputFile(
          path: String(picture.sitePath.dropFirst()), bytes: try picture.cleanBytes())
      ]
    case .ready(let file): [file]
    }
  }
}

/// The pages.
extension SitePages {
  /// A page within the frame of all.
  ///
  /// - Parameters:
  ///   - trail: the places above it, from the largest.
  private func page(
    _ template: String, _ path: String, title: String, summary: String = "",
    trail: [Value] = [], inEnglish: Bool = false, _ own: [(Key, Value)], _ memory: DocumentMemory
  ) throws(Problems) -> OutputFile {
    let variables =
      common + [
        (Key("chu"), .map(words.all(in: inEnglish ? .english : .vietnamese))),
        (Key("tieng_anh"), .bool(inEnglish)), (Key("tieu_de_trang"), Value(title)),
        (Key("mo_ta"), Value(summary)), (Key("duong"), .list(trail)),
        (Key("dia_chi"), Value(site.base.prefix + path)), (Key("url"), Value(site.base.url + path)),
      ] + own
    let bytes = try templates.page("site/\(template).html.jinja", ValueMap(variables), memory)
    return OutputFile(path: SitePages.file(of: path), bytes: bytes)
  }

  /// The file of a page's path: `2026/07/so-ket/index.html`.
  private static func file(of path: String) -> String {
    let file = path.dropFirst()
    return path.hasSuffix("/") ? "\(file)index.html" : String(file)
  }

  private func postFiles(
    _ number: Int, _ memory: DocumentMemory
  ) throws(Problems) -> [OutputFile] {
    let placed = site.posts[number]
    let post = placed.post
    let trail = placed.categories.map { values.categories[$0] }
    func neighbour(_ index: Int) -> Value {
      site.posts.indices.contains(index) ? values.posts[index] : .missing
    }
    let companions = post.companions.map { $0.variables(placed.path, site.base) }
    let own: [(Key, Value)] = [
      (Key("bai"), values.posts[number]),
      (Key("noi_dung"), Value(markup: body(of: post))),
      (Key("nguon"), Value(post.source)), (Key("luot_xem"), Value(post.views)),
      (Key("nguyen_van"), .bool(post.isVerbatim)),
      (Key("the"), tagGroups(placed.tags)),
      (Key("cac_muc"), .list(post.categories.map { Value($0) })),
      (Key("moi_hon"), neighbour(number - 1)), (Key("cu_hon"), neighbour(number + 1)),
      (Key("lien_quan"), .list(placed.related.map { values.posts[$0] })),
      (Key("dang_kem"), .list(companions)),
      (Key("cac_anh"), .list(post.pictures.map { Value(site.base.url + $0.sitePath) })),
      (Key("tieu_de_anh"), post.english.map { Value($0.title) } ?? .missing),
      (Key("tom_tat_anh"), post.english.map { Value($0.summary) } ?? .missing),
    ]
    var files = [
      try page(
        "bai", placed.path, title: post.title, summary: post.summary, trail: trail, own, memory)
    ]
    if let english = post.english {
      files.append(
        try page(
          "bai-tieng-anh", "\(placed.path)\(site.profile.sections.english)/", title: english.title,
          summary: english.summary, inEnglish: true, own, memory))
    }
    for old in placed.oldPaths {
      files.append(try page("chuyen-tiep", old, title: post.title, own, memory))
    }
    return files + post.companions.flatMap { $0.placedFiles(in: placed.path) }
  }

  private func body(of post: SitePost) -> [UInt8] {
    PictureTags.replaced(in: post.body) { tag in
      post.pictures.first { $0.path == tag.path }?.tag(site, scaled, alt: tag.alt)
    }
  }

  /// Tags by their kinds.
  private func tagGroups(_ tags: [Int]) -> Value {
    let groups = site.profile.tagKinds.indices.compactMap { kind -> Value? in
      let own = tags.filter { site.tags[$0].kind == kind }
      guard !own.isEmpty else { return nil }
      return .map(
        ValueMap([
          (Key("ten"), Value(site.profile.tagKinds[kind].name)),
          (Key("cac_the"), .list(own.map { counted(values.tags[$0], site.tags[$0].posts.count) })),
        ]))
    }
    return .list(groups)
  }

  private func counted(_ place: Value, _ count: Int) -> Value {
    .map(ValueMap([(Key("cho"), place), (Key("so_bai"), .int(count))]))
  }

  static func posts(of list: PostList, _ site: Site) -> [Int] {
    switch list {
    case .all: Array(site.posts.indices)
    case .category(let number): site.categories[number].posts
    case .tag(let number): site.tags[number].posts
    case .month(let number): site.months[number].posts
    }
  }

  func path(of list: PostList) -> String {
    switch list {
    case .all: "/"
    case .category(let number): site.categories[number].path
    case .tag(let number): site.tags[number].path
    case .month(let number): site.months[number].path
    }
  }

  func title(of list: PostList) -> String {
    switch list {
    case .all: words["tin_moi"]
    case .category(let number): site.categories[number].name
    case .tag(let number): site.tags[number].name
    case .month(let number): title(of: site.months[number])
    }
  }

  private func title(of month: Site.Month) -> String {
    "\(words["thang"]) \(month.month)/\(month.year)"
  }

  private static func pageCount(_ count: Int, _ size: Int) -> Int {
    max(1, (count + size - 1) / size)
  }

  private func listPage(
    _ list: PostList, _ number: Int, _ memory: DocumentMemory
  ) throws(Problems) -> OutputFile {
    let posts = SitePages.posts(of: list, site)
    let (path, size) = (path(of: list), site.profile.pageSize)
    let shown = posts[(number - 1) * size..<min(number * size, posts.count)]
    var below: [Value] = []
    var hasFeed = list == .all
    var trail: [Value] = []
    switch list {
    case .category(let category):
      hasFeed = true
      below = site.categories.indices.filter { site.categories[$0].parent == category }.map {
        counted(values.categories[$0], site.categories[$0].posts.count)
      }
      trail = trailAbove(category)
    case .month(let month):
      let year = site.months[month].year
      trail = [archivePlace, .place("\(words["nam"]) \(year)", "/\(year.digits(4))/", site.base)]
    case .tag: trail = [tagPlace]
    case .all: break
    }
    let own: [(Key, Value)] = [
      (Key("cac_bai"), .list(shown.map { values.posts[$0] })), (Key("muc_con"), .list(below)),
      (Key("la_trang_nhat"), .bool(list == .all)), (Key("co_nguon"), .bool(hasFeed)),
      (Key("nguon_o"), Value(site.base.prefix + path)), (Key("so_bai"), .int(posts.count)),
    ]
    return try page(
      "danh-sach", pagePath(path, number), title: title(of: list), trail: trail,
      own + paging(path, number, of: SitePages.pageCount(posts.count, size)), memory)
  }

  private func trailAbove(_ category: Int) -> [Value] {
    var trail: [Value] = []
    var parent = site.categories[category].parent
    while let number = parent {
      trail.insert(values.categories[number], at: 0)
      parent = site.categories[number].parent
    }
    return trail
  }

  private func pagePath(_ path: String, _ number: Int) -> String {
    number == 1 ? path : "\(path)\(site.profile.sections.page)-\(number)/"
  }

  /// The number of the page and the addresses of those beside it and of some others.
  private func paging(_ path: String, _ number: Int, of count: Int) -> [(Key, Value)] {
    func place(_ page: Int) -> Value { .place("\(page)", pagePath(path, page), site.base) }
    let near = (1...count).filter { $0 == 1 || $0 == count || abs($0 - number) <= 2 }
    return [
      (Key("so_trang"), .int(number)), (Key("tong_trang"), .int(count)),
      (Key("trang_truoc"), number > 1 ? place(number - 1) : .missing),
      (Key("trang_sau"), number < count ? place(number + 1) : .missing),
      (Key("cac_trang"), .list(near.map(place))),
    ]
  }

  private var archivePlace: Value {
    .place(words["luu_tru"], "/\(site.profile.sections.archive)/", site.base)
  }

  private var tagPlace: Value {
    .place(words["the"], "/\(site.profile.sections.tag)/", site.base)
  }

  private func yearPage(
    _ year: Int, _ memory: DocumentMemory
  ) throws(Problems) -> OutputFile {
    let months = monthValues { $0.year == year }
    return try page(
      "muc-luc", "/\(year.digits(4))/", title: "\(words["nam"]) \(year)", trail: [archivePlace],
      [
        (
          Key("cac_nhom"),
          .list([.map(ValueMap([(Key("ten"), .missing), (Key("cac_the"), .list(months))]))])
        )
      ], memory)
  }

  private func monthValues(_ isWanted: (Site.Month) -> Bool) -> [Value] {
    site.months.filter(isWanted).map {
      counted(.place(title(of: $0), $0.path, site.base), $0.posts.count)
    }
  }

  /// The way to all posts by month and by letter.
  private func archiveIndex(_ memory: DocumentMemory) throws(Problems) -> OutputFile {
    func group(_ name: String, _ items: [Value]) -> Value {
      .map(ValueMap([(Key("ten"), Value(name)), (Key("cac_the"), .list(items))]))
    }
    let letters = archive.map { counted(.place($0.letter, $0.path, site.base), $0.posts.count) }
    let groups =
      [group(words["theo_thang"], monthValues { _ in true }), group(words["theo_chu"], letters)]
    return try page(
      "muc-luc", "/\(site.profile.sections.archive)/", title: words["luu_tru"],
      [(Key("cac_nhom"), .list(groups))], memory)
  }

  private func tagIndex(_ memory: DocumentMemory) throws(Problems) -> OutputFile {
    try page(
      "muc-luc", "/\(site.profile.sections.tag)/", title: words["the"],
      [(Key("cac_nhom"), tagGroups(Array(site.tags.indices)))], memory)
  }

  /// All posts by their titles, in Vietnamese order.
  private static func archive(_ site: Site) -> [ArchivePart] {
    let keys = site.posts.map { sortKey(Array($0.post.title.utf8)[...]) }
    let order = site.posts.indices.sorted {
      keys[$0] != keys[$1] ? keys[$0].lexicographicallyPrecedes(keys[$1]) : $0 < $1
    }
    var parts: [(letter: String, posts: [Int])] = []
    var places: [String: Int] = [:]
    for index in order {
      let letter = letter(of: site.posts[index].post.title)
      if let place = places[letter] {
        parts[place].posts.append(index)
      } else {
        places[letter] = parts.count
        parts.append((letter, [index]))
      }
    }
    var taken: Set<String> = []
    return parts.map { letter, posts in
      var name = PageName.name(of: letter, limit: 4) ?? "khac"
      // Đ is a letter of its own, and so are Ă, Â, Ê, Ô, Ơ, Ư.
      var count = 1
      let plain = name
      while !taken.insert(name).inserted {
        count += 1
        name = "\(plain)-\(count)"
      }
      return ArchivePart(
        letter: letter, path: "/\(site.profile.sections.archive)/\(name)/", posts: posts)
    }
  }

  /// The first letter of a title without its tone, as a capital; `0-9` for a digit.
  private static func letter(of title: String) -> String {
    guard let word = SearchWord.words(of: title).first,
      let first = String(decoding: word.exact, as: UTF8.self).first
    else { return "#" }
    return first.isNumber ? "0-9" : first.uppercased()
  }

  private func archivePage(
    _ part: ArchivePart, _ number: Int, _ memory: DocumentMemory
  ) throws(Problems) -> OutputFile {
    let size = site.profile.archivePageSize
    let shown = part.posts[(number - 1) * size..<min(number * size, part.posts.count)]
    let own: [(Key, Value)] = [
      (Key("cac_bai"), .list(shown.map { values.posts[$0] }))
    ]
    return try page(
      "luu-tru", pagePath(part.path, number), title: "\(words["chu_cai"]) \(part.letter)",
      trail: [archivePlace],
      own + paging(part.path, number, of: SitePages.pageCount(part.posts.count, size)), memory)
  }
}
