import Testing

@testable import Finding
