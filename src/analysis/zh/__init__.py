"""What is true of written Chinese, defined once. Knows nothing else of the project."""
