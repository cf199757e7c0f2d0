"""The steps from raw pictures to a published model folder."""
