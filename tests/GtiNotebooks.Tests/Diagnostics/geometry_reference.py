"""Writes geometry_reference.json: what NumPy says of a few fixed matrices. Run: python3 geometry_reference.py (NumPy alone is needed)."""
import json
import pathlib

import numpy as np

ENERGY_AT = [1, 3]


def effective_rank(values):
    shares = values[values > 0] / values.sum()
    return float(np.exp(-(shares * np.log(shares)).sum()))


def summary(values):
    # By other routes than the code under test: moments of the energies, Frobenius over spectral norm, and the running sum of the energies.
    energies = values**2
    return {
        "effectiveRank": effective_rank(values),
        "participationRatio": float(energies.sum() ** 2 / (energies**2).sum()),
        "stableRank": float(np.linalg.norm(values) ** 2 / values.max() ** 2),
        "energies": (np.cumsum(energies) / energies.sum())[[count - 1 for count in ENERGY_AT]].tolist(),
    }


def isotropy(rows):
    # The right singular vectors are the eigenvectors of the Gram matrix; one has no sign, so both count.
    directions = np.linalg.svd(rows, full_matrices=True)[2]
    sums = np.exp(rows @ np.concatenate([directions, -directions]).T).sum(axis=0)
    return float(sums.min() / sums.max())


def cosines(rows):
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit @ unit.T


def upper(matrix):
    return matrix[np.triu_indices(len(matrix), 1)]


def average_ranks(values):
    # By counting, unlike the sorting of the code under test: places below, plus the middle of the equal ones.
    return np.array([(values < v).sum() + ((values == v).sum() + 1) / 2 for v in values])


def correlations(rows, vectors):
    x, y = np.round(upper(cosines(rows)), 12), np.round(upper(cosines(vectors)), 12)
    return [float(np.corrcoef(x, y)[0, 1]), float(np.corrcoef(average_ranks(x), average_ranks(y))[0, 1])]


def case(name, rows, tokens, codebooks):
    centred = rows - rows.mean(axis=0, keepdims=True)
    raw, cen = np.linalg.svd(rows, compute_uv=False), np.linalg.svd(centred, compute_uv=False)
    # Centring takes one direction away: the last value of a matrix with no more rows than columns is zero but for rounding.
    cen = np.where(cen > 1e-10 * raw[0], cen, 0)
    rsa = []
    for level, codebook in enumerate(codebooks):
        of_level = [i for i, (token_level, _) in enumerate(tokens) if token_level == level]
        rsa.append(correlations(rows[of_level], codebook[[tokens[i][1] for i in of_level]]))
    return {
        "name": name, "rows": rows.tolist(), "tokens": [list(map(int, token)) for token in tokens],
        "codebooks": [codebook.tolist() for codebook in codebooks],
        "singularRaw": raw.tolist(), "singularCentred": cen.tolist(),
        "effectiveRankRaw": effective_rank(raw), "effectiveRankCentred": effective_rank(cen),
        "meanCosine": float(upper(cosines(rows)).mean()), "rsa": rsa,
        "raw": summary(raw), "centred": summary(cen), "isotropy": isotropy(rows),
    }


def main():
    random = np.random.default_rng(7)
    # Few digits, so that the JSON is short and both sides start from the same numbers.
    small = lambda *shape: np.round(random.normal(size=shape), 2)
    cases = []
    for name, rows_per_level, width, offset in [("wide", 4, 12, 0.0), ("tall", 9, 5, 0.0), ("narrow cone", 6, 8, 3.0)]:
        codebooks = [small(rows_per_level + 2, 4), small(rows_per_level + 2, 4)]
        tokens = [(level, code) for level in (0, 1) for code in sorted(random.permutation(rows_per_level + 2)[:rows_per_level])]
        shared = small(4, width)
        rows = np.round(np.stack([codebooks[level][code] @ shared for level, code in tokens]) + 2 * small(len(tokens), width) + offset, 2)
        order = random.permutation(len(tokens))
        cases.append(case(name, rows[order], [tokens[i] for i in order], codebooks))
    path = pathlib.Path(__file__).with_name("geometry_reference.json")
    path.write_text("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")


main()
