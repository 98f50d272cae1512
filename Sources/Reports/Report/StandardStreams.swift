import Diagnostics
import Glibc

/// Standard input, output and error.
extension Files {
  /// Prepares for what a caller may have done to the streams of a program.
  ///
  /// A number that is closed would be given to the next file that is opened, which then got what is
  /// printed. Who closes a pipe, or limits the size of files, gets no signal
  /// but a message.
  ///
  /// - Throws: that standard output is closed.
  public static func prepareStreams() throws(Diagnostic) {
    signal(SIGPIPE, SIG_IGN)
    // Where the size of files is limited.
    signal(SIGXFSZ, SIG_IGN)
    let isClosed = (0...2).map { fcntl(Int32($0), F_GETFD) < 0 }
    for number in 0...2 where isClosed[number] {
      // Neither can input be read from it, nor output be written to it.
      _ = open("/dev/null", number == 1 ? O_RDONLY : O_WRONLY)
    }
    if isClosed[1] { throw cannotPrint(EBADF) }
  }

  /// All of standard input.
  public static func readStandardInput() throws(Diagnostic) -> [UInt8] {
    try readAll(0, expecting: 1 << 16, "-")
  }

  public static func writeStandardOutput(_ bytes: Span<UInt8>) throws(Diagnostic) {
    guard writeAll(bytes, to: 1) else { throw cannotPrint(errno) }
  }

  public static func writeStandardError(_ text: String) {
    _ = writeAll(text.utf8.span, to: 2)
  }

  private static func cannotPrint(_ code: Int32) -> Diagnostic {
    Diagnostic(.source(.output(.cannotPrint(SystemReason(code)))), at: nil)
  }

  /// Writes everything; with `false`, `errno` says what was in the way.
  public static func writeAll(_ bytes: Span<UInt8>, to descriptor: Int32) -> Bool {
    var written = 0
    while written < bytes.count {
      let count = bytes.extracting(droppingFirst: written).withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&waiting, 1, -1)
        continue
      }
      guard count > 0 else { return false }
      written += count
    }
    return true
  }
}
