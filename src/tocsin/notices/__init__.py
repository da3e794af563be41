"""What do we tell each addressee, and did it reach them?

A filing is a notice to an authority; a letter, a notice to a person or a party. Each is first a
:class:`~tocsin.notices.document.Document` made from one :class:`~tocsin.notices.situation.Situation`, whose every
figure says whether it was computed or declared.
"""
