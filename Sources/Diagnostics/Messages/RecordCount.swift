/// How many records of a type there may be.
public enum RecordCount: Sendable, Hashable {
  case exactly(Int)
  case atLeast(Int)
  case atMost(Int)
}

extension RecordCount {
  var vietnamese: String {
    switch self {
    case .exactly(let count): "phải có đúng \(count)"
    case .atLeast(let count): "phải có ít nhất \(count)"
    case .atMost(let count): "chỉ được có nhiều nhất \(count)"
    }
  }

  var english: String {
    switch self {
    case .exactly(let count): "there must be \(count)"
    case .atLeast(let count): "there must be at least \(count)"
    case .atMost(let count): "there may be at most \(count)"
    }
  }
}
