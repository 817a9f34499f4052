"""What a screen knows: frozen view-models made from answers of ``Audit``. No toolkit in here."""
