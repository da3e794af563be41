"""How bad for the people: per group of people who had the same data exposed, never one score for an incident.

ENISA's arithmetic, the four levels of the CNIL, the factors of EDPB guidelines 9/2022, and what earlier breaches add.
The outcome is a proposal in the words of the GDPR, with every reason and what would change it; a person decides.
"""
