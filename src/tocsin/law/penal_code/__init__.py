"""Code pénal: what is at stake."""
