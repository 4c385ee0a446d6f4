"""Settings: one file, driven by the environment; the test file only makes it faster."""
