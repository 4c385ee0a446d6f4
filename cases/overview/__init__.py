"""Work queue, case list and case page: all stages seen together."""
