"""Reading what is asked and offered about homes: each fetches and authorises in one call."""
