"""Integer networks with an exact reference and proven bounds, and their files. Knows nothing of Scratch."""
