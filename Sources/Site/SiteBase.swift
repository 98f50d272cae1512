/// The address that a site is published under: `https://vidu.example/tin`.
public struct SiteBase: Sendable {
  /// With scheme and host, without a slash at its end.
  let url: String
  /// What stands before each path of the site: `/tin`, or nothing.
  let prefix: String

  /// nil for what is no address of a site.
  public init?(_ text: String) {
    let schemes = ["https://", "http://"]
    guard let scheme = schemes.first(where: { text.hasPrefix($0) }) else { return nil }
    let rest = text.dropFirst(scheme.count)
    let host = rest.prefix { $0 != "/" }
    var path = rest.dropFirst(host.count)
    while path.last == "/" { path.removeLast() }
    guard !host.isEmpty, host.utf8.allSatisfy({ SiteBase.isOfHost($0) }),
      path.utf8.allSatisfy({ SiteBase.isOfPath($0) }), !path.contains("//"),
      !path.split(separator: "/").contains("..")
    else { return nil }
    (url, prefix) = (scheme + host + path, String(path))
  }

  private static func isOfHost(_ byte: UInt8) -> Bool {
    isOfPath(byte) && byte != UInt8(ascii: "/") || byte == UInt8(ascii: ":")
  }

  private static func isOfPath(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"): true
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "/"): true
    default: false
    }
  }

  /// The path on the site of an address on it; nil for one elsewhere, and for one that no page can have.
  func path(of address: String) -> String? {
    guard address.hasPrefix(url + "/") else { return nil }
    return PageName.path(String(address.dropFirst(url.utf8.count)))
  }
}
