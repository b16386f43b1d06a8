"""Who we are: communities, people, households, organisations, and what keeps them safe."""
