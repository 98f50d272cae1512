import Diagnostics
import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Reports

/// The server of an office's folder.
struct Server {
  private let office: Office
  private let address: String
  private let port: Int

  init(_ office: Office, address: String, port: Int) {
    (self.office, self.address, self.port) = (office, address, port)
  }

  /// The time for which a connection may say nothing.
  private static let idleTimeout = TimeAmount.seconds(60)

  private static let connectionLimit = 4000

  func run() async throws {
    Self.raiseFileLimit()
    var logger = Logger(label: "baocao-web")
    logger.logLevel = .error
    let application = Application(
      router: router(),
      server: .http1(
        configuration: .init(
          additionalChannelHandlers: [RequestTimer()], idleTimeout: Self.idleTimeout)),
      configuration: .init(
        address: .hostname(address, port: port), serverName: nil,
        availableConnectionsDelegate: MaximumAvailableConnections(Self.connectionLimit)),
      onServerRunning: { channel in tell(channel.localAddress?.port ?? port) }, logger: logger)
    await office.summaryKeeper.catchUp(office)
    try await application.runService()
  }

  /// Lets the process have as many connections as the system allows it.
  private static func raiseFileLimit() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = min(limit.rlim_max, 65_536)
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }

  private func router() -> Router<WebContext> {
    let router = Router(context: WebContext.self)
    router.addMiddleware {
      Guard(office: office)
    }
    let routes: [any Routes] = [
      StartRoutes(office: office), AccessRoutes(office: office),
      EditRoutes(office: office), DocumentRoutes(office: office), VersionRoutes(office: office),
      CollectRoutes(office: office), SheetRoutes(office: office), FileRoutes(office: office),
      SealRoutes(office: office),
    ]
    for group in routes { group.add(to: router) }
    return router
  }

  /// Prints the address to open, with the secret where one is needed.
  private func tell(_ port: Int) {
    let host = address.contains(":") ? "[\(address)]" : address
    let base = office.access.publicAddress?.absoluteString ?? "http://\(host):\(port)"
    let path =
      switch office.access.mode {
      case .alone(let secret): "/vao?khoa=\(secret)"
      case .accounts(let setup?): "/lap-tai-khoan?khoa=\(setup)"
      case .accounts(nil): "/"
      }
    let line = "\(base)\(path)\n"
    try? Files.writeStandardOutput(line.utf8.span)
  }
}

/// Some addresses and what they answer.
protocol Routes: Sendable {
  func add(to router: Router<WebContext>)
}

extension WebContext {
  /// A part of the address that the route names.
  func part(_ name: String) throws(PageFailure) -> String {
    guard let value = parameters.get(name)?.removingPercentEncoding else { throw .notFound }
    return value
  }
}
