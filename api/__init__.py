"""Resources (one function for each page, returning plain data) and the JSON routes over them."""
