#if canImport(Glibc)
    private import Glibc
#elseif canImport(Musl)
    private import Musl
#endif

/// `base` to the power of `exponent`: the C library's mathematics, which is no I/O.
func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }

/// The cosine of `angle` radians.
func cosine(_ angle: Double) -> Double { cos(angle) }
