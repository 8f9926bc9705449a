import Storm
import Testing

/// The storm's judge finds what it is there to find, and nothing in light that is as it should be.
struct LightJudgeTests {
    private static let ms: Int64 = 1_000_000

    /// A bar that eases to 0.6 from `on` ms in 0.4 s, and from `off` ms out in 0.5 s, a frame every 10 ms.
    private func bar(_ name: String, on: Int64, off: Int64, full: Double = 0.6) -> LightJudge.Bar {
        var frames = [BarTrace.Frame(t: 0, lightness: 0, beginsLife: true)]
        for step in Int64(1)...40 {
            frames.append(.init(t: (on + step * 10) * Self.ms, lightness: full * Double(step) / 40))
        }
        for step in Int64(1)...50 {
            frames.append(.init(t: (off + step * 10) * Self.ms, lightness: full * Double(50 - step) / 50))
        }
        return LightJudge.Bar(name: name, trace: BarTrace(frames))
    }

    @Test
    func `light as it should be breaks no rule`() {
        let judge = LightJudge([bar("a", on: 100, off: 6000), bar("b", on: 150, off: 6050)])
        #expect(judge.lightsUp(after: 0, within: 2000 * Self.ms) == [])
        #expect(judge.agrees(at: 1000 * Self.ms) == [])
        #expect(judge.staysLit(from: 1000 * Self.ms, to: 6000 * Self.ms) == [])
        #expect(judge.staysDark(from: 6600 * Self.ms, to: 9000 * Self.ms) == [])
        #expect(judge.neverJumps(from: 0, to: 9000 * Self.ms, limit: 0.15, perSecond: 3) == [])
    }

    @Test
    func `a bar that stays dark, or lights after the time, is found`() {
        let judge = LightJudge([
            bar("a", on: 100, off: 6000), LightJudge.Bar(name: "b", trace: BarTrace()), bar("c", on: 2100, off: 6000),
        ])
        let faults = judge.lightsUp(after: 0, within: 2000 * Self.ms)
        #expect(
            faults == [
                "b gave no light within 2.0 s (lateness 0.0 s)", "c gave no light within 2.0 s (lateness 0.0 s)",
            ])
    }

    @Test
    func `what the machine was late is granted, and no more`() {
        let bars = [bar("a", on: 2100, off: 6000)]
        #expect(LightJudge(bars, lateness: 200 * Self.ms).lightsUp(after: 0, within: 2000 * Self.ms) == [])
        #expect(LightJudge(bars, lateness: 100 * Self.ms).lightsUp(after: 0, within: 2000 * Self.ms).count == 1)
    }

    @Test
    func `a wave that runs the wrong way is found`() {
        let judge = LightJudge([bar("a", on: 150, off: 6000), bar("b", on: 100, off: 6000)])
        #expect(judge.lightsUp(after: 0, within: 2000 * Self.ms) == ["b lit 0.05 s before a, against the wave"])
    }

    @Test
    func `a bar that goes dark too early is found`() {
        let judge = LightJudge([bar("a", on: 100, off: 6000), bar("b", on: 100, off: 3000)])
        #expect(judge.staysLit(from: 1000 * Self.ms, to: 6000 * Self.ms) == ["b went dark 2.5 s too early"])
        #expect(judge.staysLit(from: 4000 * Self.ms, to: 6000 * Self.ms) == ["b was dark in the midst of motion"])
    }

    @Test
    func `a bar that stays lit, or lights up by itself, is found`() {
        let judge = LightJudge([bar("a", on: 100, off: 20_000), bar("b", on: 8000, off: 20_000)])
        #expect(
            judge.staysDark(from: 7000 * Self.ms, to: 9000 * Self.ms) == [
                "a still showed 0.6", "b lit up though nobody came, 1.01 s on",
            ])
    }

    @Test
    func `bars of different light disagree`() {
        let judge = LightJudge([bar("a", on: 100, off: 6000), bar("b", on: 100, off: 6000, full: 0.4)])
        #expect(judge.agrees(at: 1000 * Self.ms) == ["they don't agree: a 0.6, b 0.4"])
    }

    @Test
    func `a jump is found, but not the first frame of a life`() {
        let frames = [BarTrace.Frame(t: 10 * Self.ms, lightness: 0), .init(t: 500 * Self.ms, lightness: 0.6)]
        let judge = LightJudge([LightJudge.Bar(name: "a", trace: BarTrace(frames))])
        #expect(
            judge.neverJumps(from: 0, to: 1000 * Self.ms, limit: 0.15, perSecond: 3) == [
                "a jumped from 0.0 to 0.6 0.5 s on; 0.15 is allowed"
            ])
        var trace = BarTrace([BarTrace.Frame(t: 0, lightness: 0.6)])
        trace.beginLife(at: 100 * Self.ms)
        trace.read(Array("{\"t\":200000000,\"bar\":\"a/bar\",\"lightness\":0.600000,\"channels\":[20000]}\n".utf8))
        let reborn = LightJudge([LightJudge.Bar(name: "a", trace: trace)])
        #expect(reborn.neverJumps(from: 0, to: 1000 * Self.ms, limit: 0.15, perSecond: 3) == [])
        #expect(reborn.isDark(at: 150 * Self.ms))
        #expect(reborn.isLit(at: 250 * Self.ms))
    }

    @Test
    func `a trace is read as it comes, in pieces of lines`() {
        var trace = BarTrace()
        trace.read(Array("{\"t\":5,\"bar\":\"a/bar\",\"lightness\":0.370".utf8))
        #expect(trace.frames == [])
        trace.read(Array("000,\"channels\":[24311]}\n{\"t\":9".utf8))
        #expect(trace.frames == [BarTrace.Frame(t: 5, lightness: 0.37)])
    }
}
