import Glibc
import Synchronization

/// A process of Python that runs the driver, and the two pipes that lead to it.
///
/// A message is a row of fields; see `print-driver.py`.
struct EngineProcess: Sendable {
  /// What ended an exchange before its answer was there.
  enum Failure: Error {
    case ended, tooSlow
  }

  /// A moment that nobody waits beyond, in milliseconds of a clock that is never set.
  struct Deadline {
    private let moment: Int

    init(seconds: Int) { moment = Deadline.now + seconds * 1000 }

    private static var now: Int {
      var time = timespec()
      clock_gettime(CLOCK_MONOTONIC, &time)
      return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }

    /// Waits until a pipe can be read from or written to.
    fileprivate func wait(for descriptor: Int32, _ event: Int32) throws(Failure) {
      while true {
        let left = moment - Deadline.now
        guard left > 0 else { throw .tooSlow }
        var waiting = pollfd(fd: descriptor, events: Int16(event), revents: 0)
        let count = poll(&waiting, 1, Int32(clamping: left))
        if count > 0 { return }
        guard count == 0 || errno == EINTR else { throw .ended }
      }
    }
  }

  private let id: pid_t
  private let input: Int32
  private let output: Int32
  /// What was read and not yet used.
  private var pending: [UInt8] = []
  private var start = 0
  /// What it said when it was loaded; nil while it is loading.
  private(set) var greeting: Greeting?
  /// The set of pictures that it was handed last.
  private var pictureSet = 0

  /// Starts a program; nil where the system refuses.
  init?(_ words: [String], driver: String) {
    // One at a time: no process may get the ends of another's pipes, which then never close.
    let started = EngineProcess.starting.withLock { _ in
      EngineProcess.start(words + ["-c", driver])
    }
    guard let started else { return nil }
    (id, input, output) = started
  }

  private static let starting = Mutex(())

  private static func start(_ words: [String]) -> (id: pid_t, input: Int32, output: Int32)? {
    guard let down = Pipe() else { return nil }
    guard let up = Pipe() else {
      down.close()
      return nil
    }
    guard let id = spawn(words, reading: down.reading, writing: up.writing) else {
      down.close()
      up.close()
      return nil
    }
    Glibc.close(down.reading)
    Glibc.close(up.writing)
    _ = fcntl(down.writing, F_SETFL, O_NONBLOCK)
    return (id, down.writing, up.reading)
  }

  private static func spawn(_ words: [String], reading: Int32, writing: Int32) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    guard posix_spawn_file_actions_init(&actions) == 0 else { return nil }
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, reading, 0)
    posix_spawn_file_actions_adddup2(&actions, writing, 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var id: pid_t = 0
    guard posix_spawn(&id, words[0], &actions, nil, &arguments, environ) == 0 else { return nil }
    return id
  }

  private func send(_ fields: [[UInt8]], until deadline: Deadline) throws(Failure) {
    for field in fields {
      try write(Array("\(field.count)\n".utf8).span, deadline)
      try write(field.span, deadline)
    }
  }

  private func write(_ bytes: Span<UInt8>, _ deadline: Deadline) throws(Failure) {
    var written = 0
    while written < bytes.count {
      let count = bytes.extracting(droppingFirst: written).withUnsafeBytes {
        Glibc.write(input, $0.baseAddress, $0.count)
      }
      if count > 0 {
        written += count
      } else if count < 0, errno == EAGAIN {
        try deadline.wait(for: input, POLLOUT)
      } else if count < 0, errno == EINTR {
        continue
      } else {
        throw .ended
      }
    }
  }

  private mutating func field(until deadline: Deadline) throws(Failure) -> [UInt8] {
    var size = 0
    while true {
      guard let byte = try take(1, deadline).first else { throw .ended }
      if byte == UInt8(ascii: "\n") { break }
      guard (0x30...0x39).contains(byte), size < 1 << 40 else { throw .ended }
      size = size * 10 + Int(byte - 0x30)
    }
    guard size <= EngineProcess.mostBytes else { throw .ended }
    return Array(try take(size, deadline))
  }

  private mutating func text(until deadline: Deadline) throws(Failure) -> String {
    String(decoding: try field(until: deadline), as: UTF8.self)
  }

  private static let mostBytes = 1 << 30

  private mutating func take(
    _ count: Int, _ deadline: Deadline
  ) throws(Failure) -> ArraySlice<UInt8> {
    while pending.count - start < count {
      try deadline.wait(for: output, POLLIN)
      pending.removeFirst(start)
      start = 0
      let room = max(1 << 16, count - pending.count)
      let chunk = [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
        filled = max(0, read(output, buffer.baseAddress, room))
      }
      guard !chunk.isEmpty else { throw .ended }
      pending += chunk
    }
    defer { start += count }
    return pending[start..<start + count]
  }

  /// Ends the process, whatever it is doing, and closes the pipes.
  func end() {
    close(input)
    close(output)
    kill(id, SIGKILL)
    var status: Int32 = 0
    while waitpid(id, &status, 0) < 0, errno == EINTR {}
  }
}

/// The two ends of a pipe, which no other program inherits.
private struct Pipe {
  let reading: Int32
  let writing: Int32

  init?() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (reading, writing) = (ends[0], ends[1])
  }

  func close() {
    for end in [reading, writing] { Glibc.close(end) }
  }
}

/// What is said to the driver and answered by it.
extension EngineProcess {
  /// What the process says when it is loaded.
  enum Greeting {
    case ready(version: String, makesTags: Bool)
    /// Why it cannot print.
    case lacking(String)
  }

  enum Answer {
    case printed([UInt8], isTagged: Bool, fonts: [String], log: [LogLine])
    case refused(log: [LogLine])
  }

  struct LogLine {
    let kind: Substring
    let text: String
  }

  /// Waits for the process to be loaded.
  mutating func greet(until deadline: Deadline) throws(Failure) -> Greeting {
    if let greeting { return greeting }
    let word = try text(until: deadline)
    let detail = try text(until: deadline)
    let said: Greeting
    switch word {
    case "san-sang":
      said = .ready(version: detail, makesTags: try text(until: deadline) == "1")
    case "thieu": said = .lacking(detail)
    default: throw .ended
    }
    greeting = said
    return said
  }

  /// Hands over the pictures that pages show from now on; a set that is there already is not sent.
  mutating func show(_ pictures: PagePrinter.Pictures, until deadline: Deadline) throws(Failure) {
    guard pictures.number != pictureSet else { return }
    var fields = [Array("anh".utf8), Array("\(pictures.files.count)".utf8)]
    for file in pictures.files { fields += [Array(file.path.utf8), file.bytes] }
    try send(fields, until: deadline)
    pictureSet = pictures.number
  }

  mutating func print(
    _ page: [UInt8], as variant: String, until deadline: Deadline
  ) throws(Failure) -> Answer {
    try send([Array("in".utf8), Array(variant.utf8), page], until: deadline)
    switch try text(until: deadline) {
    case "xong":
      let isTagged = try text(until: deadline) == "1"
      let fonts = try text(until: deadline).split(separator: "\n").map(String.init)
      let log = try log(until: deadline)
      return .printed(try field(until: deadline), isTagged: isTagged, fonts: fonts, log: log)
    case "loi": return .refused(log: try log(until: deadline))
    default: throw .ended
    }
  }

  private mutating func log(until deadline: Deadline) throws(Failure) -> [LogLine] {
    try text(until: deadline).split(separator: "\n").map { line in
      let parts = line.split(separator: "\t", maxSplits: 1)
      return LogLine(kind: parts[0], text: parts.count > 1 ? String(parts[1]) : "")
    }
  }
}
