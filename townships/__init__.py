"""Who acts: bodies, officers, certificates, delegation and empowerment."""
