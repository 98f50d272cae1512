import CMinizip

/// A container that is read from memory. All pointers of minizip live in this file.
struct UnzipHandle: ~Copyable {
  private let memory: UnsafeMutablePointer<zip_memory>
  private let file: unzFile

  /// An entry as the container's directory tells it.
  struct Entry {
    let name: [UInt8]
    let isEncrypted: Bool
    let method: Int
    let packedSize: UInt64
    let size: UInt64
    fileprivate let position: unz64_file_pos
  }

  enum Failure: Error {
    case damaged
    case tooMany
  }

  /// Opens a copy of the bytes; nil where they are no container.
  init?(_ bytes: Span<UInt8>) {
    guard let memory = zip_memory_new() else { return nil }
    let written = bytes.withUnsafeBufferPointer {
      zip_memory_write(memory, memory, $0.baseAddress, uLong($0.count))
    }
    memory.pointee.offset = 0
    guard written == bytes.count, let file = zip_memory_unzip(memory) else {
      zip_memory_drop(memory)
      return nil
    }
    self.memory = memory
    self.file = file
  }

  deinit {
    unzClose(file)
    zip_memory_drop(memory)
  }

  /// The entries of the directory, in its order.
  ///
  /// - Parameter limit: the number of entries that are too many if there is one more.
  func entries(atMost limit: Int) throws(Failure) -> [Entry] {
    var info = unz_global_info64()
    guard unzGetGlobalInfo64(file, &info) == UNZ_OK else { throw .damaged }
    guard info.number_entry <= UInt64(limit) else { throw .tooMany }
    var entries: [Entry] = []
    var status = info.number_entry == 0 ? UNZ_END_OF_LIST_OF_FILE : unzGoToFirstFile(file)
    while status == UNZ_OK {
      guard entries.count < limit else { throw .tooMany }
      entries.append(try entry())
      status = unzGoToNextFile(file)
    }
    guard status == UNZ_END_OF_LIST_OF_FILE, entries.count == Int(info.number_entry) else {
      throw .damaged
    }
    return entries
  }

  private func entry() throws(Failure) -> Entry {
    var (info, position) = (unz_file_info64(), unz64_file_pos())
    let isKnown = unzGetCurrentFileInfo64(file, &info, nil, 0, nil, 0, nil, 0) == UNZ_OK
    guard isKnown, unzGetFilePos64(file, &position) == UNZ_OK else { throw .damaged }
    let length = Int(info.size_filename)
    var name = [CChar](repeating: 0, count: length + 1)
    guard
      unzGetCurrentFileInfo64(file, &info, &name, uLong(length + 1), nil, 0, nil, 0) == UNZ_OK
    else { throw .damaged }
    return Entry(
      name: name.prefix(length).map { UInt8(bitPattern: $0) }, isEncrypted: info.flag & 1 != 0,
      method: Int(info.compression_method), packedSize: info.compressed_size,
      size: info.uncompressed_size, position: position)
  }

  /// Hands the contents of an entry on in pieces, and checks their sum.
  ///
  /// - Parameter take: gets each piece; false ends the reading.
  /// - Returns: whether all was read and is what it was; true where `take` ended it.
  func read(_ entry: Entry, _ take: (Span<UInt8>) -> Bool) -> Bool {
    var position = entry.position
    guard unzGoToFilePos64(file, &position) == UNZ_OK, unzOpenCurrentFile(file) == UNZ_OK else {
      return false
    }
    let room = UnzipHandle.pieceSize
    let piece = UnsafeMutablePointer<UInt8>.allocate(capacity: room)
    defer { piece.deallocate() }
    var size: UInt64 = 0
    while true {
      let count = unzReadCurrentFile(file, piece, UInt32(room))
      guard count > 0 else {
        let isRight = unzCloseCurrentFile(file) == UNZ_OK
        return count == 0 && isRight && size == entry.size
      }
      size += UInt64(count)
      let read = UnsafeBufferPointer(start: UnsafePointer(piece), count: Int(count))
      guard take(read.span) else {
        unzCloseCurrentFile(file)
        return true
      }
    }
  }

  private static let pieceSize = 1 << 16
}

/// A container that is written into memory.
struct ZipHandle: ~Copyable {
  private let memory: UnsafeMutablePointer<zip_memory>
  private let file: zipFile

  /// nil where there is no memory.
  init?() {
    guard let memory = zip_memory_new() else { return nil }
    guard let file = zip_memory_zip(memory) else {
      zip_memory_drop(memory)
      return nil
    }
    (self.memory, self.file) = (memory, file)
  }

  deinit { zip_memory_drop(memory) }

  /// Adds an entry; false where there is no memory.
  mutating func append(name: String, _ bytes: Span<UInt8>) -> Bool {
    guard zip_begin_entry(file, name, Z_BEST_COMPRESSION) == ZIP_OK else { return false }
    let isWritten = bytes.withUnsafeBufferPointer { buffer in
      buffer.isEmpty
        || zipWriteInFileInZip(file, buffer.baseAddress, UInt32(buffer.count)) == ZIP_OK
    }
    return zipCloseFileInZip(file) == ZIP_OK && isWritten
  }

  /// The bytes of the whole container; nil where there was no memory for them.
  consuming func finish() -> [UInt8]? {
    guard zipClose(file, nil) == ZIP_OK else { return nil }
    return Array(UnsafeBufferPointer(start: memory.pointee.start, count: memory.pointee.count))
  }
}
