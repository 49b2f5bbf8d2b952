"""Pages that add and change things of the world, one noun a file."""
