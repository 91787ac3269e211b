"""Sources and themes: YAML and Markdown -> the model, with a diagnostic for everything that is wrong."""
