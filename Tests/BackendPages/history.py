"""How soon history answers, with as many activations as a site has in years: for `make history-check`.

    history.py FOOTLIGHT-BACKEND COUNT

It writes summaries into an SQLite store, as summing up records would, and asks for each kind of history five times.
"""
import random
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

DAYS, QUARTER, SECOND = 400, 900, 10**9
MOST = 0.2
EDGES = [edge * 10**6 for edge in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)]
ZONES, NODES = [f"zone-{number}" for number in range(10)], [f"stair-{number:02}" for number in range(40)]


def fill(path, count, now):
    chance, start = random.Random(1), now - DAYS * 86400
    moment = lambda: chance.randint(start, now) * SECOND
    store = sqlite3.connect(path)
    store.execute("PRAGMA synchronous = OFF")
    activations = ((start * SECOND + number * DAYS * 86400 * SECOND // count, ZONES[number % 10], int(chance.lognormvariate(15.3, 0.8)))
                   for number in range(count))
    store.executemany("INSERT OR IGNORE INTO summary_activation VALUES ('home', ?1, ?2, 6, ?3 / 2, ?3)", activations)
    bounds = zip([0, *EDGES], [*EDGES, 2**62])
    steps = ", ".join(f"SUM(spread >= {low} AND spread < {high})" for low, high in bounds)
    store.execute(f"""INSERT INTO summary_zone_quarter SELECT site, at / {QUARTER * SECOND}, zone, COUNT(*), COUNT(*), MAX(late), MAX(spread), {steps}
        FROM summary_activation GROUP BY 1, 2, 3""")
    sums = ", ".join(f"SUM(step_{step})" for step in range(len(EDGES) + 1))
    store.execute(f"""INSERT INTO summary_zone_day SELECT site, quarter / 96, zone, SUM(activations), SUM(measured), MAX(late), MAX(spread), {sums}
        FROM summary_zone_quarter GROUP BY 1, 2, 3""")
    quarters = range(start // QUARTER, now // QUARTER)
    for node in NODES[:20]:
        store.executemany("INSERT INTO summary_motion VALUES ('home', ?, ?, 3)", ((quarter, node) for quarter in quarters))
    store.execute("INSERT INTO summary_motion SELECT site, quarter, '', SUM(motions) FROM summary_motion GROUP BY 1, 2")
    for node in NODES:
        store.execute("INSERT INTO summary_node VALUES ('home', ?, ?, ?, 'Healthy', ?, '', NULL, NULL, NULL)",
                      (node, start * SECOND, now * SECOND, now * SECOND))
        store.executemany("INSERT INTO summary_health VALUES ('home', ?, 0, ?, 'fleet-1', 'b', ?, ?, 'memory')", (
            (node, moment(), number, chance.choice(["Healthy", "Unhealthy"])) for number in range(2000)))
        store.executemany("INSERT INTO summary_log VALUES ('home', ?, ?, 'b', ?, 'warning', 'frames late: 3 of 6000')", (
            (node, moment(), number) for number in range(20_000)))
        store.executemany(
            "INSERT INTO summary_activity VALUES ('home', ?1 || ?2, ?3, ?1, 'zone-1', 'replacement', 'restart', 'Successful', '', '', ?3, ?3)",
            ((node, number, moment()) for number in range(500)))
    store.commit()
    store.close()


def main():
    program, count, now = sys.argv[1], int(sys.argv[2]), int(time.time())
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    ago = lambda days: (now - days * 86400) * SECOND
    site, newest = "/v1/sites/home", "order=newest&limit=100"
    questions = [
        "/v1/sites", f"{site}/nodes", f"{site}/health?from={ago(30)}", f"{site}/activations?{newest}", f"{site}/activations?zone=zone-3&{newest}",
        f"{site}/activations?from={ago(200)}&limit=1000", f"{site}/sync?from={ago(1)}", f"{site}/sync?from={ago(7)}&step=hour",
        f"{site}/sync?from={ago(31)}&step=hour&zone=zone-3", f"{site}/sync?from={ago(365)}", f"{site}/motion?from={ago(365)}&timezone=Europe/Rome",
        f"{site}/motion?from={ago(365)}&node=stair-03", f"{site}/log?node=stair-03&{newest}", f"{site}/activities?{newest}",
        *(f"/sites/home{page}?span={span}" for page in ("", "/activations", "/motion", "/nodes/stair-03") for span in ("week", "year"))]
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/store.sqlite"
        token = subprocess.run([program, "credential", "add", "--store", f"sqlite://{path}", "--site", "home", "--scope", "read"],
                               check=True, capture_output=True, text=True).stdout.split()[-1]
        fill(path, count, now)
        backend = subprocess.Popen([program, "serve", "--listen", f"127.0.0.1:{port}", "--store", f"sqlite://{path}", "--drain", "0",
                                    "--log-level", "error"])
        slow = 0
        try:
            for _ in range(300):
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/health")
                    break
                except urllib.error.URLError:
                    time.sleep(0.1)
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
                print(f"{median * 1000:7.1f} ms {size:8} B  {urllib.parse.unquote(question)}")
        finally:
            backend.terminate()
            backend.wait()
    print(f"{count} activations: {slow} of {len(questions)} took more than {MOST} s")
    sys.exit(1 if slow else 0)


main()
