import Foundation

/// A container for tests, written without the program's own writer, and wrong where a test wants it.
public struct ZipFixture {
  public struct Entry {
    public var name: String
    public var data: Data
    /// 0 stores; any other says so and stores all the same.
    public var method: UInt16 = 0
    public var flags: UInt16 = 0
    /// What the directory tells, where it is not the truth.
    public var crc: UInt32?
    public var size: UInt32?
    public var packedSize: UInt32?
    public var offset: UInt32?
    /// Bytes of another method in place of the data.
    public var packed: Data?

    public init(_ name: String, _ data: Data) {
      (self.name, self.data) = (name, data)
    }

    public init(_ name: String, _ text: String) { self.init(name, Data(text.utf8)) }
  }

  public var entries: [Entry]
  /// The number of entries that the end of the directory tells, where it is not the truth.
  public var count: UInt16?

  public init(_ entries: [Entry]) { self.entries = entries }

  public subscript(name: String) -> Entry {
    get { entries.first { $0.name == name } ?? Entry(name, "") }
    set {
      if let index = entries.firstIndex(where: { $0.name == name }) {
        entries[index] = newValue
      } else {
        entries.append(newValue)
      }
    }
  }

  /// Puts parts in place of those of the same names; one without content is left out.
  public mutating func replace(_ parts: [(name: String, content: String?)]) {
    for (name, content) in parts {
      if let content {
        self[name] = .init(name, content)
      } else {
        entries.removeAll { $0.name == name }
      }
    }
  }

  public var data: Data {
    var (body, directory) = (Data(), Data())
    for entry in entries {
      let offset = UInt32(body.count)
      let contents = entry.packed ?? entry.data
      let crc = entry.crc ?? crc32(entry.data)
      var common = Data()
      common.append16([20, entry.flags, entry.method, 0, 33])
      common.append32([
        crc, entry.packedSize ?? UInt32(contents.count), entry.size ?? UInt32(entry.data.count),
      ])
      let name = Data(entry.name.utf8)
      common.append16([UInt16(name.count), 0])
      body.append32([0x0403_4B50])
      body += common + name + contents
      directory.append32([0x0201_4B50])
      directory.append16([20])
      directory += common
      directory.append16([0, 0, 0])
      directory.append32([0, entry.offset ?? offset])
      directory += name
    }
    var end = Data()
    end.append32([0x0605_4B50])
    let count = count ?? UInt16(entries.count)
    end.append16([0, 0, count, count])
    end.append32([UInt32(directory.count), UInt32(body.count)])
    end.append16([0])
    return body + directory + end
  }
}

extension Data {
  fileprivate mutating func append16(_ numbers: [UInt16]) {
    for number in numbers { append(contentsOf: [UInt8(number & 255), UInt8(number >> 8)]) }
  }

  fileprivate mutating func append32(_ numbers: [UInt32]) {
    for number in numbers {
      append16([UInt16(number & 0xFFFF), UInt16(number >> 16)])
    }
  }
}

private func crc32(_ data: Data) -> UInt32 {
  var sum: UInt32 = ~0
  for byte in data {
    sum ^= UInt32(byte)
    for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
  }
  return ~sum
}
