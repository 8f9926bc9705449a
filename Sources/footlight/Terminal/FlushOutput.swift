internal import Glibc

/// Brings what was printed to whoever reads it now: a pipe would wait for a page to fill. Where nobody reads any more the
/// process ends by SIGPIPE, as programs do whose output is cut short; for connections it is ignored.
func flushOutput() {
    guard fflush(nil) != 0, errno == EPIPE else { return }
    signal(SIGPIPE, SIG_DFL)
    raise(SIGPIPE)
}
