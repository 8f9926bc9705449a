// swift-tools-version: 6.2

import PackageDescription

/// Every target of ours is built alike: strict Swift 6, and a warning is an error.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// The pure libraries are optimised in debug builds too: the simulator runs years of them in every test. Overflows and
/// bad indices trap all the same.
let pure = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// So is the topology, whose tests hide one part of it after the other and look at the rest each time.
let optimised = pure

/// Another libgpiod than the system's, in the folders `include` and `lib` of this one (`scripts/lab-libgpiod`): the lab
/// tests run with both generations. Only what CGPIO is compiled from and what is linked with it depend on it.
let libgpiod = Context.environment["FOOTLIGHT_LIBGPIOD"]

/// The system's libgpiod: linked in where programs are to be installed (`make build`), as Debian 12 and 13 have another one
/// each.
let systemLibgpiod = Context.environment["FOOTLIGHT_STATIC"] == nil ? "gpiod" : ":libgpiod.a"

/// Whether this is the build of `scripts/fuzz`: libFuzzer brings a main function of its own, so the command line, whose
/// readers are fuzzed too, is a library there, and the folder of a test target is the program.
let isFuzzed = Context.environment["FOOTLIGHT_FUZZ"] != nil

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")

/// The readers of bytes from outside, with what must hold of them.
let fuzzed: [Target.Dependency] = [
    "AWSTopology", "Configuration", "Documents", "Fleet", "Hardware", "Lighting", "MQTT", "Mesh", "NodeFile", "Replay",
    "Telemetry", "footlight",
]

/// The command line.
let commands: [Target.Dependency] = [
    "AWSTopology", "CZlib", "Configuration", "Doctor", "Documents", "Fleet", "Hardware", "HomeAssistant", "Lighting",
    "MQTT", "Mesh", "NodeFile", "Platform", "Processes", "Replay", argumentParser,
]

// What is chosen stands out here, each with its type: the compiler of Swift 6.2 takes the package as one expression for too
// complex otherwise.

let strictC = ["-Wall", "-Wextra", "-Werror"]

/// By its path: pkg-config's folders come before any of ours.
let gpiodLinked: LinkerSetting =
    libgpiod.map { .unsafeFlags(["\($0)/lib/libgpiod.so", "-Xlinker", "-rpath=\($0)/lib"]) }
    ?? .linkedLibrary(systemLibgpiod)

func product(_ name: String) -> Product { .executable(name: name, targets: [name]) }

let commandLine: Target =
    isFuzzed
    ? .target(
        name: "footlight", dependencies: commands,
        swiftSettings: strict + [
            .unsafeFlags(["-Xfrontend", "-entry-point-function-name", "-Xfrontend", "footlight_main"])
        ])
    : .executableTarget(name: "footlight", dependencies: commands, swiftSettings: strict)

let fuzzTests: Target =
    isFuzzed
    ? .executableTarget(
        name: "footlight-fuzz", dependencies: fuzzed, path: "Tests/Fuzz", exclude: ["Corpus", "CorpusTests.swift"],
        swiftSettings: strict)
    : .testTarget(
        name: "FuzzTests", dependencies: fuzzed, path: "Tests/Fuzz", exclude: ["Corpus", "LibFuzzer.swift"],
        swiftSettings: strict)

