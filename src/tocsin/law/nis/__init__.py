"""Security of networks: the first NIS directive as French law has it, and the second as the directive has it."""
