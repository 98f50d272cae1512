import Diagnostics
import Reports
import Templating
import Texts
import Vietnamese

/// What machines read.
extension SitePages {
  func feedFile(
    _ list: PostList, _ feed: Feed, _ memory: DocumentMemory
  ) throws(Problems) -> OutputFile {
    // A feed cannot do without days.
    let dated = SitePages.posts(of: list, site).filter { site.posts[$0].post.time != nil }
    let path = path(of: list)
    let newest = dated.first.map { values.posts[$0] } ?? .missing
    let variables =
      common + [
        (Key("chu"), .map(words.vietnamese)), (Key("ten"), Value(title(of: list))),
        (Key("url"), Value(site.base.url + path)),
        (Key("url_nguon"), Value("\(site.base.url)\(path)\(feed.rawValue).xml")),
        (Key("moi_nhat"), newest),
        (Key("cac_bai"), .list(dated.prefix(site.profile.feedSize).map { values.posts[$0] })),
      ]
    return OutputFile(
      path: "\(path.dropFirst())\(feed.rawValue).xml",
      bytes: try templates.page("site/\(feed.rawValue).xml.jinja", ValueMap(variables), memory))
  }

  /// One map of the site, or several and a list of them.
  func sitemaps(_ memory: DocumentMemory) throws(Problems) -> [OutputFile] {
    let newest = site.posts.first?.post.time?.date
    let oldestNews = newest.flatMap { $0.adding(days: 1 - site.profile.newsDays) }
    var entries: [Value] = []
    func add(_ path: String, _ post: Value, _ number: Int?) {
      let placed = number.map { site.posts[$0] }
      let isNews =
        placed?.post.time.flatMap { time in oldestNews.map { time.date >= $0 } } ?? false
      let english =
        placed?.post.english != nil
        ? "\(site.base.url)\(path)\(site.profile.sections.english)/" : ""
      entries.append(
        .map(
          ValueMap([
            (Key("url"), Value(site.base.url + path)), (Key("bai"), post),
            (Key("la_tin_moi"), .bool(isNews && site.profile.newsDays > 0)),
            (Key("url_viet"), Value(site.base.url + path)), (Key("url_anh"), Value(english)),
          ])))
      if !english.isEmpty {
        entries.append(
          .map(
            ValueMap([
              (Key("url"), Value(english)), (Key("bai"), post), (Key("la_tin_moi"), .bool(false)),
              (Key("url_viet"), Value(site.base.url + path)), (Key("url_anh"), Value(english)),
            ])))
      }
    }
    let lists: [PostList] =
      [.all] + site.categories.indices.map { .category($0) } + site.tags.indices.map { .tag($0) }
      + site.months.indices.map { .month($0) }
    for list in lists {
      let first = SitePages.posts(of: list, site).first
      add(path(of: list), first.map { values.posts[$0] } ?? .missing, nil)
    }
    for number in site.posts.indices {
      add(site.posts[number].path, values.posts[number], number)
    }
    func map(_ part: ArraySlice<Value>, _ name: String) throws(Problems) -> OutputFile {
      let variables = common + [(Key("cac_trang"), .list(Array(part)))]
      return OutputFile(
        path: name,
        bytes: try templates.page("site/sitemap.xml.jinja", ValueMap(variables), memory))
    }
    guard entries.count > SitePages.entriesInMap else {
      return [try map(entries[...], "sitemap.xml")]
    }
    var files: [OutputFile] = []
    for start in stride(from: 0, to: entries.count, by: SitePages.entriesInMap) {
      let part = entries[start..<min(start + SitePages.entriesInMap, entries.count)]
      files.append(try map(part, "sitemap-\(files.count + 1).xml"))
    }
    let names = files.map { Value("\(site.base.url)/\($0.path)") }
    let variables = common + [(Key("cac_so_do"), .list(names))]
    let list = try templates.page("site/sitemap-index.xml.jinja", ValueMap(variables), memory)
    return files + [OutputFile(path: "sitemap.xml", bytes: list)]
  }

  /// A map may have 50,000 (sitemaps.org).
  private static let entriesInMap = 40_000
}
