"""The items of a text: markers, layout, nesting, headings and roles, from which provisions are made."""
