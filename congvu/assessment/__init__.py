"""From evaluation to next year's work: weaknesses with evidence and remedies, directions, the plan made of them."""
