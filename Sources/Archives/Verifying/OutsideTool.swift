import Glibc

/// A program of the system that checks something for us.
enum OutsideTool {
  /// Runs a program to its end, with a file as its input and nothing of its output shown.
  ///
  /// - Returns: its status and what it printed; nil where it cannot be run.
  static func run(_ words: [String], input: String = "/dev/null") -> (
    status: Int32, output: String
  )? {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process = pid_t()
    let failure = posix_spawnp(&process, words[0], &actions, nil, &arguments, environ)
    close(ends[1])
    defer { close(ends[0]) }
    guard failure == 0 else { return nil }
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(ends[0], &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { break }
      // What comes behind is read, so that the program does not wait, and dropped.
      if output.count < 1 << 16 { output += buffer[..<count] }
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    guard status & 0x7F == 0 else { return nil }
    let code = status >> 8 & 0xFF
    // The shell's number for a program that is not there.
    return code == 127 ? nil : (code, String(decoding: output, as: UTF8.self))
  }
}
