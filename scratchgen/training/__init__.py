"""Float networks in plain numpy: layers, loss, optimiser, training loop; and quantization to integers."""
