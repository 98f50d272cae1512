import Diagnostics
import Reports
import Texts

/// Looks through a site as it lies in its folder: every link, anchor and picture of its pages, its feeds,
/// and whether each address that was ever given still has a page.
public struct SiteCheck {
  private let folder: SiteFolder
  private let base: SiteBase
  private let files: Set<String>
  /// The places in pages that links name.
  private var wantedPlaces: [(page: String, file: String, place: String)] = []
  private var places: [String: Set<String>] = [:]
  private var problems: [Diagnostic] = []

  /// The problems of a site.
  ///
  /// - Parameter pages: as the data make them now.
  public static func problems(
    of folder: SiteFolder, _ pages: SitePages, _ inParallel: SiteFolder.InParallel,
    step: (Int) -> Void
  ) throws(Problems) -> [Diagnostic] {
    guard Files.isRegular("\(folder.path)/\(AddressBook.file)") else {
      throw Problems([Diagnostic(.site(.notASite(folder: folder.path)), at: nil)])
    }
    var check = SiteCheck(folder, pages.site.base)
    try check.compare(pages, inParallel, step)
    for file in folder.listed.sorted() { try check.look(at: file) }
    check.checkPlaces()
    try check.checkAddresses()
    return check.problems
  }

  private init(_ folder: SiteFolder, _ base: SiteBase) {
    (self.folder, self.base) = (folder, base)
    files = folder.listed.filter { Files.isRegular("\(folder.path)/\($0)") }
  }

  private mutating func tell(_ problem: SiteProblem) {
    problems.append(Diagnostic(.site(problem), at: nil))
  }

  private mutating func compare(
    _ pages: SitePages, _ inParallel: SiteFolder.InParallel, _ step: (Int) -> Void
  ) throws(Problems) {
    var changed: [String] = []
    try folder.forEachFile(of: pages, inParallel, step: step) { (file) throws(Problems) in
      if (try? Files.read("\(folder.path)/\(file.path)")) != file.bytes {
        changed.append(file.path)
      }
    }
    changed.forEach { tell(.changedFile($0)) }
  }

  private mutating func look(at file: String) throws(Problems) {
    guard files.contains(file) else { return }
    let isPage = file.hasSuffix(".html")
    let isFeed = file.hasSuffix(".xml")
    guard isPage || isFeed else { return }
    let bytes = try Problems.collecting { () throws(Diagnostic) in
      try Files.read("\(folder.path)/\(file)")
    }
    if isPage { lookAtPage(file, bytes) } else { lookAtFeed(file, bytes) }
  }

  private mutating func lookAtPage(_ file: String, _ bytes: [UInt8]) {
    var ids: Set<String> = []
    var pictures: [String] = []
    for (name, value) in Attributes(bytes) {
      switch name {
      case "id": ids.insert(value)
      case "href": follow(value, from: file)
      case "src":
        pictures.append(value)
      case "srcset":
        for source in value.split(separator: ",") {
          pictures.append(String(source.drop { $0 == " " }.prefix { $0 != " " }))
        }
      default: break
      }
    }
    places[file] = ids
    for address in Set(pictures).sorted() {
      guard let target = target(address, from: file), !files.contains(target.file) else { continue }
      tell(.missingPicture(page: file, target: address))
    }
  }

  private mutating func follow(_ address: String, from file: String) {
    guard let target = target(address, from: file) else { return }
    guard files.contains(target.file) else {
      return tell(.brokenLink(page: file, target: address))
    }
    if !target.place.isEmpty { wantedPlaces.append((file, target.file, target.place)) }
  }

  /// The file that an address leads to, and the place in it; nil for an address elsewhere.
  private func target(_ address: String, from file: String) -> (file: String, place: String)? {
    let whole = address.replacing("&amp;", with: "&")
    let parts = whole.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let place = parts.count > 1 ? String(parts[1]).withoutPercents : ""
    var path = String((parts.first ?? "").prefix { $0 != "?" })
    if path.hasPrefix(base.url + "/") {
      path = String(path.dropFirst(base.url.utf8.count))
    } else if path == base.url {
      path = "/"
    } else if path.hasPrefix("/"), !path.hasPrefix("//") {
      guard path.hasPrefix(base.prefix + "/") else { return nil }
      path = String(path.dropFirst(base.prefix.utf8.count))
    } else if path.isEmpty {
      return place.isEmpty ? nil : (file, place)
    } else if path.contains(":") || path.hasPrefix("//") {
      return nil
    } else {
      let folder = Files.folder(of: file)
      path = "/" + (folder == "." ? "" : folder + "/") + path
    }
    path = path.withoutPercents
    return (String(path.dropFirst()) + (path.hasSuffix("/") ? "index.html" : ""), place)
  }

