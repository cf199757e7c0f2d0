"""Work in processes of its own: the job that a page starts, the worker it talks to, and the two kinds there are."""
