import CMinizip
import Foundation

/// Bytes as zlib packs them: a data file's take a quarter of their room.
enum Deflated {
  static func bytes(of content: [UInt8]) -> Data {
    var size = compressBound(uLong(content.count))
    var packed = Data(count: Int(size))
    let status = packed.withUnsafeMutableBytes { target in
      compress2(
        target.bindMemory(to: UInt8.self).baseAddress, &size, content, uLong(content.count), 6)
    }
    return status == Z_OK ? packed.prefix(Int(size)) : Data()
  }

  /// - Returns: nil for bytes that are damaged.
  static func content(_ packed: Data, size: Int) -> [UInt8]? {
    var content = [UInt8](repeating: 0, count: size)
    var length = uLong(size)
    let status = packed.withUnsafeBytes { source in
      uncompress(
        &content, &length, source.bindMemory(to: UInt8.self).baseAddress, uLong(packed.count))
    }
    return status == Z_OK && length == size ? content : nil
  }
}
