"""A story for the pages: thirty days of a house with stairs, a hall and a cellar, by the same records that nodes write."""
import hashlib
import json
import random

SECOND = 10**9
HOUR = 3600 * SECOND
ZONES = {"stair": ["stair-01", "stair-02", "stair-03", "stair-04"], "hall": ["hall-01", "hall-02"], "cellar": ["cellar-01"]}
EVIL = "</td>\"'><script>alert(1)</script> <b>bold</b> '); DROP TABLE record; -- \U0001f4a1"


class Chain:
    """The records of one boot of a node's agent."""

    def __init__(self, site, node):
        self.site, self.node, self.sequence, self.previous = site, node, 0, "0" * 64

    def append(self, at, kind, body):
        self.sequence += 1
        line = json.dumps(
            {"at": at, "body": body, "boot": "1f0c", "kind": kind, "node": self.node, "previous": self.previous,
             "sequence": self.sequence, "site": self.site, "version": 1},
            sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        self.previous = hashlib.sha256(line.encode()).hexdigest()
        return line


def records(site, now, days=30, seed=1):
    """Lines of records, each node's in their order."""
    chance = random.Random(seed)
    events = []
    for node in [node for nodes in ZONES.values() for node in nodes]:
        events.append((now - days * 24 * HOUR, "fleet-1", "health", {"node": node, "status": "Healthy", "cause": ""}))
    for day in range(days):
        for hour in range(24):
            start = now - (days - day) * 24 * HOUR + hour * HOUR
            busy = 9 if hour in (6, 7, 17, 18, 19, 20) else 3 if 8 <= hour <= 22 else 1
            for _ in range(chance.randint(0, busy)):
                zone = chance.choices(list(ZONES), [6, 3, 1])[0]
                at = start + chance.randrange(HOUR)
                sensor = ZONES[zone][0]
                events.append((at, sensor, "motion", {"motion": True, "sensor": "bottom"}))
                events.append((at + 20 * SECOND, sensor, "motion", {"motion": False, "sensor": "bottom"}))
                for index, node in enumerate(ZONES[zone]):
                    planned = at + index * 120_000_000
                    actual = planned + int(chance.lognormvariate(14.6, 0.7))
                    events.append((actual, node, "light", {
                        "zone": zone, "bar": "main", "activation": at, "planned": planned, "actual": actual}))
    for number, (node, ago, lasted) in enumerate([("stair-03", 140, 5), ("hall-02", 90, 2), ("cellar-01", 30, 30), ("stair-02", 6, 6)]):
        begin, end = now - ago * HOUR, now - (ago - lasted) * HOUR
        status = "unobservable" if node == "cellar-01" else "Unhealthy"
        cause = "no report for 40 s" if node == "cellar-01" else "memory: 96 % in use, at most 90 % for 5 min"
        events.append((begin, "fleet-1", "health", {"node": node, "status": status, "cause": cause}))
        events.append((begin - SECOND, node, "health", {"node": node, "status": "Unhealthy", "cause": "memory"}))
        activity = {"id": f"replacement-{node}-{number}", "kind": "replacement", "node": node, "cause": cause, "began": begin + SECOND,
                    "status": "InProgress", "step": "restart", "detail": "waits for another boot"}
        events.append((begin + SECOND, "fleet-1", "activity", {"zone": node.split("-")[0], "activity": activity}))
        if lasted < ago:
            events.append((end, "fleet-1", "health", {"node": node, "status": "Healthy", "cause": "another boot is well"}))
            done = activity | {"status": "Successful", "detail": "is Healthy", "ended": end}
            events.append((end, "fleet-1", "activity", {"zone": node.split("-")[0], "activity": done}))
    for hour in range(60):
        text = chance.choice([
            "broker 10.0.0.5: connection refused; tried again in 2 s", "sensor bottom: no edge for 3 days; is it connected?",
            "frames late: 3 of 6000 by more than 4 ms", EVIL])
        events.append((now - hour * HOUR - 7 * SECOND, "stair-02", "log",
                       {"level": chance.choice(["warning", "warning", "error"]), "text": text}))
    chains = {}
    for at, node, kind, body in sorted(events, key=lambda event: (event[0], event[1])):
        if at < now:
            yield chains.setdefault(node, Chain(site, node)).append(at, kind, body)
