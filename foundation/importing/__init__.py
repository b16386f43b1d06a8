"""Reading tables that people made in a spreadsheet."""
