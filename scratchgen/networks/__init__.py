"""Integer networks with an exact reference, proven bounds and readable weights files. Knows nothing of Scratch."""
