"""Bytes to `Transcript`. `plain.read` is the only reader so far; others take and give the same."""
