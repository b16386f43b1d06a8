"""The demo: two communities kept as import files, and a year that its people lived through the real actions."""
