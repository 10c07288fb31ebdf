"""Confident learning, by cleanlab's rule `confident_learning`: leaves out the rows off the diagonal of the confident joint.

A model that never saw a row is confident that it is of class j where its probability of j is at least the mean of that
probability over the rows labelled j; of several such classes the likeliest counts. Never more than half of a label.
Northcutt et al. 2021, https://arxiv.org/abs/1911.00068
"""

import numpy as np

FOLDS = 5


def filter(train, host):
    shares = out_of_fold(train, host)  # [n, classes]
    weights = np.ones(train.n, np.float32)
    weights[mislabelled(shares, train.y)] = 0
    return weights


def out_of_fold(train, host):
    fold = np.random.default_rng(host.seed("folds")).permutation(train.n) % FOLDS
    shares = np.zeros((train.n, train.classes))
    for own in range(FOLDS):
        model = host.fit(train, weights=(fold != own).astype(np.float32))
        logits = host.logits(model, train)[fold == own].astype(np.float64)
        exponentials = np.exp(logits - logits.max(1, keepdims=True))
        shares[fold == own] = exponentials / exponentials.sum(1, keepdims=True)
    return shares


def mislabelled(shares, y):
    """Places of the rows that are confidently of another class than their label."""
    classes = shares.shape[1]
    own = shares[np.arange(len(y)), y]
    thresholds = np.array([own[y == label].mean() if (y == label).any() else np.inf for label in range(classes)])
    confident = np.where(shares >= thresholds, shares, -1.0)  # [n, classes]
    other = confident.argmax(1)
    margin = np.where((confident.max(1) >= 0) & (other != y), shares[np.arange(len(y)), other] - own, -np.inf)
    out = []
    for label in range(classes):
        rows = np.flatnonzero(y == label)
        order = rows[np.argsort(-margin[rows], kind="stable")]
        out.extend(order[: min(int(np.isfinite(margin[rows]).sum()), len(rows) // 2)])
    return np.array(out, np.intp)
