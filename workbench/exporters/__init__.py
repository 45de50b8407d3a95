"""Writers of outside formats: bundles, folders, tables."""
