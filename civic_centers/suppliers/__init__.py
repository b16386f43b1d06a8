"""Suppliers of solidarity purchasing, their products and prices, and the lists these come from."""
