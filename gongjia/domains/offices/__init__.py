"""Office space: compound, building, floor, room; who occupies, by which title or lease."""
