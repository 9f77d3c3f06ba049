"""Heads over token vectors: label chains, sentences, marked pairs; and their losses.

Shapes: B rows, T tokens, W width, N items (sentences or pairs of all rows), K labels.
A chain is a linear-chain conditional random field (Lafferty, McCallum and Pereira 2001) whose
transitions are learned; those that labels forbid are held down in training and shut in decoding.
A sentence is the sum of its tokens' vectors weighted by a learned query (Yang et al. 2016); a pair
is the means of its two spans and a sum of the sentence's vectors weighted by a query made of them.
"""
import jax
import jax.numpy as jnp
import numpy as np

from labels import FORBIDDEN, NO_LABEL, SENTENCES, TAGS, TYPES, forbidden

def parameters(width, seed, hidden=0, window=0):
    """All heads' parameters. hidden: a layer of that many GELU units over the tokens within window
    to each side, before each chain and sentence; 0: none."""
    random = np.random.default_rng(seed)

    def matrix(outputs, inputs):
        return jnp.asarray(random.normal(0, 1 / np.sqrt(inputs), (outputs, inputs)), jnp.float32)

    made = {}
    for name, labels in {**TAGS, **SENTENCES}.items():
        inputs = width
        if hidden:
            inputs = hidden
            made[f'{name}/hidden/W'] = matrix(hidden, (2 * window + 1) * width)
            made[f'{name}/hidden/b'] = jnp.zeros(hidden)
        made[f'{name}/W'] = matrix(len(labels), inputs)
        made[f'{name}/b'] = jnp.zeros(len(labels))
        if name in TAGS:
            made[f'{name}/transitions'] = jnp.zeros((len(labels), len(labels)))
        else:
            made[f'{name}/query'] = jnp.zeros(inputs)
    made['pair/query/W'] = matrix(width, 2 * width)
    made['pair/hidden/W'] = matrix(256, 3 * width)
    made['pair/hidden/b'] = jnp.zeros(256)
    made['pair/W'] = matrix(len(TYPES), 256)
    made['pair/b'] = jnp.zeros(len(TYPES))
    return made


def gelu(x):
    return jax.nn.gelu(x, approximate=False)


def window_of(vectors, window):
    """[B, T, W] -> [B, T, (2 window + 1) W]: the vectors around each token, zeros beyond."""
    length = vectors.shape[1]
    wide = jnp.pad(vectors, ((0, 0), (window, window), (0, 0)))
    return jnp.concatenate([wide[:, i:i + length] for i in range(2 * window + 1)], -1)


def features(p, name, vectors):
    if f'{name}/hidden/W' not in p:
        return vectors
    wide = p[f'{name}/hidden/W'].shape[1] // vectors.shape[-1]
    return gelu(window_of(vectors, wide // 2) @ p[f'{name}/hidden/W'].T + p[f'{name}/hidden/b'])


def emissions(p, name, vectors):
    return features(p, name, vectors) @ p[f'{name}/W'].T + p[f'{name}/b']


def chain_loss(p, name, scores, labels):
    """Minus the log likelihood of the label chains, summed over rows. labels [B, T], NO_LABEL
    behind a row's end and in rows without gold."""
    moves = p[f'{name}/transitions'] + forbidden(TAGS[name])
    known = labels != NO_LABEL
    gold = jnp.where(known, labels, 0)
    here = jnp.take_along_axis(scores, gold[..., None], -1)[..., 0]
    steps = moves[gold[:, :-1], gold[:, 1:]]
    score = (here * known).sum(1) + (steps * (known[:, 1:] & known[:, :-1])).sum(1)

    def step(alpha, at):
        emission, is_known = at
        best = alpha.max(-1, keepdims=True)
        # log-sum-exp as a product: exp(alpha) @ exp(moves), both shifted.
        summed = jnp.log(jnp.exp(alpha - best) @ jnp.exp(moves) + 1e-30) + best
        return jnp.where(is_known[:, None], summed + emission, alpha), None

    alpha, _ = jax.lax.scan(step, scores[:, 0],
                            (scores[:, 1:].transpose(1, 0, 2), known[:, 1:].T))
    total = jax.nn.logsumexp(alpha, -1)
    return (jnp.where(known[:, 0], total - score, 0)).sum()


def pooled(vectors, weights, mask):
    """Sums of vectors [N, T, W] weighted by the softmax of weights [N, T] where mask."""
    weights = jax.nn.softmax(jnp.where(mask, weights, FORBIDDEN), -1) * mask
    return jnp.einsum('nt,ntw->nw', weights, vectors)


def sentence_scores(p, name, vectors, mask):
    """vectors [N, T, W] and mask [N, T] of the rows and tokens of the sentences -> [N, K]."""
    inner = features(p, name, vectors)
    return (pooled(inner, inner @ p[f'{name}/query'], mask) @ p[f'{name}/W'].T + p[f'{name}/b'])


def mean_of(vectors, mask):
    return jnp.einsum('nt,ntw->nw', mask / jnp.maximum(mask.sum(-1, keepdims=True), 1), vectors)


def pair_scores(p, vectors, mask, actor, recipient):
    """The same of marked pairs; actor and recipient [N, T] may be empty."""
    both = jnp.concatenate([mean_of(vectors, actor), mean_of(vectors, recipient)], -1)
    query = both @ p['pair/query/W'].T
    weights = jnp.einsum('nw,ntw->nt', query, vectors) / np.sqrt(vectors.shape[-1])
    all_three = jnp.concatenate([both, pooled(vectors, weights, mask)], -1)
    hidden = gelu(all_three @ p['pair/hidden/W'].T + p['pair/hidden/b'])
    return hidden @ p['pair/W'].T + p['pair/b']


def label_loss(scores, labels):
    """Cross entropy summed over items with a label."""
    known = labels != NO_LABEL
    chosen = jnp.take_along_axis(jax.nn.log_softmax(scores, -1),
                                 jnp.where(known, labels, 0)[:, None], -1)[:, 0]
    return -(chosen * known).sum()
