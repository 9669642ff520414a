#!/usr/bin/env bash
# Two roads between the same two crossings (3 and 4 minutes) are one of 7 minutes after networkx has made a matrix of
# the graph, and scipy's dijkstra takes 7 for such a list too; networkx' own search takes the shorter, 3.
# Version: networkx 3.6.1, scipy 1.17.1. Seen: 2026-11. Source: networkx' page on to_scipy_sparse_array ("summed").
# Matters: road data are full of parallel ways (dual carriageways, both sides of a square); times come out too long.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check scipy==1.17.1 networkx==3.6.1 numpy==2.4.6 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import networkx as nx
import scipy
from scipy.sparse import coo_array, csgraph

graph = nx.MultiGraph()
graph.add_weighted_edges_from([("a", "b", 3.0), ("a", "b", 4.0)])
own = nx.shortest_path_length(graph, "a", "b", weight="weight")
matrix = float(csgraph.dijkstra(nx.to_scipy_sparse_array(graph), indices=0)[1])
listed = float(csgraph.dijkstra(coo_array(([3.0, 4.0], ([0, 0], [1, 1])), shape=(2, 2)), indices=0)[1])
print("networkx", nx.__version__, "scipy", scipy.__version__)
print("expected: 3 minutes")
print(f"seen: networkx {own:g}, through the matrix {matrix:g}, from a list of roads {listed:g}")
if (own, matrix, listed) != (3, 7, 7):
    sys.exit("changed: parallel roads are treated otherwise now")
PYTHON
