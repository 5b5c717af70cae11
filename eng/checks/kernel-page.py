"""Runs a notebook in Jupyter's page in a headless Chromium without a network, and looks at what a reader would see.

usage: kernel-page.py NOTEBOOK SCREENSHOT.png   (jupyter-notebook, chromium; the kernel that eng/kernel.sh installs; the library in artifacts/host)
"""
import asyncio
import base64
import contextlib
import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

import nbformat
from tornado.websocket import websocket_connect

PATIENCE_SECONDS = 600

READY = "Boolean(window.Jupyter && Jupyter.notebook && Jupyter.notebook._fully_loaded && Jupyter.notebook.kernel && Jupyter.notebook.kernel.is_connected())"
# The notebook's file stays as it is: nothing is saved.
START = "Jupyter.notebook.set_autosave_interval(0); Jupyter.notebook.clear_all_output(); Jupyter.notebook.execute_all_cells(); true"
STATE = """(function () {
  var code = Jupyter.notebook.get_cells().filter(function (cell) { return cell.cell_type === 'code'; });
  var texts = function (selector) { return Array.from(document.querySelectorAll(selector), function (box) { return box.textContent; }); };
  return {
    cells: code.length,
    done: code.filter(function (cell) { return typeof cell.input_prompt_number === 'number'; }).length,
    errors: texts('.output_error, .output_stderr'),
    progress: texts('.gti-progress'),
    charts: Array.from(document.querySelectorAll('.js-plotly-plot')).filter(function (box) { return box.querySelector('.main-svg .trace'); }).length
  };
})()"""
SHOW_FIRST_CHART = "document.querySelector('.js-plotly-plot').scrollIntoView({ block: 'center' }); true"


def wait_for(what, look):
    """Calls look until it gives something, and returns that."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        with contextlib.suppress(OSError, urllib.error.URLError):
            if found := look():
                return found
        time.sleep(0.2)
    raise TimeoutError(f"{what}: nothing after {PATIENCE_SECONDS} s")


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextlib.contextmanager
def running(command, **options):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, **options)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


class Page:
    """A page of a browser, through the DevTools protocol."""

    def __init__(self, connection):
        self.connection, self.number = connection, 0

    async def call(self, method, **parameters):
        self.number += 1
        await self.connection.write_message(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(await self.connection.read_message())
            if answer.get("id") == self.number:
                return answer["result"]

    async def evaluate(self, script):
        result = await self.call("Runtime.evaluate", expression=script, returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"])
        return result["result"].get("value")


async def run_all(socket_address, expected_charts, screenshot):
    page = Page(await websocket_connect(socket_address, max_message_size=1 << 28))
    while not await page.evaluate(READY):
        await asyncio.sleep(0.2)
    await page.evaluate(START)
    seen, told = set(), 0
    while True:
        state = await page.evaluate(STATE)
        if state["done"] < state["cells"]:
            seen.update(state["progress"])
        if time.monotonic() - told >= 10:
            told = time.monotonic()
            print(f"page: {state['done']} of {state['cells']} cells, {state['charts']} charts", flush=True)
        if state["errors"]:
            return f"the page shows an error: {state['errors'][0]}"
        if state["done"] == state["cells"] and state["charts"] >= expected_charts:
            break
        await asyncio.sleep(0.1)
    await page.evaluate(SHOW_FIRST_CHART)
    await asyncio.sleep(1)
    screenshot.write_bytes(base64.b64decode((await page.call("Page.captureScreenshot"))["data"]))
    print(f"page: {state['cells']} cells ran, {state['charts']} charts are drawn, the progress line had {len(seen)} states; picture: {screenshot}")
    if state["charts"] != expected_charts:
        return f"{state['charts']} charts are drawn; the saved notebook has {expected_charts}"
    return None if len(seen) > 2 else f"the progress line did not change while the notebook ran: {sorted(seen)}"


def main(notebook, screenshot):
    expected = sum("image/png" in output.get("data", {}) for cell in nbformat.read(notebook, as_version=4).cells for output in cell.get("outputs", []))
    port = free_port()
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as programs:
        environment = os.environ | {"JUPYTER_CONFIG_DIR": f"{folder}/config", "JUPYTER_RUNTIME_DIR": f"{folder}/runtime"}
        programs.enter_context(running(
            ["jupyter-notebook", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}", "--port-retries=0", "--NotebookApp.token=",
             "--log-level=CRITICAL", f"--FileCheckpoints.checkpoint_dir={folder}/checkpoints", f"--notebook-dir={notebook.parent}"], env=environment))
        programs.enter_context(running(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0", "--remote-allow-origins=*", "--window-size=1200,900",
             "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", f"--user-data-dir={folder}/profile"], stderr=subprocess.DEVNULL))
        wait_for("Jupyter", lambda: urllib.request.urlopen(f"http://127.0.0.1:{port}/api").status == 200)
        browser = wait_for("Chromium", lambda: pathlib.Path(folder, "profile", "DevToolsActivePort").read_text().split("\n")[0])
        new = urllib.request.Request(f"http://127.0.0.1:{browser}/json/new?http://127.0.0.1:{port}/notebooks/{notebook.name}", method="PUT")
        address = json.load(urllib.request.urlopen(new))["webSocketDebuggerUrl"]
        problem = asyncio.run(asyncio.wait_for(run_all(address, expected, screenshot), PATIENCE_SECONDS))
    if problem:
        print(f"{notebook.name}: {problem}", file=sys.stderr)
    return 1 if problem else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()))
