"""Reading a diagnosis: pure functions from text to slots."""
