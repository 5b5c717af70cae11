"""Writes numpy_files.json: one small matrix in the .npy forms that NumPy itself writes, as base64. Run with NumPy 1.24."""
import base64
import io
import json
import pathlib

import numpy as np
from numpy.lib import format as npy

matrix = np.array([[0.5, -1.25, 3.0], [65504.0, 1e-3, -0.0]])


def written(array, version=None):
    stream = io.BytesIO()
    npy.write_array(stream, array, version=version, allow_pickle=True)
    return base64.b64encode(stream.getvalue()).decode()


right = {
    "float32": written(matrix.astype("<f4")),
    "float64": written(matrix.astype("<f8")),
    "float16": written(matrix.astype("<f2")),
    "float32 big-endian": written(matrix.astype(">f4")),
    "float64 big-endian": written(matrix.astype(">f8")),
    "float16 big-endian": written(matrix.astype(">f2")),
    "float32 Fortran order": written(np.asfortranarray(matrix.astype("<f4"))),
    "float64 big-endian Fortran order": written(np.asfortranarray(matrix.astype(">f8"))),
    "float32 version 2": written(matrix.astype("<f4"), (2, 0)),
    "float32 version 3": written(matrix.astype("<f4"), (3, 0)),
}
wrong = {
    "'<i8'": written(matrix.astype("<i8")),
    "'|O'": written(matrix.astype(object)),
    "'|V2'": written(np.zeros((2, 3), dtype="V2")),
    "'<c8'": written(matrix.astype("<c8")),
    "a structure": written(np.zeros((2, 3), dtype=[("a", "<f4")])),
    "shape (6)": written(matrix.reshape(6).astype("<f4")),
    "shape ()": written(np.float32(1).reshape(())),
    "shape (1, 2, 3)": written(matrix.reshape(1, 2, 3).astype("<f4")),
    "shape (0, 3)": written(np.zeros((0, 3), dtype="<f4")),
}
values = {
    "float32": matrix.astype("<f4").astype(float).ravel().tolist(),
    "float16": matrix.astype("<f2").astype(float).ravel().tolist(),
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps({"values": values, "right": right, "wrong": wrong}, indent=1) + "\n")
