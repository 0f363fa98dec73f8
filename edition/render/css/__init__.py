"""Stylesheets: common, and one for each dress."""
