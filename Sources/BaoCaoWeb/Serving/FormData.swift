import Foundation
import Hummingbird
import NIOCore

/// The fields of a form as a browser sends them, in their order, with the files of an upload.
struct FormData: Sendable {
  struct Field: Sendable {
    let name: String
    let value: String
  }

  struct File: Sendable {
    let field: String
    /// As the other machine calls it: shown, and never a path here.
    let name: String
    let bytes: [UInt8]
  }

  private(set) var fields: [Field] = []
  private(set) var files: [File] = []

  /// The largest form, the largest upload, and the most fields of one.
  static let sizeLimit = 2 << 20
  static let uploadLimit = 16 << 20
  static let fieldLimit = 20_000
  /// The time in which a body has to be here.
  static let patience = Duration.seconds(20)

  subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

  func values(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

  /// Reads the body of a request.
  static func read(_ request: Request) async throws -> FormData {
    let type = request.headers[.contentType] ?? ""
    let boundary = Multipart.boundary(of: type)
    guard boundary != nil || type.hasPrefix("application/x-www-form-urlencoded") else {
      throw PageFailure.badRequest
    }
    let body = try await body(request, limit: boundary == nil ? sizeLimit : uploadLimit)
    if let boundary { return try Multipart.read(body, boundary) }
    return try FormData(urlEncoded: body)
  }

  /// Collects a body, which may be neither too long nor too slow.
  private static func body(_ request: Request, limit: Int) async throws -> [UInt8] {
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
      throw PageFailure.tooLarge
    }
    return try await withThrowingTaskGroup(of: [UInt8].self) { group in
      group.addTask {
        do {
          let buffer = try await request.body.collect(upTo: limit)
          return Array(buffer.readableBytesView)
        } catch is NIOTooManyBytesError {
          throw PageFailure.tooLarge
        }
      }
      group.addTask {
        try await Task.sleep(for: patience)
        throw PageFailure.tooSlow
      }
      defer { group.cancelAll() }
      guard let body = try await group.next() else { throw PageFailure.badRequest }
      return body
    }
  }

  init() {}

  /// Reads `name=value&name=value`.
  ///
  /// - Throws: that it is no UTF-8, or has too many fields.
  init(urlEncoded body: [UInt8]) throws(PageFailure) {
    guard let text = String(validating: body, as: UTF8.self) else { throw .badRequest }
    for part in text.split(separator: "&") {
      guard fields.count < Self.fieldLimit else { throw .tooLarge }
      let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = Self.decoded(halves[0]),
        let value = halves.count > 1 ? Self.decoded(halves[1]) : ""
      else { throw .badRequest }
      fields.append(Field(name: name, value: value))
    }
  }

  mutating func append(_ field: Field) { fields.append(field) }
  mutating func append(_ file: File) { files.append(file) }

  private static func decoded(_ text: Substring) -> String? {
    text.replacing("+", with: " ").removingPercentEncoding
  }
}

extension WebContext {
  /// Reads a form that a page of this session sends.
  ///
  /// - Throws: that it does not carry the session's token.
  func form(_ request: Request, who right: Right) async throws -> (form: FormData, person: Person) {
    let person = try person(who: right)
    let form = try await FormData.read(request)
    guard let session, let token = form["khoa"], Secret.isSame(token, session.token) else {
      throw PageFailure.forged
    }
    return (form, person)
  }
}
