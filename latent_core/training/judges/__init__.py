"""Trains the networks that look at pictures: the classifier, the judge and the guide of a dataset."""
