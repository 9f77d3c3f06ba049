"""MiniLM as ONNX models for onnxruntime, written with the operators that its own optimizer for BERT
would put in, so that there is no exported graph to fuse first: EmbedLayerNormalization, Attention
and so on. In int8 the session's own optimizer then joins what quantize_dynamic writes.

A form of the model is named by its parts:
attention   attention: the operator Attention, which projects to queries, keys and values itself,
            head by head; split: three MatMul, over all rows at once, then MultiHeadAttention
mask        masked: takes input "mask" [batch, length] (1: a piece, 0: padding); whole: takes none,
            for batches of sequences of one length
joins       joined: SkipLayerNormalization and BiasGelu, with the bias of the MatMul before them;
            apart: Add, LayerNormalization and Gelu, which onnxruntime must be kept from joining
            (UNJOINED); the bias goes into a quantised MatMul
precision   float32, or int8: quantize_dynamic, weights by column"""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from minilm import EPSILON, HEADS, LAYERS, WIDTH

MICROSOFT = "com.microsoft"
# The first is what onnxruntime's optimizer for BERT would make; the others were as fast or faster.
FORMS = [("attention", "masked", "joined"), ("attention", "masked", "apart"),
         ("attention", "whole", "apart"), ("split", "masked", "apart"), ("split", "whole", "apart")]
UNJOINED = ["SkipLayerNormFusion", "BiasGeluFusion"]  # optimizers to switch off for "apart"


class Builder:
    def __init__(self, weights, attention, mask, joins):
        self.weights, self.attention = weights, attention
        self.masked, self.joined = mask == "masked", joins == "joined"
        self.nodes, self.tensors = [], []

    def tensor(self, name, value):
        self.tensors.append(numpy_helper.from_array(
            np.ascontiguousarray(value, dtype=np.float32), name))
        return name

    def weight(self, name):
        """A tensor of the package; a matrix turned over, as MatMul has it."""
        value = self.weights[name]
        return self.tensor(name, value.T if value.ndim == 2 else value)

    def node(self, kind, inputs, output, domain=MICROSOFT, **attributes):
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain,
                                           **attributes))
        return output

    def multiply(self, name, x):
        return self.node("MatMul", [x, self.weight(name + ".weight")], name, domain="")

    def embed(self):
        rows = self.weights["embeddings.position_embeddings.weight"]
        rows = rows + self.weights["embeddings.token_type_embeddings.weight"][0]
        self.nodes.append(helper.make_node(
            "EmbedLayerNormalization",
            ["ids", "", self.tensor("words", self.weights["embeddings.word_embeddings.weight"]),
             self.tensor("positions", rows), "", self.weight("embeddings.LayerNorm.weight"),
             self.weight("embeddings.LayerNorm.bias")],
            ["embedded", "unused"], name="embed", domain=MICROSOFT, epsilon=EPSILON))
        return "embedded"

    def add_bias(self, name, x):
        return self.node("Add", [x, self.weight(name + ".bias")], name + ".biased", domain="")

    def gelu(self, layer, x):
        if self.joined:
            return self.node("BiasGelu", [x, self.weight(layer + ".bias")], layer + ".gelu")
        return self.node("Gelu", [self.add_bias(layer, x)], layer + ".gelu")

    def add_norm(self, layer, x, skip, output):
        if not self.joined:
            x = self.node("Add", [self.add_bias(layer + ".dense", x), skip], output + ".sum",
                          domain="")
            return self.node("LayerNormalization", [x, self.weight(layer + ".LayerNorm.weight"),
                                                    self.weight(layer + ".LayerNorm.bias")],
                             output, domain="", epsilon=EPSILON)
        return self.node("SkipLayerNormalization",
                         [x, skip, self.weight(layer + ".LayerNorm.weight"),
                          self.weight(layer + ".LayerNorm.bias"),
                          self.weight(layer + ".dense.bias")], output, epsilon=EPSILON)

    def attend(self, layer, x):
        parts = [f"{layer}.attention.self.{part}" for part in ("query", "key", "value")]
        bias = self.tensor(f"{layer}.bias", np.concatenate(
            [self.weights[part + ".bias"] for part in parts]))
        mask = ["mask"] if self.masked else []
        if self.attention == "split":
            inputs = [self.multiply(part, x) for part in parts] + [bias] + mask
            return self.node("MultiHeadAttention", inputs, f"{layer}.attended", num_heads=HEADS)
        matrix = self.tensor(f"{layer}.projections", np.concatenate(
            [self.weights[part + ".weight"] for part in parts]).T)
        return self.node("Attention", [x, matrix, bias] + mask, f"{layer}.attended",
                         num_heads=HEADS)

    def build(self):
        x = self.embed()
        for number in range(LAYERS):
            layer = f"encoder.layer.{number}"
            attended = self.multiply(f"{layer}.attention.output.dense", self.attend(layer, x))
            x = self.add_norm(f"{layer}.attention.output", attended, x, f"{layer}.middle")
            inner = self.multiply(f"{layer}.intermediate.dense", x)
            inner = self.gelu(f"{layer}.intermediate.dense", inner)
            outer = self.multiply(f"{layer}.output.dense", inner)
            last = number == LAYERS - 1
            x = self.add_norm(f"{layer}.output", outer, x, "hidden" if last else f"{layer}.hidden")
        shape = ["batch", "length"]
        inputs = [helper.make_tensor_value_info(name, TensorProto.INT32, shape)
                  for name in ("ids", "mask")[:2 if self.masked else 1]]
        hidden = helper.make_tensor_value_info("hidden", TensorProto.FLOAT, shape + [WIDTH])
        graph = helper.make_graph(self.nodes, "minilm", inputs, [hidden], self.tensors)
        return helper.make_model(graph, ir_version=10, opset_imports=[
            helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)])


def write_models(weights, folder):
    """FOLDER/<attention>-<mask>-<joins>-<precision>.onnx, for all of them."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    folder.mkdir(parents=True, exist_ok=True)
    for form in FORMS:
        path = folder / f"{'-'.join(form)}-float32.onnx"
        onnx.save(Builder(weights, *form).build(), path)
        # Embeddings stay float32: looking them up costs next to nothing.
        quantize_dynamic(path, folder / f"{'-'.join(form)}-int8.onnx", per_channel=True,
                         weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul", "Attention"],
                         extra_options={"DefaultTensorType": TensorProto.FLOAT})
