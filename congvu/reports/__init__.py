"""The reports: templates with marks, building, freezing."""
