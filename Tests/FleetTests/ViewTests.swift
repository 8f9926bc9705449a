import Lighting
import Testing

@testable import Fleet

@Suite struct ViewTests {
    private var view: View {
        var view = View(echoLimit: .seconds(2), systemSilence: .seconds(35), at: at(0))
        view.connected(true, at: at(0))
        return view
    }

    @Test func `late echoes raise the score and stretch timeouts, prompt ones lower it`() {
        var view = view
        #expect(view.stretch == 1)
        view.echo(after: .milliseconds(1500))
        view.echo(after: .milliseconds(1500))
        #expect(view.stretch == 3)
        view.echo(after: .milliseconds(700))
        #expect(view.stretch == 3)
        view.echo(after: .milliseconds(3))
        #expect(view.stretch == 2)
        for _ in 0..<20 { view.echo(after: .seconds(3)) }
        #expect(view.score == View.highestScore)
    }

    @Test func `what is the matter is said in words`() {
        var view = view
        #expect(view.problem(awaited: nil, at: at(100)) == nil)
        #expect(view.problem(awaited: at(97), at: at(100)) == "its own message has been on its way for 3.0 s")
        view.heardSystem(at: at(60))
        #expect(view.problem(awaited: nil, at: at(95)) == nil)
        #expect(
            view.problem(awaited: nil, at: at(96))
                == "the broker has not said anything of its own ($SYS) for 36.0 s")
        view.connected(false, at: at(97))
        #expect(view.problem(awaited: nil, at: at(97)) == "no broker")
    }

    @Test func `silence is counted only where something could be heard`() {
        var view = view
        #expect(view.silence(since: at(10), at: at(40)) == .seconds(30))
        view.connected(false, at: at(20))
        view.note(problem: "no broker", at: at(25))
        #expect(view.silence(since: at(10), at: at(40)) == .seconds(10), "it lasts")
        view.connected(true, at: at(60))
        view.note(problem: nil, at: at(61))
        #expect(view.silence(since: at(10), at: at(70)) == .seconds(20))
        #expect(view.silence(since: at(30), at: at(70)) == .seconds(10), "it began before")
        #expect(view.silence(since: at(65), at: at(70)) == .seconds(5), "it had ended")
        // Stopped, while a message of its own was awaited: one spell.
        view.note(problem: "its own message has been on its way", at: at(80))
        view.wasAway(since: at(78), at: at(90))
        view.note(problem: nil, at: at(95))
        #expect(view.silence(since: at(70), at: at(100)) == .seconds(13))
    }
}
