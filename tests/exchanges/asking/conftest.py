from tests.community.conversations.conftest import anna, bashir, stage

__all__ = ["anna", "bashir", "stage"]
