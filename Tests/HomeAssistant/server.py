"""A Home Assistant, started headless, set up as a person would, and spoken to by its own API."""

import asyncio
import json
import re
import time

import aiohttp

from house import free_port

CLIENT = "http://127.0.0.1/"


class HomeAssistant:
    """A process, its REST interface and its stream of events."""

    def __init__(self, folder, program, processes):
        self.folder = folder
        self.program = program
        self.processes = processes
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.output = folder / "home-assistant.output"
        self.process = self.http = self.socket = self.token = None
        self.last_id = 0
        self.waiting = {}
        self.listeners = []
        folder.mkdir()
        (folder / "configuration.yaml").write_text(
            f"http: {{server_host: 127.0.0.1, server_port: {self.port}}}\napi:\nconfig:\nlogger: {{default: warning}}\n")

    async def start(self):
        """Returns whether it answers; the first time it installs what it needs besides, which takes minutes."""
        self.process = self.processes.start(
            self.output, *self.program, "--config", self.folder, "--log-no-color")
        self.http = self.http or aiohttp.ClientSession()
        end = time.monotonic() + 600
        while time.monotonic() < end:
            if self.process.poll() is not None:
                return False
            try:
                async with self.http.get(f"{self.address}/api/onboarding") as answer:
                    if answer.status in (200, 404):
                        return True
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.5)
        return False

    async def post(self, path, **fields):
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        async with self.http.post(self.address + path, headers=headers, json=fields) as answer:
            text = await answer.text()
            if answer.status >= 300:
                raise RuntimeError(f"POST {path}: {answer.status} {text[:300]}")
            return json.loads(text)

    async def log_in(self):
        """Makes the owner, as the first visitor does."""
        code = (await self.post(
            "/api/onboarding/users", name="Owner", username="owner", password="only-for-this-test", client_id=CLIENT,
            language="en"))["auth_code"]
        form = {"grant_type": "authorization_code", "code": code, "client_id": CLIENT}
        async with self.http.post(f"{self.address}/auth/token", data=form) as answer:
            said = await answer.json()
        self.token, self.refresh = said["access_token"], said["refresh_token"]

    async def renew(self):
        """Has a fresh token after a restart."""
        form = {"grant_type": "refresh_token", "refresh_token": self.refresh, "client_id": CLIENT}
        async with self.http.post(f"{self.address}/auth/token", data=form) as answer:
            self.token = (await answer.json())["access_token"]

    async def add_mqtt(self, port):
        flow = await self.post("/api/config/config_entries/flow", handler="mqtt")
        if flow["type"] == "menu":
            raise RuntimeError(f"the MQTT integration asks for something else: {flow}")
        done = await self.post(
            f"/api/config/config_entries/flow/{flow['flow_id']}", broker="127.0.0.1", port=port)
        if done["type"] != "create_entry":
            raise RuntimeError(f"the MQTT integration can't be added: {done}")

    async def listen(self):
        self.socket = await self.http.ws_connect(f"{self.address}/api/websocket", max_msg_size=0)
        await self.socket.receive_json()
        await self.socket.send_json({"type": "auth", "access_token": self.token})
        said = await self.socket.receive_json()
        if said["type"] != "auth_ok":
            raise RuntimeError(f"websocket: {said}")
        self.reader = asyncio.create_task(self.read())
        await self.ask("subscribe_events", event_type="state_changed")

    async def read(self):
        async for message in self.socket:
            said = json.loads(message.data)
            if said["type"] == "event":
                state = said["event"]["data"].get("new_state")
                for listener in list(self.listeners):
                    listener(state)
            elif said.get("id") in self.waiting:
                self.waiting.pop(said["id"]).set_result(said)

    async def ask(self, kind, **fields):
        self.last_id += 1
        answer = asyncio.get_running_loop().create_future()
        self.waiting[self.last_id] = answer
        await self.socket.send_json({"id": self.last_id, "type": kind, **fields})
        said = await asyncio.wait_for(answer, 30)
        if not said["success"]:
            raise RuntimeError(f"{kind} {fields}: {said['error']}")
        return said["result"]

    async def states(self):
        return {state["entity_id"]: state for state in await self.ask("get_states")}

    async def entities(self):
        """Those of MQTT, by unique id."""
        entries = await self.ask("config/entity_registry/list")
        return {entry["unique_id"]: entry for entry in entries if entry["platform"] == "mqtt"}

    async def devices(self):
        return await self.ask("config/device_registry/list")

    async def call(self, domain, service, entity, **data):
        await self.ask(
            "call_service", domain=domain, service=service, service_data=data, target={"entity_id": entity})

    async def echo(self, condition, action, seconds=5):
        """Milliseconds from an action to the state that answers it; None: none did."""
        answer = asyncio.get_running_loop().create_future()

        def listener(state):
            if state and not answer.done() and condition(state):
                answer.set_result(time.monotonic())

        self.listeners.append(listener)
        began = time.monotonic()
        try:
            await action()
            return (await asyncio.wait_for(answer, seconds) - began) * 1000
        except asyncio.TimeoutError:
            return None
        finally:
            self.listeners.remove(listener)

    async def stop(self):
        """Ends it in good order."""
        if self.socket:
            self.reader.cancel()
            await self.socket.close()
            self.socket = None
        await asyncio.to_thread(self.processes.end, self.process, seconds=60)

    def complaints(self):
        """The warnings and errors of its log that have to do with MQTT, or with names of ours."""
        lines = self.output.read_text(errors="replace").splitlines()
        log = self.folder / "home-assistant.log"
        if log.exists():
            lines += log.read_text(errors="replace").splitlines()
        loud = re.compile(r" (WARNING|ERROR|CRITICAL) ")
        ours = re.compile(r"mqtt|footlight|stairs?|hall|desk|template", re.I)
        return sorted({line for line in lines if loud.search(line) and ours.search(line)})
