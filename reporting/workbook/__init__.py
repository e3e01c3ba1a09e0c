"""Tables as an Excel workbook, in which nothing of the data is obeyed."""
