import Glibc
import Processes
import TestSupport
import Testing

@Suite("footlight-go-back: what undoes an update that didn't come to life") struct GoBackTests {
    private func run(_ folder: TemporaryFolder) async throws -> (ending: ChildProcess.Ending, output: String) {
        let process = try ChildProcess(GoBack.script, [folder.path])
        return (try await process.end(), process.output)
    }

    @Test func `it runs the command as it is written, once`() async throws {
        let folder = try TemporaryFolder("go-back")
        #expect(try await run(folder) == (.exit(0), ""))
        try folder.write("/usr/bin/printf\n<%s>\ntwo words\n$HOME\n'\n*\n", to: "update-on-trial")
        let first = try await run(folder)
        #expect(first.ending == .exit(0))
        #expect(first.output.contains("the last update didn't come to life"))
        #expect(first.output.hasSuffix("<two words><$HOME><'><*>"), "\(first.output)")
        #expect(try await run(folder) == (.exit(0), ""))
    }

    @Test func `what has been there for more than an hour is of a version that lives`() async throws {
        let folder = try TemporaryFolder("go-back")
        let path = try folder.write("/bin/false\n", to: "update-on-trial")
        var times = [timeval(tv_sec: time(nil) - 3700, tv_usec: 0), timeval(tv_sec: time(nil) - 3700, tv_usec: 0)]
        #expect(utimes(path, &times) == 0)
        #expect(try await run(folder) == (.exit(0), ""))
        #expect(access(path, F_OK) != 0)
    }

    @Test
    func `where going back fails, that is how it ends, and the next start is an ordinary one`() async throws {
        let folder = try TemporaryFolder("go-back")
        try folder.write("/bin/false\n", to: "update-on-trial")
        #expect(try await run(folder).ending == .exit(1))
        #expect(try await run(folder) == (.exit(0), ""))
    }
}
