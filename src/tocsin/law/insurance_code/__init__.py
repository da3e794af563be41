"""Code des assurances: the complaint on which the insurer's payment depends, and the notice of the loss."""
