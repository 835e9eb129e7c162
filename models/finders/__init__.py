"""The finders: one file a mandatory condition; each reads the package's sections and enters facts with their evidence."""

from __future__ import annotations
