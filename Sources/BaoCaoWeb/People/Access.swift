import Foundation

/// Who may come in, and under which names the page is asked for.
struct Access: Sendable {
  enum Mode: Sendable {
    /// One person of this machine, who comes with the secret of the first address.
    case alone(secret: String)
    /// People with accounts. The secret lets the first manager make one, where there is none.
    case accounts(setup: String?)
  }

  let mode: Mode
  /// `https://baocao.phuong.example`; nil where no other server stands before this one.
  let publicAddress: URL?
  private let listen: String

  init(listen: String, publicAddress: String?, _ store: Store) throws {
    self.listen = listen
    self.publicAddress = publicAddress.flatMap { URL(string: $0) }
    if Self.isLoopback(listen), publicAddress == nil {
      mode = .alone(secret: Secret.text())
    } else {
      mode = .accounts(setup: try store.hasPeople() ? nil : Secret.text())
    }
  }

  var hasAccounts: Bool { if case .accounts = mode { true } else { false } }

  /// Tells whether cookies go over TLS alone.
  var isSecure: Bool { publicAddress?.scheme == "https" }

  /// Tells whether a request asks for this page by one of its names. A page of another name that leads
  /// to this machine is none of ours.
  func isKnown(host: String?) -> Bool {
    guard let host else { return false }
    let name = Self.name(of: host)
    if let known = publicAddress?.host(percentEncoded: true) { return name == known }
    if Self.isLoopback(listen) { return Self.isLoopback(name) }
    // In an office's network the page is asked for by number, or by any name that the network gives it.
    return true
  }

  /// Tells whether a request that changes something comes from a page of this server.
  func isOwn(origin: String, host: String?) -> Bool {
    guard let url = URL(string: origin), let name = url.host(percentEncoded: true) else {
      return false
    }
    if let known = publicAddress?.host(percentEncoded: true) { return name == known }
    let port = url.port.map { ":\($0)" } ?? ""
    return host == name + port || host == "[\(name)]\(port)"
  }

  private static func name(of host: String) -> String {
    if host.hasPrefix("[") { return String(host.dropFirst().prefix { $0 != "]" }) }
    return String(host.prefix { $0 != ":" })
  }

  private static func isLoopback(_ name: String) -> Bool {
    let parts = name.split(separator: ".").compactMap { UInt8($0) }
    return name == "localhost" || name == "::1"
      || parts.count == 4 && parts[0] == 127 && name.split(separator: ".").count == 4
  }
}
