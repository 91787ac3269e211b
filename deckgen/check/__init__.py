"""Model, drawings and written files -> diagnostics."""
