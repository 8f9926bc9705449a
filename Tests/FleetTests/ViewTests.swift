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
}
