"""Looks at footlight-backend's pages with a real Chromium: every page, light and dark, on a phone and a desktop, checked by
axe-core, and kept as a picture. For `make pages-check`.

    pages.py FOOTLIGHT-BACKEND FOLDER-FOR-PICTURES
"""
import base64
import json
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.request

import axe_core_python
import websocket

import seed
from loopback import free_port

PAGES = {
    "sites": "/sites", "health": "/sites/home", "activations": "/sites/home/activations",
    "activations-zone": "/sites/home/activations?span=month&zone=stair", "motion": "/sites/home/motion?span=month",
    "node": "/sites/home/nodes/stair-02", "not-found": "/sites/home/nodes/nobody", "empty": "/sites/nowhere",
}
SCREENS = {"desktop": (1280, 900, False), "phone": (390, 844, True)}


class Browser:
    """A headless Chromium, by its DevTools protocol."""

    def __init__(self, folder):
        self.port, self.number, self.faults = free_port(), 0, []
        self.process = subprocess.Popen(
            ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
             f"--user-data-dir={folder}", f"--remote-debugging-port={self.port}", "--remote-allow-origins=*", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/json") as answer:
                    target = next(entry for entry in json.load(answer) if entry["type"] == "page")
                    break
            except (OSError, StopIteration):
                time.sleep(0.1)
        self.socket = websocket.create_connection(target["webSocketDebuggerUrl"], timeout=60)
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")

    def ask(self, method, **parameters):
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("id") == self.number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]
            self.note(message)

    def note(self, message):
        """What the browser complains of: a policy that was broken, a file that isn't there, what was asked for elsewhere."""
        parameters = message.get("params", {})
        if message.get("method") == "Log.entryAdded" and parameters["entry"]["level"] in ("warning", "error") and "404" not in parameters["entry"]["text"]:
            self.faults.append(parameters["entry"]["text"])
        if message.get("method") == "Network.requestWillBeSent":
            url = parameters["request"]["url"]
            if not url.startswith(("http://127.0.0.1:", "about:", "data:")):
                self.faults.append(f"asked for {url}")

    def script(self, text):
        result = self.ask("Runtime.evaluate", expression=text, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"])
        return result["result"].get("value")

    def open(self, url):
        self.ask("Page.navigate", url=url)
        self.wait(lambda: self.script("document.readyState === 'complete' && location.href !== 'about:blank'"))

    @staticmethod
    def wait(condition):
        for _ in range(200):
            try:
                if condition():
                    return
            except RuntimeError:
                pass
            time.sleep(0.05)
        raise RuntimeError("the page doesn't come")

    def close(self):
        self.socket.close()
        self.process.terminate()
        self.process.wait()


def get(port, path, token):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request) as answer:
        return answer.read()


def fill(program, store, port):
    """Hands over the story of two sites; returns a token that reads both, once all of it shows."""
    def token(*arguments):
        done = subprocess.run([program, "credential", "add", "--store", store, *arguments], check=True, capture_output=True, text=True)
        return done.stdout.split()[-1]

    now = time.time_ns()
    for site, days in (("home", 30), ("cabin", 2)):
        write = token("--site", site)
        lines = list(seed.records(site, now, days))
        for start in range(0, len(lines), 1000):
            body = "".join(line + "\n" for line in lines[start:start + 1000]).encode()
            urllib.request.urlopen(urllib.request.Request(
                f"http://127.0.0.1:{port}/v1/records", data=body,
                headers={"Authorization": f"Bearer {write}", "Content-Type": "application/x-ndjson"}))
    read = token("--site", "*", "--scope", "read")
    wanted = sum('"kind":"light"' in line and '"zone":"hall"' in line for line in seed.records("home", now)) // 2
    while True:
        rows = json.loads(get(port, "/v1/sites/home/sync?step=day&zone=hall", read))["rows"]
        if sum(row["activations"] for row in rows) >= wanted - 1:
            return read
        time.sleep(1)


def main():
    program, pictures = sys.argv[1], pathlib.Path(sys.argv[2])
    pictures.mkdir(parents=True, exist_ok=True)
    axe = (pathlib.Path(axe_core_python.__file__).parent / "axe.min.js").read_text()
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        port, store = free_port(), f"sqlite://{folder}/store.sqlite"
        backend = subprocess.Popen(
            [program, "serve", "--listen", f"127.0.0.1:{port}", "--store", store, "--drain", "0", "--log-level", "error"])
        browser = None
        try:
            for _ in range(300):
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/health")
                    break
                except OSError:
                    time.sleep(0.1)
            read = fill(program, store, port)
            browser = Browser(f"{folder}/chromium")
            root = f"http://127.0.0.1:{port}"
            # By the form, as people do; without a script on the page.
            browser.open(root + "/sites/home")
            pages = {"login": "/login"} | PAGES
            browser.script(f"document.getElementById('token').value = {json.dumps(read)};"
                           "document.getElementById('timezone').value = 'Europe/Berlin'; document.forms[0].submit()")
            browser.wait(lambda: browser.script("document.title").startswith("home: health"))
            checked = 0
            for screen, (width, height, mobile) in SCREENS.items():
                browser.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=mobile)
                for scheme in ("light", "dark"):
                    browser.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
                    for name, path in pages.items():
                        browser.open(root + path)
                        where = f"{name}, {screen}, {scheme}"
                        if browser.script("document.documentElement.scrollWidth > window.innerWidth"):
                            problems.append(f"{where}: is wider than the screen")
                        browser.script(axe)
                        found = browser.script("axe.run().then(found => found.violations.map(v => [v.id, v.help, v.nodes.map(n => n.html)]))")
                        problems += [f"{where}: {rule}: {text}: {nodes[:3]}" for rule, text, nodes in found]
                        picture = browser.ask("Page.captureScreenshot", format="png")
                        (pictures / f"{name}-{screen}-{scheme}.png").write_bytes(base64.b64decode(picture["data"]))
                        checked += 1
            # Every link of every page, once.
            links, seen = {root + path for path in pages.values()}, set()
            while links - seen and len(seen) < 200:
                url = sorted(links - seen)[0]
                seen.add(url)
                if "/v1/" in url:
                    get(port, url[len(root):], read)
                    continue
                browser.open(url)
                if browser.script("document.scripts.length") or browser.script("document.querySelectorAll('[style]').length"):
                    problems.append(f"{url}: has a script or a style of its own")
                links |= {link.split("#")[0] for link in browser.script("[...document.links].map(link => link.href)")}
            problems += sorted(set(browser.faults))
        finally:
            if browser:
                browser.close()
            backend.terminate()
            backend.wait()
    for problem in problems:
        print(problem)
    print(f"{checked} views checked by axe-core, {len(seen)} links followed; {len(problems)} problems; pictures in {pictures}")
    sys.exit(1 if problems else 0)


main()