  private mutating func checkPlaces() {
    for wanted in wantedPlaces where !(places[wanted.file]?.contains(wanted.place) ?? false) {
      tell(.brokenAnchor(page: wanted.page, target: "#\(wanted.place)"))
    }
  }

  private mutating func lookAtFeed(_ file: String, _ bytes: [UInt8]) {
    if let reason = XMLShape.flaw(of: bytes) { tell(.brokenFeed(page: file, reason: reason)) }
    for element in ["loc", "link", "guid", "id"] {
      for address in XMLShape.texts(of: element, in: bytes) {
        guard let target = target(address, from: file), !files.contains(target.file) else {
          continue
        }
        tell(.brokenLink(page: file, target: address))
      }
    }
  }

  private mutating func checkAddresses() throws(Problems) {
    let book = try AddressBook.read(in: folder.path)
    for post in book.posts where !post.isGone {
      for path in [post.path] + post.oldPaths where !files.contains("\(path.dropFirst())index.html")
      {
        tell(.lostAddress(path, title: post.title))
      }
    }
  }
}

/// The attributes of the tags of a page, with their values as they stand there.
private struct Attributes: Sequence, IteratorProtocol {
  private let bytes: [UInt8]
  private var index = 0
  private var isInTag = false

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() -> (name: String, value: String)? {
    while index < bytes.count {
      if !isInTag {
        guard let start = bytes[index...].firstIndex(of: UInt8(ascii: "<")) else { return nil }
        (index, isInTag) = (start + 1, true)
      }
      guard
        let stop = bytes[index...].firstIndex(where: {
          $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ">")
        })
      else { return nil }
      guard bytes[stop] == UInt8(ascii: "="), stop + 1 < bytes.count,
        bytes[stop + 1] == UInt8(ascii: "\"")
      else {
        if bytes[stop] == UInt8(ascii: ">") { isInTag = false }
        index = stop + 1
        continue
      }
      let start = stop + 2
      guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "\"")) else { return nil }
      let name = bytes[index..<stop].split { $0 <= 0x20 }.last ?? []
      index = end + 1
      return (
        String(decoding: name, as: UTF8.self), String(decoding: bytes[start..<end], as: UTF8.self)
      )
    }
    return nil
  }
}

/// Whether the tags of a feed fit together, and what stands in them.
enum XMLShape {
  /// What is wrong; nil where nothing is.
  static func flaw(of bytes: [UInt8]) -> String? {
    guard bytes.starts(with: "<?xml ".utf8) else { return "<?xml" }
    var open: [ArraySlice<UInt8>] = []
    var index = 0
    while let start = bytes[index...].firstIndex(of: UInt8(ascii: "<")) {
      guard let end = bytes[start...].firstIndex(of: UInt8(ascii: ">")) else { return "<" }
      let tag = bytes[start + 1..<end]
      index = end + 1
      guard let first = tag.first, first != UInt8(ascii: "?"), first != UInt8(ascii: "!") else {
        continue
      }
      if first == UInt8(ascii: "/") {
        guard open.popLast() == tag.dropFirst() else {
          return "<\(String(decoding: tag, as: UTF8.self))>"
        }
      } else if tag.last != UInt8(ascii: "/") {
        open.append(tag.prefix { $0 > 0x20 })
      }
    }
    return open.last.map { "<\(String(decoding: $0, as: UTF8.self))>" }
  }

  /// The texts of elements without attributes of their own worth, and of the `href` of links.
  static func texts(of element: String, in bytes: [UInt8]) -> [String] {
    var texts: [String] = []
    let opening = Array("<\(element)".utf8)
    var index = 0
    while let found = bytes.range(of: opening, from: index) {
      index = found.upperBound
      guard index < bytes.count, bytes[index] == UInt8(ascii: ">") || bytes[index] == 0x20,
        let end = bytes[index...].firstIndex(of: UInt8(ascii: ">"))
      else { continue }
      let text = bytes[(end + 1)...].prefix { $0 != UInt8(ascii: "<") }
      let shown = String(decoding: text, as: UTF8.self)
      if shown.hasPrefix("http") { texts.append(shown) }
    }
    return texts
  }
}
