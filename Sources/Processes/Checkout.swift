import Glibc

/// The checkout that the running program was built in.
package struct Checkout: Sendable {
    /// The folder of the program, where those are that were built with it.
    package let programs: String
    /// The repository's.
    package let root: String

    /// - Throws: ``ProcessFailure``.
    package init() throws {
        guard let own = realpath("/proc/self/exe", nil) else { throw ProcessFailure("/proc is not mounted") }
        defer { free(own) }
        programs = Checkout.parent(of: String(cString: own))
        var root = programs
        while root != "/", access(root + "/Package.swift", R_OK) != 0 { root = Checkout.parent(of: root) }
        self.root = root
    }

    /// The folder that a path is in.
    package static func parent(of path: String) -> String {
        "/" + path.split(separator: "/").dropLast().joined(separator: "/")
    }
}
