"""How soon history answers, with as many activations as a site has in years: for `make history-check`.

    history.py FOOTLIGHT-BACKEND COUNT [sqlite | postgresql]

It writes summaries into a store, as summing up records would, and asks for each kind of history five times. PostgreSQL
is a server of its own, set up as it comes.
"""
import contextlib
import glob
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

from loopback import free_port

DAYS, QUARTER, SECOND = 400, 900, 10**9
MOST = 0.2
EDGES = [edge * 10**6 for edge in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)]
ZONES, NODES = [f"zone-{number}" for number in range(10)], [f"stair-{number:02}" for number in range(40)]


class SQLiteFile:
    def __init__(self, folder):
        self.path = f"{folder}/store.sqlite"
        self.address = f"sqlite://{self.path}"

    def open(self):
        self.store = sqlite3.connect(self.path)
        self.store.execute("PRAGMA synchronous = OFF")

    def run(self, statement):
        self.store.execute(statement)

    def add(self, table, width, rows):
        self.store.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({', '.join('?' * width)})", rows)

    def close(self):
        self.store.commit()
        self.store.close()

    def end(self):
        pass


class PostgreSQL:
    def __init__(self, folder):
        programs = max(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[-2]))
        # It refuses to run as root.
        self.other = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"] if os.geteuid() == 0 else []
        if self.other:
            os.chmod(folder, 0o755)
            os.mkdir(f"{folder}/postgres")
            shutil.chown(f"{folder}/postgres", "nobody", "nogroup")
        else:
            os.mkdir(f"{folder}/postgres")
        data, port = f"{folder}/postgres/data", free_port()
        self.check(f"{programs}/initdb", f"--pgdata={data}", "--username=owner", "--auth=trust", "--encoding=UTF8", "--no-locale")
        self.server = subprocess.Popen(
            [*self.other, f"{programs}/postgres", "-D", data, "-p", str(port), "-c", "listen_addresses=127.0.0.1", "-c",
             "unix_socket_directories="], cwd=folder, stderr=subprocess.DEVNULL)
        self.address = f"postgresql://owner@127.0.0.1:{port}/postgres"
        while subprocess.run([f"{programs}/pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]).returncode:
            if self.server.poll() is not None:
                sys.exit("the PostgreSQL server ended by itself")
            time.sleep(0.1)

    def check(self, *command):
        subprocess.run([*self.other, *command], check=True, stdout=subprocess.DEVNULL)

    def open(self):
        pass

    def psql(self, statement, rows=()):
        psql = subprocess.Popen(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", self.address, "-c", statement],
                                stdin=subprocess.PIPE, text=True)
        for row in rows:
            psql.stdin.write("\t".join("\\N" if value is None else str(value) for value in row) + "\n")
        psql.stdin.close()
        if psql.wait():
            sys.exit(f"psql refused: {statement}")

    def run(self, statement):
        self.psql(statement)

    def add(self, table, width, rows):
        self.psql(f"COPY {table} FROM STDIN", rows)

    def close(self):
        # As autovacuum does for tables that grew over years.
        self.psql("VACUUM ANALYZE")

    def end(self):
        self.server.send_signal(signal.SIGINT)
        self.server.wait()


def fill(store, count, now):
    chance, start = random.Random(1), now - DAYS * 86400
    store.open()

    def activations():
        for number in range(count):
            spread = int(chance.lognormvariate(15.3, 0.8))
            yield "home", start * SECOND + number * DAYS * 86400 * SECOND // count, ZONES[number % 10], 6, spread // 2, spread

    def moments(most):
        """As many as there are numbers, one a second at most."""
        return (second * SECOND for second in chance.sample(range(start, now), most))

    store.add("summary_activation", 6, activations())
    steps = ", ".join(f"SUM(CASE WHEN spread >= {low} AND spread < {high} THEN 1 ELSE 0 END)"
                      for low, high in zip([0, *EDGES], [*EDGES, 2**62]))
    store.run(f"""INSERT INTO summary_zone_quarter SELECT site, at / {QUARTER * SECOND}, zone, COUNT(*), COUNT(*), MAX(late), MAX(spread), {steps}
        FROM summary_activation GROUP BY 1, 2, 3""")
    sums = ", ".join(f"SUM(step_{step})" for step in range(len(EDGES) + 1))
    store.run(f"""INSERT INTO summary_zone_day SELECT site, quarter / 96, zone, SUM(activations), SUM(measured), MAX(late), MAX(spread), {sums}
        FROM summary_zone_quarter GROUP BY 1, 2, 3""")
    quarters = range(start // QUARTER, now // QUARTER)
    store.add("summary_motion", 4, (("home", quarter, node, 3) for node in NODES[:20] for quarter in quarters))
    store.run("INSERT INTO summary_motion SELECT site, quarter, '', SUM(motions) FROM summary_motion GROUP BY 1, 2")
    store.add("summary_node", 10, (("home", node, start * SECOND, now * SECOND, "Healthy", now * SECOND, "", None, None, None)
                                   for node in NODES))
    store.add("summary_health", 9, (
        ("home", node, 0, at, "fleet-1", "b", number, chance.choice(["Healthy", "Unhealthy"]), "memory")
        for node in NODES for number, at in enumerate(moments(2000))))
    store.add("summary_log", 7, (("home", node, at, "b", number, "warning", "frames late: 3 of 6000")
                                 for node in NODES for number, at in enumerate(moments(20_000))))
    store.add("summary_activity", 12, (
        ("home", f"{node}-{number}", at, node, "zone-1", "replacement", "restart", "Successful", "", "", at, at)
        for node in NODES for number, at in enumerate(moments(500))))
    store.close()


def main():
    program, count, now = sys.argv[1], int(sys.argv[2]), int(time.time())
    kind = {"sqlite": SQLiteFile, "postgresql": PostgreSQL}[sys.argv[3] if len(sys.argv) > 3 else "sqlite"]
    port = free_port()
    ago = lambda days: (now - days * 86400) * SECOND
    site, newest = "/v1/sites/home", "order=newest&limit=100"
    questions = [
        "/v1/sites", f"{site}/nodes", f"{site}/health?from={ago(30)}", f"{site}/activations?{newest}", f"{site}/activations?zone=zone-3&{newest}",
        f"{site}/activations?from={ago(200)}&limit=1000", f"{site}/sync?from={ago(1)}", f"{site}/sync?from={ago(7)}&step=hour",
        f"{site}/sync?from={ago(31)}&step=hour&zone=zone-3", f"{site}/sync?from={ago(365)}", f"{site}/motion?from={ago(365)}&timezone=Europe/Rome",
        f"{site}/motion?from={ago(365)}&node=stair-03", f"{site}/log?node=stair-03&{newest}", f"{site}/activities?{newest}",
        *(f"/sites/home{page}?span={span}" for page in ("", "/activations", "/motion", "/nodes/stair-03") for span in ("week", "year"))]
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as ends:
        store = kind(folder)
        ends.callback(store.end)
        token = subprocess.run([program, "credential", "add", "--store", store.address, "--site", "home", "--scope", "read"],
                               check=True, capture_output=True, text=True).stdout.split()[-1]
        fill(store, count, now)
        backend = subprocess.Popen([program, "serve", "--listen", f"127.0.0.1:{port}", "--store", store.address, "--drain", "0",
                                    "--log-level", "error"])
        ends.callback(backend.wait)
        ends.callback(backend.terminate)
        for _ in range(300):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/health")
                break
            except urllib.error.URLError:
                time.sleep(0.1)
        slow = 0
        for question in questions:
            request = urllib.request.Request(f"http://127.0.0.1:{port}{question}", headers={"Authorization": f"Bearer {token}"})
            times = []
            for _ in range(5):
                start = time.monotonic()
                with urllib.request.urlopen(request) as answer:
                    size = len(answer.read())
                times.append(time.monotonic() - start)
            median = sorted(times)[2]
            slow += median > MOST
            print(f"{median * 1000:7.1f} ms, at first {times[0] * 1000:7.1f} ms {size:8} B  {urllib.parse.unquote(question)}", flush=True)
    print(f"{kind.__name__}, {count} activations: {slow} of {len(questions)} took more than {MOST} s")
    sys.exit(1 if slow else 0)


main()
