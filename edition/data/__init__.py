"""Word lists and weights: data, with the ground for each."""
