"""What is read of purses: balances, what is open of each cycle, receipts, the till, and the quota."""
