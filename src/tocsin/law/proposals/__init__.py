"""What is not law: proposals, simulated on request beside the law in force."""
