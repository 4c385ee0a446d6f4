"""What is done: one case, from lead to archive, stage by stage."""
