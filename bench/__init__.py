"""Measures, each beside the limit it is compared with: `make bench`."""

from foundation.crypto import keyring
from foundation.settings import Settings

# Every process of a measure, also one that another starts, has to read sealed columns.
keyring.use(Settings(env="test").keyring())
