"""The kinds of integer layer, one module a family; every module here is imported, so files know its kinds."""

from importlib import import_module
from pkgutil import iter_modules

from scratchgen.networks.layers.base import LAYER_KINDS, IntegerArray, Layer, layer_kind
from scratchgen.networks.layers.curves import Relu, Rescale, TableLookup
from scratchgen.networks.layers.dense import Dense
from scratchgen.networks.layers.embedding import Embedding
from scratchgen.networks.layers.images import AveragePool, Conv2d, MaxPool
from scratchgen.networks.layers.recurrent import Elman, Gru

__all__ = [
    "LAYER_KINDS",
    "AveragePool",
    "Conv2d",
    "Dense",
    "Elman",
    "Embedding",
    "Gru",
    "IntegerArray",
    "Layer",
    "MaxPool",
    "Relu",
    "Rescale",
    "TableLookup",
    "layer_kind",
]

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
