import Reports
import Templating
import Texts
import Vietnamese

/// What pages see of posts, lists and places, made once for all pages.
struct PostValues: Sendable {
  /// In lists, by the number of the post.
  let posts: [Value]
  let categories: [Value]
  let tags: [Value]

  init(_ site: Site, _ scaled: ScaledPictures) {
    let base = site.base
    let categories = site.categories.map { category in
      Value.place(category.name, category.path, base)
    }
    self.categories = categories
    tags = site.tags.map { .place($0.name, $0.path, base) }
    posts = site.posts.map { placed in
      let post = placed.post
      let picture = post.pictures.first { $0.size != nil }
      return .map(
        ValueMap(
          shape: Self.shape,
          values: [
            Value(base.prefix + placed.path), Value(base.url + placed.path), Value(post.title),
            Value(post.time?.displayed ?? ""), Value(post.time?.text ?? ""),
            Value(post.time?.moment(site.profile.timeZone) ?? ""),
            Value(post.time?.mailMoment(site.profile.timeZone) ?? ""), Value(post.summary),
            Value(post.author),
            placed.categories.last.map { categories[$0] } ?? .missing,
            picture.map { .map($0.variables(site, scaled)) } ?? .missing,
            .bool(post.english != nil),
          ]))
    }
  }

  private static let shape = Shape(
    [
      "dia_chi", "url", "tieu_de", "ngay", "ngay_may", "luc", "luc_thu", "sapo", "tac_gia",
      "chuyen_muc", "anh", "co_tieng_anh",
    ].map { Key($0) })
}

extension Value {
  /// A name with the address that it leads to.
  static func place(_ name: String, _ path: String, _ base: SiteBase) -> Value {
    .map(
      ValueMap(
        shape: placeShape,
        values: [Value(name), Value(base.prefix + path), Value(base.url + path)]))
  }

  private static let placeShape = Shape(["ten", "dia_chi", "url"].map { Key($0) })
}

extension DateWithTime {
  /// As the filters of templates read it.
  var displayed: String {
    let day = "\(date.year.digits(4))-\(date.month.digits(2))-\(date.day.digits(2))"
    return time.map { "\(day) \($0.hour.digits(2)):\($0.minute.digits(2))" } ?? day
  }
}

extension SitePicture {
  /// What pages see of it.
  fileprivate func variables(_ site: Site, _ scaled: ScaledPictures) -> ValueMap {
    let smallest = scaled.widths(of: self, site.profile).first
    let shown = smallest.map { sitePath(width: $0) } ?? sitePath
    let (width, height) = size ?? (0, 0)
    return ValueMap([
      (Key("dia_chi"), Value(site.base.prefix + shown)),
      (Key("url"), Value(site.base.url + sitePath)),
      (Key("rong"), .int(smallest ?? width)),
      (Key("cao"), .int(smallest.map { max(1, height * $0 / max(1, width)) } ?? height)),
    ])
  }

  /// The tag that shows it.
  ///
  /// - Parameter alt: as HTML has it.
  func tag(_ site: Site, _ scaled: ScaledPictures, alt: ArraySlice<UInt8>) -> String {
    var tag = "<img src=\"\(site.base.prefix)\(sitePath)\""
    let widths = scaled.widths(of: self, site.profile)
    if let size, !widths.isEmpty {
      let sources =
        widths.map { "\(site.base.prefix)\(sitePath(width: $0)) \($0)w" }
        + ["\(site.base.prefix)\(sitePath) \(size.width)w"]
      tag += " srcset=\"\(sources.joined(separator: ", "))\""
      tag += " sizes=\"(max-width: 760px) 100vw, 720px\""
    }
    if let size { tag += " width=\"\(size.width)\" height=\"\(size.height)\"" }
    tag += " loading=\"lazy\" decoding=\"async\""
    return tag + " alt=\"\(String(decoding: alt, as: UTF8.self))\">"
  }
}

extension SitePost.Companion {
  /// What the page of the post sees of it.
  func variables(_ path: String, _ base: SiteBase) -> Value {
    let documents = files.filter { file in
      ["html", "pdf", "docx"].contains { file.path.hasSuffix(".\($0)") }
    }
    let forms = documents.map { file -> Value in
      let form = file.path.split(separator: ".").last.map(String.init) ?? ""
      return .map(
        ValueMap([
          (Key("dang"), Value(form)), (Key("dia_chi"), Value("\(base.prefix)\(path)\(file.path)")),
          (Key("co"), .int((file.bytes.count + 1023) / 1024)),
        ]))
    }
    return .map(
      ValueMap([
        (Key("ten"), Value(title)), (Key("trich_yeu"), Value(subject)),
        (Key("cac_dang"), .list(forms)),
      ]))
  }

  func placedFiles(in path: String) -> [OutputFile] {
    files.map { OutputFile(path: "\(path.dropFirst())\($0.path)", bytes: $0.bytes) }
  }
}
