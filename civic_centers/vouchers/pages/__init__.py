"""The pages of vouchers: offering, giving, holding, redeeming."""

from civic_centers.vouchers.pages import giving, holding, offering, redeeming
from civic_centers.vouchers.pages.blueprint import vouchers

__all__ = ["giving", "holding", "offering", "redeeming", "vouchers"]
