internal import Glibc

/// The tables in PostgreSQL, and how they come to be.
enum PostgresMigration {
    /// The tables' version that this program makes.
    static var version: Int { steps.count }
    /// What instances of this program that start together agree by: "footligh" in ASCII.
    static let lock = "7381240860109268840"

    /// Each step takes the tables from the version before, and is one transaction. `compatible`: the earliest version of
    /// this program that works with the tables after it, for while both run. So what shuts a version out ("contract") comes a
    /// release after what makes it needless ("expand").
    static let steps: [(compatible: Int, sql: String)] = [
        (
            1,
            // Instants are numbers, and so no session's time zone has a part in partitions' bounds. Names sort by their
            // bytes, whatever the database's language.
            """
            CREATE TABLE record (
                site text COLLATE "C" NOT NULL, node text COLLATE "C" NOT NULL, boot text COLLATE "C" NOT NULL,
                sequence bigint NOT NULL, digest bytea NOT NULL, at bigint NOT NULL, kind text COLLATE "C" NOT NULL,
                line text NOT NULL, received timestamptz NOT NULL DEFAULT now()) PARTITION BY RANGE (at);
            CREATE UNIQUE INDEX record_key ON record (site, node, boot, sequence, digest, at);
            CREATE INDEX record_at ON record (site, at);
            CREATE TABLE credential (
                digest bytea PRIMARY KEY, site text NOT NULL, scope text NOT NULL, expires bigint);
            -- Who adds records owns nothing, and so can't make partitions but by this.
            CREATE FUNCTION footlight_make_partition(instant bigint) RETURNS void
            LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET timezone = 'UTC' AS $body$
            DECLARE
                month timestamp := date_trunc('month', to_timestamp(instant / 1000000000) AT TIME ZONE 'UTC');
                name text := 'record_' || to_char(month, 'YYYY_MM');
            BEGIN
                IF instant < 0 OR to_timestamp(instant / 1000000000) > now() + interval '2 days' THEN
                    RAISE EXCEPTION 'no record is of %', to_timestamp(instant / 1000000000) USING ERRCODE = '22008';
                END IF;
                PERFORM pg_advisory_xact_lock(\(lock) + 1);
                IF to_regclass(name) IS NULL THEN
                    EXECUTE format(
                        'CREATE TABLE %I PARTITION OF record FOR VALUES FROM (%s) TO (%s)', name,
                        extract(epoch FROM month AT TIME ZONE 'UTC')::bigint * 1000000000,
                        extract(epoch FROM (month + interval '1 month') AT TIME ZONE 'UTC')::bigint * 1000000000);
                END IF;
            END
            $body$;
            REVOKE ALL ON FUNCTION footlight_make_partition(bigint) FROM PUBLIC;
            """
        ),
        (
            1,
            // Whoever adds records notes what is to be summed up: the roles that may do the one may do the other.
            """
            \(SummaryTables.creation(.postgresql))
            DO $body$
            DECLARE
                role text;
            BEGIN
                FOR role IN
                    SELECT DISTINCT grantee FROM information_schema.role_table_grants
                    WHERE table_schema = current_schema() AND table_name = 'record' AND privilege_type = 'INSERT'
                        AND grantee NOT IN ('PUBLIC', current_user)
                LOOP
                    EXECUTE format('GRANT \(rights) ON \(SummaryTables.names.joined(separator: ", ")) TO %I', role);
                END LOOP;
            END
            $body$;
            """
        ),
        (
            // Instances of version 1 note nothing: it is done for them, while they still run. Once the last release without
            // notes is forgotten a step drops this, and shuts them out.
            1,
            // What comes of it must never fail a write: nothing is read from the line. A first light counts for an activation
            // that began up to an hour before it, or by another clock a little after it.
            """
            CREATE FUNCTION footlight_note_record() RETURNS trigger
            LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $body$
            DECLARE
                number bigint := NEW.at / \(Quarter.nanoseconds);
            BEGIN
                IF NEW.kind = 'light' THEN
                    INSERT INTO summary_due (site, quarter)
                    SELECT NEW.site, generate_series(greatest(number - 4, 0), number + 1);
                ELSE
                    INSERT INTO summary_due (site, quarter) VALUES (NEW.site, number);
                END IF;
                RETURN NULL;
            END
            $body$;
            REVOKE ALL ON FUNCTION footlight_note_record() FROM PUBLIC;
            CREATE TRIGGER footlight_note_record AFTER INSERT ON record FOR EACH ROW
            WHEN (current_setting('footlight.notes', true) IS DISTINCT FROM 'own')
            EXECUTE FUNCTION footlight_note_record();
            """
        ),
        // A transaction of its own: the one before lets nobody write until its end, this one may take long. By now whatever
        // else is added is noted.
        (1, "SET LOCAL statement_timeout = 0; \(SummaryTables.remake)"),
    ]
    /// What who sums up needs: summaries are made of records, and can be made anew.
    private static let rights = "SELECT, INSERT, UPDATE, DELETE"

