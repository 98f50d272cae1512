import Diagnostics
import HTTPTypes
import Hummingbird
import Reports

/// The style sheet and the script, read when the server starts. An address with their sum may be kept
/// by a browser for good.
struct Assets: Sendable {
  private let files: [String: (type: String, bytes: [UInt8])]
  let version: String

  init(_ templates: String) throws(Diagnostic) {
    let types = ["giao-dien.css": "text/css", "giao-dien.js": "text/javascript"]
    var files: [String: (type: String, bytes: [UInt8])] = [:]
    var all: [UInt8] = []
    for (name, type) in types.sorted(by: { $0.key < $1.key }) {
      let bytes = try Files.read("\(templates)/web/\(name)")
      files[name] = (type, bytes)
      all += bytes
    }
    self.files = files
    version = String(ContentSum(of: all).text.prefix(12))
  }

  func response(for name: String) throws(PageFailure) -> Response {
    guard let file = files[name] else { throw .notFound }
    var response = Response(file.bytes, as: "\(file.type); charset=utf-8")
    response.headers[.cacheControl] = "public, max-age=31536000, immutable"
    return response
  }
}
