import Diagnostics
import Reports
import Templating
import Testing
import Texts

/// No number of a template or of data stops the program: every filter, test, function and operator
/// answers or refuses, whatever it is given.
@Suite struct ExtremeArgumentTests {
  private static let extremes = [
    "small", "large", "-2", "0", "1", "-2147483649", "4294967296",
    "99999999999999999999999999999999999999", "1e-30", "'-9223372036854775808'", "''", "none",
    "[1]",
    "x",
  ]

  private static let values = [
    "'một hai ba'", "''", "[3, 1, 2]", "{'a': 1}", "1.5", "none", "small", "large", "(1, 2)",
    "99999999999999999999999999999999999999", "'%d %s %x %5.3f'", "ds",
  ]

  private static let environment = {
    var environment = Environment.documents(undefined: .lenient)
    environment.limits.steps = 200_000
    environment.limits.outputSize = 1 << 16
    return environment
  }()

  private static let filters = environment.names.filters
  private static let tests = environment.names.tests
  private static let functions = environment.names.functions

  /// What a template gives, or the codes of its problems.
  private func fill(_ template: String, _ library: TemplateLibrary) -> String {
    let data = ValueMap([
      (Key("small"), .int(.min)), (Key("large"), .int(.max)), (Key("x"), Value("a,b|c\n* d")),
      (Key("ds"), .list([.int(.min), .int(.max), .decimal(Decimal(digits: .min, scale: 3))])),
    ])
    do throws(Problems) {
      let compiled = try library.compile(Source(name: "t.md.jinja", bytes: Array(template.utf8)))
      return String(decoding: try compiled.render(data, library: library), as: UTF8.self)
    } catch {
      return error.diagnostics.map(\.kind.code).joined(separator: " ")
    }
  }

  @Test(arguments: filters) func filterAnswers(name: String) {
    let library = TemplateLibrary(environment: Self.environment) { _ in nil }
    for value in Self.values {
      _ = fill("{{ \(value) | \(name) }}", library)
      for extreme in Self.extremes {
        _ = fill("{{ \(value) | \(name)(\(extreme)) }}", library)
        _ = fill("{{ \(value) | \(name)(\(extreme), \(extreme)) }}", library)
        _ = fill("{{ \(value) | \(name)('a', 'b', \(extreme), \(extreme)) }}", library)
      }
    }
    #expect(fill("{{ 1 }}", library) == "1")
  }

  @Test(arguments: tests + functions) func testOrFunctionAnswers(name: String) {
    let library = TemplateLibrary(environment: Self.environment) { _ in nil }
    for extreme in Self.extremes {
      _ = fill("{{ \(name)(\(extreme)) }}", library)
      _ = fill("{{ \(name)(\(extreme), 1, \(extreme)) }}", library)
      _ = fill("{{ \(name)(small, large, \(extreme)) }}", library)
      for value in Self.values {
        _ = fill("{{ \(value) is \(name) }}", library)
        _ = fill("{{ \(value) is \(name)(\(extreme)) }}", library)
      }
    }
    #expect(fill("{{ 1 }}", library) == "1")
  }

  @Test(arguments: ["+", "-", "*", "/", "//", "%", "**", "~", "==", "<", "<=", "in", "and", "or"])
  func operatorAnswers(sign: String) {
    let library = TemplateLibrary(environment: Self.environment) { _ in nil }
    for left in Self.extremes + Self.values {
      for right in Self.extremes { _ = fill("{{ \(left) \(sign) \(right) }}", library) }
    }
    #expect(fill("{{ 1 }}", library) == "1")
  }

  @Test func signOrBoundAnswers() {
    let library = TemplateLibrary(environment: Self.environment) { _ in nil }
    for left in Self.extremes + Self.values {
      _ = fill("{{ -\(left) }}{{ +\(left) }}{{ not \(left) }}", library)
      for bound in Self.extremes {
        _ = fill("{{ \(left)[\(bound)] }}{{ \(left)[\(bound):] }}", library)
        _ = fill("{{ \(left)[:\(bound)] }}{{ \(left)[::\(bound)] }}", library)
        _ = fill("{{ \(left)[\(bound):\(bound):\(bound)] }}", library)
      }
    }
    #expect(fill("{{ 1 }}", library) == "1")
  }

  /// The values that the operators give there.
  @Test(arguments: [
    ("small - 1", "-9223372036854775809"), ("-small", "9223372036854775808"),
    ("small | abs", "9223372036854775808"), ("small // -1", "9223372036854775808"),
    ("small % -1", "0"), ("large + 1", "9223372036854775808"), ("'abc'[small:]", "abc"),
    ("'abc'[:large]", "abc"), ("'abc'[::small]", "c"), ("[1, 2][large:] | length", "0"),
    ("'%d' | format(small)", "-9223372036854775808"), ("'%x' | format(small)", "-8000000000000000"),
    ("small * small", "85070591730234615865843651857942052864"),
    ("'-9223372036854775808' | int", "-9223372036854775808"),
    ("'-8000000000000000' | int(0, 16)", "-9223372036854775808"),
    ("'' * large", ""), ("([] * large) | length", "0"),
    ("large | round(-2)", "9223372036854775800"), ("small | tojson", "-9223372036854775808"),
  ])
  func extremeIsExact(expression: String, expected: String) {
    let library = TemplateLibrary(environment: Self.environment) { _ in nil }
    let found = fill("{{ (\(expression)) | string | safe }}", library)
    #expect(found == expected, "\(expression)")
  }
}
