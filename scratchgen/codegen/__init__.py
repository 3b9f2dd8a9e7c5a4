"""From an integer network to a Scratch program: templates rendered, parsed and checked."""