let package = Package(
    name: "footlight",
    products: (isFuzzed ? [] : [product("footlight")])
        + [product("footlight-agent"), product("footlight-fleet"), product("footlight-backend")],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        // For footlight-fleet and footlight-backend alone: neither nodes nor the demo build it.
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1",
            traits: ["ConfigurationSupport"]),
    ],
    targets: [
        // The operating system: clocks, waiting, signals, threads, files.
        .systemLibrary(name: "CLinux"),
        .target(name: "Platform", dependencies: ["CLinux"], swiftSettings: strict),

        // Pure: no I/O, no clock, no randomness.
        .target(name: "Lighting", swiftSettings: pure),
        .target(name: "Mesh", dependencies: ["Lighting"], swiftSettings: pure),
        .target(name: "Replay", dependencies: ["Lighting"], swiftSettings: pure),
        .target(name: "Fleet", dependencies: ["HomeAssistant", "Lighting", "Mesh"], swiftSettings: pure),
        .target(name: "Telemetry", dependencies: ["Fleet", "Lighting", "Mesh"], swiftSettings: pure),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .target(name: "YAML", dependencies: ["CYAML"], swiftSettings: strict),
        .target(name: "Documents", dependencies: ["Lighting", "YAML"], swiftSettings: strict),
        .target(name: "AWSTopology", dependencies: ["Configuration", "YAML"], swiftSettings: optimised),

        .target(name: "HomeAssistant", dependencies: ["Lighting", "Mesh"], swiftSettings: pure),

        // A node, whole but for its hardware.
        .target(
            name: "Node", dependencies: ["HomeAssistant", "Lighting", "MQTT", "Mesh", "Telemetry"], swiftSettings: pure),

        // A mesh of real nodes in virtual time.
        .target(name: "Simulation", dependencies: ["Fleet", "Lighting", "MQTT", "Mesh", "Node"], swiftSettings: pure),
        .executableTarget(
            name: "footlight-soak", dependencies: ["Simulation", argumentParser], path: "Benchmarks/footlight-soak",
            swiftSettings: strict),

        // Edges.
        .systemLibrary(
            name: "CMosquitto", pkgConfig: "libmosquitto", providers: [.apt(["libmosquitto-dev"])]),
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(
            name: "CGPIO",
            cSettings: [.unsafeFlags(strictC + (libgpiod.map { ["-I\($0)/include"] } ?? []))],
            linkerSettings: [gpiodLinked]),
        .target(name: "MQTT", dependencies: ["CMosquitto", "Platform"], swiftSettings: strict),
        .target(name: "Processes", dependencies: ["MQTT", "Platform"], swiftSettings: strict),
        .target(
            name: "Configuration",
            dependencies: ["Documents", "Fleet", "Lighting", "MQTT", "Mesh", "Platform", "YAML"],
            swiftSettings: strict),
        .target(
            name: "Hardware",
            dependencies: ["CGPIO", "CLinux", "Documents", "Lighting", "MQTT", "Mesh", "Platform", "YAML"],
            swiftSettings: strict),

        // What people write of a node.
        .target(
            name: "NodeFile",
            dependencies: ["Configuration", "Documents", "Hardware", "Lighting", "MQTT", "Mesh", "YAML"],
            swiftSettings: strict),

        .target(
            name: "Doctor",
            dependencies: [
                "CLinux", "Configuration", "Documents", "Hardware", "Lighting", "MQTT", "Mesh", "NodeFile", "Processes",
            ],
            swiftSettings: strict),

        .target(name: "Gzip", dependencies: ["CZlib"], swiftSettings: strict),
        .target(name: "HTTPSender", dependencies: ["CCurl"], swiftSettings: strict),
        .target(name: "SQLite", dependencies: ["CSQLite"], swiftSettings: strict),
        .target(name: "TelemetryOutbox", dependencies: ["Mesh", "SQLite", "Telemetry"], swiftSettings: strict),
        .target(name: "LogCapture", dependencies: ["Telemetry", logging], swiftSettings: strict),

        // The one target that names the server: a module of its has the name of one of ours, and is renamed here.
        .target(
            name: "WebServer",
            dependencies: [
                .product(
                    name: "Hummingbird", package: "hummingbird", moduleAliases: ["Configuration": "ServerConfiguration"]
                )
            ],
            swiftSettings: strict),
        .target(
            name: "FleetMetrics",
            dependencies: [
                "Fleet", "Lighting", "Mesh", "WebServer", logging,
            ],
            swiftSettings: strict),
        .target(
            name: "Backend",
            dependencies: [
                "CCrypto", "CPostgres", "Configuration", "Gzip", "Lighting", "Mesh", "Platform", "Processes", "SQLite",
                "Telemetry", "WebServer", logging,
            ],
            swiftSettings: strict),

        // Programs.
        commandLine,
        .executableTarget(
            name: "footlight-agent",
            dependencies: [
                "CLinux", "Configuration", "Documents", "Hardware", "Lighting", "LogCapture", "MQTT", "Mesh", "Node",
                "NodeFile", "Platform", "Telemetry", argumentParser, logging,
            ],
            path: "agent/footlight-agent",
            swiftSettings: strict),
        .executableTarget(
            name: "footlight-backend",
            dependencies: ["Backend", "Configuration", "Mesh", "Telemetry", argumentParser, logging],
            path: "agent/footlight-backend",
            swiftSettings: strict),
        .executableTarget(
            name: "footlight-fleet",
            dependencies: [
                "CLinux", "Configuration", "Documents", "Fleet", "FleetMetrics", "Gzip", "HTTPSender", "Lighting",
                "LogCapture", "MQTT", "Mesh", "Platform", "Telemetry", "TelemetryOutbox", argumentParser, logging,
            ],
            path: "agent/footlight-fleet",
            swiftSettings: strict),

        // What `make bench` runs: the bench, and beside it what the kernel and libmosquitto do with nothing around them.
        .executableTarget(
            name: "footlight-bench",
            dependencies: [
                "Gzip", "HTTPSender", "Lighting", "MQTT", "Mesh", "Platform", "Processes", "SQLite", "Telemetry",
                "TestSupport", argumentParser,
            ],
            path: "Benchmarks/footlight-bench",
            swiftSettings: strict),
        // What `make storm` runs: the judge shares no code with what decides.
        .target(name: "Storm", swiftSettings: strict),
        .executableTarget(
            name: "footlight-storm", dependencies: ["MQTT", "Platform", "Processes", "Storm", argumentParser],
            path: "Benchmarks/footlight-storm", swiftSettings: strict),
        // What `make chaos` runs.
        .executableTarget(
            name: "footlight-chaos",
            dependencies: ["Lighting", "MQTT", "Platform", "Processes", "Storm", "TestSupport", argumentParser],
            path: "Benchmarks/footlight-chaos", swiftSettings: strict),
        .executableTarget(
            name: "footlight-reference",
            dependencies: ["CMosquitto"],
            path: "Benchmarks/reference",
            cSettings: [.unsafeFlags(["-Wall", "-Wextra", "-Werror"])],
            linkerSettings: [.linkedLibrary("mosquitto"), .linkedLibrary("m")]),

        // Tests.
        .testTarget(name: "LightingTests", dependencies: ["Lighting", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "HardwareTests",
            dependencies: [
                "Documents", "Hardware", "Lighting", "Mesh", "NodeFile", "Processes",
                "TestSupport",
            ], exclude: ["sacn"],
            swiftSettings: strict),
        .testTarget(name: "MeshTests", dependencies: ["Mesh", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "NodeTests", dependencies: ["HomeAssistant", "Lighting", "MQTT", "Mesh", "Node", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "HomeAssistantTests", dependencies: ["HomeAssistant", "Lighting", "Mesh"], swiftSettings: strict),
        .testTarget(
            name: "FleetTests",
            dependencies: ["Fleet", "HomeAssistant", "Lighting", "Mesh", "Simulation", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "FleetMetricsTests", dependencies: ["Fleet", "FleetMetrics", "Lighting", "Mesh", "TestSupport"],
            swiftSettings: strict),
        .testTarget(name: "ReplayTests", dependencies: ["Lighting", "Mesh", "Replay"], swiftSettings: strict),
        fuzzTests,
        .testTarget(
            name: "TelemetryTests", dependencies: ["Fleet", "Lighting", "LogCapture", "Mesh", "Telemetry", logging],
            swiftSettings: strict),
        // On disks that fail, and in processes that are killed.
        .target(
            name: "FaultyVFS", dependencies: ["CSQLite"], path: "Tests/FaultyVFS",
            cSettings: [.unsafeFlags(["-Wall", "-Wextra", "-Werror"])]),
        .executableTarget(
            name: "outbox-child", dependencies: ["Lighting", "Telemetry", "TelemetryOutbox"], path: "Tests/OutboxChild",
            swiftSettings: strict),
        .testTarget(
            name: "TelemetryOutboxTests",
            dependencies: [
                "FaultyVFS", "Lighting", "Processes", "Telemetry", "TelemetryOutbox", "TestSupport", "outbox-child",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "BackendTests",
            dependencies: [
                "AWSTopology", "Backend", "Fleet", "Lighting", "MQTT", "Mesh", "Platform", "Processes", "SQLite",
                "Telemetry", "TestSupport",
            ],
            swiftSettings: strict),
        .testTarget(name: "StormTests", dependencies: ["Storm"], swiftSettings: strict),
        .testTarget(name: "YAMLTests", dependencies: ["YAML"], swiftSettings: strict),
        .testTarget(
            name: "AWSTopologyTests", dependencies: ["AWSTopology", "TestSupport"], exclude: ["Topologies"],
            swiftSettings: strict),
        .testTarget(
            name: "SimulationTests", dependencies: ["Simulation"], path: "Tests/Simulation",
            exclude: ["Mutations", "Scenarios"],
            swiftSettings: strict),
        .target(name: "TestSupport", dependencies: ["MQTT", "Platform", "Processes"], swiftSettings: strict),
        .testTarget(
            name: "MQTTTests", dependencies: ["MQTT", "Platform", "Processes", "TestSupport"], swiftSettings: strict),
        // Real processes over a real broker. It depends on the programs so that they are built.
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "Fleet", "Lighting", "MQTT", "Mesh", "Platform", "Processes", "TestSupport", "footlight",
                "footlight-agent", "footlight-backend", "footlight-bench", "footlight-chaos", "footlight-fleet",
                "footlight-reference", "footlight-storm",
            ],
            path: "Tests/EndToEnd",
            swiftSettings: strict),
        // On real kernel interfaces: skipped but in the lab's guest (`make lab`).
        .testTarget(
            name: "LabTests",
            dependencies: [
                "Hardware", "Lighting", "MQTT", "Mesh", "Platform", "Processes", "TestSupport", "footlight",
                "footlight-agent",
            ],
            path: "Tests/Lab",
            exclude: ["Kernel", "README.md"],
            swiftSettings: strict),
        .testTarget(
            name: "DoctorTests",
            dependencies: [
                "Doctor", "Hardware", "MQTT", "NodeFile", "Processes", "TestSupport",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "CommandTests",
            dependencies: ["Configuration", "Documents", "Lighting", "MQTT", "Mesh", "footlight"],
            swiftSettings: strict),
        .testTarget(
            name: "ConfigurationTests",
            dependencies: [
                "Configuration", "Documents", "Hardware", "Lighting", "MQTT", "Mesh", "NodeFile", "Platform",
                "TestSupport", "YAML",
            ],
            swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
