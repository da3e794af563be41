"""One model of a notification to an authority, whatever the form: what is answered, what is not, and from where.

Forms (``cnil``, ``edpb``, ``dora``) hold no reasoning of their own: they ask these answers by name.
"""
