"""What every app shows and runs at a desk: acts, lists, drafts, notices, jobs."""
