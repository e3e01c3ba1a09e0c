"""One offline page that shows a run, and the page of a model."""
