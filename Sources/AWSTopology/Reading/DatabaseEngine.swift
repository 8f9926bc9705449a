/// The engines of Amazon RDS.
///
/// - Source: Amazon RDS API Reference, "CreateDBInstance" and "CreateDBCluster", parameter Engine.
enum DatabaseEngine {
    static let all = [
        "aurora-mysql", "aurora-postgresql", "custom-oracle-ee", "custom-oracle-ee-cdb", "custom-oracle-se2",
        "custom-oracle-se2-cdb", "custom-sqlserver-dev", "custom-sqlserver-ee", "custom-sqlserver-se",
        "custom-sqlserver-web", "db2-ae", "db2-se", "mariadb", "mysql", "oracle-ee", "oracle-ee-cdb", "oracle-se2",
        "oracle-se2-cdb", "postgres", "sqlserver-ee", "sqlserver-ex", "sqlserver-se", "sqlserver-web",
    ]

    /// Engines that templates still name, or that are other services': they are read, and nothing is made with them.
    ///
    /// - Source: Amazon RDS API Reference, "CreateDBCluster", parameter Engine.
    static let read = ["aurora", "docdb", "neptune"]

    /// Refuses what is no engine.
    ///
    /// - Throws: ``TopologyError`` with what was probably meant.
    static func check(_ engine: String, at place: SourcePlace?, field: String) throws(TopologyError) {
        // What a template leaves open stays so.
        guard !all.contains(engine.lowercased()), !engine.contains("${"), engine != "not said" else { return }
        let near = others[engine.lowercased()] ?? Spelling.nearest(to: engine, in: all)
        throw TopologyError(
            .unknownName, at: place, field: field, found: "\"\(engine)\"", allowed: all.joined(separator: ", "),
            remedy: near.map { "did you mean \"\($0)\"?" } ?? "write one of them, say \"postgres\"")
    }

    /// The port that an engine listens on by default.
    ///
    /// - Source: Amazon RDS API Reference, "CreateDBInstance", parameter Port.
    static func port(of engine: String) -> Int {
        if engine.contains("postgres") { return 5432 }
        if engine.contains("oracle") { return 1521 }
        if engine.contains("sqlserver") { return 1433 }
        return engine.contains("db2") ? 50000 : 3306
    }

    /// The logs that an engine hands to CloudWatch.
    ///
    /// - Source: Amazon RDS User Guide, "Publishing database logs to Amazon CloudWatch Logs".
    static func logs(of engine: String) -> [String] {
        switch engine {
        case "postgres": ["postgresql", "upgrade"]
        case "mysql", "mariadb": ["error", "slowquery"]
        default: []
        }
    }

    /// Other names of engines that people know.
    private static let others = [
        "postgresql": "postgres", "pgsql": "postgres", "aurora": "aurora-mysql", "aurora-postgres": "aurora-postgresql",
        "sqlserver": "sqlserver-se", "mssql": "sqlserver-se", "oracle": "oracle-se2", "db2": "db2-se",
    ]
}
