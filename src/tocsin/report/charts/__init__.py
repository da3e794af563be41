"""Charts as SVG made here, without script or library: blue is proved, amber may be, a hatch is what nobody knows.

Places are percents of the width, so that a chart follows its column and its letters keep their size; every mark also
differs by pattern, for those who do not see colours and for paper. Shared by the report and the pages.
"""
