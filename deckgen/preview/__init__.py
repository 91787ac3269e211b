"""A local web page that shows a talk while it is written: slides, notes and handout, and a view for the presenter."""
