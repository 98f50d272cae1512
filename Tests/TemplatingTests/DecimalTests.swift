import Foundation
import Templating
import Testing

/// That decimals, which are worked with in machine words where they fit, give what those of
/// Foundation give.
@Suite struct DecimalTests {
  private typealias Exact = Templating.Decimal
  private typealias Other = Foundation.Decimal

  @Test("sums, products and roundings of random decimals") func arithmetic() throws {
    var random = FixedRandom(seed: 31)
    for _ in 0..<5000 {
      let (left, right) = (number(&random), number(&random))
      let one = try #require(Exact(left.utf8))
      let two = try #require(Exact(right.utf8))
      let first = try #require(Other(string: left))
      let second = try #require(Other(string: right))
      #expect(one.canonical == first.description)
      #expect(one.adding(two)?.canonical == (first + second).description)
      #expect(one.multiplied(by: two)?.canonical == (first * second).description)
      #expect((one < two) == (first < second))
      let digits = Int.random(in: -3...12, using: &random)
      for (rounding, mode) in Self.roundings {
        #expect(
          one.rounded(to: digits, rounding)?.canonical
            == rounded(first, digits, mode).description, "\(left) to \(digits)")
      }
    }
  }

  @Test("quotients and rests make the number again") func division() throws {
    var random = FixedRandom(seed: 32)
    for _ in 0..<5000 {
      let one = try #require(Exact(number(&random).utf8))
      let two = try #require(Exact(number(&random).utf8))
      if two == Exact(0) { continue }
      let (whole, rest) = (one.floorDivided(by: two), one.modulo(two))
      let product = try #require(whole).multiplied(by: two)
      #expect(product?.adding(try #require(rest)) == one)
      if let rest, rest != Exact(0) { #expect((rest < Exact(0)) == (two < Exact(0))) }
    }
  }

  @Test("the ends of machine words") func ends() {
    let least = Exact(.min)
    #expect(least.canonical == "-9223372036854775808")
    #expect(least.divided(by: Exact(-1))?.canonical == "9223372036854775808")
    #expect(least.floorDivided(by: Exact(-1))?.canonical == "9223372036854775808")
    #expect(least.modulo(Exact(-1)) == Exact(0))
    #expect(Exact("1e-9223372036854775808".utf8) == nil)
    #expect(Exact("1e+0005".utf8) == Exact(100_000))
    #expect(Exact("9223372036854775807.5".utf8)?.canonical == "9223372036854775807.5")
    #expect(
      Exact("0.00000000000000000000000000000000000001".utf8)?.rounded(to: 5, .ceiling)?
        .canonical == "0.00001")
  }

  private static let roundings: [(Exact.Rounding, NSDecimalNumber.RoundingMode)] = [
    (.halfUp, .plain), (.floor, .down), (.ceiling, .up),
  ]

  private func rounded(
    _ number: Other, _ digits: Int, _ mode: NSDecimalNumber.RoundingMode
  ) -> Other {
    var (number, result) = (number, Other())
    NSDecimalRound(&result, &number, digits, mode)
    return result
  }

  /// Up to 15 digits, often ending in 5 or in zeros.
  private func number(_ random: inout FixedRandom) -> String {
    let count = Int.random(in: 1...15, using: &random)
    let digits = (0..<count).map { _ in "0123456789550".randomElement(using: &random) ?? "0" }
    let point = Int.random(in: 0..<count, using: &random)
    let fraction = digits[(point + 1)...]
    let sign = Bool.random(using: &random) ? "-" : ""
    return sign + String(digits[...point]) + (fraction.isEmpty ? "" : "." + String(fraction))
  }
}
