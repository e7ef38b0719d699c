"""Claims: the codes of one encounter, each by itself and all together."""

from leukcodes.claims.check import validate_claim
from leukcodes.claims.result import ClaimResult

__all__ = ["ClaimResult", "validate_claim"]
