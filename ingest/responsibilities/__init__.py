"""Who handles a provision: brackets, labelled lines and running text, with roles."""
