"""An optional consent: what somebody may allow, in words that have versions, and may take back at any moment."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Consent:
    """What is asked. `versions` are the words of each version, the first one first: never edited, only followed.

    Whoever agreed to older words has not agreed to the newest. Nothing that people need may hang on it.
    """

    name: str
    title: str
    versions: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.versions:
            raise ValueError(f"{self.name}: a consent without words")

    @property
    def version(self) -> int:
        """The number of the newest words; the first is 1."""
        return len(self.versions)

    @property
    def words(self) -> str:
        """The newest words."""
        return self.versions[-1]

    def words_of(self, version: int) -> str:
        """The words of a version; empty for one that is not known."""
        return self.versions[version - 1] if 1 <= version <= len(self.versions) else ""
