import ArgumentParser
import Reports

/// A part of the work that is done by itself, perhaps on another machine: `3/8`, the third of eight.
struct Shard: ExpressibleByArgument, Equatable, CustomStringConvertible {
  let number: Int
  let count: Int

  init?(argument: String) {
    let parts = argument.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Int(parts[0]), let count = Int(parts[1]),
      1...100_000 ~= count, 1...count ~= number
    else { return nil }
    (self.number, self.count) = (number, count)
  }

  var description: String { "\(number)/\(count)" }

  /// Its part of a list: all that are next to each other, so that the parts one after the other are the
  /// whole list.
  func part<Element>(of all: [Element]) -> ArraySlice<Element> {
    all[all.count * (number - 1) / count..<all.count * number / count]
  }
}

/// The option that chooses a part.
struct ShardOption: ParsableArguments {
  @Option(
    name: .customLong("shard"),
    help: .text(
      "Chỉ làm phần thứ I của N phần, như 3/8.",
      "Only the part I of N, as 3/8.",
      value: ("I/N", "I/N")))
  var shard: Shard?
}
