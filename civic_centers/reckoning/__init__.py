"""The euro of solidarity purchasing: what each owes and paid, receipts, the till and the solidarity quota."""
