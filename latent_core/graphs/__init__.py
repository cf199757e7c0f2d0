"""ONNX graphs: how they are run, the noise that they are fed, and the graphs that all models share."""
