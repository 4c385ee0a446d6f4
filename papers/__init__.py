"""What every app prints and keeps: rendering, numbering, frozen papers, stored files."""
