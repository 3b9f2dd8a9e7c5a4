"""What a file contains besides the network: sprites, stage, buttons, manifest."""
