#!/usr/bin/env bash
# Roads and pairs that cost nothing are there for half of scipy's graph functions and gone for the others: dijkstra goes
# along a stored zero, minimum_spanning_tree leaves it out (two stops at one address fall apart), and
# min_weight_full_bipartite_matching sends the vehicle that is NOT at the door (it warns). networkx drops the same edge
# on the way through to_numpy_array or a pandas table.
# Version: scipy 1.17.1, networkx 3.6.1. Seen: 2026-11.
# Source: scipy issue 18892 (the tree); networkx documents nonedge=0.
# Matters: 0 minutes is the best vehicle of all; it must not be the one that cannot come.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check scipy==1.17.1 networkx==3.6.1 numpy==2.4.6 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
import warnings

import networkx as nx
import numpy as np
import scipy
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csgraph, csr_array

warnings.simplefilter("ignore", UserWarning)
roads = csr_array((np.array([0.0, 5.0, 1.0]), ([0, 0, 1], [1, 2, 2])), shape=(3, 3))
reach = csgraph.dijkstra(roads, indices=0).tolist()
pieces = int(csgraph.connected_components(csgraph.minimum_spanning_tree(roads), directed=False)[0])
minutes = csr_array((np.array([0.0, 5.0, 4.0, 3.0]), ([0, 0, 1, 1], [0, 1, 0, 1])), shape=(2, 2))


def cost(pairs):
    return float(minutes.toarray()[pairs].sum())


sparse = cost(csgraph.min_weight_full_bipartite_matching(minutes))
dense = cost(linear_sum_assignment(minutes.toarray()))
graph = nx.Graph()
graph.add_weighted_edges_from([("a", "b", 0), ("b", "c", 2), ("a", "c", 5)])
kept = nx.from_numpy_array(nx.to_numpy_array(graph)).number_of_edges()
print("scipy", scipy.__version__, "networkx", nx.__version__)
print("expected: reach [0, 0, 1], a tree in 1 piece, 3 minutes from both matchings, 3 edges")
print(f"seen: reach {reach}, a tree in {pieces} pieces, {sparse:g} and {dense:g} minutes, {kept} edges")
if (reach, pieces, sparse, dense, kept) != ([0, 0, 1], 2, 9, 3, 2):
    sys.exit("changed: stored zeros are kept now")
PYTHON
