internal import Glibc

/// Brings what was printed to whoever reads it now: a pipe would wait for a page to fill.
func flushOutput() { fflush(nil) }
