"""Reports on the catalogue, each with a page, a REST answer and a workbook; higher floors add their own."""
