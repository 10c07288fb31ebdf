"""Activation clustering with scikit-learn: each label's features fall into two clusters, of which a small one is suspected.

A suspect is tried by a model that was trained without the suspects: it is poison if most of its rows are then called
something else than their label. Chen et al. 2018, https://arxiv.org/abs/1811.03728
"""

import numpy as np
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA

COMPONENTS = 10
SMALLEST = 0.35
"""A cluster of at least this share of its label's rows is no poison: half of a label splits in two by itself."""


def filter(train, host):
    features = host.features(host.fit(train), train)  # [n, d]
    suspects = [suspect(features, np.flatnonzero(train.y == label), host) for label in range(train.classes)]
    weights = np.ones(train.n, np.float32)
    if all(len(rows) == 0 for rows in suspects):
        return weights
    weights[np.concatenate(suspects)] = 0
    called = host.logits(host.fit(train, weights=weights), train).argmax(1)  # [n]
    for label, rows in enumerate(suspects):
        counts = np.bincount(called[rows], minlength=train.classes)
        if counts[label] >= counts.max():
            weights[rows] = 1
    return weights


def suspect(features, rows, host):
    if len(rows) < 2:
        return rows[:0]
    components = min(COMPONENTS, features.shape[1], len(rows))
    reduced = PCA(components, random_state=host.seed("pca") % 2**32).fit_transform(features[rows])
    sides = KMeans(2, n_init=10, random_state=host.seed("k-means") % 2**32).fit_predict(reduced)
    ones = int(sides.sum())
    smaller = rows[sides == (1 if ones <= len(rows) - ones else 0)]
    return smaller if len(smaller) < SMALLEST * len(rows) else rows[:0]
