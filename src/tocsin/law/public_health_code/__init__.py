"""Code de la santé publique: security incidents of health bodies."""
