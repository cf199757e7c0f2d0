"""The workshop: networks, objectives and the training loop (torch). Serving never imports this package."""
