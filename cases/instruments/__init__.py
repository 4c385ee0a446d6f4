"""Case documents: kinds, issue, service with proof."""
