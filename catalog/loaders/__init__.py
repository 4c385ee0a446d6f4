"""From a published list, as governments publish it, to staged rows with a report."""
