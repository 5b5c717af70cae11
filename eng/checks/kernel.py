"""Runs the course's notebooks in the C# kernel of Jupyter and compares what they show with what is saved in them.

usage: kernel.py NOTEBOOK...   (python3-nbclient; the kernel that eng/kernel.sh installs; the library in artifacts/host)
"""
import pathlib
import resource
import subprocess
import sys
import threading
import time

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

MOST_PROCESSOR_SECONDS = 15 * 60


def processor_seconds():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def shown(cell):
    """How many charts and tables a cell shows; a saved chart is a picture."""
    data = [output.get("data", {}) for output in cell.get("outputs", [])]
    html = "".join(each.get("text/html", "") for each in data)
    return html.count('class="gti-chart"') + sum("image/png" in each for each in data), html.count("<table")


class Client(NotebookClient):
    """Counts the updates of displays, which the finished notebook does not have, and says every ten seconds where it is."""

    def __init__(self, notebook, name, folder):
        super().__init__(notebook, timeout=None, resources={"metadata": {"path": folder}}, on_cell_start=self.starts)
        self.name, self.cell, self.since, self.updates = name, 0, time.monotonic(), {}

    def starts(self, cell, cell_index):
        self.cell, self.since = cell_index + 1, time.monotonic()

    def process_message(self, msg, cell, cell_index):
        if msg["msg_type"] == "update_display_data":
            self.updates[cell_index] = self.updates.get(cell_index, 0) + 1
        return super().process_message(msg, cell, cell_index)

    def run(self):
        finished = threading.Event()

        def tell():
            while not finished.wait(10):
                place = f"cell {self.cell} of {len(self.nb.cells)}" if self.cell else "the kernel starts"
                print(f"{self.name}: {place}, {time.monotonic() - self.since:.0f} s", flush=True)

        threading.Thread(target=tell, daemon=True).start()
        try:
            self.execute(stdout=subprocess.DEVNULL)  # where the kernel's web server says that it listens
        finally:
            finished.set()


def problems(path, name):
    saved = nbformat.read(path, as_version=4)
    client = Client(nbformat.read(path, as_version=4), name, str(path.parent))
    try:
        client.run()
    except CellExecutionError as failed:
        return [f"cell {client.cell}: {failed}"]
    found = []
    for number, (ran, before) in enumerate(zip(client.nb.cells, saved.cells), 1):
        text = "".join(output.text for output in ran.get("outputs", []) if output.output_type == "stream" and output.name == "stderr")
        if text:
            found.append(f"cell {number} writes to stderr: {text}")
        if shown(ran) != shown(before):
            found.append(f"cell {number} shows {shown(ran)} charts and tables; saved are {shown(before)}")
        if "NotebookProgress(" in ran.source and client.updates.get(number - 1, 0) < 2:
            found.append(f"cell {number} shows progress, but does not update it while it runs")
    return found


def main(paths):
    failed = False
    for number, path in enumerate(paths, 1):
        name = f"notebook {number} of {len(paths)}, {path.name}"
        print(name, flush=True)
        before = processor_seconds()
        for problem in problems(path, name):
            failed = True
            print(f"{path.name}: {problem}", file=sys.stderr)
        print(f"{name}: {processor_seconds() - before:.0f} processor seconds", flush=True)
    if processor_seconds() > MOST_PROCESSOR_SECONDS:
        failed = True
        print(f"the notebooks took {processor_seconds():.0f} processor seconds; {MOST_PROCESSOR_SECONDS} are allowed", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main([pathlib.Path(argument).resolve() for argument in sys.argv[1:]]))
