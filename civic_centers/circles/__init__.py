"""Care circles: families who take turns with the children."""
