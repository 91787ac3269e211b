"""The finished handout made ready for printers: functions from a PDF to a PDF."""
