"""What happened, to whom, and whose data was it? From sealed evidence to figures, one SQL file a table.

The order of the steps is in :mod:`tocsin.analysis.pipeline`; a finished run is a folder, :mod:`tocsin.analysis.run`.
"""
