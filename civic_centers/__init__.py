"""Where we meet: centers, their rooms and their wall of needs."""
