import Diagnostics
import Glibc
import Reports
import Texts

/// The comparing of PDF files, whose words `pdftotext` of poppler gives.
enum PrintedPages {
  /// - Returns: nil where `pdftotext` is not there.
  static func likeness(
    of old: [UInt8], _ new: [UInt8], named name: String
  ) throws(Diagnostic) -> Likeness? {
    guard let tool = PageTextTool.installed() else { return nil }
    let comparison = TextComparison(
      of: try shown(old, tool, "-layout", name), try shown(new, tool, "-layout", name), named: name)
    if comparison.isSame { return .sameContent }
    // What stands side by side may be broken into other lines; in the order in which it was drawn it
    // is the same then.
    let drawn = TextComparison(
      of: try shown(old, tool, "-raw", name), try shown(new, tool, "-raw", name), named: name)
    return drawn.isSame ? .sameContent : comparison.likeness
  }

  /// Tells whether each word stands where it stood; nil where `pdftotext` is not there.
  static func standAlike(
    _ old: [UInt8], _ new: [UInt8], named name: String
  ) throws(Diagnostic) -> Bool? {
    guard let tool = PageTextTool.installed() else { return nil }
    return try boxes(old, tool, name) == boxes(new, tool, name)
  }

  /// Each word with its place on its page, without what the file says of itself, such as its day.
  private static func boxes(
    _ bytes: [UInt8], _ tool: PageTextTool, _ name: String
  ) throws(Diagnostic) -> ArraySlice<UInt8> {
    let boxes = try tool.text(of: bytes, "-bbox", named: name)
    let start = boxes.span.first(of: Array("<page".utf8).span, from: 0)
    return boxes[(start ?? 0)...]
  }

  private static func shown(
    _ bytes: [UInt8], _ tool: PageTextTool, _ order: String, _ name: String
  ) throws(Diagnostic) -> ShownText {
    var shown = ShownText()
    let pages = try tool.text(of: bytes, order, named: name)
      .split(separator: 0x0C, omittingEmptySubsequences: false)
    for (index, page) in pages.enumerated() {
      var isTop = true
      for line in page.split(separator: 0x0A) where !line.allSatisfy(isBlank) {
        // The number of the page is no word of the text.
        let isNumber = isTop && line.isNumber(index + 1)
        isTop = false
        if isNumber { continue }
        let text = String(decoding: line, as: UTF8.self).composed
        shown.add(
          Array(text.utf8), at: .page(index + 1), line.looksLikeHeading ? .heading : .text)
      }
    }
    return shown
  }
}

extension ArraySlice<UInt8> {
  fileprivate func isNumber(_ number: Int) -> Bool {
    filter { !isBlank($0) }.elementsEqual(String(number).utf8)
  }
}

/// `pdftotext`, as it is installed.
struct PageTextTool {
  private let path: String
  /// No document of an office takes longer.
  private static let seconds = 60

  static func installed() -> PageTextTool? {
    let folders = getenv("PATH").map { String(cString: $0) } ?? ""
    return folders.split(separator: ":").lazy.map { "\($0)/pdftotext" }
      .first { access($0, X_OK) == 0 }.map(PageTextTool.init)
  }

  /// The text of a PDF file, UTF-8.
  ///
  /// - Parameter order: the option that says in which order, and with what.
  func text(of bytes: [UInt8], _ order: String, named name: String) throws(Diagnostic) -> [UInt8] {
    let unread = Diagnostic(.comparing(.unreadPages(path: name)), at: nil)
    guard let input = NamelessFile(), let output = NamelessFile(), input.write(bytes),
      let process = start(order, input, output), ended(process), let text = output.contents()
    else { throw unread }
    return text
  }

  private func start(
    _ order: String, _ input: borrowing NamelessFile, _ output: borrowing NamelessFile
  ) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    guard posix_spawn_file_actions_init(&actions) == 0 else { return nil }
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input.descriptor, 0)
    posix_spawn_file_actions_adddup2(&actions, output.descriptor, 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    let words = [path, order, "-enc", "UTF-8", "-", "-"]
    var arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var id: pid_t = 0
    guard posix_spawn(&id, path, &actions, nil, &arguments, environ) == 0 else { return nil }
    return id
  }

  /// Waits for it; one that takes too long is ended.
  private func ended(_ process: pid_t) -> Bool {
    var status: Int32 = 0
    for _ in 0..<Self.seconds * 500 {
      let found = waitpid(process, &status, WNOHANG)
      if found == process { return status == 0 }
      if found < 0, errno != EINTR { return false }
      usleep(2000)
    }
    kill(process, SIGKILL)
    waitpid(process, &status, 0)
    return false
  }
}

/// A file that has no name and is gone with this value.
private struct NamelessFile: ~Copyable {
  let descriptor: Int32

  init?() {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var name = Array("\(folder)/.baocao-XXXXXX".utf8CString)
    descriptor = mkstemp(&name)
    guard descriptor >= 0 else { return nil }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unlink(name)
  }

  deinit { close(descriptor) }

  func write(_ bytes: [UInt8]) -> Bool {
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      start += count
    }
    return lseek(descriptor, 0, SEEK_SET) == 0
  }

  /// All of it; nil where it is more than a text may be.
  func contents() -> [UInt8]? {
    let size = Int(lseek(descriptor, 0, SEEK_END))
    guard 0...Files.sizeLimit ~= size, lseek(descriptor, 0, SEEK_SET) == 0 else { return nil }
    var bytes: [UInt8] = []
    while bytes.count < size {
      let room = size - bytes.count
      var count = 0
      bytes += [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
        count = read(descriptor, buffer.baseAddress, room)
        filled = max(0, count)
      }
      guard count > 0 else { return nil }
    }
    return bytes
  }
}
