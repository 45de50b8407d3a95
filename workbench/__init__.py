"""Case-study workbench: documents in, linked excerpts, and bundles that prove themselves out."""

__version__ = "0.1.0"
