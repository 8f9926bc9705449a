import Testing

@testable import FleetMetrics

@Suite struct MetricFamilyTests {
    @Test func `is written as Prometheus reads it`() {
        var family = MetricFamily("footlight_x_total", "What it counts.", kind: .counter)
        family.add(3, [("site", "home"), ("zone", "a\"b\\c\nd")])
        family.add(0.25, [("site", "home")])
        #expect(
            family.text == """
                # HELP footlight_x_total What it counts.
                # TYPE footlight_x_total counter
                footlight_x_total{site="home",zone="a\\"b\\\\c\\nd"} 3
                footlight_x_total{site="home"} 0.25

                """)
    }

    @Test(arguments: [Double.nan, .infinity, nil]) func `what isn't known isn't told`(value: Double?) {
        var family = MetricFamily("footlight_x", "x")
        family.add(value, [("site", "home")])
        #expect(family.text.isEmpty)
    }

    @Test(arguments: [(1e300, "1e+300"), (-2, "-2"), (1e15, "1000000000000000.0"), (0.1 + 0.2, "0.30000000000000004")])
    func `any number can be read back`(value: Double, text: String) {
        var family = MetricFamily("footlight_x", "x")
        family.add(value, [])
        #expect(family.text.hasSuffix("footlight_x{} \(text)\n"))
        #expect(Double(text) == value)
    }
}
