"""Pages about accounts, people and authority; about ten lines each."""