    static func run(on connection: PostgresConnection, grantingTo role: String?) throws(PostgresError) {
        let state = try state(connection)
        if state.version < version {
            try holdingLock(connection) { () throws(PostgresError) in
                // Another may have done it meanwhile.
                let before = try self.state(connection).version
                for number in before..<max(before, version) { try take(step: number, connection) }
            }
        } else if state.compatible > version {
            throw PostgresError(
                state: "42P01",
                message: "the tables need a program of version \(state.compatible), this is \(version): update it")
        }
        if let role { try grant(role, connection) }
    }

    private static func take(step number: Int, _ connection: PostgresConnection) throws(PostgresError) {
        let encoding = try connection.query("SHOW server_encoding").first?.first ?? nil
        guard encoding == "UTF8" else {
            throw PostgresError(
                state: "22021",
                message: "the database's encoding is \(encoding ?? "unknown"): make it with ENCODING 'UTF8'")
        }
        try connection.run("BEGIN")
        do throws(PostgresError) {
            try connection.run(steps[number].sql)
            if number == 0 { try connection.run("CREATE TABLE footlight_version (version int, compatible int)") }
            try connection.run("DELETE FROM footlight_version")
            try connection.query(
                "INSERT INTO footlight_version VALUES ($1::int, $2::int)",
                ["\(number + 1)", "\(steps[number].compatible)"])
            try connection.run("COMMIT")
        } catch {
            try? connection.run("ROLLBACK")
            throw error
        }
    }

    /// Looks for the lock again and again: who waits for it within the server has a transaction open, and deadlocks with
    /// CREATE INDEX CONCURRENTLY.
    private static func holdingLock(
        _ connection: PostgresConnection, _ body: () throws(PostgresError) -> Void
    ) throws(PostgresError) {
        var tries = 0
        while try connection.query("SELECT pg_try_advisory_lock(\(lock))").first?.first != "t" {
            tries += 1
            guard tries < 600 else {
                throw PostgresError(
                    state: "55P03", message: "another instance has been bringing the tables up to date for a minute")
            }
            usleep(100_000)
        }
        defer { _ = try? connection.query("SELECT pg_advisory_unlock(\(lock))") }
        try body()
    }

    private static func state(_ connection: PostgresConnection) throws(PostgresError) -> (version: Int, compatible: Int)
    {
        guard try connection.query("SELECT to_regclass('footlight_version') IS NULL").first?.first == "f" else {
            return (0, 0)
        }
        let row = try connection.query("SELECT version, compatible FROM footlight_version").first
        func number(_ column: Int) -> Int { row.flatMap { $0[column] }.flatMap { Int($0) } ?? 0 }
        return (number(0), number(1))
    }

    private static func grant(_ role: String, _ connection: PostgresConnection) throws(PostgresError) {
        let name = try connection.query("SELECT quote_ident($1)", [role]).first?.first ?? nil
        let schema = try connection.query("SELECT quote_ident(current_schema())").first?.first ?? nil
        guard let name, let schema else { return }
        try connection.run(
            """
            GRANT USAGE ON SCHEMA \(schema) TO \(name);
            GRANT INSERT, SELECT ON record TO \(name);
            GRANT SELECT ON credential, footlight_version TO \(name);
            GRANT EXECUTE ON FUNCTION footlight_make_partition(bigint) TO \(name);
            GRANT \(rights) ON \(SummaryTables.names.joined(separator: ", ")) TO \(name);
            """)
    }
}
